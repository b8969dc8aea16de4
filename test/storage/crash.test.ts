import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { describe, expect, it } from 'vitest';
import { done, onBothBackEnds } from './back-ends.ts';
import { OFFICE, PBX, ROOM } from './office.ts';
import { NOON } from './telling.ts';

interface Acknowledged {
  readonly linkedid: string;
  readonly text: string;
  readonly version: number;
}

const WRITER = new URL('./crash-writer.ts', import.meta.url).pathname;
/** What a writer may write while its killing is under way. */
const MOST_BEYOND = 250;

/** Runs the writer until it has acknowledged so many, then kills it at once; returns all it acknowledged. */
async function writeUntilKilled(
  database: string,
  seed: string,
  count: number,
): Promise<readonly Acknowledged[]> {
  const writer = spawn(process.execPath, [WRITER, database, seed, String(count + MOST_BEYOND)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const acknowledged: Acknowledged[] = [];
  const gone = new Promise<string | null>((resolve) =>
    writer.once('exit', (_code, signal) => resolve(signal)),
  );
  for await (const line of createInterface({ input: writer.stdout })) {
    acknowledged.push(JSON.parse(line) as Acknowledged);
    if (acknowledged.length >= count) writer.kill('SIGKILL');
  }
  expect(await gone).toBe('SIGKILL');
  return acknowledged;
}

onBothBackEnds((backEnd) => {
  describe('a writer killed with SIGKILL', () => {
    it('has lost nothing it acknowledged, and left nothing half-written', async () => {
      const database = await backEnd.freshDatabase();
      const first = await backEnd.open(database);
      await done(first, { type: 'office-import', office: OFFICE, at: 0 });
      await first.close();
      const acknowledged: Acknowledged[] = [];
      for (const [seed, count] of [
        ['7', 3],
        ['8', 17],
        ['9', 40],
      ] as const) {
        acknowledged.push(...(await writeUntilKilled(database, seed, count)));
      }
      const store = await backEnd.open(database);
      const { calls } = await store.snapshot(ROOM, NOON);
      const { facts } = await store.keptForRestore(PBX, NOON);
      const arrived = facts.filter((fact) => fact.kind === 'call-arrived').map((fact) => fact.linkedid);
      expect(arrived).toEqual(expect.arrayContaining(acknowledged.map((one) => one.linkedid)));
      // Whole transactions only: every call has all seven facts, its end, and its draft.
      expect(facts).toHaveLength(arrived.length * 7);
      expect(calls).toHaveLength(arrived.length);
      expect(calls.every((call) => call.phase === 'ended' && call.record !== null)).toBe(true);
      const last = acknowledged.at(-1);
      const content = (await store.recordView('0190a000-0000-7000-8000-00000000000a'))?.fields.content;
      expect(content?.version).toBeGreaterThanOrEqual(last?.version ?? Number.POSITIVE_INFINITY);
      const strokes = (await backEnd.run(
        database,
        `select value from record_revisions where field = 'content'`,
      )) as {
        readonly value: string;
      }[];
      expect(strokes.map((stroke) => stroke.value)).toEqual(
        expect.arrayContaining(acknowledged.map((one) => one.text)),
      );
      expect(await store.verifyAudit()).toMatchObject({ ok: true });
      const check = { sqlite: 'pragma integrity_check', postgres: `select 'ok' as integrity_check` };
      expect(await backEnd.run(database, check[backEnd.name])).toEqual([{ integrity_check: 'ok' }]);
    });
  });
});
