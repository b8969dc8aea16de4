import { describe, expect, it } from 'vitest';
import type { ChannelEvent } from '../../src/calls/channel-event.ts';
import { P1, P2, party, type Scene, scene, T } from './events.ts';
import { watched } from './given.ts';

type Story = (s: Scene) => readonly ChannelEvent[];
type Row = readonly [what: string, story: Story, outcome: string, hungUpBy: string];

const rings = (s: Scene, phone = P1, dialString = '1001') => [
  ...s.calls(T, phone, dialString),
  s.rings(T, phone),
];

const INBOUND: readonly Row[] = [
  [
    'answered, the caller hangs up',
    (s) => [s.arrives(), ...s.answers(T, P1, '1001'), s.asksToHangUp(T), s.gone(P1), s.gone(T)],
    'answered',
    'caller',
  ],
  [
    'answered, the officer hangs up',
    (s) => [s.arrives(), ...s.answers(T, P1, '1001'), s.asksToHangUp(P1), s.gone(P1), s.gone(T)],
    'answered',
    'callee',
  ],
  [
    'answered, the PBX ends it',
    (s) => [s.arrives(), ...s.answers(T, P1, '1001'), s.gone(P1), s.gone(T)],
    'answered',
    'pbx',
  ],
  [
    'rung in vain',
    (s) => [s.arrives(), ...rings(s), s.dialEnds(T, P1, 'NOANSWER'), s.gone(P1), s.gone(T)],
    'missed',
    'pbx',
  ],
  [
    'rung in vain, then voice mail, where the caller hangs up',
    (s) => [
      s.arrives(),
      ...rings(s),
      s.dialEnds(T, P1, 'NOANSWER'),
      s.gone(P1),
      s.runs(T, 'VoiceMail', '1001@default,u'),
      s.up(T),
      s.asksToHangUp(T),
      s.gone(T),
    ],
    'missed',
    'caller',
  ],
  [
    'rung in vain, then an announcement unseen without class dialplan',
    (s) => [
      s.arrives(),
      ...rings(s),
      s.dialEnds(T, P1, 'NOANSWER'),
      s.gone(P1),
      s.up(T),
      s.asksToHangUp(T),
      s.gone(T),
    ],
    'missed',
    'caller',
  ],
  [
    'the caller gives up while it rings',
    (s) => [s.arrives(), ...rings(s), s.asksToHangUp(T), s.dialEnds(T, P1, 'CANCEL'), s.gone(P1), s.gone(T)],
    'abandoned',
    'caller',
  ],
  [
    'the caller gives up before anything is dialled',
    (s) => [s.arrives(), s.up(T), s.asksToHangUp(T), s.gone(T)],
    'abandoned',
    'caller',
  ],
  [
    'the caller gives up in the queue between two rounds',
    (s) => [
      s.arrives(),
      s.queue('QueueCallerJoin', T),
      ...rings(s),
      s.dialEnds(T, P1, 'NOANSWER'),
      s.gone(P1),
      s.asksToHangUp(T),
      s.queue('QueueCallerAbandon', T),
      s.gone(T),
    ],
    'abandoned',
    'caller',
  ],
  [
    'the phone is busy',
    (s) => [
      s.arrives(),
      ...s.calls(T, P1, '1001'),
      s.asksToHangUp(P1, 17),
      s.dialEnds(T, P1, 'BUSY'),
      s.gone(P1, 17),
      s.gone(T, 17),
    ],
    'busy',
    'callee',
  ],
  [
    'the phone refuses before DialBegin is said',
    (s) => [
      s.arrives(),
      s.created(P1),
      s.asksToHangUp(P1, 17),
      s.dials(T, P1, '1001'),
      s.dialEnds(T, P1, 'BUSY'),
      s.gone(P1, 17),
      s.gone(T, 17),
    ],
    'busy',
    'callee',
  ],
  [
    'the officer declines: NOANSWER with cause 21',
    (s) => [
      s.arrives(),
      ...rings(s),
      s.asksToHangUp(P1, 21),
      s.dialEnds(T, P1, 'NOANSWER'),
      s.gone(P1, 21, '603'),
      s.gone(T),
    ],
    'declined',
    'callee',
  ],
  [
    'one is busy, the other rings in vain',
    (s) => [
      s.arrives(),
      ...s.calls(T, P1, '1001'),
      ...rings(s, P2, '1002'),
      s.asksToHangUp(P1, 17),
      s.dialEnds(T, P1, 'BUSY'),
      s.dialEnds(T, P2, 'NOANSWER'),
      s.gone(P1),
      s.gone(P2),
      s.gone(T),
    ],
    'missed',
    'pbx',
  ],
  [
    'one declines, the other is busy',
    (s) => [
      s.arrives(),
      ...rings(s),
      ...s.calls(T, P2, '1002'),
      s.dialEnds(T, P2, 'BUSY'),
      s.asksToHangUp(P1, 21),
      s.dialEnds(T, P1, 'NOANSWER'),
      s.gone(P1, 21),
      s.gone(P2, 17),
      s.gone(T),
    ],
    'declined',
    'callee',
  ],
  [
    'the phone is not registered: no channel at all',
    (s) => [
      s.arrives(),
      s.runs(T, 'Dial', 'PJSIP/1001,20'),
      s.sets(T, 'DIALSTATUS', 'CHANUNAVAIL'),
      s.gone(T),
    ],
    'unreachable',
    'pbx',
  ],
  ['the same without class dialplan', (s) => [s.arrives(), s.gone(T)], 'unreachable', 'pbx'],
  [
    'not registered, and the caller leaves a message',
    (s) => [
      s.arrives(),
      s.sets(T, 'DIALSTATUS', 'CHANUNAVAIL'),
      s.runs(T, 'VoiceMail', '1001@default,u'),
      s.up(T),
      s.asksToHangUp(T),
      s.gone(T),
    ],
    'unreachable',
    'caller',
  ],
  [
    'not registered, and the caller hangs up at the tone',
    (s) => [s.arrives(), s.sets(T, 'DIALSTATUS', 'CHANUNAVAIL'), s.asksToHangUp(T), s.gone(T)],
    'unreachable',
    'caller',
  ],
  [
    'the phone never answers the INVITE',
    (s) => [s.arrives(), ...s.calls(T, P1, '1001'), s.dialEnds(T, P1, 'NOANSWER'), s.gone(P1), s.gone(T)],
    'unreachable',
    'pbx',
  ],
  [
    'the phone fails (503)',
    (s) => [
      s.arrives(),
      ...s.calls(T, P1, '1001'),
      s.asksToHangUp(P1, 34),
      s.dialEnds(T, P1, 'CONGESTION'),
      s.gone(P1, 34),
      s.gone(T),
    ],
    'failed',
    'callee',
  ],
  [
    'a ring group: the loser is no missed call',
    (s) => [
      s.arrives(),
      ...rings(s),
      ...rings(s, P2, '1002'),
      s.dialEnds(T, P2, 'CANCEL'),
      s.dialEnds(T, P1, 'ANSWER'),
      s.up(T),
      s.gone(P2, 26),
      s.asksToHangUp(T),
      s.gone(P1),
      s.gone(T),
    ],
    'answered',
    'caller',
  ],
  [
    'a queue: the loser ends twice',
    (s) => [
      s.arrives(),
      s.up(T),
      s.queue('QueueCallerJoin', T),
      ...rings(s),
      ...rings(s, P2, '1002'),
      s.dialEnds(T, P2, 'CANCEL'),
      s.dialEnds(T, P2, 'CANCEL'),
      s.dialEnds(T, P1, 'ANSWER'),
      s.queue('QueueCallerLeave', T),
      s.gone(P2, 26),
      s.asksToHangUp(T),
      s.gone(P1),
      s.gone(T),
    ],
    'answered',
    'caller',
  ],
];

describe('an inbound call', () => {
  it.each(INBOUND)('%s', (_what, story, outcome, hungUpBy) => {
    const tracker = watched();
    tracker.hear(...story(scene()));
    expect(tracker.summary()).toMatchObject({ outcome, hungUpBy, complete: true });
    expect(tracker.summary().answeredBy).toBe(outcome === 'answered' ? 'PJSIP/1001' : null);
    expect(new Set(tracker.facts.map((fact) => fact.factKey)).size).toBe(tracker.facts.length);
  });
});

const PHONE = party('PJSIP/1001', 1);
const OUT = party('PJSIP/telco', 2);
const OUT2 = party('PJSIP/telco2', 3);
const dials = (s: Scene) => [
  s.arrives(PHONE, { exten: '913900001111' }),
  ...s.calls(PHONE, OUT, '13900001111@telco'),
];
const ends = (s: Scene, status: string, cause: number) => [
  s.asksToHangUp(OUT, cause),
  s.dialEnds(PHONE, OUT, status),
  s.gone(OUT, cause),
  ...s.wait(1_000),
  s.gone(PHONE),
];

const OUTBOUND: readonly Row[] = [
  [
    'answered',
    (s) => [
      ...dials(s),
      s.rings(PHONE, OUT),
      s.dialEnds(PHONE, OUT, 'ANSWER'),
      s.asksToHangUp(OUT),
      s.gone(OUT),
      s.gone(PHONE),
    ],
    'answered',
    'callee',
  ],
  [
    'not answered',
    (s) => [...dials(s), s.rings(PHONE, OUT), ...ends(s, 'NOANSWER', 19)],
    'no-answer',
    'callee',
  ],
  ['busy', (s) => [...dials(s), ...ends(s, 'BUSY', 17)], 'busy', 'callee'],
  [
    'busy, and the phone takes itself away at once',
    (s) => [
      ...dials(s),
      s.asksToHangUp(OUT, 17),
      s.dialEnds(PHONE, OUT, 'BUSY'),
      s.asksToHangUp(PHONE),
      s.gone(OUT, 17),
      s.gone(PHONE),
    ],
    'busy',
    'callee',
  ],
  [
    'busy, and the phone takes itself away within the same millisecond',
    (s) => {
      const refused = [...dials(s), s.asksToHangUp(OUT, 17), s.dialEnds(PHONE, OUT, 'BUSY')];
      const sameMoment = { ...s.asksToHangUp(PHONE), pbxAt: s.now - 10 };
      return [...refused, sameMoment, s.gone(OUT, 17), s.gone(PHONE)];
    },
    'busy',
    'callee',
  ],
  [
    'busy, and the officer listens to the tone',
    (s) => [
      ...dials(s),
      s.asksToHangUp(OUT, 17),
      s.dialEnds(PHONE, OUT, 'BUSY'),
      ...s.wait(3_000),
      s.asksToHangUp(PHONE),
      s.gone(OUT, 17),
      s.gone(PHONE),
    ],
    'busy',
    'caller',
  ],
  [
    'the officer gives up',
    (s) => [
      ...dials(s),
      s.rings(PHONE, OUT),
      s.asksToHangUp(PHONE, 127),
      s.dialEnds(PHONE, OUT, 'CANCEL'),
      s.gone(OUT),
      s.gone(PHONE),
    ],
    'abandoned',
    'caller',
  ],
  [
    'no such number (404 is NOANSWER with cause 1)',
    (s) => [...dials(s), ...ends(s, 'NOANSWER', 1)],
    'failed',
    'callee',
  ],
  [
    'switched off, told by an announcement (22)',
    (s) => [...dials(s), s.rings(PHONE, OUT, 'PROGRESS'), ...ends(s, 'NOANSWER', 19)],
    'no-answer',
    'callee',
  ],
  [
    'switched off, told by an announcement (16)',
    (s) => [...dials(s), s.rings(PHONE, OUT, 'PROGRESS'), ...ends(s, 'CHANUNAVAIL', 20)],
    'no-answer',
    'callee',
  ],
  ['the trunk fails', (s) => [...dials(s), ...ends(s, 'CONGESTION', 34)], 'failed', 'callee'],
  [
    'the first trunk fails, the second is answered',
    (s) => [
      ...dials(s),
      s.dialEnds(PHONE, OUT, 'CONGESTION'),
      s.gone(OUT, 34),
      ...s.calls(PHONE, OUT2, '139@telco2'),
      s.rings(PHONE, OUT2),
      s.dialEnds(PHONE, OUT2, 'ANSWER'),
      s.asksToHangUp(PHONE),
      s.gone(OUT2),
      s.gone(PHONE),
    ],
    'answered',
    'caller',
  ],
  [
    'the trunk is not registered: no channel at all',
    (s) => [
      s.arrives(PHONE, { exten: '9139' }),
      s.runs(PHONE, 'Dial', 'PJSIP/139@telco,,T'),
      s.sets(PHONE, 'DIALSTATUS', 'CHANUNAVAIL'),
      s.gone(PHONE),
    ],
    'failed',
    'pbx',
  ],
];

describe('an outbound call', () => {
  it.each(OUTBOUND)('%s', (_what, story, outcome, hungUpBy) => {
    const tracker = watched();
    tracker.hear(...story(scene()));
    expect(tracker.summaries()).toHaveLength(1);
    expect(tracker.summary()).toMatchObject({
      direction: 'outbound',
      outcome,
      hungUpBy,
      leftPremises: false,
    });
  });
});

describe('times of a call', () => {
  it('ring from the first phone that rings, talk from the first answer', () => {
    const [tracker, s] = [watched(), scene()];
    tracker.hear(
      s.arrives(),
      ...s.wait(500),
      ...s.answers(T, P1, '1001'),
      ...s.wait(5_000),
      s.asksToHangUp(T),
    );
    tracker.hear(s.gone(P1), s.gone(T));
    const { startedAt, ringingAt, answeredAt, endedAt, ringSeconds, talkSeconds } = tracker.summary();
    expect((ringingAt ?? 0) - startedAt).toBe(530);
    expect(ringSeconds).toBe(1.01);
    expect(talkSeconds).toBe(((endedAt ?? 0) - (answeredAt ?? 0)) / 1_000);
  });

  it('of a missed call end with the ringing, not with the greeting that follows', () => {
    const [tracker, s] = [watched(), scene()];
    tracker.hear(s.arrives(), ...rings(s), ...s.wait(20_000), s.dialEnds(T, P1, 'NOANSWER'), s.gone(P1));
    tracker.hear(s.runs(T, 'VoiceMail', '1001,u'), ...s.wait(30_000), s.asksToHangUp(T), s.gone(T));
    expect(tracker.summary()).toMatchObject({
      ringSeconds: 20.01,
      talkSeconds: null,
      preAnswerAudio: 'none',
    });
  });

  it('are null where they are not known', () => {
    const tracker = watched();
    tracker.hear(scene().arrives());
    expect(tracker.summary()).toMatchObject({
      outcome: null,
      ringingAt: null,
      answeredAt: null,
      endedAt: null,
      ringSeconds: null,
      talkSeconds: null,
      hungUpBy: 'unknown',
      complete: false,
    });
  });
});
