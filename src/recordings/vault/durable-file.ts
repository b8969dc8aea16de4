/** Files that are there whole or not at all, also after a power cut; and their end. */
import { randomBytes } from 'node:crypto';
import { type FileHandle, mkdir, open, rename, rm, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import { codeOf } from '../inside-base.ts';

const PART = /\.[0-9a-f]{12}\.part$/;

/** Whether a name is one that a file has while it is written. */
export function isPart(name: string): boolean {
  return PART.test(name);
}

/**
 * Writes `bytes` beside `path` under a name of its own, makes that durable, asks `accept` (given the path of what was
 * written) and only then gives it its name; what stood there is replaced in one step. When anything fails, nothing is left.
 * Missing folders are made (0750), the file is 0640.
 */
export async function writeDurably(
  path: string,
  bytes: AsyncIterable<Uint8Array>,
  accept: (part: string) => Promise<void>,
): Promise<void> {
  await makeFolder(dirname(path));
  const part = `${path}.${randomBytes(6).toString('hex')}.part`;
  try {
    const handle = await open(part, 'wx', 0o640);
    try {
      for await (const piece of bytes) await writeAll(handle, piece);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await accept(part);
    await rename(part, path);
    await syncFolder(dirname(path));
  } finally {
    await rm(part, { force: true });
  }
}

/** Takes a file away for good; false when it was not there. */
export async function unlinkDurably(path: string): Promise<boolean> {
  try {
    await unlink(path);
  } catch (failure) {
    if (codeOf(failure) === 'ENOENT') return false;
    throw failure;
  }
  await syncFolder(dirname(path));
  return true;
}

/** A new name is durable only when its folder is: else a power cut loses the file that was reported as kept. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function makeFolder(folder: string): Promise<void> {
  const first = await mkdir(folder, { recursive: true, mode: 0o750 });
  if (first === undefined) return;
  // Each folder that is new is an entry in the one above it.
  for (let made = folder; made.startsWith(first); made = dirname(made)) await syncFolder(dirname(made));
}

/** A disk that fills up takes a part of a write and refuses only the next one. */
async function writeAll(handle: FileHandle, piece: Uint8Array): Promise<void> {
  for (let at = 0; at < piece.length; ) at += (await handle.write(piece, at, piece.length - at)).bytesWritten;
}
