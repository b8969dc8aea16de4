/** Words on PostgreSQL against a plain look through the same rows: of every day, rare, of years ago, never together. */
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { firstDocAt } from '../../src/storage/doc-number.ts';
import { openPostgres } from '../../src/storage/postgres.ts';
import { weekOf, weekWord } from '../../src/storage/time-word.ts';
import { wordsOnPostgres } from '../../src/storage/words-on-postgres.ts';
import { type PostgresServer, startPostgres } from '../bed/postgres.ts';
import { seeded } from '../support/seeded.ts';
import { NOON } from './telling.ts';

const DAY = 86_400_000;
const YEARS = 3 * 365;

let server: PostgresServer;
let db: ReturnType<typeof openPostgres>;
const rows: { readonly doc: number; readonly words: readonly string[] }[] = [];

beforeAll(async () => {
  server = await startPostgres();
  db = openPostgres(server.createDatabase('words'), () => {});
  await sql`create table record_words (doc bigint primary key, words text[] not null)`.execute(db);
  const { next } = seeded(23);
  for (let n = 0; n < 6_000; n += 1) {
    const daysAgo = (n * YEARS) / 6_000;
    // A month in which nothing was written.
    if (daysAgo > 300 && daysAgo < 330) continue;
    const doc = firstDocAt(NOON - daysAgo * DAY) + (n % 3);
    const words = ['always', next() < 0.6 ? 'room1' : 'room2', n % 2 === 0 ? 'even' : 'odd'];
    if (next() < 0.004) words.push('rare');
    if (next() < 0.05) words.push('some');
    if (daysAgo > 400) words.push('once');
    if (daysAgo < 200) words.push('lately');
    rows.push({ doc, words: [...words, weekWord(weekOf(doc))] });
  }
  rows.push({ doc: firstDocAt(Date.UTC(2199, 5, 1)), words: ['always', 'room1', 'some'] });
  await sql`insert into record_words select (row->>'doc')::bigint, array(select jsonb_array_elements_text(row->'words'))
    from jsonb_array_elements(${JSON.stringify(rows)}::jsonb) row`.execute(db);
  await sql`update record_words set words = words || ${weekWord(weekOf(firstDocAt(Date.UTC(2199, 5, 1))))}::text
    where doc = ${firstDocAt(Date.UTC(2199, 5, 1))}`.execute(db);
  await sql`create index record_words_words on record_words using gin (words)`.execute(db);
});
afterAll(async () => {
  await db.destroy();
  await server.stop();
});

describe('words on PostgreSQL', () => {
  const asked: readonly (readonly string[])[] = [
    ...[['always'], ['some'], ['rare'], ['once'], ['lately'], ['even', 'odd'], ['nowhere']],
    ...[
      ['rare', 'once'],
      ['some', 'lately'],
      ['once', 'lately'],
    ],
  ];
  const windows = [
    { from: 0, below: Number.MAX_SAFE_INTEGER },
    { from: 0, below: firstDocAt(NOON - 250 * DAY) },
    { from: firstDocAt(NOON - 500 * DAY), below: firstDocAt(NOON - 100 * DAY) },
    { from: firstDocAt(NOON - 329 * DAY), below: firstDocAt(NOON - 301 * DAY) },
  ];
  const rooms: readonly (readonly string[])[] = [[], ['room2'], ['room1', 'room2']];

  it.each(asked.map((words) => [words.join(' '), words] as const))('finds %s', async (_, words) => {
    for (const window of windows)
      for (const anyOf of rooms)
        for (const limit of [1, 51, 900]) {
          const right = rows
            .filter(({ doc }) => doc >= window.from && doc < window.below)
            .filter((row) => words.every((word) => row.words.includes(word)))
            .filter((row) => anyOf.length === 0 || anyOf.some((room) => row.words.includes(room)))
            .map(({ doc }) => doc)
            .sort((one, other) => other - one)
            .slice(0, limit);
          expect(await wordsOnPostgres({ db }, words, anyOf, { ...window, limit })).toEqual(right);
        }
  });
});
