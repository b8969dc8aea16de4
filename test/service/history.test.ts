/** The office's reading of histories: what is away is asked again, and one PBX does not keep another from its night. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { HistoryConfig } from '../../src/config/config.ts';
import { createHistoryOffice, openHistory } from '../../src/service/history.ts';
import { cdrSounds } from '../../src/service/reconciled-pbx.ts';
import { openStore } from '../../src/storage/open-store.ts';
import type { Store } from '../../src/storage/store.ts';
import type { Work, WorkResult } from '../../src/storage/work.ts';
import { RULES } from '../storage/office.ts';

const NOW = 1_795_500_000_000;
const DAY = 86_400_000;

let folder: string;
let store: Store;
let attached: string[];
let said: string[];
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'dutyline-history-office-'));
  store = await openStore({ database: join(folder, 'calls.db'), rules: RULES });
  [attached, said] = [[], []];
});
afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

const csv = (name: string): HistoryConfig => ({
  kind: 'csv',
  cel: join(folder, name),
  cdr: null,
  timeZone: 'UTC',
});

function office(pbxs: Readonly<Record<string, HistoryConfig | null>>, now = NOW) {
  const setup = {
    trunks: ['PJSIP/telco'],
    lines: [
      {
        id: 'l',
        room: '',
        number: '1',
        dids: ['2035678'],
        trunks: [],
        phones: ['PJSIP/1001'],
        recording: 'none' as const,
      },
    ],
  };
  return createHistoryOffice({
    pbxs: Object.entries(pbxs).map(([id, history]) => ({ id, history })),
    setups: Object.keys(pbxs).map((pbx) => ({ pbx, ...setup })),
    store,
    work,
    offsetOf: () => null,
    probesOf: () => Promise.resolve([]),
    attachSound: (pbx) => {
      attached.push(pbx);
      return Promise.resolve();
    },
    now: () => now,
    log: (_level, code) => said.push(code),
  });
}

async function work(one: Work): Promise<WorkResult> {
  const [answer] = await store.write([one]);
  if (answer === undefined) throw new Error('no answer');
  return answer;
}

/** A call on the duty line; `ends` false: it lives, or its PBX died. */
function call(at: number, id: number, ends = true): string {
  const events = ['CHAN_START', ...(ends ? ['HANGUP', 'CHAN_END', 'LINKEDID_END'] : [])];
  return events
    .map((event) => {
      const texts = [
        event,
        `${(at / 1_000).toFixed(6)}`,
        '',
        '09548887777',
        '',
        '',
        '2035678',
        'in',
        'PJSIP/telco-1',
      ];
      return `${[...texts, '', '', `${at / 1_000}.${id}`, `${at / 1_000}.${id}`, '', ''].map((text) => `"${text}"`).join(',')}\n`;
    })
    .join('');
}

const gap = (pbx: string) => ({
  id: 'e',
  kind: 'recover-gap' as const,
  gap: 'g1',
  pbx,
  from: NOW - 3_600_000,
  to: NOW - 60_000,
});
const job = { attempt: 1, signal: new AbortController().signal };

describe('a gap', () => {
  it('is asked again while its history is away, and is done when it came back', async () => {
    const { recoverGap } = office({ main: csv('cel.csv') });
    expect(await recoverGap(gap('main'), job)).toEqual({ kind: 'again', afterMs: 60_000 });
    expect(await store.gapReports(5)).toEqual([]);
    writeFileSync(join(folder, 'cel.csv'), call(NOW - 1_800_000, 1));
    expect(await recoverGap(gap('main'), job)).toEqual({ kind: 'done' });
    expect(await store.gapReports(5)).toMatchObject([{ id: 'g1', recovered: 1, notRecoverable: [] }]);
    expect(attached).toEqual(['main']);
    // Looked for once more: the first run may have been cut off before.
    expect(await recoverGap(gap('main'), job)).toEqual({ kind: 'done' });
    expect(await store.gapReports(5)).toMatchObject([{ id: 'g1', recovered: 1, known: 0 }]);
  });

  it('is looked at again while a call of it may live, and the others are there meanwhile', async () => {
    writeFileSync(join(folder, 'cel.csv'), call(NOW - 1_800_000, 1) + call(NOW - 90_000, 2, false));
    expect(await office({ main: csv('cel.csv') }).recoverGap(gap('main'), job)).toEqual({
      kind: 'again',
      afterMs: 300_000,
    });
    expect(await store.gapReports(5)).toMatchObject([{ recovered: 1, notRecoverable: [] }]);
    const later = office({ main: csv('cel.csv') }, NOW + 400_000);
    expect(await later.recoverGap(gap('main'), job)).toEqual({ kind: 'done' });
    expect(await store.gapReports(5)).toMatchObject([{ recovered: 2, notRecoverable: [] }]);
  });

  it('is told with what could not be recovered; a broken group does not keep the others from it', async () => {
    const middle = call(NOW - 1_700_000, 2)
      .split('\n')
      .slice(1)
      .join('\n');
    const parts = [call(NOW - 1_800_000, 1), middle, call(NOW - 1_600_000, 3)];
    writeFileSync(join(folder, 'cel.csv'), parts.join(''));
    expect(await office({ main: csv('cel.csv') }).recoverGap(gap('main'), job)).toEqual({ kind: 'done' });
    expect(await store.gapReports(5)).toMatchObject([
      {
        id: 'g1',
        recovered: 2,
        notRecoverable: [{ why: 'begin-missing', linkedid: `${(NOW - 1_700_000) / 1_000}.2` }],
      },
    ]);
  });

  it('of a PBX without a history is done and reports nothing', async () => {
    expect(await office({ main: null }).recoverGap(gap('main'), job)).toEqual({ kind: 'done' });
    expect(await store.gapReports(5)).toEqual([]);
  });
});

describe('a SQLite history', () => {
  const at = NOW - 1_800_000;
  const wall = new Date(at).toISOString().slice(0, 19).replace('T', ' ');
  const id = `${at / 1_000}.1`;
  const sqlite = (): HistoryConfig => ({ kind: 'sqlite', path: join(folder, 'pbx.db'), timeZone: 'UTC' });

  function keep(text: string, rows: readonly (readonly string[])[] = []): void {
    const database = new DatabaseSync(join(folder, 'pbx.db'));
    database.exec(text);
    const marks = (rows[0] ?? []).map(() => '?').join(', ');
    for (const row of rows) database.prepare(`insert into cel values (${marks})`).run(...row);
    database.close();
  }

  /** As cel_sqlite3_custom.conf of Asterisk's samples names them. */
  const CEL = `create table cel (eventtype text, eventtime text, cid_name text, cid_num text, cid_dnid text, exten text,
    context text, channame text, appname text, appdata text, uniqueid text, linkedid text)`;
  const CDR = `create table cdr (calldate text, src text, dst text, dcontext text, channel text, dstchannel text,
    lastapp text, lastdata text, duration text, billsec text, disposition text, uniqueid text, linkedid text);
    insert into cdr values ('${wall}', '09548887777', '2035678', 'in', 'PJSIP/telco-1', 'PJSIP/1001-2', 'Dial',
    'PJSIP/1001,20', '9', '5', 'ANSWERED', '${id}', '${id}')`;
  const turns = ['CHAN_START', 'HANGUP', 'CHAN_END', 'LINKEDID_END'].map((event, after) => [
    event,
    `${at / 1_000 + after}.0`,
    '',
    '09548887777',
    '',
    '2035678',
    'in',
    'PJSIP/telco-1',
    '',
    '',
    id,
    id,
  ]);

  it('gives the calls of a gap back from CEL', async () => {
    keep(CEL, turns);
    expect(await office({ main: sqlite() }).recoverGap(gap('main'), job)).toEqual({ kind: 'done' });
    expect(await store.gapReports(5)).toMatchObject([{ recovered: 1, notRecoverable: [] }]);
    expect(await store.recoveredCalls('main', [id])).toEqual(new Set([id]));
  });

  it('gives them from CDR where there is no table of CEL', async () => {
    keep(CDR);
    expect(await office({ main: sqlite() }).recoverGap(gap('main'), job)).toEqual({ kind: 'done' });
    expect(await store.gapReports(5)).toMatchObject([{ recovered: 1, notRecoverable: [] }]);
  });

  it('is asked again where there is neither', async () => {
    keep('create table other (a text)');
    expect(await office({ main: sqlite() }).recoverGap(gap('main'), job)).toEqual({
      kind: 'again',
      afterMs: 60_000,
    });
  });

  it('lets living calls have their turn while a long table is read', async () => {
    keep(
      `${CEL}; insert into cel select 'USER_DEFINED', '1000000000.5', '', '', '', '', '', '', '', '', '1.1', '1.1'
      from (with recursive n(n) as (select 1 union all select n + 1 from n where n < 20001) select n from n)`,
    );
    let others = 0;
    let next = setImmediate(function turn() {
      others += 1;
      next = setImmediate(turn);
    });
    const reader = openHistory(sqlite());
    const page = await reader.cel(1_000_000_000_000, 1_000_000_001_000);
    clearImmediate(next);
    expect(page).toMatchObject({ ok: true, broken: 0, cut: false });
    expect(page.ok && page.rows.length).toBe(20_001);
    expect(others).toBeGreaterThan(5);
  });
});

it('a night recovers what one PBX holds although the history of another is away', async () => {
  writeFileSync(join(folder, 'b.csv'), call(NOW - DAY, 1) + call(NOW - 3 * DAY, 2));
  await office({ a: csv('gone.csv'), b: csv('b.csv') }).night();
  expect(await store.gapReports(5)).toMatchObject([{ pbx: 'b', recovered: 1 }]);
  expect([attached, said]).toEqual([['b'], ['history-away', 'history-recovered-by-night', 'history-read']]);
});

it('names of files in the CDR lead the matcher to their calls; a history that is away says nothing', async () => {
  const path = join(folder, 'cdr.db');
  const database = new DatabaseSync(path);
  database.exec(`create table cdr (calldate text, duration text, billsec text, disposition text, uniqueid text, linkedid text,
    recordingfile text)`);
  const add = database.prepare('insert into cdr values (?, ?, ?, ?, ?, ?, ?)');
  add.run('2026-11-24 06:00:00', '9', '5', 'ANSWERED', '1795500000.2', '1795500000.1', 'in-2035678-x.wav');
  add.run('2026-11-20 06:00:00', '9', '5', 'ANSWERED', '1', '1', 'older.wav');
  add.run('', '9', '5', 'ANSWERED', '2', '2', 'broken.wav');
  database.close();
  const sqlite = (file: string): HistoryConfig => ({ kind: 'sqlite', path: file, timeZone: 'UTC' });
  const noon = Date.UTC(2026, 10, 24, 6);
  expect(await cdrSounds(sqlite(path), noon - 1_000, noon + 1_000)).toEqual([
    { linkedid: '1795500000.1', uniqueid: '1795500000.2', recordingfile: 'in-2035678-x.wav' },
  ]);
  expect(await cdrSounds(sqlite(join(folder, 'gone.db')), 0, noon)).toEqual([]);
  expect(await cdrSounds(null, 0, noon)).toEqual([]);
  // cdr-csv has no column for it: rows without a file are not handed on, nor read for nothing.
  const row = Array.from(
    { length: 20 },
    (_, n) => ({ 9: '2026-11-24 06:00:00', 11: '2026-11-24 06:00:09' })[n] ?? '1',
  );
  writeFileSync(join(folder, 'cdr.csv'), `${row.join(',')}\n`);
  const cdr = { kind: 'csv', cel: null, cdr: join(folder, 'cdr.csv'), timeZone: 'UTC' } as const;
  expect(await openHistory(cdr).cdr(noon - 1_000, noon + 1_000)).toMatchObject({
    rows: [{ recordingFile: '' }],
  });
  expect(await cdrSounds(cdr, noon - 1_000, noon + 1_000)).toEqual([]);
});
