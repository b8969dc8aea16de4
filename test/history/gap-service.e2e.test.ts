/**
 * The whole service is stopped, people go on telephoning, it is started again: their calls are there, marked, each with its own
 * sound. Two services of one PBX: one reads its history from CSV, the other from MariaDB with FreePBX's columns.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Call } from '../../src/calls/call.ts';
import { summaryOf } from '../../src/calls/summary.ts';
import type { CelRow } from '../../src/history/cel-row.ts';
import { createCsvReader } from '../../src/history/csv.ts';
import { readWavHeader } from '../../src/recordings/wav-header.ts';
import { tone } from '../bed/g711.ts';
import { type MariadbServer, startMariadb } from '../bed/mariadb.ts';
import { DID, OUTSIDE } from '../bed/numbers.ts';
import { type Office, startOffice } from '../bed/office.ts';
import { storiesFor } from '../bed/scenarios/all-stories.ts';
import { playStory } from '../bed/scenarios/play-story.ts';
import { inbound, pause, type Story, timesOf } from '../bed/scenarios/story.ts';
import { type ServiceProcess, startService } from '../bed/service.ts';
import { HERTZ, inOrder, listenTo, type Party } from '../bed/tones.ts';
import { CEL_TABLE_MYSQL, celInsert, ZONE } from './live-and-kept.ts';
import { cameIn, isOver } from './written-down.ts';

const STORIES = [
  'inbound-abandoned',
  'inbound-anonymous',
  'transfer-blind',
  'park-and-pick-up',
  'forward-302',
  'queue-answered',
];
const ANONYMOUS = '"Anonymous" <sip:anonymous@anonymous.invalid>';

interface Expected {
  readonly at: number;
  readonly outcome: string | null;
  readonly transfers: readonly string[];
  /** Who is heard from outside in what the PBX recorded; null: it recorded nothing. */
  readonly voice: Party | null;
}

let office: Office;
let mariadb: MariadbServer;
let services: Readonly<Record<'csv' | 'MariaDB', ServiceProcess>>;
const expected: Expected[] = [];

beforeAll(async () => {
  [office, mariadb] = await Promise.all([startOffice(), startMariadb()]);
  const from = Date.now();
  const csv = { cel: join(office.pbx.folders.log, 'cel-custom/Master.csv') };
  const mysql = { url: mariadb.url('asteriskcdrdb') };
  const [byCsv, byMariadb] = await Promise.all([
    startService({ office, recording: 'pbx', history: { csv } }),
    startService({ office, recording: 'pbx', history: { mysql } }),
  ]);
  services = { csv: byCsv, MariaDB: byMariadb };
  const both = (act: (service: ServiceProcess) => Promise<unknown>) =>
    Promise.all(Object.values(services).map(act));
  await both((service) => service.watching());
  const seen = await office.telco.call(DID.direct, { number: OUTSIDE.caller });
  await seen.reached('answered');
  seen.hangUp();
  await both((service) => eventually(service, 'select id from calls where ended_at is not null', 1));
  await both((service) => service.stop());

  for (const story of storiesFor(22, 'plain').filter(({ name }) => STORIES.includes(name)))
    await take(story, null);
  await take(recorded('secondCaller', { number: OUTSIDE.secondCaller }), 'secondCaller');
  await take(recorded('mobile', { rawFrom: ANONYMOUS }), 'mobile');
  await take(recorded('caller', { number: OUTSIDE.caller }, true), 'caller');

  const kept = await wholeHistory(csv.cel, from, expected.length + 1);
  mariadb.run(
    `create database asteriskcdrdb default charset utf8mb4; use asteriskcdrdb; ${CEL_TABLE_MYSQL} ${celInsert(kept, 'mysql')}`,
  );
  await both((service) => service.start());
}, 180_000);

afterAll(async () => {
  await Promise.all(Object.values(services).map((service) => service.dispose()));
  await Promise.all([office.stop(), mariadb.stop()]);
});

describe.each(['csv', 'MariaDB'] as const)('after a gap, by %s', (name) => {
  it('every call is there once, with a draft, and each that was recorded has its own sound', async () => {
    const service = services[name];
    const [report] = await eventually(service, 'select * from gap_reports where recovered > 0', 1);
    expect(report).toMatchObject({ pbx: 'main', recovered: expected.length, not_recoverable: 0 });
    const calls = rows(service, 'select * from calls where joined_to is null order by started_at');
    expect(calls.length).toBe(expected.length + 1);
    const recovered = calls.filter((call) => callOf(call).begin === 'history');
    const inTurn = expected.toSorted((one, other) => one.at - other.at);
    expect(
      recovered.map((call) => {
        const { outcome, transfers } = summaryOf(callOf(call));
        return [outcome, transfers.map(({ kind }) => kind)];
      }),
    ).toEqual(inTurn.map(({ outcome, transfers }) => [outcome, transfers]));
    const drafts = rows(service, 'select call_id from records').map((record) => record.call_id);
    expect(recovered.filter((call) => drafts.includes(call.id)).length).toBe(expected.length);

    const sounding = "select call_id, file from recordings where state = 'attached'";
    const voices = inTurn.map(({ voice }) => voice);
    const sounds = await eventually(service, sounding, voices.filter((voice) => voice !== null).length);
    const heard = recovered.map((call) =>
      sounds
        .filter(({ call_id }) => call_id === call.id)
        .map(({ file }) => outsideIn(join(service.recordings, String(file)))),
    );
    expect(heard).toEqual(voices.map((voice) => (voice === null ? [] : [[voice]])));
  }, 60_000);
});

/**
 * CEL once so many calls stand in it and every channel has ended: on a busy machine Asterisk writes it seconds after the hang-up,
 * and of a call that it has not begun to write nothing is missed.
 */
async function wholeHistory(cel: string, from: number, calls: number): Promise<readonly CelRow[]> {
  const deadline = performance.now() + 30_000;
  for (;;) {
    const kept = await createCsvReader({ cel, cdr: null, timeZone: ZONE }).cel(from, Date.now());
    if (!kept.ok) throw new Error(kept.reason);
    if (isOver(kept.rows, calls)) return kept.rows;
    if (performance.now() > deadline)
      throw new Error(`CEL is not whole after 30 s: ${cameIn(kept.rows).length} of ${calls} calls`);
    await pause(200);
  }
}

async function take(story: Story, voice: Party | null): Promise<void> {
  for (const { expect: told, times } of (await playStory(office, story)).truth.calls) {
    const { outcome, transfers } = told;
    expected.push({ at: times.invite, outcome, transfers: transfers.map(({ kind }) => kind), voice });
  }
}

/** A call that the dialplan records; parked and picked up by another phone in the middle when told so. */
function recorded(
  voice: 'caller' | 'secondCaller' | 'mobile',
  from: { readonly number: string } | { readonly rawFrom: string },
  isParked = false,
): Story {
  const did = DID.recordedByDialplan;
  return {
    name: `recorded-${voice}`,
    dialplan: 'plain',
    core: false,
    async play({ telco, phones }) {
      const caller = await telco.call(did, { ...from, voice: tone(HERTZ[voice], 1) });
      const phone = await phones[1001].nextCall();
      await caller.reached('answered');
      await pause(1_000);
      if (isParked) {
        await phone.transferTo('700');
        await pause(500);
        const picker = await phones[1002].call('701');
        await picker.reached('answered');
        await pause(600);
      }
      caller.hangUp();
      await caller.reached('ended');
      const transfers = isParked ? [{ kind: 'park', to: '701' } as const] : [];
      return [{ expect: inbound(did, { transfers, recordings: 1 }), times: timesOf(caller, [phone]) }];
    },
  };
}

/** Who from outside speaks in a file. */
function outsideIn(path: string): readonly Party[] {
  const bytes = readFileSync(path);
  const header = readWavHeader(bytes, bytes.length);
  if (header.kind !== 'sound') throw new Error(`${path} is no sound`);
  const samples = new Int16Array(header.dataBytes / 2);
  for (let at = 0; at < samples.length; at += 1) samples[at] = bytes.readInt16LE(header.dataOffset + at * 2);
  const outside: readonly Party[] = ['caller', 'secondCaller', 'mobile'];
  return inOrder(listenTo(samples, header.sampleRate)).filter((party) => outside.includes(party));
}

function callOf(row: Readonly<Record<string, unknown>>): Call {
  return JSON.parse(String(row.call_json)) as Call;
}

function rows(service: ServiceProcess, sql: string): readonly Record<string, unknown>[] {
  const database = new Database(service.database, { readonly: true });
  try {
    return database.prepare(sql).all() as Record<string, unknown>[];
  } finally {
    database.close();
  }
}

/** At least so many rows, looked for until they are there. */
async function eventually(
  service: ServiceProcess,
  sql: string,
  least: number,
): Promise<readonly Record<string, unknown>[]> {
  const deadline = performance.now() + 50_000;
  for (;;) {
    const found = rows(service, sql);
    if (found.length >= least) return found;
    if (performance.now() > deadline)
      throw new Error(`${sql}: not there within 50 s:\n${service.output().slice(-3_000)}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
