/** One file from one folder of sound to another, by its digest: library to second copy, and back. */
import type { OpenedSound, SoundFolder, StoredSound } from './sound-folder.ts';
import { readSoundFile } from './sound-name.ts';
import { isAlteration, SoundFailure, type SoundTrouble, troubleOf } from './sound-trouble.ts';

export type Transfer =
  | { readonly state: 'done'; readonly sound: StoredSound }
  | { readonly state: 'source-missing' }
  /** Its content is not the one wanted; nothing was written. */
  | { readonly state: 'source-altered' }
  | { readonly state: 'source-trouble'; readonly trouble: SoundTrouble }
  | { readonly state: 'target-trouble'; readonly trouble: SoundTrouble };

export interface TransferOrder {
  readonly file: string;
  /** What the content must be, hex. */
  readonly sha256: string;
  /** Runs when the new file is whole and verified, just before it gets its name. */
  readonly beforeNaming?: () => Promise<void>;
}

/** Never rejects for disk, mount or seal. A source that is not what is wanted never replaces anything. */
export async function transfer(from: SoundFolder, to: SoundFolder, order: TransferOrder): Promise<Transfer> {
  const name = readSoundFile(order.file);
  if (name === null) throw new Error(`${order.file} is no file of ours`);
  let source: OpenedSound | null;
  try {
    source = await from.open(order.file);
  } catch (failure) {
    return sourceUnreadable(troubleOf(failure));
  }
  if (source === null) return { state: 'source-missing' };
  const reading: Reading = { failure: null };
  try {
    const sound = await to.keepStream(
      name.recording,
      name.ending,
      noting(source, reading),
      async ({ sha256 }) => {
        if (sha256 !== order.sha256) {
          reading.failure = new SoundFailure('sound-altered', order.file);
          throw reading.failure;
        }
        await order.beforeNaming?.();
      },
    );
    return { state: 'done', sound };
  } catch (failure) {
    if (reading.failure !== null) return sourceUnreadable(troubleOf(reading.failure));
    return { state: 'target-trouble', trouble: troubleOf(failure) };
  }
}

interface Reading {
  failure: unknown;
}

/** The content, noting when it was the reading that failed and not the writing. */
async function* noting(source: OpenedSound, reading: Reading): AsyncGenerator<Uint8Array, void, undefined> {
  if (source.bytes === 0) return;
  const stream = source.stream(0, source.bytes - 1)[Symbol.asyncIterator]();
  try {
    for (;;) {
      const piece = await stream.next().catch((failure: unknown) => {
        reading.failure = failure;
        throw failure;
      });
      if (piece.done === true) return;
      yield piece.value as Uint8Array;
    }
  } finally {
    await stream.return?.();
  }
}

/** A seal that does not open is an altered file; anything else may be readable next time. */
export function sourceUnreadable(trouble: SoundTrouble): Transfer {
  return isAlteration(trouble) ? { state: 'source-altered' } : { state: 'source-trouble', trouble };
}
