/** Real calls through the whole service: each ends as a playable copy of its two voices, judged against its talk. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { findFfmpeg } from '../../src/recordings/transcode.ts';
import type { SoundJudgement } from '../../src/sound/judgement.ts';
import { readPeaks } from '../../src/sound/peaks.ts';
import { tone } from '../bed/g711.ts';
import { DID } from '../bed/numbers.ts';
import { type Office, startOffice } from '../bed/office.ts';
import { pause } from '../bed/scenarios/story.ts';
import { type ServiceProcess, startService } from '../bed/service.ts';
import { HERTZ, peakOf } from '../bed/tones.ts';

/** One side is judged silent from 5 s of talk on. */
const TALK_MS = 5_500;
const RATE = 8_000;

let office: Office;
let service: ServiceProcess;
beforeAll(async () => {
  office = await startOffice();
  service = await startService({ office, recording: 'ami' });
  await service.watching();
});
afterAll(async () => {
  await service.dispose();
  await office.stop();
});

it('plays 对方 left and 本室 right, every second of the talk, 完整', async () => {
  const { call, talked } = await talkFrom('09548880101');
  call.hangUp();
  const { judgement, seconds } = await judged('09548880101');
  expect(judgement.defects).toEqual([]);
  expect(seconds).toBeGreaterThanOrEqual(talked - 0.1);
  expect(judgement.measure?.sides.map(({ side }) => side)).toEqual(['caller', 'room']);

  const [left, right] = heard(judgement.playable?.file ?? '');
  expect(secondsOf(left, HERTZ.caller)).toBeGreaterThanOrEqual(talked - 0.1);
  expect(secondsOf(right, HERTZ['1001'])).toBeGreaterThanOrEqual(talked - 0.1);
  expect([secondsOf(left, HERTZ['1001']), secondsOf(right, HERTZ.caller)]).toEqual([0, 0]);

  const outlines = readPeaks(readFileSync(join(service.recordings, judgement.peaks?.file ?? '')));
  expect(outlines?.length).toBe(2);
  for (const outline of outlines ?? []) {
    expect(outline.length / 2 / 20).toBeCloseTo(seconds, 0);
    expect(Math.max(...outline)).toBeGreaterThan(20);
  }
});

it('says how many seconds are missing when Asterisk was killed in talk, and plays the rest', async () => {
  const { call, talked } = await talkFrom('09548880102');
  await office.kill9();
  call.hangUp();
  await service.unwatched();
  await office.restart();
  await service.watching();
  const { judgement, seconds } = await judged('09548880102');
  // Asterisk writes in steps of 2.048 s; what it had in hand is gone.
  expect(talked - seconds).toBeGreaterThan(0.12);
  expect(talked - seconds).toBeLessThan(2.048 + 0.3);
  expect(judgement.defects).toEqual([{ kind: 'cut-at-end', seconds: expect.closeTo(talked - seconds, 0) }]);
  const [left, right] = heard(judgement.playable?.file ?? '');
  expect(secondsOf(left, HERTZ.caller)).toBeGreaterThan(seconds - 0.2);
  expect(secondsOf(right, HERTZ['1001'])).toBeGreaterThan(seconds - 0.2);
}, 60_000);

/** An answered call whose parties have spoken for a while; seconds by the packets the caller sent in talk. */
async function talkFrom(number: string) {
  const call = await office.telco.call(DID.direct, { number, voice: tone(HERTZ.caller, 1) });
  await call.reached('answered');
  const from = call.sound().sent;
  await pause(TALK_MS);
  return { call, talked: (call.sound().sent - from) * 0.02 };
}

/** What became of the talk of this caller's call. */
async function judged(
  caller: string,
): Promise<{ readonly judgement: SoundJudgement; readonly seconds: number }> {
  const database = new Database(service.database, { readonly: true });
  try {
    const ask = database.prepare<[string], { readonly judgement: string | null; readonly seconds: number }>(
      `select judgement_json as judgement, seconds from recordings join calls on calls.id = call_id
       where part = 'talk' and caller_number = ?`,
    );
    await expect
      .poll(() => ask.get(caller)?.judgement ?? null, { timeout: 30_000, interval: 50 })
      .not.toBeNull();
    const { judgement, seconds } = ask.get(caller) ?? { judgement: null, seconds: 0 };
    return { judgement: JSON.parse(judgement ?? '') as SoundJudgement, seconds };
  } finally {
    database.close();
  }
}

/** Both channels of the playable copy, as the real ffmpeg plays them. */
function heard(file: string): readonly [Int16Array, Int16Array] {
  const args = [
    '-v',
    'error',
    '-i',
    join(service.recordings, file),
    '-f',
    's16le',
    '-ar',
    `${RATE}`,
    'pipe:1',
  ];
  const pcm = execFileSync(findFfmpeg(process.env) ?? '', args, { maxBuffer: 1e9 });
  const samples = new Int16Array(pcm.buffer, pcm.byteOffset, pcm.length / 2);
  return [samples.filter((_, at) => at % 2 === 0), samples.filter((_, at) => at % 2 === 1)];
}

/** Seconds in which this tone stands, in windows of 20 ms; the copy is evened to half of what was said. */
function secondsOf(samples: Int16Array, hertz: number): number {
  const size = RATE * 0.02;
  const windows = Array.from({ length: Math.floor(samples.length / size) }, (_, at) =>
    peakOf(samples.subarray(at * size, (at + 1) * size), RATE, hertz),
  );
  return windows.filter((peak) => peak > 2_000).length * 0.02;
}
