import { describe, expect, it } from 'vitest';
import { readWavHeader, repairedHeader } from '../../src/recordings/wav-header.ts';
import { wavHeader } from './wav-file.ts';

const sound = (bytes: Uint8Array, length: number) => {
  const reading = readWavHeader(bytes, length);
  if (reading.kind !== 'sound') throw new Error(`read as ${reading.kind}`);
  return reading;
};

describe('a WAV header', () => {
  it.each([
    ['8 kHz PCM', { rate: 8_000 }, 44 + 48_000, { codec: 'pcm16', seconds: 3 }],
    ['16 kHz PCM', { rate: 16_000 }, 44 + 48_000, { codec: 'pcm16', seconds: 1.5 }],
    ['two channels', { channels: 2 }, 44 + 48_000, { codec: 'pcm16', channels: 2, seconds: 1.5 }],
    ['A-law', { tag: 6, bits: 8 }, 44 + 24_000, { codec: 'alaw', seconds: 3 }],
    ['µ-law', { tag: 7, bits: 8 }, 44 + 24_000, { codec: 'ulaw', seconds: 3 }],
    [
      'wav49',
      { tag: 0x31, bits: 0, rateBytes: 1_625, block: 65, fmtSize: 20, fact: true },
      60 + 1_625,
      { codec: 'gsm', seconds: 1 },
    ],
    ['24-bit PCM', { bits: 24 }, 44 + 24_000, { codec: 'other', seconds: 1 }],
    [
      'a LIST chunk of odd size before the sound',
      { list: 27 },
      44 + 8 + 28 + 16_000,
      { codec: 'pcm16', seconds: 1 },
    ],
  ])('of %s is read as it says', (_case, shape, length, expected) => {
    const head = wavHeader({ ...shape, length });
    expect(sound(head, length)).toMatchObject({ ...expected, repair: null });
  });

  it.each([
    ['both sizes at 0 (Asterisk was killed)', { riffSize: 0, dataSize: 0 }, 44 + 32_768, 2.048],
    ['a cut-off last sample', { riffSize: 0, dataSize: 0 }, 44 + 32_769, 2.048],
    ['a size beyond the end (the file was cut)', { riffSize: 99_999, dataSize: 99_963 }, 44 + 16_000, 1],
    [
      'a stream that promised to go on for ever',
      { riffSize: 0xffff_ffff, dataSize: 0xffff_ffff },
      44 + 16_000,
      1,
    ],
    [
      'more sound than said (append mode, killed)',
      { riffSize: 36 + 16_000, dataSize: 16_000 },
      44 + 32_000,
      2,
    ],
    ['a data size of 0 under a right file size', { riffSize: 36 + 16_000, dataSize: 0 }, 44 + 16_000, 1],
  ])('with %s is mended from the length of the file', (_case, sizes, length, seconds) => {
    const head = wavHeader({ ...sizes, length });
    const reading = sound(head, length);
    expect(reading.seconds).toBe(seconds);
    expect(reading.repair).not.toBeNull();
    const mended = repairedHeader(head, reading);
    const whole = reading.dataOffset + reading.dataBytes;
    expect(sound(mended, whole)).toMatchObject({ seconds, repair: null, dataBytes: reading.dataBytes });
    expect(new DataView(mended.buffer).getUint32(4, true)).toBe(whole - 8);
  });

  it('keeps chunks behind the sound out of the sound', () => {
    const head = wavHeader({ length: 44 + 16_000, riffSize: 36 + 16_000 + 34, dataSize: 16_000 });
    expect(sound(head, 44 + 16_000 + 34)).toMatchObject({ dataBytes: 16_000, seconds: 1, repair: null });
  });

  it('cannot say more than 32 bits hold of a file that never ended', () => {
    const head = wavHeader({ length: 44, riffSize: 0, dataSize: 0 });
    const reading = sound(head, 6_000_000_044);
    expect(reading.dataBytes).toBe(0xffff_ffff - 44);
  });

  it.each([
    ['44 bytes: MixMonitor ran, nobody talked', wavHeader({ length: 44, riffSize: 0, dataSize: 0 }), 44],
    ['44 bytes with sizes', wavHeader({ length: 44 }), 44],
    ['one odd byte of sound', wavHeader({ length: 44, riffSize: 0, dataSize: 0 }), 45],
    [
      '60 bytes of wav49',
      wavHeader({ tag: 0x31, bits: 0, rateBytes: 1_625, block: 65, fmtSize: 20, fact: true, length: 60 }),
      60,
    ],
  ])('of %s holds no sound', (_case, head, length) => {
    expect(readWavHeader(head, length)).toEqual({ kind: 'no-sound' });
  });

  const text = (value: string) => new TextEncoder().encode(value);
  const broken = (at: number, bytes: number[]) => {
    const head = wavHeader({ length: 44 + 100 });
    head.set(bytes, at);
    return head;
  };
  it.each([
    ['nothing', new Uint8Array(), 'too-short'],
    ['eleven bytes', text('RIFF1234WAV'), 'too-short'],
    ['an MP3', text('ID3\u0003\0\0\0\0\0\0\0\0\0\0'), 'not-riff'],
    ['an AVI', text('RIFF1234AVI LIST1234'), 'not-riff'],
    ['a page', text('<!doctype html><html></html>'), 'not-riff'],
    ['only the name', text('RIFF\0\0\0\0WAVE'), 'no-format'],
    ['sound before format', new Uint8Array([...text('RIFF\0\0\0\0WAVEdata'), 1, 0, 0, 0, 9]), 'no-format'],
    ['a format of 4 bytes', broken(16, [4, 0, 0, 0]), 'bad-format'],
    ['a format cut off', wavHeader({ length: 44 }).subarray(0, 30), 'bad-format'],
    ['no channel', broken(22, [0, 0]), 'bad-format'],
    ['300 channels', broken(22, [44, 1]), 'bad-format'],
    ['a rate of 0', broken(24, [0, 0, 0, 0]), 'bad-format'],
    ['no bytes per second', broken(28, [0, 0, 0, 0]), 'bad-format'],
    ['a block of 0', broken(32, [0, 0]), 'bad-format'],
    ['no data chunk', wavHeader({ length: 44 }).subarray(0, 36), 'no-data'],
    ['a chunk that leads past the end', broken(36, [76, 73, 83, 84, 255, 255, 255, 255]), 'no-data'],
  ])('is refused for %s', (_case, head, reason) => {
    expect(readWavHeader(head, 1_000)).toEqual({ kind: 'not-wav', reason });
  });

  it('never throws and never promises more than the file holds, whatever stands in it', () => {
    let seed = 20_261_123;
    const random = () => {
      seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
      return seed / 2 ** 32;
    };
    for (let round = 0; round < 20_000; round += 1) {
      const length = 44 + Math.floor(random() * 500);
      const head = wavHeader({ length, list: random() < 0.3 ? Math.floor(random() * 40) : undefined });
      for (let hits = Math.floor(random() * 6); hits > 0; hits -= 1) {
        head[Math.floor(random() * head.length)] = Math.floor(random() * 256);
      }
      const cut = head.subarray(0, random() < 0.2 ? Math.floor(random() * head.length) : head.length);
      const reading = readWavHeader(cut, length);
      if (reading.kind !== 'sound') continue;
      expect(reading.dataOffset + reading.dataBytes).toBeLessThanOrEqual(length);
      expect(reading.dataBytes).toBeGreaterThan(0);
      expect(Number.isFinite(reading.seconds)).toBe(true);
    }
  });
});
