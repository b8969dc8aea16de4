import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { Kysely, SqliteDialect } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mattersOf } from '../../src/storage/matters.ts';
import { newId } from '../../src/storage/new-id.ts';
import { openStore } from '../../src/storage/open-store.ts';
import type { ReadDeps } from '../../src/storage/read.ts';
import { roomHistory } from '../../src/storage/room-history.ts';
import { type SearchQuery, searchRecords } from '../../src/storage/search.ts';
import { snapshot } from '../../src/storage/snapshot.ts';
import type { Tables } from '../../src/storage/tables.ts';
import { createWriter } from '../../src/storage/writer.ts';
import { ANY_RECORD } from './any-record.ts';
import { done } from './back-ends.ts';
import { OFFICE, ROOM, RULES } from './office.ts';
import { answeredCall, NOON } from './telling.ts';

/** Tables that grow with every call: none may be walked through as a whole. */
const GROWING = ['calls', 'records', 'record_fields', 'record_entries', 'recordings', 'search_docs', 'legs'];

/** By what nearly all rows share: a walk through the whole table by another name. */
const NEARLY_ALL = 'USING INDEX recordings_state';

const folder = mkdtempSync(join(tmpdir(), 'dutyline-plans-'));
let file: Database.Database;
const seen = new Set<string>();
let deps: ReadDeps;

const database = join(folder, 'store.db');

beforeAll(async () => {
  const store = await openStore({ database, rules: RULES });
  await done(store, { type: 'office-import', office: OFFICE, at: 0 });
  for (const step of answeredCall('1.1', NOON)) await done(store, step);
  await store.close();
  file = new Database(database, { readonly: true });
  deps = { db: kyselyOn(file), dialect: 'sqlite', rules: RULES };
});

/** Every statement is heard. */
function kyselyOn(open: Database.Database): Kysely<Tables> {
  const listening = {
    prepare(text: string) {
      seen.add(text);
      return open.prepare<unknown[], unknown>(text);
    },
    close: () => open.close(),
  };
  return new Kysely<Tables>({ dialect: new SqliteDialect({ database: listening }) });
}

afterAll(async () => {
  await deps.db.destroy();
  rmSync(folder, { recursive: true, force: true });
});

const ANY: SearchQuery = { ...ANY_RECORD, rooms: [ROOM, 'room-2'] };

/** Steps of the plans of everything that was asked since, which walk through a growing table. */
function walks(): readonly string[] {
  const steps = [...seen].flatMap((text) =>
    (file.prepare(`explain query plan ${text}`).all(...unbound(text)) as { detail: string }[]).map(
      ({ detail }) => detail,
    ),
  );
  expect(steps.length).toBeGreaterThan(0);
  seen.clear();
  return steps.filter(
    (step) =>
      step.includes(NEARLY_ALL) ||
      GROWING.some((table) => new RegExp(`^SCAN ${table}\\b(?!.*VIRTUAL)`).test(step)),
  );
}

function unbound(text: string): readonly null[] {
  return Array.from({ length: text.split('?').length - 1 }, () => null);
}

describe('no question walks through a whole table', () => {
  it.each<[string, Partial<SearchQuery>]>([
    ['no filter', {}],
    ['words', { text: '应急' }],
    ['longer words, unit and tail', { text: '应急管理', unit: '应急', tail: '5678' }],
    ['a state', { state: 'draft' }],
    ['a category', { category: 'public' }],
    ['a recorder', { recorder: '张某' }],
    ['an outcome', { outcome: 'answered' }],
    ['direction, sound, archive', { direction: 'inbound', sound: false, archived: false }],
    ['calls nobody has marked', { review: 'none', outcome: 'answered' }],
    ['calls marked 不规范', { review: 'improper' }],
    ['superiors', { callerClass: 'superior' }],
    ['unknown callers', { callerClass: 'unknown', state: 'draft', from: NOON, to: NOON + 60_000 }],
  ])('%s', async (_what, query) => {
    await searchRecords(deps, { ...ANY, ...query }, null, 50);
    expect(walks()).toEqual([]);
  });

  it('the matters of a number', async () => {
    expect((await mattersOf(deps, [ROOM], '0954-2035678')).calls.length).toBe(1);
    expect(walks()).toEqual([]);
  });

  it('what a page starts from', async () => {
    await snapshot(deps, ROOM, NOON + 10_000);
    expect(walks()).toEqual([]);
  });

  it('what 检查 is told of a room', async () => {
    await roomHistory(deps, ROOM, { from: NOON - 60_000, to: NOON + 60_000 });
    expect(walks()).toEqual([]);
  });

  it('a call and its form as they are written', async () => {
    const writable = new Database(database);
    const db = kyselyOn(writable);
    const write = createWriter({
      ...{ db, dialect: 'sqlite', rules: RULES, newId },
      ...{ isTrouble: () => true, isCollision: () => false },
    });
    const steps = answeredCall('2.1', NOON + 60_000);
    expect((await write(steps)).every(({ ok }) => ok)).toBe(true);
    const newest = 'select id as record from records order by opened_at desc';
    const { record } = file.prepare<[], { record: string }>(newest).get() ?? { record: '' };
    const marks = { type: 'mark-no-record', opId: 'op-1', record, reason: 'misdial' } as const;
    const asker = { account: 'a-1', person: 'zhang', seat: null };
    const written = await write([{ type: 'record-command', command: marks, asker, at: NOON + 120_000 }]);
    expect(written).toMatchObject([{ ok: true }]);
    expect(walks()).toEqual([]);
    await db.destroy();
  });

  it('and a walk would be seen', async () => {
    await deps.db.selectFrom('search_docs').selectAll().where('direction', '=', 'inbound').execute();
    expect(walks().length).toBe(1);
    await deps.db.selectFrom('recordings').select('call_id').where('state', '=', 'attached').execute();
    expect(walks().length).toBe(1);
  });
});
