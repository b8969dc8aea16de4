import { describe, expect, it } from 'vitest';
import type { ChannelEvent } from '../../src/calls/channel-event.ts';
import { BEGIN, P1, P2, party, type Scene, scene, T } from './events.ts';
import { aSetup, DID, watched } from './given.ts';

describe('a call becomes ours', () => {
  it('at the Newchannel of a trunk that dials our DID, before any phone rings', () => {
    const [tracker, s] = [watched(), scene()];
    tracker.hear(s.arrives(T, { callerName: '市应急指挥中心' }));
    expect(tracker.facts).toMatchObject([
      {
        kind: 'call-arrived',
        pbx: 'office',
        linkedid: T.linkedid,
        generation: 1,
        direction: 'inbound',
        line: 'line-1',
        lineNumber: '0954-2035678',
        callerNumber: '09548887777',
        dialled: DID,
        at: BEGIN + 10,
        seen: 'live',
      },
    ]);
    expect(tracker.texts).toEqual([
      { pbx: 'office', linkedid: T.linkedid, generation: 1, callerName: '市应急指挥中心' },
    ]);
    expect(JSON.stringify(tracker.facts)).not.toContain('指挥');
    expect(tracker.effects[0]).toMatchObject({ kind: 'open-draft', linkedid: T.linkedid, line: 'line-1' });
  });

  it('when it came for another number and a phone of ours is rung, with all that was before', () => {
    const [tracker, s] = [watched(), scene()];
    tracker.hear(s.arrives(T, { exten: '09540000000' }), s.up(T), s.runs(T, 'Playback', 'custom/welcome'));
    expect(tracker.facts).toEqual([]);
    tracker.hear(...s.calls(T, P1, '1001'));
    expect(tracker.kinds()).toEqual([
      'call-arrived',
      'pre-answer-audio-heard',
      'pre-answer-audio-heard',
      'leg-dialled',
    ]);
    expect(tracker.summary()).toMatchObject({
      line: '0954-2035678',
      direction: 'inbound',
      dialled: '09540000000',
      startedAt: BEGIN + 10,
      preAnswerAudio: 'announcement',
    });
  });

  it('when the number is known only in the dialplan (FreePBX: FROM_DID)', () => {
    const [tracker, s] = [watched(), scene()];
    tracker.hear(s.arrives(T, { exten: 's' }), s.sets(T, '__FROM_DID', DID));
    expect(tracker.summary()).toMatchObject({ dialled: DID, line: '0954-2035678', direction: 'inbound' });
  });

  it('when a phone of ours dials a trunk: outbound; a colleague: internal', () => {
    for (const [to, dialString, direction] of [
      [party('PJSIP/telco', 2), '13900001111@telco', 'outbound'],
      [party('PJSIP/3001', 2), '3001', 'internal'],
    ] as const) {
      const [tracker, s] = [watched(), scene()];
      const caller = party('PJSIP/1001', 1);
      tracker.hear(s.arrives(caller, { exten: '913900001111', callerNumber: '1001' }));
      expect(tracker.facts).toEqual([]);
      tracker.hear(...s.calls(caller, to, dialString));
      expect(tracker.summary()).toMatchObject({ direction, line: '0954-2035678', dialled: '913900001111' });
    }
  });

  it('by the first party behind a Local channel', () => {
    const [tracker, s] = [watched(), scene()];
    const caller = party('PJSIP/1001', 1);
    const [one, two] = [party('Local/9@ctx-1;1', 2), party('Local/9@ctx-1;2', 3)];
    tracker.hear(s.arrives(caller), ...s.calls(caller, one, '9@ctx/n'), s.arrives(two));
    expect(tracker.facts).toEqual([]);
    tracker.hear(...s.calls(two, party('PJSIP/telco', 4), '13900001111@telco'));
    expect(tracker.summary()).toMatchObject({ direction: 'outbound' });
  });
});

describe('nothing is told of', () => {
  const quiet: readonly (readonly [what: string, play: (s: Scene) => readonly ChannelEvent[]])[] = [
    [
      'a call to another number that is rejected',
      (s) => [s.arrives(T, { exten: '09540000000' }), s.asksToHangUp(T), s.gone(T, 1)],
    ],
    [
      'a call that another number answers',
      (s) => {
        const other = party('PJSIP/3001', 2);
        return [
          s.arrives(T, { exten: '09540000000' }),
          ...s.answers(T, other, '3001'),
          s.gone(other),
          s.gone(T),
        ];
      },
    ],
    [
      'a call between phones of others',
      (s) => {
        const [one, two] = [party('PJSIP/3001', 1), party('PJSIP/3002', 2)];
        return [s.arrives(one, { exten: '3002' }), ...s.answers(one, two, '3002'), s.gone(two), s.gone(one)];
      },
    ],
    [
      'a feature code: the phone runs applications and dials nobody',
      (s) => {
        const phone = party('PJSIP/1001', 1);
        return [
          s.arrives(phone, { exten: '*72' }),
          s.up(phone),
          s.runs(phone, 'Playback', 'beep'),
          s.gone(phone),
        ];
      },
    ],
    [
      'the phantom channel of ChanIsAvail',
      (s) => {
        const phone = party('PJSIP/1001', 7, 7);
        return [s.created(phone), s.gone(phone, 21)];
      },
    ],
    ['a trunk that the PBX itself calls', (s) => [s.arrives(T, { state: 'Down', exten: DID }), s.gone(T)]],
  ];

  it.each(quiet)('%s', (_what, play) => {
    const tracker = watched();
    tracker.hear(...play(scene()));
    expect(tracker.facts).toEqual([]);
    expect(tracker.effects).toEqual([]);
    expect(tracker.state.channels.size).toBe(0);
    expect(tracker.state.tracks.size).toBe(0);
  });

  it('a probe of our own, known by its id', () => {
    const tracker = watched(aSetup({ dids: [], trunks: ['PJSIP/telco'] }, { probePrefix: 'probe-' }));
    const s = scene();
    const probe = { channel: 'PJSIP/telco-00000001', uniqueid: 'probe-1', linkedid: 'probe-1' };
    tracker.hear(s.arrives(probe), s.gone(probe));
    expect(tracker.facts).toEqual([]);
  });
});

describe('what the shell is asked to do', () => {
  it('records the trunk channel of an inbound call of an ami line, and each trunk leg of an outbound one', () => {
    const inbound = watched(aSetup({ recording: 'ami' }));
    inbound.hear(scene().arrives());
    expect(inbound.effects.filter((effect) => effect.kind === 'start-recording')).toMatchObject([
      { channel: T.channel, uniqueid: T.uniqueid, line: 'line-1' },
    ]);

    const outbound = watched(aSetup({ recording: 'ami' }));
    const s = scene();
    const caller = party('PJSIP/1001', 1);
    const [first, second] = [party('PJSIP/telco', 2), party('PJSIP/telco2', 3)];
    outbound.hear(
      s.arrives(caller),
      ...s.calls(caller, first, '139@telco'),
      s.dialEnds(caller, first, 'CONGESTION'),
      ...s.calls(caller, second, '139@telco2'),
    );
    expect(
      outbound.effects.flatMap((effect) => (effect.kind === 'start-recording' ? [effect.uniqueid] : [])),
    ).toEqual([first.uniqueid, second.uniqueid]);
  });

  it('opens the draft of an outbound call once a person has answered, of an internal one never', () => {
    const s = scene();
    const caller = party('PJSIP/1001', 1);
    const drafts = (tracker: ReturnType<typeof watched>) =>
      tracker.effects.filter((effect) => effect.kind === 'open-draft').length;

    const outbound = watched();
    const trunk = party('PJSIP/telco', 2);
    outbound.hear(s.arrives(caller), ...s.calls(caller, trunk, '139@telco'), s.rings(caller, trunk));
    expect(drafts(outbound)).toBe(0);
    outbound.hear(s.dialEnds(caller, trunk, 'ANSWER'), s.dialEnds(caller, trunk, 'ANSWER'));
    expect(drafts(outbound)).toBe(1);

    const internal = watched();
    internal.hear(s.arrives(caller), ...s.answers(caller, P2, '1002'));
    expect(drafts(internal)).toBe(0);
  });

  it('asks an inbound channel where it was diverted from, and believes the answer', () => {
    const [tracker, s] = [watched(), scene()];
    tracker.hear(s.arrives());
    expect(tracker.effects).toContainEqual(
      expect.objectContaining({
        kind: 'read-variable',
        uniqueid: T.uniqueid,
        variables: ['REDIRECTING(from-num)', 'CALLERID(rdnis)'],
      }),
    );
    expect(tracker.summary().diverted).toBeNull();
    const read = { type: 'variable-read', at: s.now, uniqueid: T.uniqueid } as const;
    tracker.give({ ...read, variable: 'REDIRECTING(from-num)', value: '' });
    expect(tracker.summary().diverted).toBe(false);
    tracker.give({ ...read, variable: 'CALLERID(rdnis)', value: '09542030000' });
    expect(tracker.summary().diverted).toBe(true);
  });

  it.each([
    ['nobody', null, false],
    ['another number', '09542030000', true],
  ])('believes CEL that overtook the channel it is about: diverted from %s', (_whom, rdnis, diverted) => {
    const [tracker, s] = [watched(), scene()];
    tracker.hear(cel(s, 'CHAN_START', rdnis), cel(s, 'APP_START', rdnis), s.arrives());
    expect(tracker.summary().diverted).toBe(diverted);
  });

  it('does not take a phone that sends the call on for the one it was diverted from', () => {
    const [tracker, s] = [watched(), scene()];
    tracker.hear(cel(s, 'APP_START', null), s.arrives(), ...s.calls(T, P1, '1001'));
    tracker.hear(cel(s, 'FORWARD', '1001'), s.dialEnds(T, P1, 'NOANSWER', '1001'), cel(s, 'ANSWER', '1001'));
    const read = { type: 'variable-read', at: s.now, uniqueid: T.uniqueid } as const;
    tracker.give({ ...read, variable: 'REDIRECTING(from-num)', value: '1001' });
    expect(tracker.summary().diverted).toBe(false);
  });

  it('believes CEL that lags behind such a phone, but not its first row, which knows nothing yet', () => {
    const [tracker, s] = [watched(), scene()];
    tracker.hear(s.arrives(), ...s.calls(T, P1, '1001'), s.dialEnds(T, P1, 'NOANSWER', '1001'));
    tracker.hear(cel(s, 'CHAN_START', null));
    expect(tracker.summary().diverted).toBeNull();
    tracker.hear(cel(s, 'APP_START', null), cel(s, 'FORWARD', '1001'));
    expect(tracker.summary().diverted).toBe(false);
  });

  it('does not take CEL that overtook the 302 of a phone for a diversion of the call', () => {
    const [tracker, s] = [watched(), scene()];
    tracker.hear(s.arrives(), cel(s, 'APP_START', '1001'));
    expect(tracker.summary().diverted).toBeNull();
    tracker.hear(cel(s, 'APP_START', null));
    expect(tracker.summary().diverted).toBe(false);
  });

  it.each(['with CEL', 'without CEL'])('nor does it by an answer that comes before the event, %s', (how) => {
    const [tracker, s] = [watched(), scene()];
    const told = how === 'with CEL' ? [cel(s, 'APP_START', null)] : [];
    tracker.hear(...told, s.arrives(), ...s.calls(T, P1, '1001'));
    const read = { type: 'variable-read', at: s.now, uniqueid: T.uniqueid } as const;
    tracker.give({ ...read, variable: 'REDIRECTING(from-num)', value: '1001' });
    tracker.give({ ...read, variable: 'CALLERID(rdnis)', value: '1001' });
    expect(tracker.summary().diverted).toBe(how === 'with CEL' ? false : null);
  });
});

function cel(s: Scene, eventName: string, rdnis: string | null): ChannelEvent {
  return { type: 'CEL', pbxAt: s.now, tampered: false, ...T, eventName, rdnis };
}

describe('an analogue line', () => {
  it('has no DID, is known by its channel, and learns the number between the rings', () => {
    const tracker = watched(aSetup({ dids: [], trunks: ['DAHDI/1-*'] }, { trunks: ['DAHDI/1-*'] }));
    const s = scene();
    const line = party('DAHDI/1', 1);
    tracker.hear(s.arrives(line, { exten: 's', callerNumber: null }));
    const stamp = { pbxAt: s.now + 1, tampered: false, ...line };
    tracker.hear({ type: 'NewCallerid', ...stamp, callerNumber: '09548887777', callerName: null });
    expect(tracker.summary()).toMatchObject({
      direction: 'inbound',
      line: '0954-2035678',
      caller: { number: '09548887777' },
    });
  });

  it('leaves the rewriting of the number by a dialplan alone elsewhere', () => {
    const [tracker, s] = [watched(), scene()];
    tracker.hear(s.arrives(T, { callerNumber: null }));
    const stamp = { pbxAt: s.now + 1, tampered: false, ...T };
    tracker.hear({ type: 'NewCallerid', ...stamp, callerNumber: 'anonymous', callerName: null });
    expect(tracker.summary().caller.number).toBeNull();
  });
});

describe('a Linkedid that comes again', () => {
  it('is an echo within an hour of its end, and a second generation after it', () => {
    const [tracker, s] = [watched(), scene()];
    const call = () => [s.arrives(), ...s.calls(T, P1, '1001'), s.gone(P1), s.gone(T)];
    tracker.hear(...call());
    const told = tracker.facts.length;
    s.wait(1_800_000);
    tracker.hear(...call());
    expect(tracker.facts).toHaveLength(told);
    s.wait(3_700_000);
    tracker.hear(...call());
    expect(tracker.summaries()).toHaveLength(2);
    expect(tracker.calls().map((one) => [one.generation, one.attention])).toEqual([
      [1, []],
      [2, ['linkedid-used-again']],
    ]);
  });

  it('is a second generation also when the clock of the PBX was set back', () => {
    const tracker = watched();
    const [s, earlier] = [scene(), scene(BEGIN - 7_200_000)];
    tracker.hear(s.arrives(), s.gone(T), earlier.arrives(), earlier.gone(T));
    expect(tracker.calls().map((call) => call.generation)).toEqual([1, 2]);
  });
});
