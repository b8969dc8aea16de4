/**
 * A line recorded by our snippet, through the whole service: what the dialplan leaves of a call is one talk with its two sides
 * and what was heard before the answer, whether the service heard of it live or finds it after a gap.
 */
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { MadeFile, SoundJudgement } from '../../src/sound/judgement.ts';
import { tone } from '../bed/g711.ts';
import { DID } from '../bed/numbers.ts';
import { type Office, startOffice } from '../bed/office.ts';
import { pause } from '../bed/scenarios/story.ts';
import { type ServiceProcess, startService } from '../bed/service.ts';
import { answerAfter } from '../bed/sip-behaviour.ts';
import { HERTZ } from '../bed/tones.ts';

const PATIENCE = { timeout: 40_000, interval: 100 };

let office: Office;
let service: ServiceProcess;
beforeAll(async () => {
  office = await startOffice({ snippet: true });
  const csv = { cel: join(office.pbx.folders.log, 'cel-custom/Master.csv') };
  service = await startService({ office, recording: 'snippet', history: { csv } });
  await service.watching();
}, 60_000);
afterAll(async () => {
  await service.dispose();
  await office.stop();
});

it('live, it is one talk and one file of before, and the look after the call adds nothing', async () => {
  await talk('09548880201');
  const kept = await settled('09548880201');
  expect(kept.map(({ part, mode, sides }) => [part, mode, sides.length])).toEqual([
    ['before-answer', 'snippet', 0],
    ['talk', 'snippet', 2],
  ]);
  expect(kept.map(({ found_by }) => found_by)).toEqual([null, null]);
  expect(sidesHeard(kept)).toEqual(['caller', 'room']);
}, 90_000);

it('of a gap, it is the same, by the names that the history kept', async () => {
  await service.stop();
  await talk('09548880202');
  await service.start();
  await service.watching();
  const kept = await settled('09548880202');
  expect(kept.map(({ part, mode, sides }) => [part, mode, sides.length])).toEqual([
    ['before-answer', 'snippet', 0],
    ['talk', 'snippet', 2],
  ]);
  expect(kept.map(({ found_by }) => found_by)).toEqual(['live-name', 'live-name']);
  expect(sidesHeard(kept)).toEqual(['caller', 'room']);
  // Nothing is nobody's, of either call.
  expect(rows('select path from stray_recordings')).toEqual([]);
}, 90_000);

/** A call that rings for a second and is talked for three. */
async function talk(number: string): Promise<void> {
  office.phones['1001'].behave(answerAfter(1_200));
  const call = await office.telco.call(DID.direct, { number, voice: tone(HERTZ.caller, 1) });
  await call.reached('answered');
  await pause(3_000);
  call.hangUp();
  await call.reached('ended');
}

interface Kept {
  readonly part: string;
  readonly mode: string;
  readonly found_by: string | null;
  readonly sides: readonly MadeFile[];
  readonly judgement: SoundJudgement | null;
}

/** The recordings of this caller's call once every job is done, that of the look after the call too. */
async function settled(caller: string): Promise<readonly Kept[]> {
  const recordings = () =>
    rows(
      `select part, mode, found_by, state, sides_json, judgement_json from recordings
       join calls on calls.id = call_id where caller_number = ? order by part`,
      caller,
    );
  await expect
    .poll(
      () => recordings().some(({ part, judgement_json }) => part === 'talk' && judgement_json !== null),
      PATIENCE,
    )
    .toBe(true);
  await expect.poll(() => rows('select id from pending_effects'), PATIENCE).toEqual([]);
  return recordings().map(({ part, mode, found_by, sides_json, judgement_json }) => ({
    part: part ?? '',
    mode: mode ?? '',
    found_by: found_by ?? null,
    sides: JSON.parse(sides_json ?? '[]') as readonly MadeFile[],
    judgement: JSON.parse(judgement_json ?? 'null') as SoundJudgement | null,
  }));
}

function sidesHeard(kept: readonly Kept[]): readonly string[] | undefined {
  const talked = kept.find(({ part }) => part === 'talk')?.judgement;
  return talked?.measure?.sides.map(({ side }) => side);
}

type Row = Readonly<Record<string, string | null>>;

function rows(query: string, ...values: string[]): readonly Row[] {
  const database = new Database(service.database, { readonly: true });
  try {
    return database.prepare<string[], Row>(query).all(...values);
  } finally {
    database.close();
  }
}
