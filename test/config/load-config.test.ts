import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadConfig, pbxSetups } from '../../src/config/load-config.ts';
import { describeProblems } from '../../src/config/problem.ts';
import type { Environment } from '../../src/config/yaml-file.ts';
import { CALLBACK_RULE } from '../../src/duty/callback.ts';

const SECRETS = { LISTEN: 'listen-password', CONTROL: 'control-password', RECORDER: 'recorder-password' };

const SERVICE = `
pbxs:
  - id: main
    host: 192.0.2.10
    listen: { username: dl-listen, secretEnv: LISTEN }
    control: { username: dl-control, secret: '\${CONTROL}' }
    recorder: { username: dl-recorder, secretEnv: RECORDER }
    trunks: [PJSIP/telco, DAHDI/1-*]
    recordings: { base: /var/spool/asterisk/monitor, mounted: ../pbx-sound }
  - id: branch
    host: 192.0.2.20
    tls: { fingerprint: '${Array(32).fill('0a').join(':')}' }
    listen: { username: dl-listen, secretEnv: LISTEN }
    trunks: [PJSIP/branch]
`;

const OFFICE = `
units: [{ id: city, name: 市政府 }, { id: county, name: 某县, parent: city }]
rooms: [{ id: room, unit: city, name: 总值班室 }, { id: county-room, unit: county, name: 县值班室 }]
lines:
  - { id: a, room: room, pbx: main, number: 0954-2035678, dids: [09542035678], trunks: [PJSIP/telco], phones: [PJSIP/1001], recording: ami }
  - { id: b, room: room, pbx: main, number: 0954-2035679, dids: [09542035679], trunks: [PJSIP/telco], phones: [PJSIP/1001] }
  - { id: fxo, room: room, pbx: main, number: 0954-2035680, trunks: [DAHDI/1-*], phones: [PJSIP/1002] }
  - { id: c, room: county-room, pbx: branch, number: 0954-3035678, dids: [09542035678] }
seats: [{ id: seat-1, room: room, name: 一号, phone: PJSIP/1001 }]
people: [{ id: wang, room: room, name: 王某, title: 科员, phone: 139 0000 0000 }]
directory: [{ number: 0954-8887777, unit: 应急局, person: 张某, class: superior }]
roster: [{ room: room, from: 2026-11-23 08:00, to: 2026-11-24 08:00, officers: [wang] }]
`;

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'dutyline-config-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

function load(service: string, office: string | null = null, env: Environment = SECRETS) {
  const folder = join(dir, 'config');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'dutyline.yaml'), service);
  if (office !== null) writeFileSync(join(folder, 'office.yaml'), office);
  return loadConfig({ dir: folder, env });
}

function loadWell(service: string, office: string | null = null, env: Environment = SECRETS) {
  const loaded = load(service, office, env);
  if (!loaded.ok) throw new Error(describeProblems(loaded.problems));
  return loaded.config;
}

function complaints(
  service: string,
  office: string | null = null,
  env: Environment = SECRETS,
): readonly string[] {
  const loaded = load(service, office, env);
  if (loaded.ok) throw new Error('was accepted');
  return loaded.problems.map(({ file, line, key, message }) => `${file}:${line ?? '-'} ${key} | ${message}`);
}

const MAIL = 'host: mail.example, from: zhiban@example.gov.cn, to: [leader@example.gov.cn]';

describe('a configuration', () => {
  it('has several PBXs, rooms and lines, a line without DID, and two lines on one trunk', () => {
    const config = loadWell(SERVICE, OFFICE);
    if (config.office === null) throw new Error('office.yaml was not read');
    const setups = pbxSetups(config, config.office);
    expect(setups.map(({ pbx, lines }) => [pbx, lines.map((line) => line.id)])).toEqual([
      ['main', ['a', 'b', 'fxo']],
      ['branch', ['c']],
    ]);
    expect(setups[0]?.trunks).toEqual(['PJSIP/telco', 'DAHDI/1-*']);
    expect(setups[0]?.lines[2]).toMatchObject({ dids: [], trunks: ['DAHDI/1-*'] });
    expect(config.pbxs.map((pbx) => pbx.port)).toEqual([5_038, 5_039]);
  });

  it('keeps the leading zero of a DID that is written without quotes', () => {
    expect(loadWell(SERVICE, OFFICE).office?.lines[0]?.dids).toEqual(['09542035678']);
  });

  it('reads roster times in the time zone of the office', () => {
    expect(loadWell(SERVICE, OFFICE).office?.shifts[0]?.from).toBe(Date.UTC(2026, 10, 23, 0, 0));
  });

  it('lets paths begin at the folder of the file', () => {
    const config = loadWell(SERVICE, OFFICE);
    expect(config.pbxs[0]?.recordings).toEqual({
      base: '/var/spool/asterisk/monitor',
      folder: join(dir, 'pbx-sound'),
      kind: 'mounted',
      pattern: null,
    });
    expect(config.storage.database).toEqual({ kind: 'sqlite', file: join(dir, 'var/dutyline.sqlite') });
  });

  it('reads the pattern of a stand-alone recorder, and tells what is wrong with it beside all other mistakes', () => {
    const withPattern = (pattern: string) =>
      SERVICE.replace('mounted: ../pbx-sound', `mounted: ../pbx-sound, pattern: '${pattern}'`);
    const { recordings } = loadWell(withPattern('{number}_{date:YYYYMMDD}{time:HHmmss}')).pbxs[0] ?? {};
    expect(recordings?.pattern?.read('box/8887777_20261123120002.wav')).toMatchObject({
      numbers: ['8887777'],
      wall: Date.UTC(2026, 10, 23, 12, 0, 2),
    });
    const wrong = `${withPattern('{number}')}rules: { areaCode: 954 }`;
    expect(complaints(wrong).map((complaint) => complaint.split(' | ')[0])).toEqual(
      expect.arrayContaining([
        'dutyline.yaml:9 pbxs[0].recordings.pattern',
        'dutyline.yaml:15 rules.areaCode',
      ]),
    );
  });

  it('gives a PBX the zone of the office, or its own, which is that of its history too', () => {
    const config = loadWell(
      `rules: { timeZone: Asia/Urumqi }\n${SERVICE.replace('    trunks: [PJSIP/branch]', '    trunks: [PJSIP/branch]\n    timeZone: Asia/Tokyo\n    history: { sqlite: a.db }')}`,
    );
    expect(config.pbxs.map(({ timeZone }) => timeZone)).toEqual(['Asia/Urumqi', 'Asia/Tokyo']);
    expect(config.pbxs[1]?.history?.timeZone).toBe('Asia/Tokyo');
  });

  it('lets the environment decide port, database and Redis', () => {
    const env = {
      ...SECRETS,
      PORT: '9090',
      DUTYLINE_DATABASE_URL: 'postgres://u:p@h/d',
      REDIS_URL: 'redis://h',
    };
    const config = loadWell(SERVICE, OFFICE, env);
    expect(config.http.port).toBe(9_090);
    expect(config.storage.database.kind).toBe('postgres');
    expect(config.redis?.reveal()).toBe('redis://h');
  });

  it('runs the demonstration, on a database of its own, when there is no PBX', () => {
    const config = loadWell('demo: auto\n');
    expect(config.demo?.pbx).toBe('demo');
    expect(config.storage.database).toEqual({ kind: 'sqlite', file: join(dir, 'var/demo/dutyline.sqlite') });
    expect(loadWell(SERVICE).demo).toBeNull();
  });

  it('shows no secret in logs, JSON or messages, and is frozen throughout', () => {
    const env = { ...SECRETS, DUTYLINE_DATABASE_URL: 'postgres://u:database-password@h/d' };
    const config = loadWell(SERVICE, OFFICE, env);
    expect(config.pbxs[0]?.listen.secret.reveal()).toBe('listen-password');
    expect(config.pbxs[0]?.control?.secret.reveal()).toBe('control-password');
    const shown = `${JSON.stringify(config)}${inspect(config, { depth: 9, showHidden: true })}${String(config.pbxs[0]?.listen.secret)}`;
    expect(shown).not.toMatch(/listen-password|control-password|database-password/);
    expect(Object.isFrozen(config.pbxs[0]?.listen)).toBe(true);
    expect(Object.isFrozen(config.office?.lines[0]?.dids)).toBe(true);
  });

  it('can be read without passwords by commands that need none', () => {
    load(SERVICE, OFFICE);
    expect(loadConfig({ dir: join(dir, 'config'), env: {}, secrets: 'unneeded' }).ok).toBe(true);
  });

  it('as shipped runs the demonstration', () => {
    const loaded = loadConfig({ dir: join(import.meta.dirname, '../../config'), env: {} });
    expect(loaded.ok && loaded.config.demo !== null && loaded.config.office?.lines.length).toBe(1);
  });
});

describe('mistakes', () => {
  it('come all at once, from both files, with line, key and what to write instead', () => {
    const service = SERVICE.replace('192.0.2.10', '"not a host"').replace(
      'secretEnv: RECORDER',
      'secret: abc',
    );
    const office = OFFICE.replace('class: superior', 'class: boss').replace('pbx: branch', 'pbx: brunch');
    const told = complaints(`http: { port: 80800, key: page.key }\nhtpp: {}\n${service}`, office);
    expect(told).toEqual([
      'dutyline.yaml:1 http.port | write a whole number from 0 to 65535',
      'dutyline.yaml:6 pbxs[0].host | write a host name or an address, such as 192.168.1.10',
      'dutyline.yaml:2 htpp | no such key; config/README.md lists all keys',
      'dutyline.yaml:1 http.certificate | is missing: certificate and key belong together; leave both out for a generated one',
      'office.yaml:11 directory[0].class | write one of: superior, subordinate, public',
      'office.yaml:8 lines[3].pbx | there is no PBX "brunch" in dutyline.yaml; known: branch',
    ]);
  });

  it('in one entry do not make others wrong, and keep their place', () => {
    const office = OFFICE.replace('id: room, unit: city, name: 总值班室', 'id: room, unit: city')
      .replace('officers: [wang]', 'officers: [wong]')
      .replace('room: county-room, pbx', 'room: cellar, pbx');
    expect(complaints(SERVICE, office)).toEqual([
      'office.yaml:3 rooms[0].name | is missing',
      'office.yaml:8 lines[3].room | there is no room "cellar"; known: county-room',
      'office.yaml:12 roster[0].officers[0] | there is no person "wong"; known: wang',
    ]);
    const service = SERVICE.replace('    host: 192.0.2.10\n', '').replace(
      'secretEnv: LISTEN }\n    trunks: [PJSIP/branch]',
      'secret: x }\n    trunks: [PJSIP/branch]',
    );
    expect(complaints(service, OFFICE)).toEqual([
      'dutyline.yaml:3 pbxs[0].host | is missing',
      expect.stringContaining('pbxs[1].listen.secret | a password must not stand'),
    ]);
  });

  it('are told in one text that names their number', () => {
    const loaded = load('demo: perhaps\nroles: []\n');
    expect(loaded.ok ? '' : describeProblems(loaded.problems)).toBe(
      [
        'The configuration has 2 mistakes; nothing was started:',
        '  dutyline.yaml:2  roles: the list is empty',
        '  dutyline.yaml:1  demo: write one of: auto, off',
      ].join('\n'),
    );
  });

  const inService: readonly (readonly [
    mistake: string,
    service: string,
    expected: string,
    env?: Environment,
  ])[] = [
    ['a file that is no YAML', 'pbxs: [', 'not valid YAML'],
    ['the same key twice', 'demo: auto\ndemo: off', 'not valid YAML: Map keys must be unique'],
    ['a list where keys belong', '- a\n- b', 'write keys below it'],
    ['keys where a list belongs', 'pbxs: { id: main }', 'pbxs | write a list'],
    ['no PBX and no demonstration', 'demo: off', 'pbxs | no PBX is configured'],
    ['a PBX without host', SERVICE.replace('    host: 192.0.2.10\n', ''), 'pbxs[0].host | is missing'],
    ['a PBX without trunks', SERVICE.replace('[PJSIP/branch]', '[]'), 'pbxs[1].trunks | the list is empty'],
    ['one id for two PBXs', SERVICE.replace('id: branch', 'id: main'), 'pbxs[1].id | "main" is used twice'],
    ["the demonstration's name", SERVICE.replace('id: branch', 'id: demo'), "the demonstration's own name"],
    ['a trunk without technology', SERVICE.replace('PJSIP/branch', 'branch'), 'write technology and name'],
    [
      'a password in the file',
      SERVICE.replace('secretEnv: LISTEN', 'secret: hunter2'),
      'a password must not stand in this file',
    ],
    [
      'an unset password',
      SERVICE,
      'the environment variable RECORDER is not set',
      { LISTEN: 'x', CONTROL: 'y' },
    ],
    [
      'an unset reference',
      SERVICE,
      'the environment variable CONTROL is not set',
      { LISTEN: 'x', RECORDER: 'y' },
    ],
    [
      'a password with a line break',
      SERVICE,
      'a line break, which no log-in can carry',
      { ...SECRETS, LISTEN: 'x\r\nAction: Logoff' },
    ],
    ['no password at all', SERVICE.replace(', secretEnv: LISTEN }', ' }'), 'exactly one of secretEnv'],
    [
      'two passwords',
      SERVICE.replace('secretEnv: LISTEN', 'secretEnv: LISTEN, secretFile: x'),
      'exactly one of secretEnv',
    ],
    [
      'a password file that is not there',
      SERVICE.replace('secretEnv: LISTEN', 'secretFile: no-such'),
      'cannot be read (ENOENT)',
    ],
    [
      'one account for listening and recording',
      SERVICE.replace('dl-recorder', 'dl-listen'),
      'an account of its own',
    ],
    ['a fingerprint that is none', SERVICE.replace(/'0a:.*'/, 'abc'), '32 pairs of hex digits'],
    ['TLS with nothing to check', SERVICE.replace(/tls: .*/, 'tls: {}'), 'write either fingerprint'],
    [
      'sound both local and shared',
      SERVICE.replace('mounted: ../pbx-sound', 'mounted: x, local: y'),
      'write exactly one of local',
    ],
    [
      'a relative folder on the PBX',
      SERVICE.replace('/var/spool/asterisk/monitor', 'monitor'),
      'the absolute folder on the PBX',
    ],
    [
      'a folder with a blank for the recorder',
      SERVICE.replace('/var/spool/asterisk/monitor', '/var/my sound'),
      'a recorder needs it',
    ],
    [
      'a folder that climbs',
      SERVICE.replace('/var/spool/asterisk/monitor', '/var/../etc'),
      'the absolute folder on the PBX',
    ],
    ['half a certificate', 'http: { certificate: page.crt }', 'http.key | is missing'],
    ['a database of a third kind', 'storage: { database: mysql://h/d }', 'postgres://'],
    ['split roles on SQLite', 'roles: [web]', 'a SQLite file serves one process'],
    [
      'split roles on PostgreSQL, as long as nothing splits them',
      'storage: { database: "postgres://u:p@db.example/d" }\nroles: [web, work]',
      'this version does everything in one process',
    ],
    ['a pattern without number', 'rules: { numberPattern: 值电 }', 'must contain {year} and {n}'],
    ['an unknown time zone', 'rules: { timeZone: Asia/Guyuan }', 'write an IANA name'],
    [
      'an unknown time zone of a PBX',
      SERVICE.replace('    trunks: [PJSIP/branch]', '    trunks: [PJSIP/branch]\n    timeZone: Bejing'),
      'pbxs[1].timeZone | write an IANA name',
    ],
    [
      'a pattern of file names with a field that is none',
      SERVICE.replace('mounted: ../pbx-sound', "mounted: ../pbx-sound, pattern: '{date:YYYYMMDD}{nummer}'"),
      'pbxs[0].recordings.pattern | {nummer} is no field',
    ],
    ['a signing key written out', 'alerts: { signingKey: abc }', 'must not stand in this file'],
    [
      'a mail password that would go in the clear',
      `alerts: { mail: { ${MAIL}, tls: none, user: zhiban, secretEnv: MAIL_SECRET } }`,
      'must not be sent without TLS',
    ],
    [
      'a mail password written out',
      `alerts: { mail: { ${MAIL}, user: zhiban, secret: abc } }`,
      'must not stand in this file',
    ],
    ['a mail password of nobody', `alerts: { mail: { ${MAIL}, secretEnv: X } }`, 'alerts.mail.user'],
    [
      'an address with a second one behind it',
      "alerts: { mail: { host: m, from: 'a@b.cn, x@y.cn', to: [c@d.cn] } }",
      'write one address',
    ],
    ['a webhook that is no address', 'alerts: { webhook: guyuan }', 'begins with https://'],
    [
      'a port from the environment that is none',
      'demo: auto',
      'PORT | this environment variable',
      { PORT: 'http' },
    ],
  ];
  it.each(
    inService.map(([mistake, service, expected, env]) => ({
      mistake,
      service,
      expected,
      env: env ?? SECRETS,
    })),
  )('dutyline.yaml with $mistake is refused', ({ service, expected, env }) => {
    expect(complaints(service, null, env).join('\n')).toContain(expected);
  });

  it('an unwatched line is told after 60 s unless the office says otherwise', () => {
    const alerts = (more: string) =>
      loadWell(`${SERVICE}\nalerts: { webhook: https://duty.example/hook${more} }`).alerts;
    expect(alerts('')).toMatchObject({ afterMs: 60_000, signingKey: null });
    expect(alerts('').webhook?.reveal()).toBe('https://duty.example/hook');
    expect(alerts(', after: 5').afterMs).toBe(5_000);
    expect(loadWell(SERVICE).alerts).toEqual({
      webhook: null,
      signingKey: null,
      mail: null,
      afterMs: 60_000,
      callBack: CALLBACK_RULE,
    });
    expect(alerts(', callBack: { leader: 20, superiorSeats: 1 }').callBack).toEqual({
      others: { ...CALLBACK_RULE.others, leaderMs: 1_200_000 },
      superiors: { ...CALLBACK_RULE.superiors, seatsMs: 60_000 },
    });
  });

  it('letters go by STARTTLS unless the office says otherwise', () => {
    const mail = (more: string) =>
      loadWell(`${SERVICE}\nalerts: { mail: { ${MAIL}${more} } }`, null, { ...SECRETS, MAIL_SECRET: 'k' })
        .alerts.mail;
    expect(mail('')).toEqual({
      ...{ host: 'mail.example', port: 587, tls: 'starttls', ca: null, account: null },
      ...{ from: 'zhiban@example.gov.cn', to: ['leader@example.gov.cn'] },
    });
    expect(mail(', tls: implicit')?.port).toBe(465);
    expect(mail(', user: zhiban, secretEnv: MAIL_SECRET')?.account?.password.reveal()).toBe('k');
  });

  it('a signing key is taken from the environment only', () => {
    const service = `${SERVICE}\nalerts: { webhook: https://duty.example/hook, signingKey: '${'$'}{ALERT_KEY}' }`;
    const config = loadWell(service, null, { ...SECRETS, ALERT_KEY: 'k' });
    expect(config.alerts.signingKey?.reveal()).toBe('k');
    expect(complaints(service, null, SECRETS).join('\n')).toContain('ALERT_KEY');
  });

  const inOffice: readonly (readonly [string, readonly [string | RegExp, string], string])[] = [
    [
      'an unknown PBX',
      ['pbx: branch', 'pbx: brunch'],
      'lines[3].pbx | there is no PBX "brunch" in dutyline.yaml; known: main, branch',
    ],
    ['an unknown room', ['room: county-room', 'room: cellar'], 'there is no room "cellar"'],
    ['an unknown parent', ['parent: city', 'parent: province'], 'there is no unit "province"'],
    ['a unit above itself', ['name: 市政府 }', 'name: 市政府, parent: county }'], 'stands above itself'],
    ['one DID on two lines of a PBX', ['[09542035679]', '[09542035678]'], 'already belongs to line "a"'],
    [
      'two lines without DID on one trunk',
      ['dids: [09542035679], trunks: [PJSIP/telco]', 'trunks: [DAHDI/1-*]'],
      'has no DID and shares its trunks',
    ],
    [
      'a trunk the PBX does not have',
      ['trunks: [DAHDI/1-*]', 'trunks: [DAHDI/2-*]'],
      'is not among the trunks of PBX "main"',
    ],
    [
      'a phone that is a trunk',
      ['phones: [PJSIP/1002]', 'phones: [PJSIP/telco]'],
      'is a trunk of PBX "main"',
    ],
    [
      'recording by AMI without a recorder',
      ['dids: [09542035678] }', 'dids: [09542035678], recording: ami }'],
      'needs the account "recorder"',
    ],
    [
      'a seat phone of no line',
      ['name: 一号, phone: PJSIP/1001', 'name: 一号, phone: PJSIP/1009'],
      'not among the phones of a line',
    ],
    [
      'one phone at two seats',
      [
        'phone: PJSIP/1001 }]',
        'phone: PJSIP/1001 }, { id: seat-2, room: room, name: 二号, phone: PJSIP/1001 }]',
      ],
      'already stands at seat "seat-1"',
    ],
    ['one id twice', ['id: county-room, unit', 'id: room, unit'], 'rooms[1].id | "room" is used twice'],
    ['an unknown person on duty', ['[wang]', '[wong]'], 'roster[0].officers[0] | there is no person "wong"'],
    [
      'a shift that ends before it begins',
      ['to: 2026-11-24', 'to: 2026-11-22'],
      'the shift ends before it begins',
    ],
    [
      'a day that does not exist',
      ['from: 2026-11-23', 'from: 2026-02-30'],
      'there is no 2026-02-30 08:00 in Asia/Shanghai',
    ],
    ['a time in another form', ['from: 2026-11-23 08:00', 'from: 23.11.2026'], 'write date and time as'],
    ['a control character in a name', ['name: 王某', 'name: "王\\u0007某"'], 'contains control characters'],
    ['an id with a path in it', ['id: fxo', 'id: ../fxo'], 'write a short name'],
    ['no lines', [/lines:\n(.*\n){4}/, 'lines: []\n'], 'lines | the list is empty'],
  ];
  it.each(inOffice)('office.yaml with %s is refused', (_, [from, to], expected) => {
    const office = OFFICE.replace(from, to);
    expect(office).not.toBe(OFFICE);
    expect(complaints(SERVICE, office).join('\n')).toContain(expected);
  });

  it('in a folder without dutyline.yaml name the folder', () => {
    const loaded = loadConfig({ dir, env: {} });
    expect(loaded.ok ? [] : loaded.problems).toMatchObject([
      { file: 'dutyline.yaml', message: expect.stringContaining(dir) },
    ]);
  });
});
