/** Where the service may die while it looks after sound, and the parts of it that tell when such a place is reached. */
import type { FileHandle } from 'node:fs/promises';
import type { RecordingReport } from '../../../src/calls/recording-report.ts';
import type { RecordingLibrary } from '../../../src/recordings/library.ts';
import { PROCESS_STAGES } from '../../../src/recordings/process-sound.ts';
import type { SecondCopy } from '../../../src/recordings/vault/second-copy.ts';
import type { Work } from '../../../src/storage/work.ts';

/** In the order in which one recording may meet them. */
export const FAULT_POINTS = [
  // Taking over what was recorded by order: the mixed file and both its sides.
  'half-copied',
  'original-kept',
  'side-kept',
  'sides-kept',
  'attached',
  ...PROCESS_STAGES,
  'reported',
  'copied',
  // 涉密误录处置.
  'erased-here',
  'erased-everywhere',
  // A gap, its calls from history, and their sound.
  'history-read',
  'call-recovered',
  'gap-told',
  'found-known',
  'found-kept',
] as const;

export type FaultPoint = (typeof FAULT_POINTS)[number];
export type Reached = (point: FaultPoint) => void;

/** `ordered` is the recording that was recorded by order. */
export function libraryWithFaults(
  library: RecordingLibrary,
  ordered: string,
  reached: Reached,
): RecordingLibrary {
  let kept = 0;
  return {
    ...library,
    async keep(sound) {
      if (sound.recording !== ordered) return library.keep(sound);
      const read = async (buffer: Buffer, offset: number, length: number, position: number) => {
        const got = await sound.from.read(buffer, offset, length, position);
        reached('half-copied');
        return got;
      };
      const done = await library.keep({ ...sound, from: { read } as unknown as FileHandle });
      kept += 1;
      if (kept <= 2) reached(kept === 1 ? 'original-kept' : 'side-kept');
      return done;
    },
  };
}

export function copyWithFaults(copy: SecondCopy, reached: Reached): SecondCopy {
  return {
    ...copy,
    async shred(recording) {
      reached('erased-here');
      const shredded = await copy.shred(recording);
      reached('erased-everywhere');
      return shredded;
    },
  };
}

/** Runs `write` between the places before and after it. */
export async function reportWithFaults<T>(
  report: RecordingReport,
  ordered: string,
  reached: Reached,
  write: () => Promise<T>,
): Promise<T> {
  const isOrdered = report.recording === ordered;
  if (report.type === 'recording-attached') reached(isOrdered ? 'sides-kept' : 'found-kept');
  const written = await write();
  if (report.type === 'recording-attached' && isOrdered) reached('attached');
  if (report.type === 'recording-known') reached('found-known');
  return written;
}

export async function workWithFaults<T>(work: Work, reached: Reached, write: () => Promise<T>): Promise<T> {
  if (work.type === 'call-step') reached('history-read');
  const written = await write();
  if (work.type === 'call-step') reached('call-recovered');
  if (work.type === 'gap-report') reached('gap-told');
  return written;
}
