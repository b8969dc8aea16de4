/** What lies in a folder of sound, whether or not the database knows of it. */
import type { Dirent, Stats } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { codeOf } from '../inside-base.ts';
import { isPart, unlinkDurably } from './durable-file.ts';
import { dayFolderOf, readSoundFile } from './sound-name.ts';
import { type SoundTrouble, troubleOf } from './sound-trouble.ts';

export type SoundEntry = {
  /** Relative to the folder. */
  readonly file: string;
  /** As it lies on the disk: sealed files are a little longer than their content. */
  readonly storedBytes: number;
  /** Integer ms UTC. */
  readonly modifiedAt: number;
} & (
  | { readonly kind: 'sound'; readonly recording: string; readonly ending: string }
  /** Put aside because it was altered. */
  | { readonly kind: 'aside' }
  /** Being written, or left behind by a writing that was broken off. */
  | { readonly kind: 'part' }
  | { readonly kind: 'stranger' }
);

const LEVELS = [/^\d{4}$/, /^\d{2}$/, /^\d{2}$/] as const;
/** No writer of ours is silent for so long: then its file is nobody's. */
const PART_AGE_MS = 3_600_000;

/** Walks year, month and day folders in their order; what lies beside them is not ours and not told. */
export async function* listSounds(root: string): AsyncGenerator<SoundEntry, void, undefined> {
  for await (const day of dayFolders(root, '', 0)) {
    for (const entry of await entriesOf(join(root, day))) {
      const file = `${day}/${entry.name}`;
      const found = await statIfThere(join(root, file));
      if (found === null || found.isDirectory()) continue;
      const told = { file, storedBytes: found.size, modifiedAt: Math.round(found.mtimeMs) };
      const name = readSoundFile(file);
      if (name !== null) yield { ...told, kind: 'sound', ...name };
      else yield { ...told, kind: kindOf(entry.name) };
    }
  }
}

/** Deletes files of broken-off writings that have not changed for an hour before `now` (integer ms UTC); says how many. */
export async function sweepParts(root: string, now: number): Promise<number> {
  let swept = 0;
  for await (const entry of listSounds(root)) {
    if (entry.kind !== 'part' || now - entry.modifiedAt < PART_AGE_MS) continue;
    if (await unlinkDurably(join(root, entry.file))) swept += 1;
  }
  return swept;
}

/** The files of one recording under names of ours, relative to the root. Never rejects for disk or mount. */
export async function soundsOf(
  root: string,
  recording: string,
): Promise<
  | { readonly state: 'listed'; readonly files: readonly string[] }
  | { readonly state: 'trouble'; readonly trouble: SoundTrouble }
> {
  const day = dayFolderOf(recording);
  try {
    const files = (await entriesOf(join(root, day))).map(({ name }) => `${day}/${name}`);
    return { state: 'listed', files: files.filter((file) => readSoundFile(file)?.recording === recording) };
  } catch (failure) {
    return { state: 'trouble', trouble: troubleOf(failure) };
  }
}

/** Names in a folder by their order; an absent folder has none. */
export async function entriesOf(folder: string): Promise<readonly Dirent[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries.sort((one, other) => (one.name < other.name ? -1 : 1));
  } catch (failure) {
    if (codeOf(failure) === 'ENOENT') return [];
    throw failure;
  }
}

async function* dayFolders(
  root: string,
  above: string,
  level: number,
): AsyncGenerator<string, void, undefined> {
  const shape = LEVELS[level];
  if (shape === undefined) {
    yield above;
    return;
  }
  for (const entry of await entriesOf(join(root, above))) {
    if (entry.isDirectory() && shape.test(entry.name))
      yield* dayFolders(root, above === '' ? entry.name : `${above}/${entry.name}`, level + 1);
  }
}

function kindOf(name: string): 'aside' | 'part' | 'stranger' {
  if (isPart(name)) return 'part';
  return /\.altered-\d{8}T\d{9}Z$/.test(name) ? 'aside' : 'stranger';
}

async function statIfThere(path: string): Promise<Stats | null> {
  try {
    return await lstat(path);
  } catch (failure) {
    if (codeOf(failure) === 'ENOENT') return null;
    throw failure;
  }
}
