import { describe, expect, it } from 'vitest';
import type { ExpectedProbe } from '../../src/calls/probe-arrival.ts';
import { BEGIN, listed, P1, party, scene, T } from './events.ts';
import { aSetup, DID, type Watched, watched } from './given.ts';

const OURS = '09542039000';
/** The second trunk's own call as it comes back in. */
const probed = { callerNumber: OURS } as const;

function expecting(
  more: Partial<ExpectedProbe> = {},
  tracker = watched(aSetup({ recording: 'ami' })),
): Watched {
  const probe = {
    probe: 'p-1',
    line: 'line-1',
    callers: ['0954-2039000'],
    from: BEGIN,
    until: BEGIN + 60_000,
    ...more,
  };
  tracker.give({ type: 'probe-expected', at: BEGIN, probe });
  return tracker;
}

const kinds = (tracker: Watched) => tracker.effects.map((effect) => effect.kind);
const arrivals = (tracker: Watched) =>
  tracker.effects.flatMap((effect) => (effect.kind === 'probe-arrived' ? [effect] : []));

describe('a probe that comes in on its line', () => {
  it('is no call, no draft and no recording, and what our PBX saw of it is told', () => {
    const [tracker, s] = [expecting(), scene()];
    tracker.hear(s.arrives(T, probed), ...s.calls(T, P1, '1001'), s.rings(T, P1), ...s.wait(14_000));
    tracker.give({ type: 'probe-over', at: s.now, probe: 'p-1' });
    tracker.hear(s.dialEnds(T, P1, 'CANCEL'), s.gone(P1), s.gone(T));
    tracker.give({ type: 'time-passed', at: s.now + 10_000 });
    expect(tracker.facts).toEqual([]);
    expect(tracker.texts).toEqual([]);
    expect(new Set(kinds(tracker))).toEqual(new Set(['probe-arrived']));
    const last = arrivals(tracker).at(-1);
    expect(last).toMatchObject({
      probe: 'p-1',
      over: true,
      call: { dialled: DID, callerNumber: OURS, line: null },
    });
    expect(last?.call.legs.find((leg) => leg.role === 'duty-phone')?.rangAt).not.toBeNull();
    expect(tracker.state.tracks.size).toBe(0);
  });

  it('is none either when an officer answers it and hears the notice', () => {
    const [tracker, s] = [expecting(), scene()];
    tracker.hear(s.arrives(T, probed), ...s.answers(T, P1, '1001'), ...s.wait(4_000), s.gone(P1), s.gone(T));
    expect(tracker.facts).toEqual([]);
    expect(
      arrivals(tracker)
        .at(-1)
        ?.call.legs.some((leg) => leg.answeredAt !== null),
    ).toBe(true);
  });

  it.each(['2039000', '+869542039000', '00869542039000', '9542039000', '0954 203 9000'])(
    'is known by its number written as %s',
    (callerNumber) => {
      const [tracker, s] = [expecting(), scene()];
      tracker.hear(s.arrives(T, { callerNumber }), s.gone(T));
      expect(tracker.facts).toEqual([]);
      expect(arrivals(tracker)).toHaveLength(2);
    },
  );

  it('is the one placed last, while nobody knows yet that what a crash left is over', () => {
    const [tracker, s] = [expecting({ probe: 'p-left', from: BEGIN - 20_000 }), scene()];
    expecting({ probe: 'p-new' }, tracker);
    tracker.hear(s.arrives(T, probed), s.gone(T));
    expect(new Set(arrivals(tracker).map(({ probe }) => probe))).toEqual(new Set(['p-new']));
  });

  it('is known by a short number that its trunk shows, when it is that number and no other', () => {
    const [tracker, s] = [expecting({ callers: ['8001'] }), scene()];
    tracker.hear(s.arrives(T, { callerNumber: '8001' }), s.gone(T));
    expect(tracker.facts).toEqual([]);
    for (const callerNumber of ['98001', '801', '+8001001']) {
      const [other, real] = [expecting({ callers: ['8001'] }), scene()];
      other.hear(real.arrives(T, { callerNumber }));
      expect(other.kinds()).toContain('call-arrived');
    }
  });

  it('is known in a list of channels too: the service was killed while it rang', () => {
    const tracker = expecting();
    const row = listed(T, { exten: DID, callerNumber: OURS });
    tracker.give({
      type: 'channels-listed',
      receivedAt: BEGIN + 5_000,
      channels: [row, listed(P1)],
      first: true,
    });
    tracker.seeNothing(BEGIN + 9_000);
    expect(tracker.facts).toEqual([]);
    expect(arrivals(tracker).length).toBeGreaterThan(0);
  });
});

describe('a real call is never swallowed', () => {
  /** Whose call it is, and what the shell was asked to do for it. */
  const toldOf = (tracker: Watched) => {
    const [first] = tracker.facts;
    const line = first?.kind === 'call-arrived' ? first.line : null;
    return [line, ...kinds(tracker).filter((kind) => kind === 'open-draft' || kind === 'start-recording')];
  };
  const REAL = ['line-1', 'open-draft', 'start-recording'];

  it.each([
    ['from anybody else', { callerNumber: '13900001111' }],
    ['from a number that is withheld', { callerNumber: null }],
    ['from a short number that ends ours', { callerNumber: '9000' }],
    ['from a caller who forged the packet', { callerNumber: '\ufffd', tampered: true }],
  ])('%s, in the seconds of the probe: and the probe is told that it was crossed', (_what, more) => {
    const [tracker, s] = [expecting(), scene()];
    tracker.hear(s.arrives(T, more));
    expect(toldOf(tracker)).toEqual(REAL);
    expect(tracker.effects).toContainEqual(expect.objectContaining({ kind: 'probe-crossed', probe: 'p-1' }));
  });

  it('while the probe itself rings beside it', () => {
    const [tracker, s] = [expecting(), scene()];
    const other = party('PJSIP/telco', 9, 9);
    tracker.hear(s.arrives(T, probed), s.arrives(other, { callerNumber: '13900001111' }));
    expect(toldOf(tracker)).toEqual(REAL);
    expect(tracker.calls()).toHaveLength(1);
    expect(tracker.calls()[0]?.linkedid).toBe(other.linkedid);
  });

  it('when a second call shows our own number: only one of them can be the probe', () => {
    const [tracker, s] = [expecting(), scene()];
    tracker.hear(s.arrives(T, probed), s.arrives(party('PJSIP/telco', 9, 9), probed));
    expect(tracker.calls()).toHaveLength(1);
  });

  it('when it shows our number and outlives the probe: then it is told from its begin, with all that happened', () => {
    const [tracker, s] = [expecting(), scene()];
    tracker.hear(s.arrives(T, probed), ...s.answers(T, P1, '1001'));
    const begun = BEGIN + 10;
    tracker.give({ type: 'probe-over', at: s.now, probe: 'p-1' });
    tracker.give({ type: 'time-passed', at: s.now + 4_999 });
    expect(tracker.facts).toEqual([]);
    tracker.give({ type: 'time-passed', at: s.now + 5_000 });
    expect(toldOf(tracker)).toEqual(REAL);
    expect(tracker.kinds()).toContain('leg-answered');
    expect(tracker.facts[0]?.at).toBe(begun);
    expect(kinds(tracker)).toContain('probe-crossed');
  });

  it('when nobody ever says that the probe is over', () => {
    const [tracker, s] = [expecting({ until: BEGIN + 20_000 }), scene()];
    tracker.hear(s.arrives(T, probed), ...s.calls(T, P1, '1001'));
    tracker.give({ type: 'time-passed', at: BEGIN + 25_001 });
    expect(toldOf(tracker)).toEqual(REAL);
  });

  it.each([
    ['before the probe was placed', BEGIN + 1_000, BEGIN + 60_000],
    ['after it was given up', BEGIN - 60_000, BEGIN],
  ])('%s', (_what, from, until) => {
    const [tracker, s] = [expecting({ from, until }), scene()];
    tracker.hear(s.arrives(T, probed));
    expect(toldOf(tracker)).toEqual(REAL);
  });

  it('soon after a probe that never came in: the next probe is told apart from the last', () => {
    const [tracker, s] = [expecting(), scene()];
    tracker.give({ type: 'probe-over', at: BEGIN, probe: 'p-1' });
    const next = { probe: 'p-2', line: 'line-1', callers: [OURS], from: BEGIN, until: BEGIN + 60_000 };
    tracker.give({ type: 'probe-expected', at: BEGIN, probe: next });
    tracker.hear(s.arrives(T, probed));
    expect(arrivals(tracker).map(({ probe }) => probe)).toEqual(['p-2']);
    const late = [expecting(), scene(BEGIN + 3_000)] as const;
    late[0].give({ type: 'probe-over', at: BEGIN, probe: 'p-1' });
    late[0].hear(late[1].arrives(T, probed));
    expect(toldOf(late[0])).toEqual(REAL);
  });

  it('on another line', () => {
    const [tracker, s] = [expecting({ line: 'line-2' }), scene()];
    tracker.hear(s.arrives(T, probed));
    expect(toldOf(tracker)).toEqual(REAL);
  });

  it('when it is joined with a probe that somebody transferred', () => {
    const [tracker, s] = [expecting(), scene()];
    const other = party('PJSIP/telco', 9, 9);
    tracker.hear(s.arrives(T, probed), ...s.calls(T, P1, '1001'));
    tracker.hear(s.arrives(other, { callerNumber: '13900001111' }));
    tracker.hear(s.enters({ ...other, linkedid: T.linkedid }, 'b'));
    expect(tracker.kinds().filter((kind) => kind === 'call-arrived')).toHaveLength(2);
    expect(tracker.kinds()).toContain('calls-joined');
  });
});
