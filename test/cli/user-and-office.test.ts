import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStore } from '../../src/storage/open-store.ts';
import { OFFICE, ROOM, RULES } from '../storage/office.ts';
import { dutyline, shippedConfig } from './run-dutyline.ts';

let config: ReturnType<typeof shippedConfig>;
beforeAll(() => {
  config = shippedConfig();
});
afterAll(() => config.dispose());

const withConfig = (...args: readonly string[]) => [...args, '--config', config.folder];

describe('dutyline', () => {
  it.each([
    [['--help'], 'doctor'],
    [['start', '--help'], 'demonstration'],
    [['user', '--help'], 'passwd'],
    [['user', 'add', '--help'], '--role'],
    [['user', 'list', '--help'], '--config'],
    [['user', 'passwd', '--help'], '--generate'],
    [['user', 'pin', '--help'], '换人'],
    [['office', 'import', '--help'], '<file>'],
    [['office', 'export', '--help'], '--replace'],
    [['doctor', '--help'], 'says what to do'],
    [['capture', '--help'], '<pbx>'],
    [['explain', '--help'], '--dids'],
  ])('explains %j', async (args, word) => {
    const ran = await dutyline(args);
    expect(ran.code).toBe(0);
    expect(ran.output).toContain(word);
  });

  it.each([[['nonsense']], [['user', 'add', 'wang']], [['user']]])(
    'refuses %j and points to the help',
    async (args) => {
      const ran = await dutyline(args);
      expect(ran.code).not.toBe(0);
      expect(ran.remarks).toMatch(/--help|Usage/);
    },
  );

  it('tells every mistake of the configuration and touches nothing', async () => {
    const broken = shippedConfig();
    writeFileSync(join(broken.folder, 'dutyline.yaml'), 'http: { port: 99999 }\npbx: []\n');
    const ran = await dutyline(['user', 'list', '--config', broken.folder]);
    broken.dispose();
    expect(ran.code).toBe(1);
    expect(ran.remarks).toContain('2 mistakes');
    expect(ran.remarks).toContain('http.port');
    expect(ran.output).toBe('');
  });
});

describe('dutyline audit verify', () => {
  it('walks the chain, and names the entry somebody with the file has changed', async () => {
    const own = shippedConfig();
    const verify = (...more: readonly string[]) =>
      dutyline(['audit', 'verify', ...more, '--config', own.folder]);
    for (const login of ['zhao', 'qian', 'sun'])
      await dutyline(['user', 'add', login, '--role', 'officer', '--generate', '--config', own.folder]);
    const whole = await verify('--json');
    expect(whole.code).toBe(0);
    const { entries } = JSON.parse(whole.output) as { readonly entries: number };
    expect(entries).toBeGreaterThanOrEqual(3);
    expect((await verify()).output).toBe(`${entries} entries, all in their chain; 0 erased by decision.\n`);
    const database = new Database(own.database);
    database.prepare("update audit set kind = 'nothing' where entry = 2").run();
    database.close();
    const broken = await verify();
    own.dispose();
    expect(broken).toMatchObject({ code: 1, output: expect.stringMatching(/^Entry 2 does not fit: /) });
  });
});

describe('dutyline seals verify', () => {
  it('walks the seals of every room, and names the shift whose log somebody with the file has changed', async () => {
    const own = shippedConfig();
    const verify = (...more: readonly string[]) =>
      dutyline(['seals', 'verify', ...more, '--config', own.folder]);
    const noon = Date.UTC(2026, 10, 23, 4);
    const by = { room: ROOM, account: null, person: 'zhang', at: noon };
    mkdirSync(dirname(own.database), { recursive: true });
    const store = await openStore({ database: own.database, rules: RULES });
    await store.write([{ type: 'office-import', office: OFFICE, at: noon - 86_400_000 }]);
    const { shifts } = await store.shiftLogShifts(by.room, null, noon);
    const from = shifts[0]?.from ?? noon - 43_200_000;
    const line = { id: 'l-1', part: 'event', happenedAt: noon - 60_000, text: '巡查' } as const;
    await store.write([
      { ...by, type: 'shift-log-add', from, name: '张某', ...line },
      { ...by, type: 'hand-over-begin', id: 'h-1' },
      { ...by, type: 'hand-over-end', id: 'h-1', how: 'stay', at: noon + 60_000 },
    ]);
    await store.close();
    expect(JSON.parse((await verify('--json')).output)).toEqual({
      ok: true,
      rooms: [
        {
          ...{ room: ROOM, name: '市政府总值班室', logs: 1, handOvers: 1 },
          ...{ brokenLog: null, brokenHandOver: null },
        },
      ],
      missing: [],
      audit: true,
    });
    const database = new Database(own.database);
    database.prepare("update shift_log_seals set sealed_json = replace(sealed_json, 'l-1', 'l-2')").run();
    database.close();
    const said = await verify();
    own.dispose();
    expect(said.code).toBe(1);
    expect(said.output).toMatch(
      /^room-1 .*: 值班日志 of the shift that began 2026-11-2\d \d\d:\d\d does not fit its seal: /,
    );
  });
});

describe('dutyline user', () => {
  it('adds an account with a password from standard input, lists it and changes the password', async () => {
    const added = await dutyline(withConfig('user', 'add', 'wang', '--role', 'officer', '--name', '王某'), {
      input: 'Nacht-2026-Wache\n',
    });
    expect(added).toMatchObject({ code: 0, output: 'wang was added as officer of emergency.\n' });
    const listed = await dutyline(withConfig('user', 'list'));
    expect(listed.output.split('\n')[1]).toMatch(/^wang +王某 +officer +emergency +open$/);
    const changed = await dutyline(withConfig('user', 'passwd', 'WANG', '--generate'));
    expect(changed.output).toMatch(/Password, shown this once: ([a-z2-9]{5}-){3}[a-z2-9]{5}\n$/);
  });

  it.each([
    [
      'a weak password',
      ['user', 'add', 'li', '--role', 'officer'],
      '12345678\n',
      'letters, digits and signs',
    ],
    ['no password', ['user', 'add', 'li', '--role', 'officer'], '', 'Nothing was typed'],
    ['a role that is none', ['user', 'add', 'li', '--role', 'boss'], '', 'roles: officer, leader'],
    [
      'a unit that is none',
      ['user', 'add', 'li', '--role', 'officer', '--unit', 'x'],
      '',
      'units: city, emergency',
    ],
    [
      'a person that is none',
      ['user', 'add', 'li', '--role', 'officer', '--person', 'x'],
      '',
      'people: leader-1',
    ],
    ['a name with a path in it', ['user', 'add', '../li', '--role', 'officer'], '', 'A log-in name has'],
    ['a name that is taken', ['user', 'add', 'Wang', '--role', 'leader', '--generate'], '', 'is taken'],
    ['an account that is none', ['user', 'passwd', 'nobody', '--generate'], '', 'There is no account nobody'],
    ['a PIN that is a run', ['user', 'pin', 'officer-1'], '1234\n', 'must not be a run'],
  ])('refuses %s', async (_, args, input, told) => {
    const ran = await dutyline(withConfig(...args), { input });
    expect(ran.code).toBe(1);
    expect(ran.remarks).toContain(told);
    expect(ran.remarks).not.toContain('at file:');
  });

  it('sets a PIN', async () => {
    const ran = await dutyline(withConfig('user', 'pin', 'officer-1'), { input: '7294\n' });
    expect(ran).toMatchObject({ code: 0, output: 'officer-1 has a new PIN.\n' });
  });
});

describe('dutyline office', () => {
  it('exports what was imported, and does not overwrite by itself', async () => {
    const file = join(config.folder, 'exported.yaml');
    expect(await dutyline(withConfig('office', 'export', file))).toMatchObject({ code: 0 });
    const first = readFileSync(file, 'utf8');
    expect(first).toContain('"09542035678"');
    expect(await dutyline(withConfig('office', 'export', file))).toMatchObject({ code: 1 });

    writeFileSync(file, first.replace('值班员甲', '值班员丁'));
    const imported = await dutyline(withConfig('office', 'import', file));
    expect(imported).toMatchObject({
      code: 0,
      output: '1 rooms, 1 lines and 3 people are in the database.\n',
    });
    const shown = await dutyline(withConfig('office', 'export'));
    expect(shown.output).toContain('值班员丁');
    expect(shown.output).not.toContain('值班员甲');
  });

  it('imports nothing of a file with mistakes', async () => {
    const file = join(config.folder, 'wrong.yaml');
    writeFileSync(file, 'units: []\nrooms: []\nlines: []\n');
    const ran = await dutyline(withConfig('office', 'import', file));
    expect(ran.code).toBe(1);
    expect(ran.remarks).toContain('3 mistakes');
    expect((await dutyline(withConfig('office', 'export'))).output).toContain('duty-room');
  });

  it('says that a file is not there', async () => {
    const ran = await dutyline(withConfig('office', 'import', join(config.folder, 'no-such.yaml')));
    expect(ran).toMatchObject({ code: 1, remarks: expect.stringContaining('ENOENT') });
  });
});
