/**
 * What the pipeline of recordings costs: its processor time beside bare ffmpeg doing the same transcode in the same run, the
 * time from the hang-up to a recording that plays, and the first byte of an encrypted hour.
 */
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { benchHangUp, type HangUpFigures } from './hang-up.ts';
import { benchSealed, FIRST_BYTE_GOAL_MS, type SealedFigures } from './sealed.ts';
import { writeTalk } from './talk-sound.ts';

const WORKER = fileURLToPath(new URL('./sound-worker.ts', import.meta.url));
const start = promisify(execFile);
const TALK_SECONDS = 180;
const GOAL_RATIO = 1.25;
/** Rounds in turn, so that a machine that gets busier weighs on both. */
const ROUNDS = 4;

interface Cost {
  /** User and system time of all processes of this way. */
  readonly cpuSeconds: number;
  readonly seconds: number;
}

export interface RecordingFigures {
  readonly recordings: number;
  readonly pipeline: Cost;
  readonly ffmpeg: Cost;
  readonly ratio: number;
  readonly hangUp: HangUpFigures | null;
  readonly sealed: SealedFigures;
}

/** Both ways on the same talks, in turns. */
export async function benchTranscode(
  recordings: number,
): Promise<Pick<RecordingFigures, 'recordings' | 'pipeline' | 'ffmpeg' | 'ratio'>> {
  const folder = mkdtempSync(join(tmpdir(), 'dutyline-bench-recordings-'));
  try {
    const paths = Array.from({ length: recordings }, (_, at) =>
      writeTalk(join(folder, 'monitor'), `talk-${at}`, TALK_SECONDS),
    );
    const cost = { pipeline: { cpuSeconds: 0, seconds: 0 }, ffmpeg: { cpuSeconds: 0, seconds: 0 } };
    const size = Math.ceil(recordings / ROUNDS);
    for (let from = 0; from < recordings; from += size) {
      for (const way of ['pipeline', 'ffmpeg'] as const) {
        const place = join(folder, `${way}-${from}`);
        mkdirSync(place);
        const one = await worker(way, folder, place, paths.slice(from, from + size));
        cost[way] = {
          cpuSeconds: cost[way].cpuSeconds + one.cpuSeconds,
          seconds: cost[way].seconds + one.seconds,
        };
      }
    }
    const { pipeline, ffmpeg } = cost;
    return { recordings, pipeline, ffmpeg, ratio: pipeline.cpuSeconds / ffmpeg.cpuSeconds };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function worker(way: string, base: string, place: string, paths: readonly string[]): Promise<Cost> {
  const { stdout } = await start(process.execPath, [WORKER, way, base, place, ...paths]);
  return JSON.parse(stdout) as Cost;
}

/**
 * `npm run bench -- recordings [RECORDINGS] [CALLS] [SECONDS OF TALK]`: prints the figures as one JSON object; fails when a
 * goal is missed. No calls: no hang-ups are measured.
 */
export async function run([
  recordings = '100',
  calls = '20',
  seconds = '180',
]: readonly string[]): Promise<void> {
  const transcode = await benchTranscode(Number(recordings));
  const sealed = await benchSealed(500);
  const hangUp = Number(calls) === 0 ? null : await benchHangUp(Number(calls), Number(seconds));
  const figures: RecordingFigures = { ...transcode, hangUp, sealed };
  process.stdout.write(`${JSON.stringify(figures, null, 2)}\n`);
  if (transcode.ratio > GOAL_RATIO || sealed.sealed.firstByteMs.p95 > FIRST_BYTE_GOAL_MS)
    process.exitCode = 1;
}
