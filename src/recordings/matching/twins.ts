/** PURE. The same sound in several formats, or beside its two sides: one of them is taken. */
import { type FoundFile, isEmptySound, soundKey } from './found-file.ts';

/** The likeliest original first: what Asterisk writes itself, then what a conversion leaves. */
const FORMATS = [
  'wav',
  'wav48',
  'wav32',
  'wav16',
  'WAV',
  'wav49',
  'sln16',
  'sln',
  'g722',
  'alaw',
  'ulaw',
  'gsm',
];

/** Of the same sound in several formats the best is kept, an empty one never before one with sound. */
export function withoutTwins<File extends FoundFile>(
  files: readonly File[],
): {
  readonly kept: readonly File[];
  readonly twins: readonly File[];
} {
  const best = new Map<string, File>();
  for (const file of files) {
    // The sides of a talk have the talk's key, and are looked at by themselves only when the talk is gone.
    const key = soundKey(file.path);
    const before = best.get(key);
    if (before === undefined || rankOf(file) < rankOf(before)) best.set(key, file);
  }
  const kept = new Set(best.values());
  return { kept: [...kept], twins: files.filter((file) => !kept.has(file)) };
}

function rankOf(file: FoundFile): number {
  const format = FORMATS.indexOf(file.path.slice(file.path.lastIndexOf('.') + 1));
  const isSide = /-(caller|desk)\.[a-z0-9]+$/i.test(file.path);
  return (isEmptySound(file) ? 1_000 : 0) + (isSide ? 100 : 0) + (format < 0 ? FORMATS.length : format);
}
