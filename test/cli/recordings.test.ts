import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statfsSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { soundFileOf } from '../../src/recordings/vault/sound-name.ts';
import { openStore } from '../../src/storage/open-store.ts';
import { wavFile } from '../recordings/wav-file.ts';
import { keptCall, write } from '../service/sound-bed.ts';
import { OFFICE, PBX, RULES } from '../storage/office.ts';
import { answeredCall } from '../storage/telling.ts';
import { dutyline, shippedConfig } from './run-dutyline.ts';

const repository = join(import.meta.dirname, '../..');
const AN_HOUR = 3_600_000;
const begun = Math.floor(Date.now() / 1_000) * 1_000 - AN_HOUR;
const linkedid = `${begun / 1_000}.7`;
let config: ReturnType<typeof shippedConfig>;
let database: string;
let monitor: string;
let recordings: string;

beforeAll(async () => {
  config = shippedConfig();
  const state = join(config.folder, '..', 'state');
  [database, monitor, recordings] = ['db.sqlite', 'monitor', 'recordings'].map((name) =>
    join(state, name),
  ) as [string, string, string];
  mkdirSync(monitor, { recursive: true });
  rmSync(join(config.folder, 'office.yaml'));
  writeFileSync(
    join(config.folder, 'dutyline.yaml'),
    `storage: { database: ${database}, recordings: ${recordings} }
pbxs:
  - id: ${PBX}
    host: 192.0.2.10
    listen: { username: l, secretEnv: LISTEN }
    trunks: [PJSIP/telco]
    recordings: { base: /var/spool/asterisk/monitor, local: ${monitor} }
`,
  );
  const store = await openStore({ database, rules: RULES });
  const lines = OFFICE.lines.map((line) => ({ ...line, recording: 'pbx' as const }));
  await write(store, [
    { type: 'office-import', office: { ...OFFICE, lines }, at: 0 },
    ...answeredCall(linkedid, begun),
    ...answeredCall(`${begun / 1_000}.9`, begun + 60_000, '13900001111'),
  ]);
  await store.close();
  put(nameOf(begun + 1_000), begun + 10_000);
  put('nobody.wav', begun - 24 * AN_HOUR);
});
afterAll(() => config.dispose());

/** As FreePBX names a recording that began then, in its folder of that day. */
function nameOf(at: number): string {
  const wall = new Date(at + 8 * AN_HOUR).toISOString();
  const [day = '', time = ''] = wall.split('T');
  const stamp = `${day.replaceAll('-', '')}-${time.slice(0, 8).replaceAll(':', '')}`;
  return `${day.replaceAll('-', '/')}/external-1001-09542035678-${stamp}-${linkedid}.wav`;
}

/** A file that was last written then. */
function put(name: string, at: number): void {
  const path = join(monitor, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, wavFile(64_000));
  utimesSync(path, at / 1_000, at / 1_000);
}

const run = (...args: readonly string[]) =>
  dutyline(['recordings', ...args, '--config', config.folder], { env: { LISTEN: 'x' } });
const json = (output: string) => JSON.parse(output) as Record<string, unknown>;
async function withStore<T>(use: (store: Awaited<ReturnType<typeof openStore>>) => Promise<T>): Promise<T> {
  const store = await openStore({ database, rules: RULES });
  try {
    return await use(store);
  } finally {
    await store.close();
  }
}

describe('dutyline recordings reconcile', () => {
  it('gives a call its file, and tells of a call without sound and of a file without a call', async () => {
    const ran = await run('reconcile', '--days', '2', '--json');
    expect([ran.code, ran.output]).toEqual([0, expect.stringMatching(/^\{.*\}\n$/)]);
    const [only] = json(ran.output).pbxs as readonly Record<string, unknown>[];
    expect(only).toMatchObject({
      pbx: PBX,
      state: 'done',
      looked: { files: 2 },
      taken: [{ rule: 'name-uniqueid', path: expect.stringContaining(linkedid) }],
      missing: [{ linkedid: `${begun / 1_000}.9` }],
      strays: 1,
    });
    const rows = await withStore((store) => store.keptSounds(null, 10));
    expect(rows).toMatchObject([{ state: 'attached', linkedid, foundBy: 'name-uniqueid' }]);
    expect(readdirSync(recordings, { recursive: true }).map(String)).toContainEqual(
      expect.stringMatching(/\.wav$/),
    );
  });

  it('has nothing left to do the second time, and says so in a sentence', async () => {
    const again = await run('reconcile');
    expect([again.code, again.output]).toEqual([
      0,
      `${PBX}: 2 files seen, 0 attached, 1 calls without sound, 1 files of no call.\n`,
    ]);
  });

  it('refuses a number of days that is none, and fails when the folder is away', async () => {
    for (const days of ['0', '1.5']) {
      expect(await run('reconcile', `--days=${days}`)).toMatchObject({
        code: 1,
        remarks: expect.stringContaining('whole number of days'),
      });
    }
    renameSync(monitor, `${monitor}.away`);
    const away = await run('reconcile', '--json');
    renameSync(`${monitor}.away`, monitor);
    expect([away.code, json(away.output).pbxs]).toMatchObject([1, [{ pbx: PBX, state: 'cannot-look' }]]);
  });
});

describe('dutyline recordings verify', () => {
  it('fails when a file cannot be read, and says of it neither that it is well nor that it was altered', async () => {
    const recording = await withStore((store) => keptCall(store, recordings, `${begun / 1_000}.20`));
    expect(await run('verify')).toMatchObject({
      code: 0,
      output: expect.stringContaining('All of them are what was kept.'),
    });
    const file = (await withStore((store) => store.recording(recording)))?.file ?? '';
    // A file where its folder should be, as a broken mount shows it: that stops root too.
    const day = dirname(join(recordings, file));
    renameSync(day, `${day}.away`);
    writeFileSync(day, '');
    const ran = await run('verify', '--json');
    const said = await run('verify');
    rmSync(day);
    renameSync(`${day}.away`, day);
    expect([ran.code, json(ran.output)]).toMatchObject([
      1,
      { altered: [], missing: [], unreadable: expect.arrayContaining([recording]), copy: null },
    ]);
    expect(said).toMatchObject({ code: 1, output: expect.stringContaining('not readable now') });
    expect(said.output).not.toContain('All of them');
    // Nothing was written down about what could not be judged.
    expect((await withStore((store) => store.recording(recording)))?.checkState).toBe('verified');
    expect(await run('verify')).toMatchObject({ code: 0 });
  });

  it('asks for a second copy before anything is restored', async () => {
    expect(await run('restore')).toMatchObject({
      code: 1,
      remarks: expect.stringContaining('No second copy is configured'),
    });
  });
});

describe('dutyline recordings forecast', () => {
  /** A day on which so much came in that the disk lasts for ten days more. It takes no room: the file has a hole. */
  function fillYesterday(): { readonly file: string; readonly bytes: number } {
    mkdirSync(recordings, { recursive: true });
    const { bavail, bsize } = statfsSync(recordings);
    const bytes = Math.floor((bavail * bsize) / 10.5);
    const hex = (Date.now() - 24 * AN_HOUR).toString(16).padStart(12, '0');
    const file = join(
      recordings,
      soundFileOf(`${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`, 'wav'),
    );
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, '');
    truncateSync(file, bytes);
    return { file, bytes };
  }

  it('says how long the disk lasts, in both languages and as JSON', async () => {
    const yaml = join(config.folder, 'dutyline.yaml');
    const before = readFileSync(yaml, 'utf8');
    const { file, bytes } = fillYesterday();
    writeFileSync(
      yaml,
      before.replace('recordings: ', 'retention: { reserveGb: 0, warnDays: 60 }, recordings: '),
    );
    const [said, asJson] = [await run('forecast'), await run('forecast', '--json')];
    writeFileSync(yaml, before.replace('recordings: ', 'retention: { reserveGb: 100000 }, recordings: '));
    const full = await run('forecast');
    writeFileSync(yaml, before);
    rmSync(file);
    const use = json(asJson.output) as { usedBytes: number; forecast: Record<string, unknown> };
    expect(use.usedBytes).toBeGreaterThanOrEqual(bytes);
    // What others write meanwhile may cost a day.
    expect(use.forecast.days).toBeOneOf([9, 10, 11]);
    expect(use.forecast).toMatchObject({ level: 'alarm' });
    expect([said.code, said.output]).toEqual([
      0,
      expect.stringMatching(
        /^按近 1 天用量，录音存储约 (9|10|11) 天后写满\nThe disk of the recordings will be full in about (9|10|11) days, .*\n$/,
      ),
    ]);
    expect(full.output).toContain('录音存储已写满，只剩保留空间，请立即清理或扩容');
  });
});

describe('on a terminal', () => {
  /** The line is begun anew. */
  const ANEW = '\r\u001b[K';

  /** Runs the command on a terminal of its own, as a person sees it. */
  function onTerminal(...args: readonly string[]): string {
    const command = [process.execPath, join(repository, 'src/cli/main.ts'), 'recordings', ...args];
    const shell = [...command, '--config', config.folder].map((word) => `'${word}'`).join(' ');
    return execFileSync('script', ['-qec', shell, '/dev/null'], {
      env: { ...process.env, LISTEN: 'x' },
      encoding: 'utf8',
    });
  }

  it('how far it is stands on one line that is gone at the end, before the result', () => {
    const reconciled = onTerminal('reconcile', '--days', '2');
    const [nothing, firstLook, ...drawn] = reconciled.split(ANEW);
    expect(nothing).toBe('');
    expect(firstLook).toMatch(/^\S+ (looking|matching) \d/);
    expect(drawn.at(-1)).toMatch(new RegExp(`^${PBX}: \\d+ files seen`));
    const verified = onTerminal('verify').split(ANEW);
    expect(verified.slice(0, 2)).toEqual(['', '1 read, 0 bad']);
    expect(verified.at(-1)).toMatch(/^\d+ recordings were read again\./);
  });
});
