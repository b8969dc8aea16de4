/** The token of a 公示屏: 256 random bits, told once; only its digest is kept. */
import { createHash, randomBytes } from 'node:crypto';

const TOKEN = /^Wall ([A-Za-z0-9_-]{43})$/;

export function makeWallToken(): { readonly token: string; readonly digest: string } {
  const token = randomBytes(32).toString('base64url');
  return { token, digest: digestOf(token) };
}

/** Of `Authorization: Wall TOKEN`; null for anything else. */
export function wallTokenDigest(authorization: string | undefined): string | null {
  const [, token] = TOKEN.exec(authorization ?? '') ?? [];
  return token === undefined ? null : digestOf(token);
}

function digestOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
