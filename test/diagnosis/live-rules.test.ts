import { describe, expect, it } from 'vitest';
import type { ChannelEvent } from '../../src/calls/channel-event.ts';
import { mayStillChange, suspicionsOfCall } from '../../src/diagnosis/live-rules.ts';
import type { LineRules, WatchRules } from '../../src/diagnosis/watch-rules.ts';
import { NOTHING_APPROVED, RING_LIMITS } from '../../src/diagnosis/watch-rules.ts';
import { eventsOf, sampleFile } from '../calls/captured.ts';
import { P1, P2, party, type Scene, scene, T } from '../calls/events.ts';
import { aSetup, watched } from '../calls/given.ts';

const OUT = party('PJSIP/telco', 12);
const PHONE = party('PJSIP/1009', 13);
const MOBILE = '13900001111@telco';

function rules(line: Partial<LineRules> = {}): WatchRules {
  return { areaCode: '0954', ...RING_LIMITS, lines: { 'line-1': { ...NOTHING_APPROVED, ...line } } };
}

function found(events: readonly ChannelEvent[], given = rules(), setup = aSetup()) {
  const tracker = watched(setup);
  tracker.hear(...events);
  return tracker.calls().flatMap((call) => suspicionsOfCall(call, given));
}

function told(story: (s: Scene) => readonly ChannelEvent[], given = rules()) {
  return found(story(scene()), given);
}

const ring = (s: Scene) => [...s.calls(T, P1, '1001'), s.rings(T, P1)];
const answer = (s: Scene) => [s.dialEnds(T, P1, 'ANSWER'), s.up(T), s.enters(P1, 'b'), s.enters(T, 'b')];
const over = (s: Scene) => [s.asksToHangUp(T), s.gone(OUT), s.gone(P1), s.gone(T)];

describe('a call that leaves', () => {
  it.each<readonly [string, (s: Scene) => readonly ChannelEvent[], object]>([
    [
      'instead of the phone',
      (s) => [s.arrives(), ...s.answers(T, OUT, MOBILE), ...over(s)],
      { kind: 'left-premises', scope: 'always', evidence: { way: 'instead', target: 'mobile' } },
    ],
    [
      'because the phone said 302',
      (s) => [
        s.arrives(),
        ...s.calls(T, P1, '1001'),
        s.dialEnds(T, P1, 'CANCEL', '13900001111'),
        ...s.answers(T, OUT, MOBILE),
      ],
      { kind: 'left-premises', scope: 'always', evidence: { way: 'phone-forward', to: '13900001111' } },
    ],
    [
      'beside the phone that rings',
      (s) => [s.arrives(), ...ring(s), ...s.calls(T, OUT, MOBILE), s.rings(T, OUT)],
      { kind: 'left-premises', scope: 'always', evidence: { way: 'together' } },
    ],
    [
      'after the phone rang in vain',
      (s) => [
        s.arrives(),
        ...ring(s),
        ...s.wait(9_000),
        s.dialEnds(T, P1, 'NOANSWER'),
        ...s.calls(T, OUT, MOBILE),
        s.rings(T, OUT),
      ],
      { kind: 'left-premises', scope: 'no-answer', evidence: { way: 'after' } },
    ],
    [
      'after the phone was busy',
      (s) => [s.arrives(), ...s.calls(T, P1, '1001'), s.dialEnds(T, P1, 'BUSY'), ...s.calls(T, OUT, MOBILE)],
      { kind: 'left-premises', scope: 'busy', evidence: { way: 'after' } },
    ],
    [
      'to a number that is no mobile',
      (s) => [s.arrives(), ...s.calls(T, OUT, '95588@telco')],
      { kind: 'left-premises', evidence: { target: 'unknown', to: '95588' } },
    ],
  ])('%s', (_what, story, suspicion) => {
    expect(told(story)).toEqual([
      expect.objectContaining({
        ...suspicion,
        evidence: expect.objectContaining((suspicion as { evidence: object }).evidence),
      }),
    ]);
  });

  it('to an approved number is none, however it is written', () => {
    const story = (s: Scene) => [s.arrives(), ...s.answers(T, OUT, '9013900001111@telco'), ...over(s)];
    expect(told(story, rules({ approvedTargets: ['139 0000 1111'] }))).toEqual([]);
    expect(told(story, rules({ approvedTargets: ['139 0000 1112'] }))).toHaveLength(1);
  });
});

describe('who answers', () => {
  it('is suspect when it is another phone than the line has', () => {
    const story = (s: Scene) => [
      s.arrives(),
      ...ring(s),
      ...s.calls(T, PHONE, '1009'),
      s.rings(T, PHONE),
      s.dialEnds(T, PHONE, 'ANSWER'),
      s.up(T),
      s.enters(PHONE, 'b'),
      s.enters(T, 'b'),
    ];
    expect(told(story)).toMatchObject([{ kind: 'answered-elsewhere', evidence: { endpoint: 'PJSIP/1009' } }]);
    expect(told(story, rules({ approvedPhones: ['PJSIP/1009'] }))).toEqual([]);
  });

  it('is nobody else when a second phone of the line answers, or the officer hands the call to a colleague', () => {
    expect(told((s) => [s.arrives(), ...s.answers(T, P2, '1002')])).toEqual([]);
    const handed = (s: Scene) => [
      s.arrives(),
      ...s.answers(T, P1, '1001'),
      ...s.wait(5_000),
      ...s.answers(T, PHONE, '1009'),
    ];
    expect(told(handed)).toEqual([]);
  });
});

describe('what the caller hears before the answer', () => {
  it('is suspect: music, speech, a PBX that picks up', () => {
    expect(told((s) => [s.arrives(), s.music(T), ...ring(s)])).toMatchObject([
      { kind: 'music-before-answer' },
    ]);
    expect(told((s) => [s.arrives(), s.runs(T, 'Playback', 'custom/welcome'), ...ring(s)])).toMatchObject([
      { kind: 'announcement-before-answer', evidence: { sound: 'custom/welcome' } },
    ]);
    expect(told((s) => [s.arrives(), s.up(T), ...ring(s), ...answer(s)])).toMatchObject([
      { kind: 'answered-early' },
    ]);
  });

  it('is no finding when it is the approved 录音告知语, and one when something else follows it', () => {
    const notice = (s: Scene) => [
      s.arrives(),
      s.runs(T, 'Answer'),
      s.up(T),
      s.runs(T, 'Playback', 'silence/1&custom/notice'),
    ];
    const approved = rules({ approvedSounds: ['custom/notice'] });
    expect(told((s) => [...notice(s), ...ring(s), ...answer(s)], approved)).toEqual([]);
    expect(
      told((s) => [...notice(s), s.runs(T, 'Background', 'custom/advert'), ...ring(s)], approved),
    ).toMatchObject([{ kind: 'announcement-before-answer', evidence: { sound: 'custom/advert' } }]);
    expect(told((s) => [...notice(s), ...ring(s)])).toHaveLength(1);
  });

  it('knows the approved file with its folder and its ending, as the walk of the dialplan does', () => {
    const story = (s: Scene) => [
      s.arrives(),
      s.runs(T, 'Background', '/var/lib/asterisk/sounds/zh/custom/notice.wav'),
      ...ring(s),
      ...answer(s),
    ];
    expect(told(story, rules({ approvedSounds: ['custom/notice.wav'] }))).toEqual([]);
    expect(told(story, rules({ approvedSounds: ['custom/other'] }))).toMatchObject([
      { kind: 'announcement-before-answer' },
    ]);
  });

  it('says nothing of an approved notice before an apology that all phones are busy', () => {
    const story = (s: Scene) => [
      s.arrives(),
      s.runs(T, 'Playback', 'custom/notice'),
      ...s.calls(T, P1, '1001'),
      s.dialEnds(T, P1, 'BUSY'),
      s.runs(T, 'Playback', 'all-busy'),
      ...over(s),
    ];
    expect(told(story, rules({ approvedSounds: ['custom/notice'] }))).toEqual([]);
  });
});

describe('how long it rings', () => {
  const rung = (ms: number) => (s: Scene) => [s.arrives(), ...ring(s), ...s.wait(ms), ...answer(s)];
  it('is late after 15 s, answered or not', () => {
    expect(told(rung(14_000))).toEqual([]);
    expect(told(rung(16_000))).toMatchObject([{ kind: 'rang-long', evidence: { answered: true } }]);
    const inVain = (s: Scene) => [
      s.arrives(),
      ...ring(s),
      ...s.wait(22_000),
      s.dialEnds(T, P1, 'NOANSWER'),
      ...over(s),
    ];
    expect(told(inVain)).toMatchObject([{ kind: 'rang-long', evidence: { answered: false } }]);
  });
});

describe('a phone that is away', () => {
  it('is said at the end of the call', () => {
    const story = (s: Scene) => [s.arrives(), s.sets(T, 'DIALSTATUS', 'CHANUNAVAIL'), s.gone(T)];
    expect(told(story)).toMatchObject([{ kind: 'phone-unreachable' }]);
  });
});

describe.each([16, 22])('real calls of Asterisk %i', (version) => {
  const setup = aSetup({
    dids: ['09542035678', '09542035601', '09542035605', '09542035607', '09542035609', '09542035613'],
  });
  const kindsIn = (name: string) =>
    found(eventsOf(sampleFile(`${version}-${name}`)), rules(), setup).map((one) => one.kind);

  it.each([
    ['fwd-302', 'left-premises'],
    ['fwd-cf-astdb', 'left-premises'],
    ['rbt-dial-m', 'music-before-answer'],
  ])('%s: %s', (name, kind) => {
    expect(kindsIn(name)).toEqual([kind]);
  });

  it.each([
    'in-answered-utf8',
    'in-answered-gbk',
    'in-missed',
    'in-busy',
    'out-answered',
    'ring-group',
    'queue-ringall',
    'local-channel',
    'xfer-blind-internal',
    'xfer-attended',
  ])('nothing in %s', (name) => {
    expect(kindsIn(name)).toEqual([]);
  });
});

describe('while it happens', () => {
  const ringing = (s: Scene, phoneAfter: number) => [
    s.arrives(),
    ...ring(s),
    ...s.wait(phoneAfter),
    ...s.calls(T, OUT, MOBILE),
    s.rings(T, OUT),
  ];
  it('a phone that still rings was rung together with the mobile only when both began at once', () => {
    expect(told((s) => ringing(s, 200))).toMatchObject([{ scope: 'always', evidence: { way: 'together' } }]);
    expect(told((s) => ringing(s, 3_000))).toMatchObject([
      { scope: 'no-answer', evidence: { way: 'after' } },
    ]);
  });

  it('nobody says "instead" of a phone that is told of a moment behind the trunk', () => {
    const mayChange = (events: (s: Scene) => readonly ChannelEvent[]) => {
      const tracker = watched(aSetup());
      tracker.hear(...events(scene()));
      const [call] = tracker.calls();
      const [suspicion] = call === undefined ? [] : suspicionsOfCall(call, rules());
      return call === undefined || suspicion === undefined ? null : mayStillChange(call, suspicion);
    };
    const dialled = (s: Scene) => [s.arrives(), ...s.calls(T, OUT, MOBILE)];
    expect(mayChange(dialled)).toBe(true);
    expect(mayChange((s) => [...dialled(s), s.rings(T, OUT)])).toBe(true);
    expect(mayChange((s) => [...dialled(s), ...s.wait(900), s.rings(T, OUT)])).toBe(false);
    expect(mayChange((s) => [...dialled(s), s.dialEnds(T, OUT, 'BUSY')])).toBe(false);
    expect(mayChange((s) => [s.arrives(), ...ring(s), ...s.calls(T, OUT, MOBILE)])).toBe(false);
  });

  it('a phone that sends its calls to itself for ever cannot be reached', () => {
    const circle = (s: Scene) => [
      s.arrives(),
      ...s.calls(T, P1, '1001'),
      s.dialEnds(T, P1, 'CANCEL', '1001'),
      s.gone(P1),
      s.gone(T),
    ];
    expect(told(circle)).toMatchObject([{ kind: 'phone-unreachable', evidence: { phones: ['PJSIP/1001'] } }]);
  });
});
