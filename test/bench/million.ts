/**
 * 记录查询 at a million records: `npm run bench -- million [RECORDS] [sqlite|postgres] [DATABASE]`. The times are those of the
 * store as the service calls it and of the answer as its route puts it together; an exclamation mark stands before what
 * missed 20 ms. A database that is named (a file, or the URL of a PostgreSQL) is kept, and filled only where it is empty. The
 * plans are looked at by `test/storage/search-plans.test.ts`.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { recordSheet } from '../../src/documents/record-list.ts';
import { workbookStream } from '../../src/documents/workbook.ts';
import { type Dialect, dialectOf } from '../../src/storage/dialect.ts';
import { newId } from '../../src/storage/new-id.ts';
import { openStore } from '../../src/storage/open-store.ts';
import { readCursor, type SearchQuery } from '../../src/storage/search.ts';
import type { Store } from '../../src/storage/store.ts';
import { termsOf } from '../../src/text/words.ts';
import { listedRecord, searchHit } from '../../src/web/search-hit.ts';
import { startPostgres } from '../bed/postgres.ts';
import { ANY_RECORD } from '../storage/any-record.ts';
import { RULES } from '../storage/office.ts';
import { seeded } from '../support/seeded.ts';
import { NEWEST, ROOMS } from './million-office.ts';
import { spreadOf } from './spread.ts';

const ROUNDS = 100;
const EXPORTED = 100_000;
const WRITTEN = 500;
const COMBINATIONS = 400;
const DAY = 86_400_000;

export async function run([records = '1000000', only, kept]: readonly string[]): Promise<void> {
  const count = Number(records);
  if (!Number.isInteger(count) || count < 1_000) throw new Error(`not a number of records: ${records}`);
  if (kept !== undefined) return measure(kept, dialectOf(kept), count);
  if (only !== 'postgres') await onSqlite(count);
  if (only !== 'sqlite') await onPostgres(count);
}

async function onSqlite(count: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'dutyline-million-'));
  try {
    const database = join(folder, 'store.db');
    await measure(database, 'sqlite', count);
    say(`  file ${Math.round(statSync(database).size / 1_048_576)} MB`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function onPostgres(count: number): Promise<void> {
  const server = await startPostgres();
  try {
    await measure(server.createDatabase('million'), 'postgres', count);
  } finally {
    await server.stop();
  }
}

async function measure(database: string, dialect: Dialect, count: number): Promise<void> {
  say(`${dialect}, ${count} records`);
  // In a process of its own, so that the memory told is that of asking.
  const filler = join(import.meta.dirname, 'million-fill.ts');
  execFileSync(process.execPath, [filler, database, dialect, String(count)], { stdio: 'inherit' });
  const store = await openStore({ database, rules: RULES });
  await questions(store);
  await combinations(store);
  await timed('  snapshot of a room, first', () => store.snapshot('room-1', NEWEST + 1_000));
  await repeated('snapshot of a room', () => store.snapshot('room-1', NEWEST + 1_000));
  await exported(store, Math.min(EXPORTED, count));
  await afterWriting(store);
  await store.close();
}

const ANY: SearchQuery = { ...ANY_RECORD, rooms: ['room-1'] };

const QUESTIONS: readonly (readonly [name: string, query: Partial<SearchQuery>])[] = [
  ['停电', { text: '停电' }],
  ['停电, ten rooms', { text: '停电', rooms: ROOMS }],
  ['停电, a small room', { text: '停电', rooms: ['room-x3'] }],
  ['停产 (rare)', { text: '停产' }],
  ['人民路', { text: '人民路' }],
  ['人民路 停电 抢修', { text: '人民路 停电 抢修' }],
  ['nowhere: 量子', { text: '量子' }],
  ['gysyjj: syjglj', { text: 'syjglj' }],
  ['停电 and 作废', { text: '停电', state: 'void' }],
  ['停电 of one week two years ago', { text: '停电', from: NEWEST - 730 * DAY, to: NEWEST - 723 * DAY }],
  ['no filter', {}],
  ['no filter, ten rooms', { rooms: ROOMS }],
  ['one day', { from: NEWEST - 400 * DAY, to: NEWEST - 399 * DAY }],
  ['outbound', { direction: 'outbound' }],
  ['draft', { state: 'draft' }],
  ['void (none)', { state: 'void' }],
  ['meeting', { category: 'meeting' }],
  ['superior (rare)', { callerClass: 'superior' }],
  ['unknown caller', { callerClass: 'unknown' }],
  ['unit 气象局', { unit: '气象局' }],
  ['tail 2345', { tail: '2345' }],
  ['recorder', { recorder: '马某' }],
  ['nobody of that name', { recorder: '无此人' }],
  ['missed', { outcome: 'missed' }],
  ['no recording', { sound: false }],
  ['archived', { archived: true }],
  ['missed and done (none)', { outcome: 'missed', state: 'done' }],
  [
    'all filters',
    {
      outcome: 'answered',
      state: 'done',
      category: 'public',
      recorder: '李某',
      sound: true,
      archived: true,
      direction: 'inbound',
      callerClass: 'unknown',
    },
  ],
];

/** One page as `/api/search` answers it. */
async function answered(store: Store, query: SearchQuery, before: number | null): Promise<string> {
  const page = await store.searchRecords(query, before, 50);
  const terms = termsOf(query.text);
  return JSON.stringify({ ...page, found: page.found.map((found) => searchHit(found, terms, true)) });
}

/** What was written a moment ago is in none of the long lists yet: PostgreSQL keeps it in one of its own. */
async function afterWriting(store: Store): Promise<void> {
  for (let n = 0; n < WRITTEN; n += 1) {
    const record = newId();
    const asker = { account: null, person: null, seat: null };
    const about = { record, opId: newId() };
    const opened = { type: 'open-by-hand', ...about, room: 'room-1' } as const;
    const said = { base: 0, value: `人民路停电，${n}号已派人抢修`, client: 'bench' };
    const patch = { type: 'patch-field', record, opId: newId(), field: 'content', ...said } as const;
    const at = NEWEST + n * 1_000;
    const results = await store.write([
      { type: 'record-command', command: opened, asker, at },
      { type: 'record-command', command: patch, asker, at },
    ]);
    if (!results.every((result) => result.ok)) throw new Error(JSON.stringify(results));
  }
  await repeated(`停电, ${WRITTEN} records later`, () => answered(store, { ...ANY, text: '停电' }, null));
}

/** Every filter of the page with some of its values. */
const OFFERED: readonly (readonly Partial<SearchQuery>[])[] = [
  [
    { text: '停电' },
    { text: '人民路' },
    { text: '停产' },
    { text: 'syjglj' },
    { text: '抢修 街道' },
    { text: '马' },
  ],
  [{ unit: '气象局' }, { unit: '市' }, { unit: '供电公司' }],
  [{ tail: '2345' }, { tail: '20300' }],
  [{ recorder: '马某' }, { recorder: '无此人' }],
  [
    { from: NEWEST - 30 * DAY },
    { from: NEWEST - 900 * DAY, to: NEWEST - 800 * DAY },
    { to: NEWEST - 1_500 * DAY },
  ],
  [{ direction: 'inbound' }, { direction: 'outbound' }],
  [{ state: 'draft' }, { state: 'done' }, { state: 'void' }],
  [{ category: 'meeting' }, { category: 'public' }],
  [{ callerClass: 'superior' }, { callerClass: 'public' }, { callerClass: 'unknown' }],
  [{ outcome: 'answered' }, { outcome: 'missed' }],
  [{ sound: true }, { sound: false }],
  [{ archived: true }, { archived: false }],
  [{ rooms: ROOMS }, { rooms: ['room-x3'] }],
];

async function questions(store: Store): Promise<void> {
  for (const [name, query] of QUESTIONS) {
    const whole = { ...ANY, ...query };
    const page = await store.searchRecords(whole, null, 50);
    const note =
      page.lookedBackTo === null
        ? ''
        : `, looked back to ${new Date(page.lookedBackTo).toISOString().slice(0, 10)}`;
    await repeated(`${name}: ${page.found.length}${note}`, () => answered(store, whole, null));
    const deep = page.next === null ? null : (readCursor(page.next) ?? null);
    if (deep !== null) await repeated(`${name}, page 2`, () => answered(store, whole, deep));
  }
}

/** Any filters together, as nobody would think of them; the five slowest are named. */
async function combinations(store: Store): Promise<void> {
  const { next, pick } = seeded(11);
  const times: { readonly ms: number; readonly name: string }[] = [];
  for (let n = 0; n < COMBINATIONS; n += 1) {
    const query = Object.assign(
      {},
      ...OFFERED.map((values) => (next() < 0.25 ? pick(values) : {})),
    ) as Partial<SearchQuery>;
    const begun = performance.now();
    await answered(store, { ...ANY, ...query }, null);
    times.push({ ms: performance.now() - begun, name: JSON.stringify(query) });
  }
  const { p50, p95, max } = spreadOf(times.map(({ ms }) => ms));
  say(
    `  ${p95 > 20 ? '!' : ' '} p50 ${p50} p95 ${p95} max ${max} ms  ${COMBINATIONS} combinations of filters`,
  );
  for (const { ms, name } of times.sort((one, other) => other.ms - one.ms).slice(0, 5))
    say(`      ${Math.round(ms * 10) / 10} ms ${name}`);
}

async function exported(store: Store, count: number): Promise<void> {
  let rows = 0;
  let peak = 0;
  async function* pieces() {
    for (let before: number | null = null; rows < count; ) {
      const page = await store.searchRecords({ ...ANY, rooms: ROOMS }, before, 200);
      rows += page.found.length;
      // As `/api/search/export` does for who may hear: 评议 of each piece in one question.
      await store.latestReviews(page.found.flatMap(({ record }) => record.call_id ?? []));
      peak = Math.max(peak, process.memoryUsage.rss());
      yield page.found.map((found) => listedRecord(found, null));
      if (page.next === null) return;
      before = readCursor(page.next) ?? null;
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
  const before = process.memoryUsage.rss();
  let bytes = 0;
  await timed('  export as .xlsx', async () => {
    for await (const chunk of workbookStream(recordSheet(pieces(), false)))
      bytes += (chunk as Uint8Array).length;
  });
  say(`  ${rows} rows, ${mb(bytes)} MB; resident ${mb(before)} MB before, at most ${mb(peak)} MB`);
}

async function repeated(name: string, ask: () => Promise<unknown>): Promise<void> {
  const times: number[] = [];
  const used = process.threadCpuUsage();
  const usedThere = backendsMs();
  for (let round = 0; round < ROUNDS; round += 1) {
    const begun = performance.now();
    await ask();
    times.push(performance.now() - begun);
  }
  const { p50, p95, max } = spreadOf(times);
  // On a busy machine the processor time says what the clock would on a quiet one.
  const { user, system } = process.threadCpuUsage(used);
  const cpu = ((user + system) / 1_000 / ROUNDS).toFixed(1);
  const there = (backendsMs() - usedThere) / ROUNDS;
  const both = there === 0 ? cpu : `${cpu} + ${there.toFixed(1)}`;
  say(`  ${p95 > 20 ? '!' : ' '} p50 ${p50} p95 ${p95} max ${max} cpu ${both} ms  ${name}`);
}

/** Processor time of PostgreSQL's processes that serve the bench's database, in steps of 10 ms; their title names it. */
function backendsMs(): number {
  let ticks = 0;
  for (const pid of readdirSync('/proc')) {
    if (!/^\d+$/.test(pid)) continue;
    try {
      if (!/^postgres: .* million /.test(readFileSync(`/proc/${pid}/cmdline`, 'utf8'))) continue;
      const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
      ticks += Number(fields[11]) + Number(fields[12]);
    } catch {
      // It ended meanwhile.
    }
  }
  return ticks * 10;
}

async function timed<Result>(what: string, work: () => Promise<Result>): Promise<Result> {
  const begun = performance.now();
  const result = await work();
  say(`${what}: ${Math.round(performance.now() - begun)} ms`);
  return result;
}

function mb(bytes: number): number {
  return Math.round(bytes / 1_048_576);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
