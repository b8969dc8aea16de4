import { type Kysely, sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import * as wordsByMonth from '../../src/storage/migrations/0016-words-by-month.ts';
import * as wordsByWeek from '../../src/storage/migrations/0030-words-by-week.ts';
import { openPostgres } from '../../src/storage/postgres.ts';
import { readCursor, type SearchQuery } from '../../src/storage/search.ts';
import { openSqlite } from '../../src/storage/sqlite.ts';
import type { Store } from '../../src/storage/store.ts';
import { ANY_RECORD } from './any-record.ts';
import { type BackEnd, done, onBothBackEnds } from './back-ends.ts';
import { OFFICE, ROOM } from './office.ts';
import { answeredCall, NOON, telling } from './telling.ts';

const EVERYTHING: SearchQuery = { ...ANY_RECORD, rooms: [ROOM] };

let operations = 0;
const idOf = (n: number) => `0190a000-0000-7000-8000-${String(n).padStart(12, '0')}`;

async function ask(store: Store, record: string, command: Record<string, unknown>, at = NOON + 60_000) {
  operations += 1;
  const [result] = await store.write([
    {
      type: 'record-command',
      command: { opId: `s-${operations}`, record, ...command } as never,
      asker: { account: null, person: 'li', seat: 'seat-2' },
      at,
    },
  ]);
  expect(result).toMatchObject({ ok: true });
}

/** A record by hand with these texts. */
async function written(store: Store, n: number, texts: Record<string, string>, room = ROOM, at = NOON) {
  const record = idOf(n);
  await ask(store, record, { type: 'open-by-hand', room }, at);
  for (const [field, value] of Object.entries(texts))
    await ask(
      store,
      record,
      { type: 'patch-field', field, base: field === 'callTime' ? 1 : 0, value, client: 't' },
      at,
    );
  return record;
}

async function found(store: Store, query: Partial<SearchQuery>, limit = 50): Promise<readonly string[]> {
  const page = await store.searchRecords({ ...EVERYTHING, ...query }, null, limit);
  return page.found.map(({ record }) => record.id);
}

async function pages(store: Store, query: Partial<SearchQuery>, limit: number, between = async () => {}) {
  const all: string[] = [];
  for (let before: number | null = null; ; ) {
    const page = await store.searchRecords({ ...EVERYTHING, ...query }, before, limit);
    all.push(...page.found.map(({ record }) => record.id));
    if (page.next === null) return all;
    before = readCursor(page.next) ?? null;
    await between();
  }
}

/** Everything the index holds, of either kind. */
async function indexOf(backEnd: BackEnd, database: string): Promise<string> {
  const docs = await backEnd.run(database, 'select * from search_docs order by doc');
  if (backEnd.name === 'postgres') {
    const words =
      'select doc, word as term from record_words, unnest(words) word order by doc, word collate "C"';
    return JSON.stringify([docs, await backEnd.run(database, words)]);
  }
  const db = openSqlite(database, 'write');
  await sql`create virtual table temp.words using fts5vocab(main, record_words, instance)`.execute(db);
  const { rows } = await sql`select doc, term from words order by doc, term`.execute(db);
  await db.destroy();
  return JSON.stringify([docs, rows]);
}

onBothBackEnds((backEnd) => {
  describe('searching', () => {
    it('finds two-character words exactly, longer ones as they stand, numbers by their tails, names by initials', async () => {
      const store = await backEnd.freshStore();
      const cut = await written(store, 1, { content: '人民路小区停电，水电站已报' });
      const other = await written(store, 2, { content: '停车场电工到场；人民来信，民路不通' });
      const unit = await written(store, 3, {
        callerUnit: '固原市应急局',
        callerName: '马某',
        callerNumber: '0954-2035678',
      });
      expect(await found(store, { text: '停电' })).toEqual([cut]);
      expect(await found(store, { text: '电站' })).toEqual([cut]);
      expect(await found(store, { text: '人民路' })).toEqual([cut]);
      expect(await found(store, { text: '停车 人民' })).toEqual([other]);
      for (const text of ['gysyjj', 'yjj', 'GYSYJJ', '马', '5678', '2035678', '0954-2035678', '固原市应急局'])
        expect(await found(store, { text }), text).toEqual([unit]);
      expect(await found(store, { unit: '应急' })).toEqual([unit]);
      expect(await found(store, { unit: '人民' })).toEqual([]);
      expect(await found(store, { unit: '，' })).toEqual([]);
      expect(await found(store, { tail: '5678' })).toEqual([unit]);
      for (const text of ['，', '" OR "', '停电" OR rowid > 0 --', 'x'.repeat(500)])
        expect(await found(store, { text }), text).toEqual([]);
      expect((await found(store, {})).length).toBe(3);
    });

    it('finds a record by the notes of its call, until they are struck or shut away', async () => {
      const store = await backEnd.freshStore();
      for (const step of answeredCall('1.1')) await done(store, step);
      const { calls } = await store.snapshot(ROOM, NOON);
      const { id: call = '', record = '' } = calls[0] ?? {};
      const by = { account: null, person: 'li', at: NOON } as const;
      const say = (note: string, text: string) =>
        done(store, { type: 'note-add', note, call, moment: NOON, text, name: '李某', ...by });
      await say('n1', '对方称变压器冒烟，请尽快派人');
      await say('n2', '已转告供电公司');
      for (const text of ['变压', '变压器冒烟', '供电'])
        expect(await found(store, { text }), text).toEqual([record]);
      expect(await found(store, { text: '变压器起火' })).toEqual([]);
      await done(store, { type: 'note-strike', note: 'n1', call, ...by });
      expect(await found(store, { text: '变压' })).toEqual([]);
      expect(await found(store, { text: '供电' })).toEqual([record]);
      const hand = { account: 'a-1', person: 'li' } as const;
      await done(store, { type: 'isolate', subject: call, by: hand, reason: '涉密误录', at: NOON });
      expect(await found(store, { text: '供电' })).toEqual([]);
    });

    it('covers the timeline, the number, and what a field says now instead of before', async () => {
      const store = await backEnd.freshStore();
      const record = await written(store, 1, { callerUnit: '某局', callerName: '张', content: '原文甲乙' });
      await ask(store, record, {
        type: 'patch-field',
        field: 'content',
        base: 1,
        value: '改为丙丁',
        client: 't',
      });
      expect(await found(store, { text: '甲乙' })).toEqual([]);
      expect(await found(store, { text: '丙丁' })).toEqual([record]);
      await ask(store, record, { type: 'register' });
      expect(await found(store, { text: '值电〔2026〕1号' })).toEqual([record]);
      const draft = {
        who: '王副市长',
        text: '请核实后办理',
        way: 'phone',
        happenedAt: null,
        dueAt: null,
        call: null,
      };
      const entry = '0190a000-0000-7000-8000-0000000001ff';
      await ask(store, record, { type: 'add-entry', entry, draft: { kind: 'instruction', ...draft } });
      for (const text of ['核实', '王副市长', 'wfsz'])
        expect(await found(store, { text }), text).toEqual([record]);
    });

    it('filters by what the form, the telephone and the directory say', async () => {
      const store = await backEnd.freshStore();
      for (const step of answeredCall('1.1', NOON)) await done(store, step);
      const missed = telling('1.2', NOON + 60_000);
      for (const step of [
        missed.arrives('13900001111'),
        missed.dials(),
        missed.rings(),
        ...missed.closes(),
        missed.ends(),
      ])
        await done(store, step);
      const hand = await written(store, 9, { category: 'meeting', recorder: '赵某' }, ROOM, NOON + 120_000);
      const [answered] = await found(store, { outcome: 'answered' });
      const [lost] = await found(store, { outcome: 'missed' });
      expect(await found(store, {})).toEqual([hand, lost, answered]);
      expect(await found(store, { callerClass: 'superior' })).toEqual([lost]);
      expect(await found(store, { callerClass: 'subordinate', outcome: 'answered' })).toEqual([answered]);
      expect(await found(store, { callerClass: 'unknown' })).toEqual([hand]);
      expect(await found(store, { category: 'meeting', state: 'draft' })).toEqual([hand]);
      expect(await found(store, { recorder: '赵某' })).toEqual([hand]);
      expect(await found(store, { direction: 'outbound' })).toEqual([]);
      expect(await found(store, { sound: true })).toEqual([]);
      const about = { recording: idOf(77), at: NOON } as const;
      const known = {
        ...about,
        pbx: 'pbx-1',
        linkedid: '1.1',
        uniqueid: '1.1',
        part: 'talk',
        mode: 'ami',
      } as const;
      await done(store, {
        type: 'recording-report',
        report: { type: 'recording-known', ...known, pbxPath: '/x.wav' },
      });
      const attached = { file: 'x.wav', bytes: 9, seconds: 1, sha256: 's', repaired: false } as const;
      await done(store, {
        type: 'recording-report',
        report: { type: 'recording-attached', ...about, ...attached },
      });
      expect(await found(store, { sound: true })).toEqual([answered]);
      expect(await found(store, { sound: false })).toEqual([hand, lost]);
      expect(await found(store, { archived: true })).toEqual([]);
      expect(await found(store, { from: NOON, to: NOON + 60_000 })).toEqual([answered]);
      expect(await found(store, { from: NOON + 120_000 })).toEqual([hand]);
      expect((await store.mattersOf([ROOM], '0954-2035678')).calls.map(({ record }) => record)).toEqual([
        answered,
      ]);
      expect(await store.mattersOf(['room-2'], '0954-2035678')).toEqual({ calls: [], open: [] });
      expect(await store.mattersOf([ROOM], '未显示')).toEqual({ calls: [], open: [] });
    });

    it('tells the open matters of a number, and not the closed ones', async () => {
      const store = await backEnd.freshStore();
      const texts = { callerUnit: '某局', callerName: '张', content: '漏水', callerNumber: '2035678' };
      const record = await written(store, 1, texts);
      expect((await store.mattersOf([ROOM], '0954-2035678')).open).toEqual([]);
      await ask(store, record, { type: 'register' });
      expect((await store.mattersOf([ROOM], '0954-2035678')).open.map(({ id }) => id)).toEqual([record]);
      const draft = {
        kind: 'closing',
        who: '',
        text: '已修',
        way: null,
        happenedAt: null,
        dueAt: null,
        call: null,
      };
      await ask(store, record, { type: 'add-entry', entry: idOf(500), draft });
      expect((await store.mattersOf([ROOM], '0954-2035678')).open).toEqual([]);
    });

    it('keeps to the rooms, however many', async () => {
      const store = await backEnd.freshStore();
      const ours = await written(store, 1, { content: '停电' });
      const theirs = await written(store, 2, { content: '停电' }, 'room-2');
      for (const text of ['', '停电']) {
        expect(await found(store, { text })).toEqual([ours]);
        expect(await found(store, { text, rooms: ['room-2'] })).toEqual([theirs]);
        expect(await found(store, { text, rooms: [ROOM, 'room-2'] })).toEqual([theirs, ours]);
        expect(await found(store, { text, rooms: Array.from({ length: 20 }, (_, n) => `x-${n}`) })).toEqual(
          [],
        );
        expect(await found(store, { text, rooms: [] })).toEqual([]);
      }
    });

    it('pages newest first by 来电时间, and what is written meanwhile moves nothing', async () => {
      const store = await backEnd.freshStore();
      const ids: string[] = [];
      for (let n = 1; n <= 9; n += 1)
        ids.unshift(await written(store, n, { content: `停电${n}` }, ROOM, NOON + n * 100));
      const early = await written(store, 20, { callTime: String(NOON - 86_400_000), content: '停电' });
      let more = 100;
      const meanwhile = async () => {
        more += 1;
        await written(store, more, { content: '停电' }, ROOM, NOON + 900_000 + more);
        await ask(store, ids[4] ?? '', { type: 'no-record', reason: 'test' }).catch(() => {});
      };
      expect(await pages(store, {}, 3)).toEqual([...ids, early]);
      expect(await pages(store, { text: '停电' }, 3, meanwhile)).toEqual([...ids, early]);
      expect((await pages(store, {}, 4, meanwhile)).slice(-10)).toEqual([...ids, early]);
    });

    it('goes back over months and years, a word of every day and a rare one, page by page', async () => {
      const store = await backEnd.freshStore();
      const months = [0, 1, 2, 5, 9, 30, 31, 130, 400];
      const ids: string[] = [];
      for (const [n, back] of months.entries()) {
        const at = String(NOON - back * 30 * 86_400_000);
        const content = n % 4 === 3 ? '停电，少见之语' : '停电';
        ids.push(await written(store, n + 1, { callTime: at, content }));
      }
      // A year that a hand mistyped.
      const slip = await written(store, 50, { callTime: String(Date.UTC(2199, 5, 1)), content: '停电' });
      for (const limit of [1, 2, 50]) {
        expect(await pages(store, { text: '停电' }, limit)).toEqual([slip, ...ids]);
        expect(await pages(store, { text: '停电 少见' }, limit)).toEqual([ids[3], ids[7]]);
      }
      expect(await found(store, { text: '停电', rooms: [ROOM, 'room-2'] })).toEqual([slip, ...ids]);
      const time = (back: number) => NOON - back * 30 * 86_400_000;
      expect(await found(store, { text: '停电', from: time(31), to: time(1) })).toEqual(ids.slice(2, 7));
      expect(await found(store, { text: '停电', from: time(1) + 1_000 })).toEqual([slip, ids[0]]);
      expect(await found(store, { text: '停电', from: time(29), to: time(10) })).toEqual([]);
    });

    it('gives every record a place of its own in a second, also where one has moved away', async () => {
      const store = await backEnd.freshStore();
      const first = await written(store, 1, { content: '停电' });
      const others = [
        await written(store, 2, { content: '停电' }),
        await written(store, 3, { content: '停电' }),
      ];
      const later = String(NOON + 60_000);
      const command = { type: 'patch-field', field: 'callTime', base: 1, value: later, client: 't' };
      await ask(store, first, command);
      others.push(await written(store, 4, { content: '停电' }), await written(store, 5, { content: '停电' }));
      for (const text of ['', '停电'])
        expect([...(await found(store, { text }))].sort()).toEqual([first, ...others].sort());
      expect((await found(store, {}))[0]).toBe(first);
    });

    it('is folded anew as it was', async () => {
      const database = await backEnd.freshDatabase();
      const store = await backEnd.open(database);
      await done(store, { type: 'office-import', office: OFFICE, at: 0 });
      for (const step of answeredCall('1.1', NOON)) await done(store, step);
      const record = await written(
        store,
        1,
        { content: '停电', callerUnit: '固原市应急局' },
        ROOM,
        NOON + 5_000,
      );
      const live = await indexOf(backEnd, database);
      expect(live).toContain('gysyjj');
      await done(store, { type: 'rebuild' });
      expect(await indexOf(backEnd, database)).toBe(live);
      expect(await found(store, { text: '停电 gysyjj' })).toEqual([record]);
      // An index that is empty beside records: an update brought it, or a backup was put back.
      await backEnd.run(database, 'delete from search_docs');
      await backEnd.run(
        database,
        backEnd.name === 'sqlite'
          ? `insert into record_words(record_words) values ('delete-all')`
          : 'delete from record_words',
      );
      const again = await backEnd.open(database);
      expect(await indexOf(backEnd, database)).toBe(live);
      expect(await found(again, { text: '停电' })).toEqual([record]);
    });

    it('indexes what was written before words had their month, and then their week', async () => {
      const database = await backEnd.freshDatabase();
      const store = await backEnd.open(database);
      await done(store, { type: 'office-import', office: OFFICE, at: 0 });
      const late = await written(store, 1, { content: '停电' });
      const early = await written(store, 2, { callTime: String(NOON - 70 * 86_400_000), content: '停电' });
      const live = await indexOf(backEnd, database);
      if (backEnd.name === 'postgres') {
        await backEnd.run(
          database,
          `update record_words set words = array(select word from unnest(words) word where word not like '\ue001%')`,
        );
        expect(await indexOf(backEnd, database)).not.toBe(live);
        await backEnd.run(database, 'drop index record_words_words');
        await backEnd.run(database, 'create index record_words_words on record_words using gin (words)');
      }
      const db =
        backEnd.name === 'postgres' ? openPostgres(database, () => {}) : openSqlite(database, 'write');
      for (const { up } of [wordsByMonth, wordsByWeek])
        await up(db as Kysely<unknown>, backEnd.name === 'postgres' ? 'bigint' : 'integer');
      await db.destroy();
      expect(await indexOf(backEnd, database)).toBe(live);
      expect(await found(store, { text: '停电' })).toEqual([late, early]);
    });

    it('forgets what is shut away, and leaves no word of what is destroyed', async () => {
      const database = await backEnd.freshDatabase();
      const store = await backEnd.open(database);
      await done(store, { type: 'office-import', office: OFFICE, at: 0 });
      const secret = await written(store, 1, { content: '龘靐方案', callerUnit: '爨氏' });
      const other = await written(store, 2, { content: '停电' }, ROOM, NOON + 5_000);
      const hand = (account: string) => ({ account, person: account });
      const about = { subject: secret, reason: '涉密', at: NOON } as const;
      await done(store, { type: 'isolate', ...about, by: hand('a') });
      expect(await found(store, { text: '龘靐' })).toEqual([]);
      expect(await found(store, {})).toEqual([other, secret]);
      await done(store, { type: 'release', ...about, by: hand('a') });
      expect(await found(store, { text: '龘靐' })).toEqual([secret]);
      const kept = async () =>
        backEnd.name === 'sqlite'
          ? // A word stands behind what it shares with the one before it.
            JSON.stringify(
              await backEnd.run(
                database,
                `select id from record_words_data where instr(hex(block), '${Buffer.from('靐').toString('hex').toUpperCase()}') > 0`,
              ),
            )
          : JSON.stringify(
              await backEnd.run(database, `select doc from record_words where '龘靐' = any(words)`),
            );
      expect(await kept()).not.toBe('[]');
      await done(store, { type: 'destroy', ...about, by: [hand('a'), hand('b')] });
      expect(await kept()).toBe('[]');
      for (const text of ['龘靐', '方案', '爨氏']) expect(await found(store, { text })).toEqual([]);
      expect(await found(store, { text: '停电' })).toEqual([other]);
      await done(store, { type: 'rebuild' });
      expect(await kept()).toBe('[]');
    });
  });
});
