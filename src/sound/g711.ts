/** G.711 to 16-bit samples (ITU-T G.711, tables 1 and 2): what telephone lines carry and many PBXs store. */

export type G711Law = 'alaw' | 'ulaw';

const TABLES: Readonly<Record<G711Law, Int16Array>> = {
  alaw: Int16Array.from({ length: 256 }, (_, byte) => fromALaw(byte)),
  ulaw: Int16Array.from({ length: 256 }, (_, byte) => fromMuLaw(byte)),
};

/** One byte a sample in, 16-bit samples out. */
export function decodeG711(bytes: Uint8Array, law: G711Law): Int16Array {
  const table = TABLES[law];
  const samples = new Int16Array(bytes.length);
  for (let at = 0; at < bytes.length; at += 1) samples[at] = table[bytes[at] ?? 0] ?? 0;
  return samples;
}

/** A-law: every second bit is inverted on the line. Full scale is ±32,256. */
function fromALaw(byte: number): number {
  const value = byte ^ 0x55;
  const exponent = (value >> 4) & 0x07;
  const mantissa = value & 0x0f;
  const magnitude = exponent === 0 ? (mantissa << 4) + 8 : ((mantissa << 4) + 0x108) << (exponent - 1);
  return (value & 0x80) === 0 ? -magnitude : magnitude;
}

/** µ-law: every bit is inverted on the line. Full scale is ±32,124. */
function fromMuLaw(byte: number): number {
  const value = ~byte & 0xff;
  const exponent = (value >> 4) & 0x07;
  const magnitude = ((((value & 0x0f) << 3) + 0x84) << exponent) - 0x84;
  return (value & 0x80) === 0 ? magnitude : -magnitude;
}
