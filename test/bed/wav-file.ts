import { fromALaw } from './g711.ts';

/** A-law sound → a mono 16 bit 8 kHz WAV file. */
export function wavFile(sound: Buffer): Buffer {
  const data = Buffer.alloc(sound.length * 2);
  for (let index = 0; index < sound.length; index++)
    data.writeInt16LE(fromALaw(sound[index] ?? 0xd5), index * 2);
  const head = Buffer.alloc(44);
  head.write('RIFF', 0, 'latin1');
  head.writeUInt32LE(36 + data.length, 4);
  head.write('WAVEfmt ', 8, 'latin1');
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(8_000, 24);
  head.writeUInt32LE(16_000, 28);
  head.writeUInt16LE(2, 32);
  head.writeUInt16LE(16, 34);
  head.write('data', 36, 'latin1');
  head.writeUInt32LE(data.length, 40);
  return Buffer.concat([head, data]);
}
