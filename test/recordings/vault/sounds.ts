/** Sound for the tests of the vault and for the processes they start: keys, ids, content that differs at every place. */
import { createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { recordingIdOf } from '../../../src/recordings/recording-id.ts';
import { createSealingKeys } from '../../../src/recordings/vault/sealing-key.ts';
import type { SoundFolder } from '../../../src/recordings/vault/sound-folder.ts';

export const FIRST_MASTER = Buffer.alloc(32, 1);
export const SECOND_MASTER = Buffer.alloc(32, 2);
export const KEYS = createSealingKeys([FIRST_MASTER]);

/** The id of the n-th recording of 2026-11-23. */
export function recordingId(n: number): string {
  return recordingIdOf('office', `/spool/${n}.wav`, `1795452315.${n}`, 0);
}

/** Bytes in which no two chunks are alike. */
export function content(bytes: number, salt = 0): Buffer {
  const made = Buffer.alloc(bytes);
  for (let at = 0; at < bytes; at += 1) made[at] = (at ^ (at >>> 8) ^ (at >>> 16) ^ salt) & 0xff;
  return made;
}

export function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** In pieces that fit no chunk. */
export async function* pieces(bytes: Uint8Array, step = 50_001): AsyncGenerator<Uint8Array, void, undefined> {
  for (let at = 0; at < bytes.length; at += step) yield await Promise.resolve(bytes.subarray(at, at + step));
}

export async function readAll(folder: SoundFolder, file: string): Promise<Buffer | null> {
  const sound = await folder.open(file);
  return sound === null ? null : buffer(sound.stream(0, sound.bytes - 1));
}

export async function allOf<T>(source: AsyncIterable<T>): Promise<readonly T[]> {
  const all: T[] = [];
  for await (const one of source) all.push(one);
  return all;
}
