/**
 * A file encrypted where it lies, readable from any byte. The form, all numbers big-endian:
 *
 * ```
 * 0   8  magic 89 44 4C 53 0D 0A 1A 0A   no sound file begins so, and no text tool leaves it whole
 * 8   1  form: 1; 0 means that the content follows plain behind the header (it began with our magic by itself)
 * 9   1  log2 of the chunk, 16
 * 10  8  id of the master key
 * 18 32  salt, random for each file: file key = HKDF-SHA256(master key, salt)
 * 50 14  zero
 * 64     chunks: 64 KiB of sound each as AES-256-GCM ciphertext, the last one shorter, each with its tag of 16 bytes
 * ```
 *
 * Nonce of a chunk: 7 zero bytes, its number (32 bits), 1 for the last chunk and 0 for the others; a file key meets each
 * nonce once. Bound to each chunk besides: the whole header and the file's name. So a chunk opens only at its own place of
 * its own file, a file only under its own name, and a file that ends early lacks its last chunk (the STREAM construction
 * of Hoang, Reyhanitabar, Rogaway and Vizár, 2015). An empty file is one empty last chunk.
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import type { SealingKey, SealingKeys } from './sealing-key.ts';
import { SoundFailure } from './sound-trouble.ts';

const MAGIC = Buffer.from([0x89, 0x44, 0x4c, 0x53, 0x0d, 0x0a, 0x1a, 0x0a]);
export const MAGIC_BYTES = MAGIC.length;
const FORM = 1;
const FRAMED = 0;
const CHUNK_LOG2 = 16;
export const CHUNK_BYTES = 1 << CHUNK_LOG2;
export const HEADER_BYTES = 64;
const TAG_BYTES = 16;
const STORED_CHUNK = CHUNK_BYTES + TAG_BYTES;
const ID_AT = 10;
const SALT_AT = 18;
const SALT_BYTES = 32;

export interface SealedContent {
  readonly kind: 'sealed';
  /** Of the plain content. */
  readonly bytes: number;
  /** The plain bytes from `start` to `end`, both included. Fails with `sound-altered` at the first chunk that is not genuine. */
  read(start: number, end: number): AsyncGenerator<Buffer, void, undefined>;
}

/** Whether a file that begins with these bytes is sealed. */
export function isSealed(head: Uint8Array): boolean {
  return head.length >= MAGIC.length && MAGIC.equals(head.subarray(0, MAGIC.length));
}

/** Where the salt lies in a file with this header; null when the file is not encrypted. */
export function saltOf(header: Uint8Array): { readonly at: number; readonly bytes: number } | null {
  return isSealed(header) && header[8] !== FRAMED ? { at: SALT_AT, bytes: SALT_BYTES } : null;
}

/** The first bytes of plain content that would pass for a sealed file, with a header before them that says so. */
export function framed(head: Uint8Array): Buffer {
  const header = Buffer.alloc(HEADER_BYTES);
  MAGIC.copy(header);
  header[8] = FRAMED;
  return Buffer.concat([header, head]);
}

/** The bytes of the sealed file, header first. `name` must be given again to open it. */
export async function* sealed(
  plain: AsyncIterable<Uint8Array>,
  key: SealingKey,
  name: string,
): AsyncGenerator<Buffer, void, undefined> {
  const salt = randomBytes(SALT_BYTES);
  const header = Buffer.alloc(HEADER_BYTES);
  MAGIC.copy(header);
  header[8] = FORM;
  header[9] = CHUNK_LOG2;
  key.id.copy(header, ID_AT);
  salt.copy(header, SALT_AT);
  const file: FileSeal = { key: key.fileKey(salt), header, name };
  yield header;
  // A chunk is closed only when more follows: the last one must be known as the last.
  const waiting = Buffer.alloc(CHUNK_BYTES);
  let filled = 0;
  let index = 0;
  for await (const piece of plain) {
    for (let at = 0; at < piece.length; ) {
      if (filled === CHUNK_BYTES) {
        yield sealChunk(file, waiting, { index, isLast: false });
        index += 1;
        filled = 0;
      }
      const part = piece.subarray(at, at + CHUNK_BYTES - filled);
      waiting.set(part, filled);
      filled += part.length;
      at += part.length;
    }
  }
  yield sealChunk(file, waiting.subarray(0, filled), { index, isLast: true });
}

/**
 * Opens the file that `isSealed` behind a handle, which stays the caller's. Its last chunk is read at once: without it the length
 * would be a claim of whoever cut the file. Fails with `sound-key-unknown`, `sound-cut-short`, `sound-altered` or
 * `sound-newer-form`.
 */
export async function openSealed(
  handle: FileHandle,
  keys: SealingKeys,
  name: string,
): Promise<SealedContent | { readonly kind: 'framed' }> {
  const stored = (await handle.stat()).size;
  const header = Buffer.alloc(HEADER_BYTES);
  if ((await handle.read(header, 0, HEADER_BYTES, 0)).bytesRead < HEADER_BYTES)
    throw new SoundFailure('sound-cut-short', name);
  if (header[8] === FRAMED) return { kind: 'framed' };
  if (header[8] !== FORM || header[9] !== CHUNK_LOG2) throw new SoundFailure('sound-newer-form', name);
  const id = header.subarray(ID_AT, SALT_AT);
  const key = keys.byId(id);
  if (key === null) throw new SoundFailure('sound-key-unknown', `${name}, ${id.toString('hex')}`);
  const file: FileSeal = {
    key: key.fileKey(header.subarray(SALT_AT, SALT_AT + SALT_BYTES)),
    header,
    name,
  };

  const chunks = Math.ceil((stored - HEADER_BYTES) / STORED_CHUNK);
  const bytes = stored - HEADER_BYTES - chunks * TAG_BYTES;
  if (chunks === 0 || bytes < (chunks - 1) * CHUNK_BYTES) throw new SoundFailure('sound-cut-short', name);

  async function chunkAt(index: number): Promise<Buffer> {
    const at = HEADER_BYTES + index * STORED_CHUNK;
    const buffer = Buffer.allocUnsafe(Math.min(STORED_CHUNK, stored - at));
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, at);
    if (bytesRead < buffer.length) throw new SoundFailure('sound-cut-short', name);
    const isLast = index === chunks - 1;
    const plain = openChunk(file, buffer, { index, isLast });
    if (plain !== null) return plain;
    const wasInside = isLast && openChunk(file, buffer, { index, isLast: false }) !== null;
    throw new SoundFailure(wasInside ? 'sound-cut-short' : 'sound-altered', name);
  }

  await chunkAt(chunks - 1);
  return {
    kind: 'sealed',
    bytes,
    async *read(start, end) {
      const until = Math.min(end, bytes - 1);
      for (let at = Math.max(0, start); at <= until; ) {
        const index = Math.floor(at / CHUNK_BYTES);
        const from = at - index * CHUNK_BYTES;
        const part = (await chunkAt(index)).subarray(from, until - index * CHUNK_BYTES + 1);
        yield part;
        at += part.length;
      }
    },
  };
}

interface FileSeal {
  readonly key: Buffer;
  readonly header: Buffer;
  readonly name: string;
}

interface Place {
  readonly index: number;
  readonly isLast: boolean;
}

function sealChunk(file: FileSeal, plain: Uint8Array, place: Place): Buffer {
  const cipher = createCipheriv('aes-256-gcm', file.key, nonceOf(place));
  cipher.setAAD(boundTo(file, place));
  return Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

/** Null when the chunk is not genuine at this place. */
function openChunk(file: FileSeal, stored: Buffer, place: Place): Buffer | null {
  const end = stored.length - TAG_BYTES;
  const decipher = createDecipheriv('aes-256-gcm', file.key, nonceOf(place), { authTagLength: TAG_BYTES });
  decipher.setAAD(boundTo(file, place));
  decipher.setAuthTag(stored.subarray(end));
  const plain = decipher.update(stored.subarray(0, end));
  try {
    // GCM in Node gives all plain bytes in `update`; `final` only says whether they may be believed.
    decipher.final();
    return plain;
  } catch {
    // OpenSSL has one way to say that a tag is wrong: it throws.
    return null;
  }
}

function nonceOf({ index, isLast }: Place): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeUInt32BE(index, 7);
  nonce[11] = isLast ? 1 : 0;
  return nonce;
}

function boundTo({ header, name }: FileSeal, { index, isLast }: Place): Buffer {
  const place = Buffer.alloc(5);
  place.writeUInt32BE(index, 0);
  place[4] = isLast ? 1 : 0;
  return Buffer.concat([header, place, Buffer.from(name)]);
}
