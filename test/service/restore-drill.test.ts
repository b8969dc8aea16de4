import { appendFileSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStore } from '../../src/storage/open-store.ts';
import { dutyline, shippedConfig } from '../cli/run-dutyline.ts';
import { OFFICE, RULES } from '../storage/office.ts';
import { keptCall, runJobs, write } from './sound-bed.ts';

/** docs/guides/backup.md walks a person through exactly these commands. */
const CALLS = 6;
let config: ReturnType<typeof shippedConfig>;
let database: string;
let recordings: string;
let copy: string;
let backup: string;
const kept: string[] = [];

beforeAll(async () => {
  config = shippedConfig();
  const state = join(config.folder, '..', 'state');
  [database, recordings, copy, backup] = ['db.sqlite', 'recordings', 'copy', 'backup.gz'].map((name) =>
    join(state, name),
  ) as [string, string, string, string];
  mkdirSync(copy, { recursive: true });
  writeFileSync(
    join(config.folder, 'dutyline.yaml'),
    `storage:
  database: ${database}
  recordings: ${recordings}
  secondCopy:
    folder: ${copy}
`,
  );
  const store = await openStore({ database, rules: RULES });
  await write(store, [{ type: 'office-import', office: OFFICE, at: 0 }]);
  for (let n = 0; n < CALLS; n += 1) kept.push(await keptCall(store, recordings, `1.${n}`));
  const jobs = runJobs(store, { recordings, copy });
  await jobs.done();
  await jobs.close();
  await store.close();
}, 60_000);
afterAll(() => config.dispose());

const run = (...args: readonly string[]) => dutyline([...args, '--config', config.folder, '--json']);
const json = (output: string) => JSON.parse(output) as Record<string, unknown>;

describe('the restore drill', () => {
  it('finds an altered and a deleted file, and brings both back', async () => {
    expect(await run('recordings', 'verify')).toMatchObject({ code: 0 });
    const [first = '', second = ''] = readdirSync(recordings, { recursive: true })
      .map(String)
      .filter((name) => name.endsWith('.wav'));
    appendFileSync(join(recordings, first), 'x');
    rmSync(join(recordings, second));
    const found = await run('recordings', 'verify');
    expect(found.code).toBe(1);
    expect(json(found.output)).toMatchObject({
      checked: CALLS,
      altered: [expect.anything()],
      missing: [expect.anything()],
    });
    expect(json((await run('recordings', 'restore')).output)).toMatchObject({
      restored: [expect.anything(), expect.anything()],
    });
    expect(await run('recordings', 'verify')).toMatchObject({ code: 0 });
  });

  it('brings database and recordings back after both are lost: verify is clean and no call is missing', async () => {
    expect(await run('backup', backup)).toMatchObject({ code: 0 });
    expect((await run('backup', backup)).remarks).toContain('--replace');
    for (const lost of [recordings, database, `${database}-wal`, `${database}-shm`]) {
      rmSync(lost, { recursive: true, force: true });
    }

    const restored = await run('restore', backup);
    expect([restored.code, restored.remarks]).toEqual([0, '']);
    const back = await run('recordings', 'restore');
    expect([back.code, (json(back.output).restored as string[]).toSorted()]).toEqual([0, kept.toSorted()]);
    const verified = await run('recordings', 'verify');
    expect([verified.code, json(verified.output)]).toEqual([
      0,
      {
        checked: CALLS,
        altered: [],
        missing: [],
        restored: [],
        unreadable: [],
        copy: { verified: CALLS, bad: [] },
      },
    ]);
    const store = await openStore({ database, rules: RULES });
    const rows = await store.keptSounds(null, 100);
    expect(rows.map(({ id }) => id)).toEqual(kept.toSorted());
    expect(await store.verifyAudit()).toMatchObject({ ok: true });
    await store.close();
    expect((await run('restore', backup)).remarks).toContain('not empty');
  });

  it('says how long the disk lasts', async () => {
    expect(json((await run('recordings', 'forecast')).output)).toMatchObject({
      usedBytes: expect.any(Number),
    });
  });
});
