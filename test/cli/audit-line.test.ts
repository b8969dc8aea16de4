import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { DID } from '../bed/numbers.ts';
import { type Office, startOffice } from '../bed/office.ts';
import { amiAccount, amiSecrets, officeConfig, serviceConfig } from '../bed/service-config.ts';
import { dutyline, type Ran } from './run-dutyline.ts';

describe.each([
  [22, 'freepbx17'],
  [16, 'freepbx16'],
] as const)('dutyline audit-line beside Asterisk %i', (version, dialplan) => {
  let office: Office;
  let root: string;

  beforeAll(async () => {
    office = await startOffice({ version, dialplan, sound: false });
    root = mkdtempSync(join(tmpdir(), 'dutyline-audit-'));
    mkdirSync(join(root, 'config'));
  });
  afterAll(async () => {
    await office.stop();
    rmSync(root, { recursive: true, force: true });
  });
  beforeEach(() => office.reset());

  /** Each question with a database of its own: an office file is read only into an empty one. */
  let databases = 0;
  function audit(
    line: Readonly<Record<string, unknown>>,
    args: readonly string[],
    { pbx = {}, sections = {} }: { readonly pbx?: object; readonly sections?: object } = {},
  ): Promise<Ran> {
    databases += 1;
    const settings = { office };
    const service = serviceConfig(settings, 0, join(root, String(databases))) as { pbxs: object[] };
    const people = officeConfig(settings) as { lines: object[] };
    const {
      pbxs: [main],
    } = service;
    const changed = { ...service, ...sections, pbxs: [{ ...main, ...pbx }] };
    const only = { ...people, lines: [{ ...people.lines[0], ...line }] };
    writeFileSync(join(root, 'config/dutyline.yaml'), stringify(changed));
    writeFileSync(join(root, 'config/office.yaml'), stringify(only));
    const env = { ...amiSecrets() };
    return dutyline(['audit-line', ...args, '--config', join(root, 'config')], { env });
  }

  const clean = { dids: [DID.direct] };

  it('says that nothing was found, and what was looked at: exit code 0', async () => {
    const { code, output } = await audit(clean, ['line']);
    expect([code, output]).toEqual([
      0,
      expect.stringMatching(
        /^line line \(0954-2030001\) on PBX main; calls arrive at \[from-pstn\] 09542030001\nphones: PJSIP\/1001 NOT_INUSE, .*\n0 found; read \d+ contexts and \d+ AstDB keys, walked \d+ steps\.\n$/,
      ),
    ]);
  });

  it('says what was found with its place and the way there: exit code 1; the line by its number too', async () => {
    await office.setDb('CF', '1001', '913900001111');
    const { code, output } = await audit({ dids: [DID.dialMusic] }, ['09542030001']);
    expect(code).toBe(1);
    expect(output).toMatch(/^彩铃 {2}callers hear music "default" instead of ringing$/m);
    expect(output).toMatch(/^ {6}at {2}\[ext-group\] 601,6 (Gosub|Macro)\(.*m\(default\)/m);
    expect(output).toMatch(/^ {6}via \[ext-did-0002\] 09542030005,2 Goto\(ext-group,601,1\)$/m);
    expect(output).toContain(
      '呼转  call forwarding is set to 913900001111 (always)\n      at  AstDB CF/1001 = 913900001111',
    );
    expect(output).toMatch(/^2 found;/m);
  });

  it('says it as JSON', async () => {
    await office.setDb('CFU', '1002', '913900001111');
    const { code, output } = await audit(clean, ['line', '--json']);
    expect(code).toBe(1);
    expect(JSON.parse(output)).toMatchObject({
      line: 'line',
      pbx: 'main',
      suspicions: [
        {
          topic: 'forwarding',
          rule: 'call-forward',
          scope: 'no-answer',
          target: '913900001111',
          place: { kind: 'database', key: 'CFU/1002' },
          zh: '交换机上设了无应答时呼转，转到 913900001111',
        },
      ],
      unreadable: [],
    });
  });

  it('takes the approved 录音告知语 from the configuration', async () => {
    const line = { dids: [DID.answerAnnouncement] };
    expect((await audit(line, ['line'])).code).toBe(1);
    const watch = { lines: { line: { approvedSounds: ['welcome'] } } };
    expect((await audit(line, ['line'], { sections: { watch } })).code).toBe(0);
  });

  it('says what it could not read: exit code 2', async () => {
    const { code, output } = await audit(clean, ['line'], {
      pbx: { control: amiAccount('control-no-reporting') },
    });
    expect(code).toBe(2);
    expect(output).toMatch(/^UNREAD {2}the dialplan was not read: The AMI account lacks the write class/m);
    expect(output).toMatch(/^UNREAD {2}forwarding in AstDB was not read: /m);
  });

  it.each([
    ['a line nobody has', {}, 'nowhere', 'There is no line "nowhere"; known: line.'],
    ['a PBX that nobody may ask', { control: undefined }, 'line', 'has no control account'],
    [
      'a wrong password',
      { control: amiAccount('control', 'noclass') },
      'line',
      'AMI refuses account or password',
    ],
    ['a PBX that is away', { port: 9 }, 'line', 'cannot be reached'],
  ])('refuses %s: exit code 2', async (_, pbx, line, told) => {
    const { code, remarks } = await audit(clean, [line], { pbx });
    expect([code, remarks]).toEqual([2, expect.stringContaining(told)]);
  });
});
