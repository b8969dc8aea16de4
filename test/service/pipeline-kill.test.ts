import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { PROCESS_STAGES } from '../../src/recordings/process-sound.ts';
import { openStore } from '../../src/storage/open-store.ts';
import { openSqlite } from '../../src/storage/sqlite.ts';
import { OFFICE, RULES } from '../storage/office.ts';
import { keptCall, runJobs, write } from './sound-bed.ts';

const root = mkdtempSync(join(tmpdir(), 'dutyline-pipeline-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const VICTIM = join(import.meta.dirname, 'pipeline-victim.ts');

function killedAt(stage: string, database: string, recordings: string, copy: string): Promise<string | null> {
  const victim = spawn(process.execPath, [VICTIM, database, recordings, copy, stage], { stdio: 'ignore' });
  return new Promise((resolve) => victim.once('exit', (_code, signal) => resolve(signal)));
}

/** Every file below a folder, by name. */
function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name)
    .sort();
}

describe('kill -9 of the service at a stage of the pipeline', () => {
  it.each([...PROCESS_STAGES, 'reported', 'copied'] as const)(
    'leaves at “%s” nothing half done: the next run ends with everything, once',
    async (stage) => {
      const place = mkdtempSync(join(root, `${stage}-`));
      const [database, recordings, copy] = ['db.sqlite', 'recordings', 'copy'].map((name) =>
        join(place, name),
      );
      if (database === undefined || recordings === undefined || copy === undefined)
        throw new Error('no place');
      mkdirSync(copy);
      const before = await openStore({ database, rules: RULES });
      await write(before, [{ type: 'office-import', office: OFFICE, at: 0 }]);
      const recording = await keptCall(before, recordings, '1.1');
      await before.close();

      expect(await killedAt(stage, database, recordings, copy)).toBe('SIGKILL');

      const store = await openStore({ database, rules: RULES });
      const jobs = runJobs(store, { recordings, copy });
      await jobs.done();
      await jobs.close();
      const row = await store.recording(recording);
      expect(row).toMatchObject({ state: 'attached', copyState: 'verified', judgement: { defects: [] } });
      expect(await store.pendingEffects()).toEqual([]);
      await store.close();
      const db = openSqlite(database, 'read');
      const facts = await db
        .selectFrom('facts')
        .select('kind')
        .where('stream_id', '=', recording)
        .where('kind', 'in', ['recording-processed', 'recording-attached'])
        .execute();
      await db.destroy();
      expect(facts.map(({ kind }) => kind).sort()).toEqual(['recording-attached', 'recording-processed']);
      const made = [`${recording}.opus`, `${recording}.peaks`, `${recording}.wav`];
      const named = (folder: string) =>
        filesIn(folder).filter((name) => !name.endsWith('.part') && name !== 'dutyline-copy.id');
      expect(named(recordings)).toEqual(made);
      expect(named(copy)).toEqual(made);
    },
    30_000,
  );
});
