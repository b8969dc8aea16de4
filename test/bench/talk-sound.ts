/** A talk of two sides as Asterisk leaves it on the disk: three WAV files, the voices taking turns. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { speechLike } from '../bed/g711.ts';
import { wavFile } from '../bed/wav-file.ts';
import { seeded } from '../support/seeded.ts';

const RATE = 8_000;
/** A-law of the quietest sample: an idle line. */
const IDLE = 0xd5;

/** Writes `<name>.wav`, `<name>-caller.wav` and `<name>-desk.wav` into `folder`; the path of the first one. */
export function writeTalk(folder: string, name: string, seconds: number): string {
  const chance = seeded(name);
  const voices = [
    speechLike(13, 3_000 + chance.below(4_000)),
    speechLike(11, 5_000 + chance.below(4_000)),
  ] as const;
  const sides = voices.map(() => Buffer.alloc(seconds * RATE, IDLE)) as [Buffer, Buffer];
  const both = Buffer.alloc(seconds * RATE, IDLE);
  for (let at = 0, turn = 0; at < both.length; turn = 1 - turn) {
    const [side, voice] = turn === 0 ? [sides[0], voices[0]] : [sides[1], voices[1]];
    const length = Math.min(both.length - at, RATE * (1 + chance.below(6)));
    const from = chance.below(voice.length - RATE);
    for (let n = 0; n < length; n += 1) {
      const byte = voice[(from + n) % voice.length] ?? IDLE;
      side[at + n] = byte;
      both[at + n] = byte;
    }
    at += length + chance.below(RATE);
  }
  mkdirSync(folder, { recursive: true });
  const path = (suffix: string) => join(folder, `${name}${suffix}.wav`);
  writeFileSync(path(''), wavFile(both));
  writeFileSync(path('-caller'), wavFile(sides[0]));
  writeFileSync(path('-desk'), wavFile(sides[1]));
  return path('');
}
