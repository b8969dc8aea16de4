import { createHash } from 'node:crypto';
import { randomPart } from './random.ts';

/** 128 random bits as hex: without the salt a digest of a short text would give the text away after its erasure (D11). */
export function newSalt(): string {
  return Buffer.from(randomPart(16)).toString('hex');
}

/** SHA-256 of salt and text, as hex. */
export function saltedDigest(salt: string, text: string): string {
  return createHash('sha256').update(salt).update('\0').update(text).digest('hex');
}

/** SHA-256 of a text, as hex. */
export function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
