/** One-time codes of RFC 6238 (SHA-1, 30 s, 6 digits: what every telephone app makes). The secret is base32 text. */
import { createHmac, timingSafeEqual } from 'node:crypto';

const STEP_MS = 30_000;
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/**
 * The time step whose code this is, one step of clock difference allowed either way; null for a wrong code. The caller
 * refuses a step it has accepted before: a code read over a shoulder must not work twice.
 */
export function matchTotp(secret: string, code: string, at: number): number | null {
  if (!/^\d{6}$/.test(code)) return null;
  const now = Math.floor(at / STEP_MS);
  return [now, now - 1, now + 1].find((step) => equal(totpAt(secret, step), code)) ?? null;
}

/** The code of one time step. */
export function totpAt(secret: string, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac('sha1', fromBase32(secret)).update(counter).digest();
  const offset = mac.readUInt8(mac.length - 1) & 0x0f;
  return String((mac.readUInt32BE(offset) & 0x7fff_ffff) % 1_000_000).padStart(6, '0');
}

/** 160 bits, as RFC 4226 wants them: 32 signs of base32. */
export function newTotpSecret(random: (bytes: number) => Uint8Array): string {
  const bits = [...random(20)].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  return (bits.match(/.{5}/g) ?? []).map((five) => ALPHABET[Number.parseInt(five, 2)]).join('');
}

/** How a telephone app is told of it. */
export function totpAddress(secret: string, login: string): string {
  return `otpauth://totp/DutyLine:${encodeURIComponent(login)}?secret=${secret}&issuer=DutyLine`;
}

function equal(left: string, right: string): boolean {
  return timingSafeEqual(Buffer.from(left), Buffer.from(right));
}

function fromBase32(text: string): Buffer {
  const bits = [...text.toUpperCase().replace(/[=\s]/g, '')]
    .map((letter) => ALPHABET.indexOf(letter).toString(2).padStart(5, '0'))
    .join('');
  const bytes = bits.match(/.{8}/g) ?? [];
  return Buffer.from(bytes.map((byte) => Number.parseInt(byte, 2)));
}
