import { describe, expect, it } from 'vitest';
import type { ChannelEvent } from '../../src/calls/channel-event.ts';
import { watchOf } from '../../src/calls/restore.ts';
import { step } from '../../src/calls/tracker.ts';
import { BEGIN, listed, P1, party, scene, T } from './events.ts';
import { watched } from './given.ts';

const rows = (...channels: Parameters<typeof listed>[0][]) => channels.map((channel) => listed(channel));
const linkUp = (at: number, more: object = {}) =>
  ({ type: 'link-up', at, processedCalls: null, pbxStartedAt: BEGIN - 1_000_000, ...more }) as const;

describe('a list of channels', () => {
  it('ends nothing the first time, and what is missing twice, two seconds apart', () => {
    const [tracker, s] = [watched(), scene()];
    tracker.hear(s.arrives(), ...s.calls(T, P1, '1001'), s.rings(T, P1));
    const at = s.now + 1_000;
    tracker.give({ type: 'channels-listed', receivedAt: at, channels: [], first: true });
    expect(tracker.effects).toContainEqual({ kind: 'list-channels-again', notBefore: at + 2_000 });
    tracker.give({ type: 'channels-listed', receivedAt: at + 1_999, channels: [], first: false });
    expect(tracker.summary().endedAt).toBeNull();
    expect(tracker.state.channels.size).toBe(2);
    tracker.give({ type: 'channels-listed', receivedAt: at + 2_000, channels: [], first: false });
    expect(tracker.kinds().slice(-3)).toEqual(['leg-closed', 'leg-closed', 'call-lost-from-sight']);
    expect(tracker.facts.at(-1)).toMatchObject({ reason: 'missing-from-lists', lastSeenAt: s.now });
    expect(tracker.summary()).toMatchObject({
      outcome: null,
      endedAt: null,
      hungUpBy: 'unknown',
      complete: false,
      ringSeconds: null,
    });
  });

  it('begins to count anew when the channel shows a sign of life', () => {
    const [tracker, s] = [watched(), scene()];
    tracker.hear(s.arrives());
    tracker.give({ type: 'channels-listed', receivedAt: s.now, channels: [], first: true });
    tracker.hear(s.up(T));
    tracker.give({ type: 'channels-listed', receivedAt: s.now + 5_000, channels: [], first: false });
    expect(tracker.state.channels.size).toBe(1);
  });

  it('never revives a channel whose Hangup was read', () => {
    const [tracker, s] = [watched(), scene()];
    tracker.hear(s.arrives(), s.gone(T));
    const told = tracker.facts.length;
    tracker.give({ type: 'channels-listed', receivedAt: s.now, channels: rows(T), first: true });
    expect(tracker.facts).toHaveLength(told);
    expect(tracker.state.channels.size).toBe(0);
  });

  it('finds a call that came while nobody listened, and says what is not known', () => {
    const [tracker, s] = [watched(), scene()];
    const found = listed(T, {
      exten: '09542035678',
      callerNumber: '09548887777',
      callerName: '张三',
      bridge: 'b',
    });
    tracker.give({
      type: 'channels-listed',
      receivedAt: s.now,
      channels: [listed(P1, { bridge: 'b' }), found],
      first: true,
    });
    tracker.hear(s.asksToHangUp(T), s.gone(P1), s.gone(T));
    expect(tracker.summary()).toMatchObject({
      direction: 'inbound',
      line: '0954-2035678',
      caller: { number: '09548887777', name: '张三' },
      startedAt: 1_795_450_000_000,
      outcome: 'answered',
      answeredAt: null,
      answeredBy: 'PJSIP/1001',
      talkSeconds: null,
      complete: false,
    });
  });

  it('finds an outbound call and leaves a single phone (a feature code) alone', () => {
    const tracker = watched();
    const [phone, trunk] = [party('PJSIP/1001', 1), party('PJSIP/telco', 2)];
    const other = party('PJSIP/1002', 8, 8);
    tracker.give({
      type: 'channels-listed',
      receivedAt: BEGIN,
      channels: rows(phone, trunk, other),
      first: true,
    });
    expect(tracker.summaries()).toMatchObject([{ direction: 'outbound', complete: false }]);
  });

  it('reads the number of an outbound call from what Dial was told, where the dialplan left no digit in Exten', () => {
    const tracker = watched();
    const [phone, trunk] = [party('PJSIP/1001', 1), party('PJSIP/telco', 2)];
    const dialling = listed(phone, { exten: 's', appData: 'PJSIP/13900139999@telco,60,T' });
    tracker.give({
      type: 'channels-listed',
      receivedAt: BEGIN,
      channels: [dialling, listed(trunk)],
      first: true,
    });
    expect(tracker.summary()).toMatchObject({ direction: 'outbound', dialled: '13900139999' });
  });

  it('completes a call that was begun by a dial alone', () => {
    const [tracker, s] = [watched(), scene()];
    tracker.hear(...s.calls(T, P1, '1001'));
    expect(tracker.summary()).toMatchObject({ caller: { number: null }, dialled: '', complete: false });
    tracker.give({
      type: 'channels-listed',
      receivedAt: s.now,
      channels: [listed(T, { callerNumber: '09548887777', exten: '09542035678' }), listed(P1)],
      first: true,
    });
    expect(tracker.summary()).toMatchObject({ caller: { number: '09548887777' }, dialled: '09542035678' });
  });
});

describe('a restart of the service in mid-call', () => {
  it('goes on with the call as if nothing had been, when its channels still stand', () => {
    const [tracker, s] = [watched(), scene()];
    tracker.hear(s.arrives(T, { callerName: '李四' }), ...s.calls(T, P1, '1001'), s.rings(T, P1));
    tracker.restart();
    tracker.give(linkUp(s.now));
    tracker.give({ type: 'channels-listed', receivedAt: s.now, channels: rows(T, P1), first: true });
    tracker.hear(s.dialEnds(T, P1, 'ANSWER'), s.up(T), s.asksToHangUp(T), s.gone(P1), s.gone(T));
    expect(tracker.summary()).toMatchObject({
      outcome: 'answered',
      complete: true,
      caller: { name: '李四' },
    });
    expect(tracker.kinds().filter((kind) => kind === 'call-arrived')).toHaveLength(1);
    expect(tracker.effects.filter((effect) => effect.kind === 'open-draft')).toHaveLength(1);
  });

  it('ends it once when they are gone', () => {
    const [tracker, s] = [watched(), scene()];
    tracker.hear(s.arrives(), ...s.answers(T, P1, '1001'));
    tracker.restart();
    tracker.seeNothing(s.now + 60_000);
    tracker.restart();
    tracker.seeNothing(s.now + 120_000);
    expect(tracker.kinds().filter((kind) => kind === 'call-lost-from-sight')).toHaveLength(1);
    expect(tracker.summary()).toMatchObject({ outcome: 'answered', endedAt: null, complete: false });
  });

  it('does not take an ended call for a new one', () => {
    const [tracker, s] = [watched(), scene()];
    tracker.hear(s.arrives(), s.gone(T));
    tracker.restart();
    tracker.hear(s.arrives());
    expect(tracker.summaries()).toHaveLength(1);
  });

  it('keeps joined calls joined', () => {
    const [tracker, s] = [watched(), scene()];
    const [consult, colleague] = [party('PJSIP/1001', 5, 5), party('PJSIP/1002', 6, 5)];
    tracker.hear(s.arrives(), ...s.answers(T, P1, '1001'), s.arrives(consult, { exten: '1002' }));
    tracker.hear(
      ...s.answers(consult, colleague, '1002'),
      s.enters({ ...colleague, linkedid: T.linkedid }, 'b9'),
    );
    tracker.restart();
    tracker.hear(s.gone(consult), s.gone(P1), s.asksToHangUp(colleague), s.gone(colleague), s.gone(T));
    expect(tracker.summary()).toMatchObject({ linkedId: T.linkedid, complete: true });
    expect(tracker.state.tracks.size).toBe(0);
  });
});

describe('a killed PBX', () => {
  it('takes all its calls with it, and says that their end was not seen', () => {
    const [tracker, s] = [watched(), scene()];
    tracker.give(linkUp(BEGIN), { type: 'channels-listed', receivedAt: BEGIN, channels: [], first: true });
    tracker.hear(s.arrives(), ...s.answers(T, P1, '1001'));
    tracker.give({ type: 'link-down', at: s.now, reason: 'closed' });
    tracker.give(linkUp(s.now + 30_000, { pbxStartedAt: s.now + 20_000 }));
    expect(tracker.facts.at(-1)).toMatchObject({ kind: 'call-lost-from-sight', reason: 'pbx-restarted' });
    expect(tracker.summary()).toMatchObject({ outcome: 'answered', hungUpBy: 'unknown', complete: false });
    tracker.give({ type: 'channels-listed', receivedAt: s.now + 31_000, channels: [], first: true });
    expect(tracker.pbxFacts).toMatchObject([
      { kind: 'gap-opened', reason: 'link-down', at: s.now },
      { kind: 'gap-closed', from: s.now, to: s.now + 30_000, pbxRestarted: true },
    ]);
  });
});

describe('a gap of sight', () => {
  const quiet = { type: 'channels-listed', channels: [], first: true } as const;

  it('says how many calls were missed, by the counter of Asterisk 22, less those that were found standing', () => {
    const [tracker, s] = [watched(), scene()];
    tracker.give(linkUp(BEGIN, { processedCalls: 100 }), { ...quiet, receivedAt: BEGIN });
    expect(tracker.pbxFacts).toEqual([]);
    tracker.hear(s.arrives(), s.gone(T));
    tracker.give({ type: 'link-down', at: s.now, reason: 'closed' });
    const late = party('PJSIP/telco', 9, 9);
    tracker.give(linkUp(s.now + 9_000, { processedCalls: 105 }));
    tracker.give({ ...quiet, receivedAt: s.now + 9_100, channels: [listed(late, { exten: '09542035678' })] });
    expect(tracker.pbxFacts.at(-1)).toMatchObject({
      kind: 'gap-closed',
      missedCalls: 3,
      pbxRestarted: false,
    });
  });

  it('says null where the PBX does not count (16)', () => {
    const tracker = watched();
    tracker.give(linkUp(BEGIN), { ...quiet, receivedAt: BEGIN });
    tracker.give({ type: 'link-down', at: BEGIN + 1, reason: 'closed' }, linkUp(BEGIN + 2));
    tracker.give({ ...quiet, receivedAt: BEGIN + 3 });
    expect(tracker.pbxFacts.at(-1)).toMatchObject({ kind: 'gap-closed', missedCalls: null });
  });

  it('begins at the last sign of the PBX when the service was killed', () => {
    const [tracker, s] = [watched(), scene()];
    tracker.give(linkUp(BEGIN, { processedCalls: 7 }), { ...quiet, receivedAt: BEGIN });
    tracker.hear(s.arrives(), s.gone(T));
    expect(watchOf(tracker.state)).toMatchObject({ heardAt: s.now, processedCalls: 8 });
    tracker.restart();
    tracker.give(linkUp(s.now + 60_000, { processedCalls: 10 }), { ...quiet, receivedAt: s.now + 60_100 });
    expect(tracker.pbxFacts).toMatchObject([
      { kind: 'gap-opened', reason: 'service-stopped', at: s.now },
      { kind: 'gap-closed', from: s.now, to: s.now + 60_000, missedCalls: 2 },
    ]);
  });

  it('is one gap however often the link is tried', () => {
    const tracker = watched();
    tracker.give(linkUp(BEGIN), { ...quiet, receivedAt: BEGIN });
    tracker.give(
      { type: 'link-down', at: BEGIN + 1, reason: 'a' },
      { type: 'link-down', at: BEGIN + 2, reason: 'b' },
    );
    tracker.give(linkUp(BEGIN + 3), { type: 'link-down', at: BEGIN + 4, reason: 'c' }, linkUp(BEGIN + 5));
    tracker.give({ ...quiet, receivedAt: BEGIN + 6 });
    expect(tracker.pbxFacts.map((fact) => fact.kind)).toEqual(['gap-opened', 'gap-closed']);
    expect(tracker.pbxFacts[1]).toMatchObject({ from: BEGIN + 1, to: BEGIN + 5 });
  });
});

describe('a mistake of ours', () => {
  it('throws and leaves the state as it was', () => {
    const [tracker, s] = [watched(), scene()];
    tracker.hear(s.arrives(), ...s.calls(T, P1, '1001'));
    const before = [...tracker.state.tracks.values()].map((track) => [track.call, track.told.size]);
    const good = { type: 'AttendedTransfer', pbxAt: s.now, tampered: false, original: T, second: T } as const;
    const broken = { ...good, transferee: null, target: null, success: true } as unknown as ChannelEvent;
    const withoutText = {
      ...s.dials(T, party('PJSIP/1002', 7), ''),
      dialString: undefined,
    } as unknown as ChannelEvent;
    expect(() => step(tracker.state, { type: 'event', receivedAt: s.now, event: withoutText })).toThrow(
      TypeError,
    );
    expect([...tracker.state.tracks.values()].map((track) => [track.call, track.told.size])).toEqual(before);
    expect(tracker.state.channels.size).toBe(2);
    expect(() => step(tracker.state, { type: 'event', receivedAt: s.now, event: broken })).not.toThrow();
  });
});
