/** Runs the commands of docs/guides/backup.md, word for word: what it tells people to do is what is tested. */
import { spawn } from 'node:child_process';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { soundFileOf } from '../../src/recordings/vault/sound-name.ts';
import { dutyline, type Ran } from '../cli/run-dutyline.ts';
import { onBothBackEnds } from '../storage/back-ends.ts';
import { OFFICE } from '../storage/office.ts';
import { filesOf, keptCall, runJobs, write } from './sound-bed.ts';

const repository = join(import.meta.dirname, '../..');
const GUIDE = readFileSync(join(repository, 'docs/guides/backup.md'), 'utf8');
const CALLS = 3;
const json = (output: string) => JSON.parse(output) as Record<string, unknown>;

/** The commands of the guide's drill in their order; of those for one database only, the other's are left out. */
function drill(backEnd: 'sqlite' | 'postgres', paths: Readonly<Record<string, string>>): string {
  const [, section = ''] = /\n## The drill\n([\s\S]*?)\n## /.exec(GUIDE) ?? [];
  const blocks = [...section.matchAll(/^( *)```bash ?(\w*)\n([\s\S]*?)^ *```$/gm)].map(
    ([, indent = '', what = '', text = '']) => ({ what, text: text.replaceAll(`\n${indent}`, '\n') }),
  );
  expect(blocks.map(({ what }) => what)).toEqual(expect.arrayContaining(['paths', 'sqlite', 'postgres', '']));
  return blocks
    .filter(({ what }) => what === '' || what === 'paths' || what === backEnd)
    .map(({ what, text }) => (what === 'paths' ? withPaths(text, paths) : text))
    .join('\n');
}

/** Every path the guide names has to be ours here, or something else would be moved away. */
function withPaths(text: string, paths: Readonly<Record<string, string>>): string {
  const named: string[] = [];
  const ours = text.replaceAll(/^(export )?([A-Z_]+)=.*$/gm, (_line, before = '', name: string) => {
    named.push(name);
    const path = paths[name];
    if (path === undefined) throw new Error(`the drill has no path of its own for ${name}`);
    return `${String(before)}${name}=${path}`;
  });
  expect(named.sort()).toEqual(Object.keys(paths).sort());
  return ours;
}

function bash(script: string, env: Readonly<Record<string, string>>): Promise<Ran> {
  const child = spawn('bash', ['-eu', '-o', 'pipefail', '-c', script], {
    cwd: repository,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = { output: '', remarks: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said.output += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said.remarks += text;
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, ...said }));
  });
}

/** Of a kind of which there is none. */
const NOTHING_KEPT = {
  checked: 0,
  altered: [],
  missing: [],
  restored: [],
  unreadable: [],
  uncopied: [],
};

onBothBackEnds((backEnd) => {
  const root = mkdtempSync(join(tmpdir(), 'dutyline-drill-'));
  const [config, recordings, copy, backup] = ['config', 'recordings', 'copy', 'backup.gz'].map((name) =>
    join(root, name),
  ) as [string, string, string, string];
  const kept: string[] = [];
  let database: string;

  beforeAll(async () => {
    for (const folder of [config, copy]) mkdirSync(folder);
    database = await backEnd.freshDatabase();
    const url = database.replace('@/', '@localhost/');
    writeFileSync(
      join(config, 'dutyline.yaml'),
      `storage:\n  database: "${url}"\n  recordings: ${recordings}\n  secondCopy: { folder: ${copy} }\n`,
    );
    const store = await backEnd.open(database);
    await write(store, [{ type: 'office-import', office: OFFICE, at: 0 }]);
    for (let n = 0; n < CALLS; n += 1) kept.push(await keptCall(store, recordings, `1.${n}`, 'talk', true));
    const jobs = runJobs(store, { recordings, copy });
    await jobs.done();
    await jobs.close();
    await store.close();
  });
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  const run = (...args: readonly string[]) => dutyline([...args, '--config', config, '--json']);

  describe('the restore drill', () => {
    // A dozen processes, each of which waits for a core.
    it('of the guide brings back a lost database and lost recordings: verify is clean and no call is missing', async () => {
      const socket = new URL(database.replace('@/', '@localhost/'), 'file:').searchParams.get('host') ?? '';
      const script = drill(backEnd.name, {
        DUTYLINE_CONFIG: config,
        DATABASE: backEnd.name === 'sqlite' ? database : (/\/(\w+)\?/.exec(database)?.[1] ?? ''),
        RECORDINGS: recordings,
        BACKUP: backup,
      });
      const ran = await bash(script, { PGHOST: socket, PGUSER: 'dutyline' });
      expect([ran.code, ran.remarks]).toEqual([0, '']);
      expect(ran.output).toContain('No call is missing.');
      expect(ran.output.match(/All of them are what was kept\./g)).toHaveLength(3);

      const store = await backEnd.open(database);
      const rows = await store.keptSounds(null, 100);
      expect(rows.map(({ id }) => id)).toEqual(kept.toSorted());
      expect(rows.map(({ checkState }) => checkState)).toEqual(kept.map(() => 'verified'));
      expect(await store.verifyAudit()).toMatchObject({ ok: true });
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
          attachments: NOTHING_KEPT,
          probes: NOTHING_KEPT,
        },
      ]);
      // The two sides of each talk came back with it.
      const whole = (id: string) =>
        ['caller.wav', 'opus', 'peaks', 'room.wav', 'wav'].map((ending) => `${id}.${ending}`);
      for (const folder of [recordings, copy])
        expect(kept.map((id) => filesOf(folder, id))).toEqual(kept.map(whole));
      expect(rows.every(({ sides }) => sides.length === 2)).toBe(true);
      expect(existsSync(`${recordings}.lost`)).toBe(false);
      expect((await run('restore', backup)).remarks).toContain('not empty');
      expect((await run('backup', backup)).remarks).toContain('--replace');
    }, 180_000);

    // The database has no part in it: once is enough.
    if (backEnd.name === 'postgres') return;

    it('finds an altered and a deleted file, and brings both back', async () => {
      expect(await run('recordings', 'verify')).toMatchObject({ code: 0 });
      const [first = '', second = ''] = readdirSync(recordings, { recursive: true })
        .map(String)
        .filter((name) => /-[0-9a-f]{12}\.wav$/.test(name));
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

    it('finds an altered and a lost side, and brings both back', async () => {
      const [one = '', other = ''] = kept;
      const side = (id: string, ending: string) => join(recordings, soundFileOf(id, ending));
      const before = [readFileSync(side(one, 'caller.wav')), readFileSync(side(other, 'room.wav'))];
      appendFileSync(side(one, 'caller.wav'), 'x');
      rmSync(side(other, 'room.wav'));
      const found = await run('recordings', 'verify');
      expect([found.code, json(found.output)]).toMatchObject([1, { altered: [one], missing: [other] }]);
      const restored = json((await run('recordings', 'restore')).output);
      expect(restored).toMatchObject({ restored: [one, other].toSorted(), altered: [], missing: [] });
      expect([readFileSync(side(one, 'caller.wav')), readFileSync(side(other, 'room.wav'))]).toEqual(before);
      expect(await run('recordings', 'verify')).toMatchObject({ code: 0 });
    });

    it('says that nothing can be read while the disk of the recordings is away, and writes nothing under it', async () => {
      renameSync(recordings, `${recordings}.unmounted`);
      mkdirSync(recordings);
      const found = await run('recordings', 'verify');
      expect([found.code, json(found.output)]).toMatchObject([
        1,
        { altered: [], missing: [], unreadable: kept.toSorted() },
      ]);
      expect(readdirSync(recordings).filter((name) => name !== 'dutyline-copy.id')).toEqual([]);
      rmSync(recordings, { recursive: true });
      renameSync(`${recordings}.unmounted`, recordings);
      expect(await run('recordings', 'verify')).toMatchObject({ code: 0 });
    });
  });
});
