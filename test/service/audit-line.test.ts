import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type AmiManager, createAmiManager } from '../../src/asterisk/control/ami-manager.ts';
import { type ControlSession, createControlSession } from '../../src/asterisk/control/control-session.ts';
import type { LineAudit } from '../../src/diagnosis/line-audit.ts';
import type { DutyLine } from '../../src/lines/duty-line.ts';
import { auditLine } from '../../src/service/audit-line.ts';
import { whenUp } from '../asterisk/control/when-up.ts';
import type { AccountName } from '../bed/manager-conf.ts';
import { DID } from '../bed/numbers.ts';
import { type Office, startOffice } from '../bed/office.ts';
import { plantedFaults } from '../diagnosis/planted-faults.ts';
import { found } from '../diagnosis/walk-fixture.ts';

const LINE: DutyLine = {
  id: 'line',
  room: 'room',
  number: '0954-2030001',
  dids: [DID.direct],
  trunks: ['PJSIP/telco'],
  phones: ['PJSIP/1001', 'PJSIP/1002', 'PJSIP/1003'],
  recording: 'none',
};

interface Bench {
  readonly office: Office;
  audit(line: Partial<DutyLine>, more?: { approvedSounds?: readonly string[] }): Promise<LineAudit>;
  as(account: AccountName): Promise<LineAudit>;
  close(): Promise<void>;
}

async function openBench(options: Parameters<typeof startOffice>[0], addition = ''): Promise<Bench> {
  const office = await startOffice({ ...options, sound: false });
  const file = join(office.pbx.folders.etc, 'extensions.conf');
  appendFileSync(file, addition);
  await reload(office);
  const managers: AmiManager[] = [];
  const controlAs = async (account: AccountName): Promise<ControlSession> => {
    const { host, port } = office.ami;
    const manager = createAmiManager(
      { host, port, tls: null, username: account, secret: office.ami.secret(account) },
      () => undefined,
    );
    managers.push(manager);
    await whenUp(manager);
    return createControlSession(manager);
  };
  const control = await controlAs('control');
  const audited = (line: Partial<DutyLine>, approvedSounds: readonly string[] = []) => ({
    line: { ...LINE, ...line },
    setup: { pbx: 'main', trunks: ['PJSIP/telco', 'PJSIP/telco2', 'PJSIP/carrier'], lines: [] },
    contexts: [],
    approvedSounds,
  });
  return {
    office,
    audit: (line, { approvedSounds } = {}) => auditLine(audited(line, approvedSounds), control),
    as: async (account) => auditLine(audited({}), await controlAs(account)),
    async close() {
      for (const manager of managers) await manager.stop();
      await office.stop();
    },
  };
}

async function reload(office: Office): Promise<void> {
  const answer = await office.pbx.manage({ Action: 'Command', Command: 'dialplan reload' });
  if (answer.Response !== 'Success') throw new Error(`dialplan reload: ${answer.Message ?? ''}`);
}

describe.each([
  [22, 'freepbx17', 'gosub'],
  [16, 'freepbx16', 'macro'],
] as const)('the settings of a line on Asterisk %i in the shape of %s', (version, dialplan, dialect) => {
  const { text, planted } = plantedFaults(dialect);
  let bench: Bench;

  beforeAll(async () => {
    bench = await openBench({ version, dialplan }, text);
  });
  afterAll(() => bench.close());
  beforeEach(() => bench.office.reset());

  it.each(['direct', 'ringGroup', 'queueRings', 'followMe', 'voicemail'] as const)(
    'clean: %s, read whole, phones registered',
    async (number) => {
      const audit = await bench.audit({ dids: [DID[number]] });
      expect([found(audit), audit.unreadable]).toEqual([[], []]);
      expect(audit.looked.entries).toEqual([{ context: 'from-pstn', extension: DID[number] }]);
      expect(audit.looked.phones.map(({ state }) => state)).toEqual(['NOT_INUSE', 'NOT_INUSE', 'NOT_INUSE']);
      expect(Math.min(audit.looked.contexts, audit.looked.steps, audit.looked.keys)).toBeGreaterThan(2);
    },
  );

  it.each(planted)('planted: $name', async ({ did, expected }) => {
    const { suspicions, unreadable } = await bench.audit({ dids: [did] });
    const told = suspicions.map(({ rule, scope, target, sound, place }) => ({
      rule,
      scope,
      says: target ?? sound,
      ...(place.kind === 'dialplan' ? place.at : {}),
    }));
    expect([told, unreadable]).toEqual([[expected], []]);
  });

  it('finds music and an announcement that an office has set by the usual means', async () => {
    const of = async (number: keyof typeof DID) => found(await bench.audit({ dids: [DID[number]] }));
    expect(await of('queueMusic')).toEqual(['queue-with-music | always | ext-queues,500,10 Queue | 500']);
    expect((await of('dialMusic')).join()).toMatch(
      /^music-while-ringing \| always \| ext-group,601,6 \w+ \| default$/,
    );
    expect((await of('answerAnnouncement')).length).toBe(2);
  });

  it('takes an approved 录音告知语 for no fault', async () => {
    const line = { dids: [DID.answerAnnouncement] };
    expect(found(await bench.audit(line, { approvedSounds: ['welcome'] }))).toEqual([]);
  });

  it('reads forwards set for real in AstDB, of every phone the line rings', async () => {
    await bench.office.setDb('CF', '1001', '913900001111');
    expect(found(await bench.audit({}))).toEqual(['call-forward | always | database | 913900001111']);
    await bench.office.removeDb('CF', '1001');
    expect(found(await bench.audit({}))).toEqual([]);
    await bench.office.setDb('CFU', '1001', '913900001111');
    await bench.office.setDb('CFB', '1002', '913800002222');
    await bench.office.setDb('DND', '1003', 'YES');
    expect(found(await bench.audit({}))).toEqual([
      'call-forward | no-answer | database | 913900001111',
      'call-forward | busy | database | 913800002222',
      'do-not-disturb | always | database',
    ]);
    // 1004 is none of the line's phones, but another number of the office rings it.
    await bench.office.reset();
    await bench.office.setDb('CF', '1004', '913900001111');
    await bench.office.setDb('DND', '1004', 'YES');
    expect(found(await bench.audit({}))).toEqual([]);
    const rings1004 = await bench.audit({ dids: [DID.notOurs], phones: ['PJSIP/1001'] });
    expect(found(rings1004)).toEqual(['call-forward | always | database | 913900001111']);
    expect(rings1004.unreadable.map(({ what, blocks }) => [what, blocks])).toEqual([['walk', false]]);
  });

  it('reads follow-me, which stands in AstDB alone', async () => {
    await bench.office.setDb('AMPUSER', '1003/followme/grplist', '1003-913900001111#');
    expect(found(await bench.audit({ dids: [DID.followMe] }))).toEqual([]);
    await bench.office.setDb('AMPUSER', '1003/followme/ddial', 'DIRECT');
    await bench.office.setDb('AMPUSER', '1003/followme/ringing', 'song');
    expect(found(await bench.audit({ dids: [DID.followMe] }))).toEqual([
      'follow-me | always | database | 913900001111',
      'music-while-ringing | always | database | song',
    ]);
  });

  it('says which phone is not registered', async () => {
    const audit = await bench.audit({ dids: [DID.unregistered], phones: ['PJSIP/1001', 'PJSIP/1009'] });
    expect(found(audit)).toEqual(['phone-unreachable | always | phone']);
    expect(audit.looked.phones).toEqual([
      { endpoint: 'PJSIP/1001', state: 'NOT_INUSE' },
      { endpoint: 'PJSIP/1009', state: 'UNAVAILABLE' },
    ]);
  });

  it('says in words what the account may not read, and that nothing found then proves nothing', async () => {
    const audit = await bench.as('control-no-reporting');
    expect(found(audit)).toEqual([]);
    const told = audit.unreadable.map(({ what, blocks, en }) => [what, blocks, en]);
    expect(told).toEqual([
      ['dialplan', true, expect.stringMatching(/^the dialplan was not read: .*write class/)],
      ['database', true, expect.stringMatching(/^forwarding in AstDB was not read: .*write class/)],
    ]);
    const nothing = await bench.as('noclass');
    expect(nothing.unreadable.every(({ blocks }) => blocks)).toBe(true);
    expect(nothing.unreadable.map(({ what }) => what)).toContain('phones');
  });

  it('ends on a plan that goes in circles, and says of a maze that it was given up', async () => {
    const file = join(bench.office.pbx.folders.etc, 'extensions.conf');
    const before = readFileSync(file, 'utf8');
    const circle = `[from-pstn-custom](+)
exten => 09547780001,1,Goto(round-a,s,1)
exten => 09547780002,1,Goto(round-c,1,1)
[round-a]
exten => s,1,StartMusicOnHold(crbt)
 same => n,Goto(round-b,s,1)
[round-b]
exten => s,1,Set(N=$[0\${N} + 1])
 same => n,Dial(Local/09547780001@from-pstn/n,5)
 same => n,Goto(round-a,s,1)
[round-c]
exten => _1!,1,Dial(Local/\${EXTEN}1@round-c/n)
`;
    writeFileSync(file, before + circle);
    await reload(bench.office);
    const round = await bench.audit({ dids: ['09547780001'] });
    expect(found(round)).toEqual(['music | always | round-a,s,1 StartMusicOnHold | crbt']);
    expect(round.unreadable.map(({ what, blocks }) => [what, blocks])).toEqual([['walk', false]]);
    const maze = await bench.audit({ dids: ['09547780002'] });
    expect(maze.unreadable.filter(({ blocks }) => blocks).map(({ en }) => en)).toEqual([
      'the dialplan goes in circles or is too large to be walked to its end',
    ]);
    writeFileSync(file, before);
    await reload(bench.office);
  });

  it('takes an include of some hours, and what counts at the others', async () => {
    const file = join(bench.office.pbx.folders.etc, 'extensions.conf');
    const before = readFileSync(file, 'utf8');
    const night = `[from-pstn-custom](+)
exten => 09547790001,1,Goto(by-hour,s,1)
[by-hour]
include => by-night,18:00-08:00,*,*,*
include => by-day
[by-night]
exten => s,1,Dial(PJSIP/13900001111@telco)
[by-day]
exten => s,1,Dial(PJSIP/1001,20,m(crbt))
`;
    writeFileSync(file, before + night);
    await reload(bench.office);
    expect(found(await bench.audit({ dids: ['09547790001'] }))).toEqual([
      'dialled-outside | always | by-night,s,1 Dial | 13900001111',
      'music-while-ringing | always | by-day,s,1 Dial | crbt',
    ]);
    writeFileSync(file, before);
    await reload(bench.office);
  });

  it('sees an edit of the dialplan at the next audit', async () => {
    const file = join(bench.office.pbx.folders.etc, 'extensions.conf');
    const before = readFileSync(file, 'utf8');
    expect(found(await bench.audit({}))).toEqual([]);
    const edited = before.replace(
      /^exten => 09542030001,1,/m,
      'exten => 09542030001,1,Playback(custom/song)\n same => n,',
    );
    writeFileSync(file, edited);
    await reload(bench.office);
    expect(found(await bench.audit({}))).toEqual([
      'announcement | always | ext-did-0002,09542030001,1 Playback | custom/song',
    ]);
    writeFileSync(file, before);
    await reload(bench.office);
  });
});

describe.each([22, 16] as const)(
  'the settings of a line on Asterisk %i with a dialplan by hand',
  (version) => {
    let bench: Bench;
    beforeAll(async () => {
      bench = await openBench({ version, dialplan: 'plain' });
    });
    afterAll(() => bench.close());
    beforeEach(() => bench.office.reset());
    const of = async (number: keyof typeof DID) => found(await bench.audit({ dids: [DID[number]] }));

    it.each(['direct', 'ringGroup', 'queueRings', 'local', 'localKept', 'forwarding', 'voicemail'] as const)(
      'clean: %s',
      async (number) => expect(await of(number)).toEqual([]),
    );

    it('finds what its faulty numbers do', async () => {
      expect(await of('dialMusic')).toEqual([
        'music-while-ringing | always | from-telco,09542030005,1 Dial | crbt',
      ]);
      expect(await of('queueMusic')).toEqual([
        'queue-with-music | always | from-telco,09542030004,2 Queue | duty',
      ]);
      expect(await of('simultaneous')).toEqual([
        'dialled-outside | always | from-telco,09542030014,1 Dial | 13900001111',
      ]);
      expect((await of('earlyAnnouncement')).join()).toContain('from-telco,09542030007,2 Playback');
    });

    it('walks a forward of AstDB through its Local channel to the trunk, and names both', async () => {
      await bench.office.setDb('CF', '1001', '913900001111');
      expect(await of('forwarding')).toEqual([
        'dialled-outside | always | trunks,s,1 Dial | 13900001111',
        'dialled-outside | always | trunks,s,5 Dial | 13900001111',
        'call-forward | always | database | 913900001111',
      ]);
    });

    it('says that the numbers of FollowMe() cannot be read', async () => {
      const audit = await bench.audit({ dids: [DID.followMe] });
      expect(audit.unreadable.map(({ en }) => en)).toEqual([
        expect.stringContaining(
          'followme.conf, which cannot be read by AMI: [from-telco] 09542030016,1 FollowMe(1001)',
        ),
      ]);
    });

    it('says that the dialplan has no way in', async () => {
      const audit = await bench.audit({ dids: ['nowhere'] });
      expect(audit.unreadable.map(({ what, blocks }) => [what, blocks])).toEqual([['entry', true]]);
    });
  },
);

it.each([
  [22, 'freepbx17'],
  [16, 'freepbx16'],
  [22, 'plain'],
] as const)('the include file we ship is no fault on Asterisk %i, %s', async (version, dialplan) => {
  const bench = await openBench({ version, dialplan, snippet: true });
  const numbers = [DID.direct, DID.ringGroup, DID.queueRings];
  const audit = await bench.audit({ dids: numbers });
  await bench.close();
  expect([found(audit), audit.unreadable]).toEqual([[], []]);
  expect(audit.looked.entries.map(({ extension }) => extension)).toEqual(numbers);
});

it('a context of 25,000 lines is read whole, and what stands in its last extension found', async () => {
  const extension = (number: number, application: string) => [
    `exten => ${number},1,NoOp(one of many)`,
    ' same => n,Set(RINGTIME=20)',
    ` same => n,${application}`,
  ];
  const many = Array.from({ length: 8_400 }, (_, at) =>
    extension(20_000 + at, 'Dial(PJSIP/1001,20)').join('\n'),
  );
  const last = extension(28_400, 'Dial(PJSIP/1001,20,m(crbt))').join('\n');
  const route = '[from-telco](+)\nexten => 09547790002,1,Goto(many,28400,1)\n[many]';
  const bench = await openBench({ dialplan: 'plain' }, `${route}\n${many.join('\n')}\n${last}\n`);
  const audit = await bench.audit({ dids: ['09547790002'] });
  await bench.close();
  expect([found(audit), audit.unreadable]).toEqual([
    ['music-while-ringing | always | many,28400,3 Dial | crbt'],
    [],
  ]);
});
