import { describe, expect, it } from 'vitest';
import { backupLines } from '../../src/storage/backup.ts';
import { restoreBackup } from '../../src/storage/restore-backup.ts';
import type { Store } from '../../src/storage/store.ts';
import { done, onBothBackEnds } from './back-ends.ts';
import { OFFICE } from './office.ts';
import { answeredCall } from './telling.ts';

const MADE_AT = 1_700_000_000_000;
const all = async (lines: AsyncIterable<string>): Promise<readonly string[]> => {
  const taken: string[] = [];
  for await (const line of lines) taken.push(line);
  return taken;
};
const again = (lines: readonly string[]) =>
  (async function* () {
    yield* lines;
  })();

/** Lines of a SQLite database, for the way to PostgreSQL. */
let fromSqlite: readonly string[] = [];

async function filled(store: Store): Promise<void> {
  await done(store, { type: 'office-import', office: OFFICE, at: 0 });
  for (let n = 0; n < 40; n += 1) await store.write(answeredCall(`1.${n}`));
  const payload = { text: '值班室 𠮷 "quoted"\n=cmd()', none: null };
  await done(store, {
    type: 'audit',
    at: 1,
    account: null,
    person: null,
    kind: 'backup-tested',
    subject: null,
    payload,
  });
}

onBothBackEnds((backEnd) => {
  describe('a backup', () => {
    it('brings every row back into an empty database, and the audit chain still holds', async () => {
      const database = await backEnd.freshDatabase();
      await filled(await backEnd.open(database));
      const lines = await all(backupLines(database, MADE_AT));
      if (backEnd.name === 'sqlite') fromSqlite = lines;
      expect(lines.length).toBeGreaterThan(400);

      const other = await backEnd.freshDatabase();
      const restored = await restoreBackup(other, again(lines));
      expect(restored).toEqual({ ok: true, rows: JSON.parse(lines.at(-1) ?? '').rows, madeAt: MADE_AT });
      expect(await all(backupLines(other, MADE_AT))).toEqual(lines);
      const store = await backEnd.open(other);
      expect(await store.verifyAudit()).toMatchObject({ ok: true });
      // Positions and numbering go on where they were.
      expect((await store.write(answeredCall('2.1'))).every((result) => result.ok)).toBe(true);
    });

    it('shows one moment, however much is written while it is taken', async () => {
      const database = await backEnd.freshDatabase();
      const store = await backEnd.open(database);
      await filled(store);
      const before = await all(backupLines(database, MADE_AT));
      const lines = backupLines(database, MADE_AT);
      const taken = [(await lines.next()).value ?? ''];
      for (let n = 0; n < 20; n += 1) await store.write(answeredCall(`3.${n}`));
      taken.push(...(await all(lines)));
      expect(taken).toEqual(before);
    });

    it('that is broken off, or cannot be read, ends and holds nothing back', async () => {
      const database = await backEnd.freshDatabase();
      await filled(await backEnd.open(database));
      const lines = backupLines(database, MADE_AT);
      for (let taken = 0; taken < 50; taken += 1) await lines.next();
      await lines.return(undefined);
      expect(await lines.next()).toEqual({ done: true, value: undefined });
      const bare = await backEnd.freshDatabase();
      await backEnd.run(bare, 'select 1');
      await expect(backupLines(bare, MADE_AT).next()).rejects.toThrow(/kysely_migration/);
    });

    it('takes no log-in along', async () => {
      const database = await backEnd.freshDatabase();
      await filled(await backEnd.open(database));
      const lines = await all(backupLines(database, MADE_AT));
      expect(lines).not.toContain('{"table":"sessions"}');
      expect(lines).toContain('{"table":"accounts"}');
    });

    it('is refused by a database that holds anything', async () => {
      const database = await backEnd.freshDatabase();
      await filled(await backEnd.open(database));
      const lines = await all(backupLines(database, MADE_AT));
      const restored = await restoreBackup(database, again(lines));
      expect(restored).toMatchObject({ ok: false, why: expect.stringContaining('not empty') });
      expect(await all(backupLines(database, MADE_AT))).toEqual(lines);
    });

    it('leaves nothing behind when it is damaged', async () => {
      const database = await backEnd.freshDatabase();
      await filled(await backEnd.open(database));
      const lines = await all(backupLines(database, MADE_AT));
      const [head = '', ...rest] = lines;
      const damaged: readonly (readonly [readonly string[], string])[] = [
        [lines.slice(0, -1), 'cut off'],
        [lines.slice(0, 200), 'cut off'],
        [[], 'cut off'],
        [['hello'], 'not JSON'],
        [['[]'], 'not JSON'],
        [['{"dutyline":"else"}'], 'not a backup'],
        [[head, '{"stray":1}'], 'before any table'],
        [[head, '{"table":"nowhere"}'], 'does not know'],
        [[head, '{"table":"settings"}', '{"key":"a","colour":"red"}', '{"end":true}'], 'does not know'],
        [lines.filter((line) => !line.includes('"fact_key"')), 'digest'],
        [lines.filter((line) => line !== '{"table":"calls"}'), 'does not know'],
        [[head, '{"table":"settings"}', '{"key":"a"}', '{"end":true}'], 'damaged'],
        [lines.map((line) => line.replace('0954-2030000', '0954-2030001')), 'digest'],
        [[...lines, '{"table":"settings"}'], 'goes on'],
        [[head.replace('0002-evidence', '9999-later'), ...rest], 'newer version'],
      ];
      const other = await backEnd.freshDatabase();
      for (const [bad, why] of damaged) {
        const restored = await restoreBackup(other, again(bad));
        expect(restored).toMatchObject({ ok: false, why: expect.stringContaining(why) });
      }
      expect(await restoreBackup(other, again(lines))).toMatchObject({ ok: true });
    });

    it('of SQLite fills either', async () => {
      const other = await backEnd.freshDatabase();
      expect(await restoreBackup(other, again(fromSqlite))).toMatchObject({ ok: true });
      // The order of rows within a table is each database's own, and with it the digest.
      const rows = (lines: readonly string[]) => lines.slice(0, -1).sort();
      expect(rows(await all(backupLines(other, MADE_AT)))).toEqual(rows(fromSqlite));
    });
  });
});
