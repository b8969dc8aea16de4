import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DID } from '../bed/numbers.ts';
import { FAULTS, HIDINGS, plantedFaults } from './planted-faults.ts';
import { found, walkText } from './walk-fixture.ts';

const bed = (name: string) => readFileSync(join(import.meta.dirname, `../bed/dialplan/${name}.conf`), 'utf8');
const GLOBALS = { TELCO: 'telco', TELCO2: 'telco2', SOUNDS: '/sounds' };
const QUEUES = { '500': ['Local/1001@from-queue/n', 'Local/1002@from-queue/n'], duty: ['PJSIP/1001'] };
const question = {
  isDutyPhone: (endpoint: string) => ['PJSIP/1001', 'PJSIP/1002', 'PJSIP/1003'].includes(endpoint),
  isTrunk: (endpoint: string) => ['PJSIP/telco', 'PJSIP/telco2'].includes(endpoint),
};

describe.each([
  ['freepbx17', 'gosub'],
  ['freepbx16', 'macro'],
] as const)('the shape of %s', (name, dialect) => {
  const text = bed(name);
  const fixture = { globals: GLOBALS, queues: QUEUES, question };

  it.each(['direct', 'ringGroup', 'queueRings', 'followMe', 'voicemail', 'unregistered'] as const)(
    'clean: %s',
    (line) => {
      const walk = walkText(text, ['from-pstn', DID[line]], fixture);
      expect([found(walk), walk.gaps, walk.bounded]).toEqual([[], [], false]);
      expect(walk.reached.length).toBeGreaterThan(0);
    },
  );

  it('finds what its own faulty numbers do', () => {
    const of = (line: keyof typeof DID) => found(walkText(text, ['from-pstn', DID[line]], fixture));
    expect(of('queueMusic')).toEqual(['queue-with-music | always | ext-queues,500,10 Queue | 500']);
    expect(of('dialMusic')).toEqual([
      `music-while-ringing | always | ext-group,601,6 ${dialect === 'gosub' ? 'Gosub' : 'Macro'} | default`,
    ]);
    expect(of('answerAnnouncement').toSorted()).toEqual([
      'announcement | always | app-announcement-1,s,5 Playback | /sounds/welcome',
      'answered-early | always | app-announcement-1,s,2 Answer',
    ]);
    expect(of('earlyAnnouncement').toSorted()).toEqual([
      'announcement | always | ivr-1,s,6 Read | /sounds/welcome',
      'answered-early | always | ivr-1,s,3 Answer',
    ]);
  });

  const { text: planting, planted } = plantedFaults(dialect);
  it('has every fault planted behind every hiding', () => {
    expect(planted).toHaveLength(FAULTS.length * HIDINGS.length);
  });

  it.each(planted)('planted: $name', ({ did, expected }) => {
    const walk = walkText(text + planting, ['from-pstn', did], fixture);
    const told = walk.suspicions.map(({ rule, scope, target, sound, place }) => ({
      rule,
      scope,
      says: target ?? sound,
      ...(place.kind === 'dialplan' ? place.at : {}),
    }));
    expect(told).toEqual([expected]);
    const [one] = walk.suspicions;
    expect(one?.place.kind === 'dialplan' && one.place.path[0]?.context).toMatch(/^from-pstn/);
  });
});

describe('a dialplan written by hand', () => {
  const fixture = { globals: GLOBALS, queues: QUEUES, question };
  const of = (line: keyof typeof DID, more: object = {}) =>
    found(walkText(bed('plain'), ['from-telco', DID[line]], { ...fixture, ...more }));

  it.each([
    'direct',
    'ringGroup',
    'queueRings',
    'local',
    'localKept',
    'forwarding',
    'voicemail',
    'givesUp',
    'waits',
  ] as const)('clean: %s', (line) => expect(of(line)).toEqual([]));

  it('finds what its faulty numbers do', () => {
    expect(of('dialMusic')).toEqual(['music-while-ringing | always | from-telco,09542030005,1 Dial | crbt']);
    expect(of('earlyAnnouncement')).toEqual([
      'announcement | always | from-telco,09542030007,2 Playback | /sounds/welcome',
    ]);
    expect(of('earlyAnswer')).toEqual(['answered-early | always | from-telco,09542030021,1 Answer']);
    expect(of('simultaneous')).toEqual([
      'dialled-outside | always | from-telco,09542030014,1 Dial | 13900001111',
    ]);
    // Once the phone was not answered, was busy, was not there: the first two differ for an office.
    expect(of('sequential').toSorted()).toEqual([
      'dialled-outside | busy | from-telco,09542030015,2 Dial | 13900001111',
      'dialled-outside | no-answer | from-telco,09542030015,2 Dial | 13900001111',
    ]);
  });

  it('knows AstDB: a forward is walked only where it is set', () => {
    const set = (key: string) => of('forwarding', { database: { [key]: '913900001111' } });
    expect(set('CF/1001')).toEqual([
      'dialled-outside | always | trunks,s,1 Dial | 13900001111',
      ...SECOND('always'),
    ]);
    expect(set('CFU/1001')).toEqual([
      'dialled-outside | no-answer | trunks,s,1 Dial | 13900001111',
      ...SECOND('no-answer'),
    ]);
    expect(set('CFB/1001')).toEqual([
      'dialled-outside | busy | trunks,s,1 Dial | 13900001111',
      ...SECOND('busy'),
    ]);
    expect(set('CF/1002')).toEqual([]);
  });
});

/** The second trunk is tried when the first has no line. */
const SECOND = (scope: string) => [`dialled-outside | ${scope} | trunks,s,5 Dial | 13900001111`];

// biome-ignore-start lint/suspicious/noTemplateCurlyInString: they are dialplan
describe('how a walk goes', () => {
  const walk = (steps: string, more: object = {}) =>
    walkText(steps, ['in', '100'], { question: { approvedSounds: ['custom/notice'] }, ...more });
  const PHONE = ' same => n,Dial(PJSIP/1001,20)';

  it('passes over an approved 录音告知语 with the answer it needs, and over nothing else', () => {
    const plan = (file: string) => `[in]\nexten => 100,1,Answer()\n same => n,Playback(${file})\n${PHONE}`;
    expect(found(walk(plan('custom/notice')))).toEqual([]);
    expect(found(walk(plan('/var/lib/asterisk/sounds/zh/custom/notice.wav&silence/1')))).toEqual([]);
    expect(found(walk(plan('custom/notice&custom/song'))).toSorted()).toEqual([
      'announcement | always | in,100,2 Playback | custom/notice&custom/song',
      'answered-early | always | in,100,1 Answer',
    ]);
    expect(found(walk(plan('my-custom/notice')))).toHaveLength(2);
  });

  it('takes both ways where a call decides, and the right one where it does not', () => {
    const plan = (condition: string) =>
      `[in]\nexten => 100,1,GotoIf(${condition}?music)\n${PHONE}\n same => n,Hangup()\n same => n(music),MusicOnHold()\n${PHONE}`;
    const music = ['music | always | in,100,4 MusicOnHold'];
    expect(found(walk(plan('$["${CALLERID(num)}" = "110"]')))).toEqual(music);
    expect(found(walk(plan('$["${NIGHT}" = "1"]')))).toEqual([]);
    expect(found(walk(plan('$["${NIGHT}" = "1"]'), { globals: { NIGHT: '1' } }))).toEqual(music);
    expect(found(walk(plan('$["${NIGHT}" = "1" & "${EPOCH}" > 5]')))).toEqual([]);
    expect(found(walk(plan('$["${NIGHT}" = "" | "${EPOCH}" > 5]')))).toEqual(music);
    expect(found(walk(plan('${DB_EXISTS(night/mode)}'), { database: { 'night/mode': 'on' } }))).toEqual(
      music,
    );
  });

  it('knows the hours no better than a call does: both ways', () => {
    const plan = `[in]\nexten => 100,1,GotoIfTime(18:00-08:00,*,*,*?night,s,1)\n${PHONE}\n[night]\nexten => s,1,Dial(PJSIP/13900001111@telco)`;
    expect(found(walk(plan))).toEqual(['dialled-outside | always | night,s,1 Dial | 13900001111']);
  });

  it('takes an include of some hours, and what counts at the others', () => {
    const hours = (include: string) =>
      walk(`[in]
include => ${include}
include => day
[night]
exten => 100,1,Dial(PJSIP/13900001111@telco)
[day]
exten => 100,1,MusicOnHold()
 same => n,Dial(PJSIP/1001)`);
    const night = 'dialled-outside | always | night,100,1 Dial | 13900001111';
    expect(found(hours('night,18:00-08:00,*,*,*'))).toEqual([
      night,
      'music | always | day,100,1 MusicOnHold',
    ]);
    expect(found(hours('night'))).toEqual([night]);
  });

  it('reads ExecIf, arguments of subroutines, substrings and nested functions', () => {
    const plan = `[in]
exten => 100,1,Set(LIST=1001-913900001111)
 same => n,Gosub(each,s,1(\${CUT(LIST,-,2)},telco))
 same => n,Dial(PJSIP/1001)
[each]
exten => s,1,ExecIf($[\${LEN(\${ARG1})} > 5]?Dial(PJSIP/\${ARG1:1}@\${ARG2},20):NoOp(short))
 same => n,Return()`;
    expect(found(walk(plan))).toEqual(['dialled-outside | always | each,s,1 ExecIf | 13900001111']);
  });

  it('tells a number that only a call knows as the dialplan writes it, by a trunk it knows', () => {
    const plan = '[in]\nexten => 100,1,Dial(PJSIP/${CALLERID(num)}@telco,20)';
    expect(found(walk(plan))).toEqual(['dialled-outside | always | in,100,1 Dial | ${CALLERID(num)}']);
  });

  it('follows what a Dial ended with into s-BUSY and its like', () => {
    const plan = `[in]
exten => 100,1,Dial(PJSIP/1001,20)
 same => n,Goto(after,s-\${DIALSTATUS},1)
[after]
exten => s-BUSY,1,Dial(PJSIP/13900001111@telco)
exten => _s-.,1,Hangup()`;
    expect(found(walk(plan))).toEqual(['dialled-outside | busy | after,s-BUSY,1 Dial | 13900001111']);
  });

  it('goes round While loops with what they count', () => {
    const plan = `[in]
exten => 100,1,Set(I=0)
 same => n,While($[\${I} < 3])
 same => n,Set(I=$[\${I} + 1])
 same => n,EndWhile()
 same => n,GotoIf($[\${I} = 3]?music)
${PHONE}
 same => n,Hangup()
 same => n(music),StartMusicOnHold(\${I})
${PHONE}`;
    expect(found(walk(plan))).toEqual(['music | always | in,100,8 StartMusicOnHold | 3']);
  });

  it('lets the caller press keys, and the PBX lose patience', () => {
    const plan = `[in]
exten => 100,1,WaitExten(5)
exten => 1,1,Dial(PJSIP/1001)
exten => t,1,Dial(PJSIP/13900001111@telco)`;
    expect(found(walk(plan))).toEqual(['dialled-outside | always | in,t,1 Dial | 13900001111']);
  });

  it('says where a program has the call, and takes nothing for empty after it', () => {
    const plan = `[in]
exten => 100,1,AGI(route.agi)
 same => n,GotoIf($["\${SONG}" != ""]?music)
${PHONE}
 same => n,Hangup()
 same => n(music),MusicOnHold()`;
    const walked = walk(plan);
    expect(found(walked)).toEqual(['music | always | in,100,5 MusicOnHold']);
    expect(walked.gaps.map(({ kind, line }) => [kind, line.application])).toEqual([['program', 'AGI']]);
  });

  it('knows a ring group of FreePBX by its script alone, whichever way the script is started', () => {
    const plan = (script: string, options: string) => `[in]
exten => 100,1,Gosub(macro-dial,s,1(20,${options},1001-1002))
[macro-dial]
exten => s,1,AGI(${script})
 same => n,Dial(\${ds},\${ARG1})
 same => n,Return()`;
    for (const script of ['dialparties.agi', 'agi://127.0.0.1/dialparties.agi']) {
      const walked = walk(plan(script, 'HhTtr'));
      expect([found(walked), walked.gaps, walked.rings]).toEqual([[], [], true]);
      expect(found(walk(plan(script, 'Ttm(default)')))).toEqual([
        'music-while-ringing | always | in,100,1 Gosub | default',
      ]);
    }
  });

  it('finds a call answered and never passed on', () => {
    expect(found(walk('[in]\nexten => 100,1,Answer()\n same => n,Wait(5)\n same => n,Hangup()'))).toEqual([
      'answered-early | always | in,100,1 Answer',
    ]);
  });

  it('does not take what follows an unanswered phone for ringback', () => {
    expect(
      found(
        walk(
          `[in]\nexten => 100,1,Dial(PJSIP/1001,20)\n same => n,Playback(nobody-there)\n same => n,Hangup()`,
        ),
      ),
    ).toEqual([]);
  });
});

// biome-ignore-end lint/suspicious/noTemplateCurlyInString: they are dialplan

describe('a dialplan that goes in circles', () => {
  const MUSIC = ' same => n,StartMusicOnHold(x)';
  it.each([
    [
      'of Goto',
      `[in]\nexten => 100,1,Goto(b,s,1)\n[b]\nexten => s,1,NoOp()\n${MUSIC}\n same => n,Goto(in,100,1)`,
    ],
    ['that counts', `[in]\nexten => 100,1,Set(N=$[0\${N} + 1])\n${MUSIC}\n same => n,Goto(100,1)`],
    ['that grows', `[in]\nexten => 100,1,Set(N=\${N}x\${N})\n${MUSIC}\n same => n,Goto(100,1)`],
    ['of While', `[in]\nexten => 100,1,While(1)\n${MUSIC}\n same => n,EndWhile()`],
    [
      'of includes',
      `[in]\ninclude => b\n[b]\ninclude => in\nexten => 100,1,NoOp()\n${MUSIC}\n same => n,Goto(in,100,1)`,
    ],
    [
      'of Local channels',
      `[in]\nexten => 100,1,NoOp()\n${MUSIC}\n same => n,Dial(Local/100@in/n)\n same => n,Goto(100,1)`,
    ],
  ])('%s ends, and what is in it is found', (_, plan) => {
    const walk = walkText(plan, ['in', '100']);
    expect(found(walk).join()).toMatch(/^music \| always \| (in|b),(100|s),\d StartMusicOnHold \| x$/);
    expect([walk.bounded, walk.steps < 2_000]).toEqual([false, true]);
  });

  it.each([
    ['of subroutines that never return', `[in]\nexten => 100,1,NoOp()\n${MUSIC}\n same => n,Gosub(100,1)`],
    [
      'of Local channels with another number each',
      `[in]\nexten => _1X!,1,NoOp()\n${MUSIC}\n same => n,Dial(Local/\${EXTEN}1@in/n)`,
    ],
  ])('%s is given up, and said to be', (_, plan) => {
    const walk = walkText(plan, ['in', '100']);
    expect(walk.suspicions.length).toBeGreaterThan(0);
    expect(walk.bounded).toBe(true);
  });

  it('a maze is given up after its steps', () => {
    const rooms = Array.from({ length: 400 }, (_, at) => `exten => ${at},1,Goto(\${EPOCH},1)`);
    const walk = walkText(`[in]\n${rooms.join('\n')}`, ['in', '100'], { mostSteps: 30 });
    expect([walk.bounded, walk.steps]).toEqual([true, 31]);
  });
});
