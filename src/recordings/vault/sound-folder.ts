/**
 * A folder of sound under the names of `sound-name.ts`: our library, or its second copy. Everything is sealed when there is
 * a key; digests are always those of the plain content. A digest is taken while the content comes in, before anything is
 * done with it, and compared with what the written file gives back before that file gets its name.
 */
import { createHash } from 'node:crypto';
import { rename } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { syncFolder, unlinkDurably, writeDurably } from './durable-file.ts';
import type { SealingKeys } from './sealing-key.ts';
import { listSounds, type SoundEntry, sweepParts } from './sound-inventory.ts';
import { contentTypeOf, readSoundFile, soundFileOf } from './sound-name.ts';
import { SoundFailure, type SoundTrouble, troubleOf } from './sound-trouble.ts';
import { openStored, type StoredFile, storedForm } from './stored-file.ts';

/** A file that was written. The same shape as `MadeFile`. */
export interface StoredSound {
  /** Relative to the folder. */
  readonly file: string;
  /** Of the plain content, as the digest is. */
  readonly bytes: number;
  readonly sha256: string;
}

export interface OpenedSound {
  readonly bytes: number;
  readonly contentType: string;
  /** Differs when the file was replaced or written to since. */
  readonly stamp: string;
  /** The plain bytes from `start` to `end`, both included. The reader must consume or destroy it. */
  stream(start: number, end: number): Readable;
}

export type Digest =
  | {
      readonly state: 'read';
      readonly bytes: number;
      readonly sha256: string;
      readonly isSealed: boolean;
      /** The first bytes of the content, for who wants to know what it is. */
      readonly head: Uint8Array;
    }
  | { readonly state: 'missing' }
  | { readonly state: 'unreadable'; readonly trouble: SoundTrouble };

export interface SoundFolder {
  readonly root: string;
  /**
   * Keeps what comes from `source`; an older file of that name is replaced in one step, and stays when anything fails.
   * `beforeNaming` runs when the new file is whole and verified but has no name yet. Rejects with `SoundFailure`, the
   * system's error or that of the source; a stream that is the source may then be unread, and is its owner's to destroy.
   */
  keepStream(
    recording: string,
    ending: string,
    source: AsyncIterable<Uint8Array>,
    beforeNaming?: (made: StoredSound) => Promise<void>,
  ): Promise<StoredSound>;
  /** Null when there is no such file, or the name is none of ours. Rejects as above when it cannot be read. */
  open(file: string): Promise<OpenedSound | null>;
  /** Reads the whole file. Never rejects for disk, mount or seal. */
  digest(file: string): Promise<Digest>;
  /** False when it was not there. Rejects with the system's error. */
  remove(file: string): Promise<boolean>;
  /** Moves a file that is no longer what it was out of the way: `<file>.altered-<time>`, at integer ms UTC. */
  putAside(file: string, at: number): Promise<string>;
  /** Everything below the root, day by day. Rejects with the system's error; an absent root holds nothing. */
  list(): AsyncGenerator<SoundEntry, void, undefined>;
  /** Deletes what a broken-off writing left behind; `now` in integer ms UTC. Returns how many files that were. */
  sweep(now: number): Promise<number>;
}

/** As much of the content's begin as a digest keeps. */
const HEAD_BYTES = 4_096;

/** `root` is made when the first file is kept. */
export function createSoundFolder(root: string, keys: SealingKeys): SoundFolder {
  async function opened(file: string): Promise<StoredFile | null> {
    return readSoundFile(file) === null ? null : openStored(join(root, file), basename(file), keys);
  }

  async function* reading(file: string, stamp: string, range: readonly [number, number]) {
    const stored = await opened(file);
    if (stored === null) throw new SoundFailure('sound-unreachable', file);
    try {
      if (stored.stamp !== stamp) throw new SoundFailure('sound-altered', file);
      yield* stored.read(...range);
    } finally {
      await stored.close();
    }
  }

  return {
    root,
    async keepStream(recording, ending, source, beforeNaming) {
      const file = soundFileOf(recording, ending);
      const came = digesting(source);
      await writeDurably(join(root, file), storedForm(came.bytes, basename(file), keys), async (part) => {
        const { bytes, sha256 } = came.result();
        // A new handle, which may still be served from memory: Node cannot ask the system to forget cached pages.
        const written = await openStored(part, basename(file), keys);
        const back = written === null ? null : await digestOf(written);
        if (back?.sha256 !== sha256 || back.bytes !== bytes)
          throw new SoundFailure('sound-write-untrue', file);
        await beforeNaming?.({ file, bytes, sha256 });
      });
      return { file, ...came.result() };
    },
    async open(file) {
      const stored = await opened(file);
      if (stored === null) return null;
      await stored.close();
      const { bytes, stamp } = stored;
      return {
        bytes,
        stamp,
        contentType: contentTypeOf(file),
        stream: (start, end) =>
          Readable.from(reading(file, stamp, [start, end]), { objectMode: false, highWaterMark: 1 }),
      };
    },
    async digest(file) {
      try {
        const stored = await opened(file);
        if (stored === null) return { state: 'missing' };
        return { state: 'read', isSealed: stored.isSealed, ...(await digestOf(stored)) };
      } catch (failure) {
        return { state: 'unreadable', trouble: troubleOf(failure) };
      }
    },
    remove: async (file) => readSoundFile(file) !== null && unlinkDurably(join(root, file)),
    async putAside(file, at) {
      if (readSoundFile(file) === null) throw new Error(`${file} is no file of ours`);
      const aside = `${file}.altered-${new Date(at).toISOString().replaceAll(/[-:.]/g, '')}`;
      await rename(join(root, file), join(root, aside));
      await syncFolder(dirname(join(root, file)));
      return aside;
    },
    list: () => listSounds(root),
    sweep: (now) => sweepParts(root, now),
  };
}

/** Hands the bytes on and keeps count; the result may be asked for when they have all gone through. */
function digesting(source: AsyncIterable<Uint8Array>) {
  const hash = createHash('sha256');
  let length = 0;
  let made: { readonly bytes: number; readonly sha256: string } | null = null;
  return {
    bytes: (async function* () {
      for await (const piece of source) {
        hash.update(piece);
        length += piece.length;
        yield piece;
      }
      made = { bytes: length, sha256: hash.digest('hex') };
    })(),
    result() {
      if (made === null) throw new Error('a digest was asked for before the end');
      return made;
    },
  };
}

/** Reads the whole content and closes the file. */
async function digestOf(stored: StoredFile) {
  const hash = createHash('sha256');
  const head: Buffer[] = [];
  let length = 0;
  try {
    for await (const piece of stored.read(0, stored.bytes - 1)) {
      if (length < HEAD_BYTES) head.push(piece);
      hash.update(piece);
      length += piece.length;
    }
  } finally {
    await stored.close();
  }
  const first = Uint8Array.from(Buffer.concat(head).subarray(0, HEAD_BYTES));
  return { bytes: length, sha256: hash.digest('hex'), head: first };
}
