/** One file as it lies on the disk, sealed or plain, read alike. What a file is, its first bytes say, not a setting. */
import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { codeOf } from '../inside-base.ts';
import { framed, HEADER_BYTES, isSealed, MAGIC_BYTES, openSealed, sealed } from './sealed-file.ts';
import type { SealingKeys } from './sealing-key.ts';
import { SoundFailure } from './sound-trouble.ts';

export interface StoredFile {
  /** Of the plain content. */
  readonly bytes: number;
  readonly isSealed: boolean;
  /** Differs when the file was replaced or written to since: device, inode, length, times of content and of inode. */
  readonly stamp: string;
  /** The plain bytes from `start` to `end`, both included. */
  read(start: number, end: number): AsyncGenerator<Buffer, void, undefined>;
  close(): Promise<void>;
}

const STEP = 64 * 1024;

/**
 * Opens the file at `path`, whose name when it was sealed was `name`. Null when there is none, or something that is no
 * plain file. Fails with `SoundFailure` or with the system's error; the caller closes what it got.
 */
export async function openStored(path: string, name: string, keys: SealingKeys): Promise<StoredFile | null> {
  const handle = await openIfThere(path);
  if (handle === null) return null;
  try {
    const { dev, ino, size, mtimeNs, ctimeNs, isFile } = await statOf(handle);
    if (isFile) {
      const stamp = [dev, ino, size, mtimeNs, ctimeNs].join(':');
      const close = () => handle.close();
      const head = Buffer.alloc(MAGIC_BYTES);
      const { bytesRead } = await handle.read(head, 0, MAGIC_BYTES, 0);
      if (!isSealed(head.subarray(0, bytesRead)))
        return { ...plainFrom(handle, 0, Number(size)), stamp, close };
      const content = await openSealed(handle, keys, name);
      if (content.kind === 'framed')
        return { ...plainFrom(handle, HEADER_BYTES, Number(size) - HEADER_BYTES), stamp, close };
      return { bytes: content.bytes, read: content.read, isSealed: true, stamp, close };
    }
  } catch (failure) {
    await handle.close();
    throw failure;
  }
  await handle.close();
  return null;
}

/** The bytes to write for this content: sealed when there is a key to seal with. */
export async function* storedForm(
  plain: AsyncIterable<Uint8Array>,
  name: string,
  keys: SealingKeys,
): AsyncGenerator<Uint8Array, void, undefined> {
  if (keys.sealing !== null) {
    yield* sealed(plain, keys.sealing, name);
    return;
  }
  // The first bytes come from the PBX, who may choose them: a plain file must not pass for a sealed one.
  let head = Buffer.alloc(0);
  for await (const piece of plain) {
    if (head.length >= MAGIC_BYTES) {
      yield piece;
      continue;
    }
    head = Buffer.concat([head, piece]);
    if (head.length >= MAGIC_BYTES) yield isSealed(head) ? framed(head) : head;
  }
  if (head.length < MAGIC_BYTES) yield head;
}

function plainFrom(handle: FileHandle, offset: number, bytes: number) {
  return {
    bytes,
    isSealed: false,
    async *read(start: number, end: number) {
      const until = Math.min(end, bytes - 1);
      for (let at = Math.max(0, start); at <= until; ) {
        const buffer = Buffer.allocUnsafe(Math.min(STEP, until - at + 1));
        const { bytesRead } = await handle.read(buffer, 0, buffer.length, offset + at);
        // Shorter than it was when it was opened: somebody cut it meanwhile.
        if (bytesRead === 0) throw new SoundFailure('sound-altered');
        yield buffer.subarray(0, bytesRead);
        at += bytesRead;
      }
    },
  };
}

async function statOf(handle: FileHandle) {
  const found = await handle.stat({ bigint: true });
  const { dev, ino, size, mtimeNs, ctimeNs } = found;
  return { dev, ino, size, mtimeNs, ctimeNs, isFile: found.isFile() };
}

/** Without O_NONBLOCK, opening a pipe that somebody put there would wait for ever. */
async function openIfThere(path: string): Promise<FileHandle | null> {
  try {
    return await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (failure) {
    if (codeOf(failure) === 'ENOENT') return null;
    throw failure;
  }
}
