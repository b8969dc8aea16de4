/** Calls placed on real Asterisk while nobody listened, recovered from its CSV, from MariaDB in FreePBX's columns and from PostgreSQL. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Call } from '../../src/calls/call.ts';
import { callOf, evolve } from '../../src/calls/evolve.ts';
import { summaryOf } from '../../src/calls/summary.ts';
import { createSecret } from '../../src/config/secret.ts';
import { backfill, type GapReport } from '../../src/history/backfill.ts';
import type { CdrRow, CelRow, HistoryReader } from '../../src/history/cel-row.ts';
import { createCsvReader } from '../../src/history/csv.ts';
import { createMysqlReader } from '../../src/history/mysql.ts';
import { createPostgresReader } from '../../src/history/postgres.ts';
import { gapReportWork } from '../../src/service/history.ts';
import { cdrSounds } from '../../src/service/reconciled-pbx.ts';
import { openStore } from '../../src/storage/open-store.ts';
import { askPostgres } from '../../src/storage/postgres.ts';
import type { Store } from '../../src/storage/store.ts';
import type { CallStepWork } from '../../src/storage/work.ts';
import { type MariadbServer, startMariadb } from '../bed/mariadb.ts';
import { DID, OUTSIDE } from '../bed/numbers.ts';
import { type Office, startOffice } from '../bed/office.ts';
import { type PostgresServer, startPostgres } from '../bed/postgres.ts';
import { storiesFor } from '../bed/scenarios/all-stories.ts';
import { playStory } from '../bed/scenarios/play-story.ts';
import { type CallTruth, SETUP } from '../bed/scenarios/story.ts';
import { RULES } from '../storage/office.ts';
import {
  CEL_TABLE_MYSQL,
  CEL_TABLE_POSTGRES,
  cdrInsert,
  cdrTable,
  celInsert,
  ZONE,
} from './live-and-kept.ts';
import { isLastAnswered } from './written-down.ts';

const STORIES = [
  'inbound-answered',
  'inbound-missed',
  'inbound-abandoned',
  'inbound-anonymous',
  'inbound-two-at-once',
  'transfer-blind',
  'transfer-attended',
  'park-and-pick-up',
  'forward-302',
  'queue-answered',
  'outbound-answered',
];
const PBX = 'gap';
const FIELDS = [
  'direction',
  'dialled',
  'outcome',
  'answeredBy',
  'hungUpBy',
  'leftTo',
  'transfers',
  'complete',
];
const setup = {
  pbx: PBX,
  trunks: SETUP.trunks,
  lines: [
    {
      id: 'line',
      room: '',
      number: SETUP.line,
      dids: SETUP.dids,
      trunks: [],
      phones: SETUP.phones,
      recording: 'none' as const,
    },
  ],
};

const folder = mkdtempSync(join(tmpdir(), 'dutyline-history-'));
const truth: CallTruth[] = [];
let office: Office;
let mariadb: MariadbServer;
let postgres: PostgresServer;
let pgUrl = '';
let from = 0;
let to = 0;
let csv: HistoryReader;
let kept: readonly CelRow[] = [];
let cdr: readonly CdrRow[] = [];
/** A PostgreSQL in which `cel` is empty, as where CEL is off. */
let withoutCel = '';
/** One in which there is no `cel` at all: its PBX never had the module. */
let noCel = '';
/** One Uniqueid and the name of its file, as FreePBX notes it. */
let recorded: ReadonlyMap<string, string> = new Map();

beforeAll(async () => {
  [office, mariadb, postgres] = await Promise.all([
    startOffice({ sound: false }),
    startMariadb(),
    startPostgres(),
  ]);
  from = Date.now();
  for (const story of storiesFor(22, 'plain').filter(({ name }) => STORIES.includes(name))) {
    truth.push(...(await playStory(office, story)).truth.calls);
  }
  const caller = await office.telco.call(DID.direct, { number: OUTSIDE.caller });
  await caller.reached('answered');
  csv = createCsvReader({
    cel: join(office.pbx.folders.log, 'cel-custom/Master.csv'),
    cdr: null,
    timeZone: ZONE,
  });
  // What is not written by then dies with it.
  const cameIn = truth.filter(({ expect: told }) => told.direction === 'inbound').length + 1;
  const isWritten = async () => {
    const [cel, ofPairs] = await Promise.all([
      csv.cel(from, Date.now()),
      cdrCsv().cdr(from - 1_000, Date.now()),
    ]);
    return cel.ok && ofPairs.ok && isLastAnswered(cel.rows, ofPairs.rows, cameIn);
  };
  await vi.waitUntil(isWritten, { timeout: 30_000, interval: 200 });
  await office.kill9();
  to = Date.now();
  const read = await csv.cel(from, to);
  if (!read.ok) throw new Error(read.reason);
  if (read.broken > 0) throw new Error(`${read.broken} rows of Asterisk's own CSV cannot be read`);
  kept = read.rows;
  mariadb.run(
    `create database asteriskcdrdb default charset utf8mb4; use asteriskcdrdb; ${CEL_TABLE_MYSQL} ${celInsert(kept, 'mysql')}`,
  );
  pgUrl = postgres.createDatabase('asteriskcdrdb');
  const client = new pg.Client(pgUrl);
  await client.connect();
  await client.query(`${CEL_TABLE_POSTGRES} ${celInsert(kept, 'postgres')}`);
  await client.end();
  // CDR keeps whole seconds: the first call began before `from` by it.
  const readCdr = await cdrCsv().cdr(from - 1_000, to);
  if (!readCdr.ok) throw new Error(readCdr.reason);
  cdr = readCdr.rows;
  const first = cdr[0]?.uniqueId ?? '';
  recorded = new Map([[first, `external-1001-09548887777-20261126-${first}.wav`]]);
  const rows = (dialect: 'mysql' | 'postgres') => `${cdrTable(dialect)} ${cdrInsert(cdr, dialect, recorded)}`;
  mariadb.run(
    `create database withoutcel default charset utf8mb4; use withoutcel; ${CEL_TABLE_MYSQL} ${rows('mysql')}`,
  );
  mariadb.run(`create database nocel default charset utf8mb4; use nocel; ${rows('mysql')}`);
  noCel = postgres.createDatabase('nocel');
  const third = new pg.Client(noCel);
  await third.connect();
  await third.query(rows('postgres'));
  await third.end();
  withoutCel = postgres.createDatabase('withoutcel');
  const second = new pg.Client(withoutCel);
  await second.connect();
  await second.query(`${CEL_TABLE_POSTGRES} ${rows('postgres')}`);
  await second.end();
}, 200_000);

afterAll(async () => {
  await Promise.all([office.stop(), mariadb.stop(), postgres.stop()]);
  rmSync(folder, { recursive: true });
});

describe('a gap', () => {
  it('is recovered from CSV call by call, and a second time writes nothing', async () => {
    expect(await recoverTwice(csv, 'csv')).toBeGreaterThan(STORIES.length);
  });

  it('is recovered from MariaDB, where times are whole seconds', async () => {
    const reader = createMysqlReader({ url: mariadb.url('asteriskcdrdb'), timeZone: ZONE });
    expect(await recoverTwice(reader, 'mysql')).toBeGreaterThan(STORIES.length);
  });

  it('is recovered from PostgreSQL', async () => {
    const reader = createPostgresReader({ url: pgUrl, timeZone: ZONE });
    expect(await recoverTwice(reader, 'postgres')).toBeGreaterThan(STORIES.length);
  });

  it.each([
    ['its CSV', () => cdrCsv()],
    ['MariaDB', () => createMysqlReader({ url: mariadb.url('withoutcel'), timeZone: ZONE })],
    ['PostgreSQL', () => createPostgresReader({ url: withoutCel, timeZone: ZONE })],
    ['MariaDB without that table', () => createMysqlReader({ url: mariadb.url('nocel'), timeZone: ZONE })],
    ['PostgreSQL without that table', () => createPostgresReader({ url: noCel, timeZone: ZONE })],
  ])(
    'is recovered from CDR in %s where CEL is off, as far as CDR goes, and each call says so',
    async (name, reader) => {
      const store = await openStore({ database: join(folder, `cdr-${name}.db`), rules: RULES });
      const works: CallStepWork[] = [];
      const report = await run(reader(), store, works);
      await store.close();
      const calls = works
        .flatMap((work) => callsOf(work))
        .toSorted((one, two) => one.startedAt - two.startedAt);
      expect(report).toMatchObject({ notRecoverable: [], brokenRows: 0 });
      expect(
        calls.every(({ begin, attention }) => begin === 'history' && attention.includes('from-cdr')),
      ).toBe(true);
      // What CDR cannot tell: that the caller gave up, and that a consultation belongs to the call it was about.
      const alone = calls.filter(({ direction }) => direction !== 'internal').map((call) => summaryOf(call));
      expect(calls.length - alone.length).toBe(1);
      expect(alone.map(({ direction, outcome }) => `${direction} ${outcome}`)).toEqual(
        truth
          .toSorted((one, two) => one.times.invite - two.times.invite)
          .map(
            ({ expect: told }) =>
              `${told.direction} ${told.outcome === 'abandoned' ? 'missed' : told.outcome}`,
          ),
      );
      expect(alone.find(({ direction }) => direction === 'outbound')?.dialled).toMatch(/^\d+$/);
    },
  );

  it.each([
    ['mysql', () => mariadb.url('withoutcel')],
    ['postgres', () => withoutCel],
  ] as const)('has its files named by the column recordingfile of FreePBX’s cdr in %s', async (kind, url) => {
    const sounds = await cdrSounds({ kind, url: createSecret(url()), timeZone: ZONE }, from - 1_000, to);
    expect(sounds.length).toBe(cdr.length);
    const [[uniqueid, file] = ['', '']] = recorded;
    expect(sounds.filter((sound) => sound.recordingfile !== '')).toEqual([
      { linkedid: cdr.find((row) => row.uniqueId === uniqueid)?.linkedId, uniqueid, recordingfile: file },
    ]);
  });

  it('says why a database cannot be asked', async () => {
    const reader = createMysqlReader({ url: mariadb.url('nowhere'), timeZone: ZONE });
    expect(await reader.cel(from, to)).toEqual({ ok: false, reason: "Unknown database 'nowhere'" });
    const other = createPostgresReader({ url: pgUrl.replace('asteriskcdrdb', 'nowhere'), timeZone: ZONE });
    expect(await other.cel(from, to)).toEqual({ ok: false, reason: 'database "nowhere" does not exist' });
    const withoutTable = createPostgresReader({ url: pgUrl, timeZone: ZONE });
    expect(await withoutTable.cdr(from, to)).toEqual({
      ok: false,
      reason: 'relation "cdr" does not exist',
      noTable: true,
    });
    const nobody = createPostgresReader({ url: 'postgres://a@127.0.0.1:1/b', timeZone: ZONE });
    expect(await nobody.cel(from, to)).toEqual({ ok: false, reason: 'connect ECONNREFUSED 127.0.0.1:1' });
  });

  it('is asked of MariaDB by a session that may not write: the server refuses', async () => {
    const note = 'insert into notes values (1)';
    mariadb.run(`create database traps; use traps; ${CEL_TABLE_MYSQL} create table notes (n int);
      ${celInsert(kept.slice(0, 1), 'mysql')} rename table cel to real_cel;
      delimiter //
      create function trap() returns int modifies sql data begin ${note}; return 1; end //
      delimiter ;
      create view cel as select real_cel.*, trap() as sprung from real_cel;`);
    const reader = createMysqlReader({ url: mariadb.url('traps'), timeZone: ZONE });
    expect(await reader.cel(from, to)).toEqual({
      ok: false,
      reason: 'Cannot execute statement in a READ ONLY transaction',
    });
    // The trap works: whoever may write springs it.
    mariadb.run(`use traps; do (select sum(sprung) from cel); create table proof (n int not null check (n = 1));
      insert into proof select count(*) from notes;`);
  });

  it('is asked of PostgreSQL by a session that may not write', async () => {
    expect(await askPostgres(pgUrl, 'delete from cel', [])).toEqual({
      ok: false,
      reason: 'cannot execute DELETE in a read-only transaction',
    });
  });
});

function cdrCsv(): HistoryReader {
  return createCsvReader({
    cel: null,
    cdr: join(office.pbx.folders.log, 'cdr-csv/Master.csv'),
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  });
}

/** Every call is told as its SIP agents logged it; gives back how many calls the first run wrote. */
async function recoverTwice(reader: HistoryReader, name: string): Promise<number> {
  const store = await openStore({ database: join(folder, `${name}.db`), rules: RULES });
  const works: CallStepWork[] = [];
  const first = await run(reader, store, works);
  const calls = works.flatMap((work) => callsOf(work)).toSorted((one, two) => one.startedAt - two.startedAt);
  const told = calls.map((call) => shown(summaryOf(call), FIELDS));
  expect(truth.length).toBeGreaterThanOrEqual(STORIES.length);
  const expected = truth.toSorted((one, two) => (one.times.invite ?? 0) - (two.times.invite ?? 0));
  expect(told.slice(0, -1)).toEqual(expected.map((call) => shown(call.expect, FIELDS)));
  expect(summaryOf(calls.at(-1) as Call)).toMatchObject({
    outcome: 'answered',
    complete: false,
    endedAt: null,
  });
  expect(calls.at(-1)?.ending?.kind).toBe('lost');
  expect(calls.every((call) => call.begin === 'history')).toBe(true);
  expect(first.notRecoverable).toEqual([]);
  works.length = 0;
  const second = await run(reader, store, works);
  expect(works).toEqual([]);
  expect(second).toMatchObject({ recovered: 0, alreadyKnown: first.recovered, notOurs: first.notOurs });
  for (const report of [first, second]) await store.write([gapReportWork('g', PBX, report, [], to)]);
  expect(await store.gapReports(5)).toMatchObject([{ recovered: first.recovered, known: 0, from, to }]);
  await store.close();
  return first.recovered;
}

async function run(reader: HistoryReader, store: Store, works: CallStepWork[]): Promise<GapReport> {
  const result = await backfill({
    store,
    async write(work) {
      if (work.type === 'call-step') works.push(work);
      const [answer] = await store.write([work]);
      if (answer === undefined) throw new Error('no answer');
      return answer;
    },
    setup,
    reader,
    pbx: PBX,
    from,
    to,
    now: to + 3_600_000,
    offsetMs: 0,
    progress: () => undefined,
  });
  if (!result.ok) throw new Error(result.reason);
  return result.report;
}

function callsOf({ facts }: CallStepWork): readonly Call[] {
  const calls = new Map<string, Call>();
  for (const fact of facts) {
    const before = calls.get(fact.linkedid);
    if (fact.kind === 'call-arrived') calls.set(fact.linkedid, callOf(fact));
    else if (before !== undefined) calls.set(fact.linkedid, evolve(before, fact));
  }
  return [...calls.values()].filter((call) => call.ending?.kind !== 'joined');
}

function shown(call: object, fields: readonly string[]) {
  return Object.fromEntries(Object.entries(call).filter(([key]) => fields.includes(key)));
}
