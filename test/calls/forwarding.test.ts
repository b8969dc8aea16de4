import { describe, expect, it } from 'vitest';
import type { ChannelEvent } from '../../src/calls/channel-event.ts';
import { numberDialled } from '../../src/lines/endpoint.ts';
import { P1, P2, party, type Scene, scene, T } from './events.ts';
import { aSetup, watched } from './given.ts';

const [HALF, HALF2] = [
  party('Local/13900001111@internal-0000003e;1', 10),
  party('Local/13900001111@internal-0000003e;2', 11),
];
const OUT = party('PJSIP/telco', 12);
const throughLocal = (s: Scene) => [
  s.created(HALF),
  s.arrives(HALF2, { exten: '13900001111' }),
  s.dials(T, HALF, '13900001111@internal/n'),
  ...s.calls(HALF2, OUT, '13900001111@telco'),
  s.rings(HALF2, OUT),
];
const over = (s: Scene) => [s.asksToHangUp(T), s.gone(HALF), s.gone(HALF2), s.gone(OUT), s.gone(T)];

const LEFT: readonly (readonly [
  what: string,
  story: (s: Scene) => readonly ChannelEvent[],
  answeredBy: string | null,
])[] = [
  [
    'CF straight to a trunk',
    (s) => [
      s.arrives(),
      ...s.answers(T, OUT, '13900001111@telco'),
      s.asksToHangUp(T),
      s.gone(OUT),
      s.gone(T),
    ],
    'PJSIP/telco',
  ],
  [
    'CF through a Local channel',
    (s) => [
      s.arrives(),
      ...throughLocal(s),
      s.dialEnds(HALF2, OUT, 'ANSWER'),
      s.dialEnds(T, HALF, 'ANSWER'),
      s.up(T),
      ...over(s),
    ],
    'PJSIP/telco',
  ],
  [
    'a phone that answers 302',
    (s) => [
      s.arrives(),
      ...s.calls(T, P1, '1001'),
      s.dialEnds(T, P1, 'CANCEL', '13900001111'),
      s.gone(P1, 23),
      ...throughLocal(s),
      s.dialEnds(HALF2, OUT, 'ANSWER'),
      s.dialEnds(T, HALF, 'ANSWER'),
      ...over(s),
    ],
    'PJSIP/telco',
  ],
  [
    '302, and the mobile is not answered',
    (s) => [
      s.arrives(),
      ...s.calls(T, P1, '1001'),
      s.dialEnds(T, P1, 'CANCEL', '13900001111'),
      s.gone(P1, 23),
      ...throughLocal(s),
      s.dialEnds(HALF2, OUT, 'NOANSWER'),
      s.dialEnds(T, HALF, 'NOANSWER'),
      ...over(s),
    ],
    null,
  ],
  [
    'a mobile that rings beside the phone and loses',
    (s) => [
      s.arrives(),
      ...throughLocal(s),
      ...s.calls(T, P1, '1001'),
      s.rings(T, P1),
      s.dialEnds(T, P1, 'ANSWER'),
      s.dialEnds(HALF2, OUT, 'CANCEL'),
      s.gone(P1),
      ...over(s),
    ],
    'PJSIP/1001',
  ],
];

describe('a leg that leaves through a trunk inside an inbound call', () => {
  it.each(LEFT)('%s', (_what, story, answeredBy) => {
    const tracker = watched();
    tracker.hear(...story(scene()));
    expect(tracker.summary()).toMatchObject({ leftPremises: true, leftTo: '13900001111', answeredBy });
  });

  it('is told once, with the number as dialled', () => {
    const [tracker, s] = [watched(), scene()];
    tracker.hear(s.arrives(), ...throughLocal(s));
    expect(tracker.facts.filter((fact) => fact.kind === 'call-left-premises')).toMatchObject([
      { uniqueid: OUT.uniqueid, endpoint: 'PJSIP/telco', to: '13900001111' },
    ]);
  });

  it('does not exist in an outbound call, nor when a colleague is rung', () => {
    const [tracker, s] = [watched(), scene()];
    tracker.hear(s.arrives(), ...s.answers(T, party('PJSIP/3001', 7), '3001'), s.gone(T));
    expect(tracker.summaries()).toMatchObject([{ leftPremises: false, leftTo: null }]);
  });

  it('prefers the one that was answered', () => {
    const [tracker, s] = [watched(), scene()];
    const second = party('PJSIP/telco2', 13);
    tracker.hear(
      s.arrives(),
      ...s.calls(T, OUT, '13900001111@telco'),
      ...s.calls(T, second, '13900002222@telco2'),
    );
    expect(tracker.summary().leftTo).toBe('13900001111');
    tracker.hear(s.dialEnds(T, second, 'ANSWER'));
    expect(tracker.summary()).toMatchObject({ leftTo: '13900002222', answeredBy: 'PJSIP/telco2' });
  });

  it('is recognised where no trunk is configured: by where the call came from, or how it is dialled', () => {
    const blind = aSetup({}, { trunks: [] });
    for (const [leg, dialString] of [
      [party('PJSIP/telco', 5), '13900001111@telco'],
      [party('PJSIP/other', 5), '13900001111@other'],
    ] as const) {
      const [tracker, s] = [watched(blind), scene()];
      tracker.hear(s.arrives(), ...s.calls(T, leg, dialString));
      expect(tracker.summary()).toMatchObject({
        direction: 'inbound',
        leftPremises: true,
        leftTo: '13900001111',
      });
    }
    const [tracker, s] = [watched(blind), scene()];
    tracker.hear(s.arrives(), ...s.calls(T, P2, '1002/sip:1002@192.0.2.2:5060'));
    expect(tracker.summary().leftPremises).toBe(false);
  });
});

describe('a phone that forwards to itself', () => {
  it('is bounded, marked, and ends as one call', () => {
    const [tracker, s] = [watched(), scene()];
    tracker.hear(s.arrives());
    const loop = Array.from(
      { length: 200 },
      (_, n) =>
        [
          party(`Local/1001@internal-${n};1`, 100 + 3 * n),
          party(`Local/1001@internal-${n};2`, 101 + 3 * n),
          party('PJSIP/1001', 102 + 3 * n),
        ] as const,
    );
    for (const [one, two, phone] of loop) {
      tracker.hear(
        s.created(one),
        s.arrives(two),
        s.dials(T, one, '1001@internal'),
        ...s.calls(two, phone, '1001'),
      );
      tracker.hear(s.dialEnds(two, phone, 'CANCEL', '1001'));
    }
    const call = tracker.calls()[0];
    expect(call?.legs.length).toBeLessThanOrEqual(64);
    expect(call?.attention).toEqual(['too-many-legs']);
    for (const channel of [...loop.flat(), T]) tracker.hear(s.gone(channel));
    expect(tracker.summaries()).toHaveLength(1);
    expect(tracker.summary()).toMatchObject({ complete: true, leftPremises: false });
    expect(tracker.state.channels.size).toBe(0);
  });
});

describe('a queue that rings for an hour', () => {
  it('keeps caller, answer and first ring, and only counts the rounds between', () => {
    const [tracker, s] = [watched(), scene()];
    tracker.hear(s.arrives(), s.queue('QueueCallerJoin', T));
    for (let n = 0; n < 240; n++) {
      const phone = party('PJSIP/1001', 100 + n);
      tracker.hear(...s.calls(T, phone, 'PJSIP/1001'), s.rings(T, phone), ...s.wait(15_000));
      tracker.hear(s.dialEnds(T, phone, 'NOANSWER'), s.gone(phone));
    }
    const last = party('PJSIP/1002', 999);
    tracker.hear(...s.answers(T, last, 'PJSIP/1002'), s.asksToHangUp(last), s.gone(last), s.gone(T));
    expect(tracker.calls()[0]?.legs.length).toBeLessThanOrEqual(64);
    expect(tracker.calls()[0]?.attention).toEqual([]);
    const { outcome, answeredBy, ringSeconds, hungUpBy } = tracker.summary();
    expect({ outcome, answeredBy, hungUpBy }).toEqual({
      outcome: 'answered',
      answeredBy: 'PJSIP/1002',
      hungUpBy: 'callee',
    });
    expect(ringSeconds).toBeGreaterThan(3_600);
  });
});

describe('the number in what Dial was told', () => {
  it.each([
    ['1001', '1001'],
    ['PJSIP/1001', '1001'],
    ['1001/sip:1001@192.0.2.7:5060', '1001'],
    ['13900001111@telco', '13900001111'],
    ['PJSIP/13900001111@telco', '13900001111'],
    ['telco/13900001111', '13900001111'],
    ['telco/sip:13900001111@192.0.2.1', '13900001111'],
    ['13900001111@internal/n', '13900001111'],
    ['g0/13900001111', '13900001111'],
    ['+8613900001111@telco', '+8613900001111'],
    ['', ''],
    ['@', ''],
  ])('%s is %s', (dialString, number) => {
    expect(numberDialled(dialString)).toBe(number);
  });
});
