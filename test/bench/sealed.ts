/**
 * First byte at a random position of an hour of sound that is encrypted where it lies, beside the same hour plain: from the
 * opening of the file to the first bytes out of the stream, as a player that jumps asks for them. Files come from the page
 * cache in both rows; what a disk adds is the same for both.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { recordingIdOf } from '../../src/recordings/recording-id.ts';
import { createSealingKeys, NO_KEYS, type SealingKeys } from '../../src/recordings/vault/sealing-key.ts';
import { createSoundFolder } from '../../src/recordings/vault/sound-folder.ts';
import { type Chance, seeded } from '../support/seeded.ts';
import { type Spread, spreadOf } from './spread.ts';

interface HourFigures {
  readonly firstByteMs: Spread;
  readonly wholeMbPerSecond: number;
  readonly keepMbPerSecond: number;
}

export interface SealedFigures {
  readonly bytes: number;
  readonly jumps: number;
  readonly plain: HourFigures;
  readonly sealed: HourFigures;
}

/** 8 kHz, stereo, 16 bits. */
const HOUR_BYTES = 44 + 3_600 * 8_000 * 2 * 2;
/** What the 95th of a hundred jumps may take. */
export const FIRST_BYTE_GOAL_MS = 30;

/** Keeps an hour twice and jumps so many times in each. */
export async function benchSealed(jumps: number): Promise<SealedFigures> {
  const folder = mkdtempSync(join(tmpdir(), 'dutyline-bench-'));
  try {
    const keys = createSealingKeys([Buffer.alloc(32, 7)]);
    const plain = await benchHour(join(folder, 'plain'), NO_KEYS, jumps);
    const sealed = await benchHour(join(folder, 'sealed'), keys, jumps);
    return { bytes: HOUR_BYTES, jumps, plain, sealed };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function benchHour(root: string, keys: SealingKeys, jumps: number): Promise<HourFigures> {
  const sounds = createSoundFolder(root, keys);
  const recording = recordingIdOf('bench', '/hour.wav', '1795452315.1', 0);
  const chance = seeded('an hour');
  const keepBegan = performance.now();
  const { file, sha256 } = await sounds.keepStream(recording, 'wav', anHour(chance));
  const keepMs = performance.now() - keepBegan;

  const wholeBegan = performance.now();
  const digest = await sounds.digest(file);
  const wholeMs = performance.now() - wholeBegan;
  if (digest.state !== 'read' || digest.sha256 !== sha256) throw new Error('the hour is not what was kept');

  const times: number[] = [];
  for (let n = 0; n < jumps; n += 1) {
    const start = chance.below(HOUR_BYTES);
    const began = performance.now();
    const sound = await sounds.open(file);
    if (sound === null) throw new Error('the hour is gone');
    for await (const _ of sound.stream(start, HOUR_BYTES - 1)) {
      times.push(performance.now() - began);
      break;
    }
  }
  const mbPerSecond = (ms: number) => Math.round(HOUR_BYTES / 1_000 / ms);
  return {
    firstByteMs: spreadOf(times),
    wholeMbPerSecond: mbPerSecond(wholeMs),
    keepMbPerSecond: mbPerSecond(keepMs),
  };
}

async function* anHour(chance: Chance): AsyncGenerator<Uint8Array, void, undefined> {
  const piece = Buffer.alloc(256 * 1_024);
  for (let at = 0; at < piece.length; at += 1) piece[at] = chance.below(256);
  for (let left = HOUR_BYTES; left > 0; left -= piece.length)
    yield await Promise.resolve(piece.subarray(0, Math.min(left, piece.length)));
}

/** `npm run bench -- sealed [JUMPS]`: prints the figures as one JSON object; fails when the goal is missed. */
export async function run(args: readonly string[]): Promise<void> {
  const jumps = Number(args[0] ?? 500);
  if (!Number.isInteger(jumps) || jumps < 20)
    throw new Error(`a number of jumps from 20 on is needed, not ${args[0]}`);
  const figures = await benchSealed(jumps);
  process.stdout.write(`${JSON.stringify(figures, null, 2)}\n`);
  if (figures.sealed.firstByteMs.p95 > FIRST_BYTE_GOAL_MS) process.exitCode = 1;
}
