import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';
import type {
  AttendedTransfer,
  BlindTransfer,
  ChannelEvent,
  ChannelRef,
  ParkedCall,
} from '../../src/calls/channel-event.ts';
import { compareAge } from '../../src/calls/uniqueid.ts';
import { captureFiles, eventsOf } from './captured.ts';
import { P1, P2, party, type Scene, scene, T } from './events.ts';
import { watched } from './given.ts';

const blind = (s: Scene, by: ChannelRef, exten: string, external = true): BlindTransfer => ({
  type: 'BlindTransfer',
  pbxAt: s.now + 1,
  tampered: false,
  transferer: by,
  transferee: T,
  context: 'internal',
  exten,
  success: true,
  external,
});
const attended = (
  s: Scene,
  original: ChannelRef,
  second: ChannelRef,
  target: ChannelRef | null,
): AttendedTransfer => ({
  type: 'AttendedTransfer',
  pbxAt: s.now + 1,
  tampered: false,
  original,
  second,
  transferee: T,
  target,
  success: true,
});
const parking = (s: Scene, type: ParkedCall['type'], retriever: ChannelRef | null): ParkedCall => ({
  type,
  pbxAt: s.now + 1,
  tampered: false,
  parkee: T,
  retriever,
  space: '701',
});

const CONSULT = party('PJSIP/1001', 5, 5);
const COLLEAGUE = party('PJSIP/1002', 6, 5);

function talking() {
  const [tracker, s] = [watched(), scene()];
  tracker.hear(s.arrives(), ...s.answers(T, P1, '1001'), ...s.wait(2_000));
  return { tracker, s };
}

describe('a blind transfer', () => {
  it('to a colleague: the transferer is away, his hang-up ends nothing', () => {
    const { tracker, s } = talking();
    tracker.hear(
      blind(s, P1, '1002'),
      ...s.wait(5),
      s.asksToHangUp(P1),
      s.gone(P1),
      ...s.answers(T, P2, '1002'),
    );
    tracker.hear(s.asksToHangUp(P2), s.gone(P2), s.gone(T));
    expect(tracker.summary()).toMatchObject({
      transfers: [{ kind: 'blind', to: '1002' }],
      answeredBy: 'PJSIP/1002',
      hungUpBy: 'callee',
      outcome: 'answered',
    });
  });

  it('that nobody takes: the PBX ended it, the officer had answered', () => {
    const { tracker, s } = talking();
    tracker.hear(
      blind(s, P1, '1002'),
      ...s.wait(5),
      s.gone(P1),
      ...s.calls(T, P2, '1002'),
      s.asksToHangUp(P2, 17),
    );
    tracker.hear(s.dialEnds(T, P2, 'BUSY'), s.gone(P2, 17), s.gone(T));
    expect(tracker.summary()).toMatchObject({
      answeredBy: 'PJSIP/1001',
      hungUpBy: 'pbx',
      outcome: 'answered',
    });
  });

  it('to a mobile leaves the premises', () => {
    const { tracker, s } = talking();
    const out = party('PJSIP/telco', 9);
    tracker.hear(
      blind(s, P1, '913900001111'),
      ...s.wait(5),
      s.gone(P1),
      ...s.answers(T, out, '13900001111@telco'),
    );
    expect(tracker.summary()).toMatchObject({
      transfers: [{ kind: 'blind', to: '913900001111' }],
      leftPremises: true,
      leftTo: '13900001111',
      answeredBy: 'PJSIP/telco',
    });
  });

  it('by DTMF keys is told apart (IsExternal: No)', () => {
    const { tracker, s } = talking();
    tracker.hear(blind(s, P1, '1002', false));
    expect(tracker.summary().transfers).toEqual([{ kind: 'dtmf', to: '1002' }]);
  });

  it('by the caller of an outbound call: the one he gave it to stands in his place', () => {
    const [tracker, s] = [watched(), scene()];
    const [phone, out, other] = [party('PJSIP/1001', 1), party('PJSIP/telco', 2), party('PJSIP/1002', 3)];
    tracker.hear(
      s.arrives(phone, { exten: '9139' }),
      ...s.answers(phone, out, '139@telco'),
      ...s.wait(1_000),
    );
    tracker.hear(blind(s, phone, '1002'), ...s.wait(5), s.gone(phone), ...s.answers(out, other, '1002'));
    tracker.hear(s.asksToHangUp(other), s.gone(other), s.gone(out));
    expect(tracker.summary()).toMatchObject({
      direction: 'outbound',
      hungUpBy: 'caller',
      leftPremises: false,
    });
  });
});

describe('an attended transfer', () => {
  function consulting(exten = '1002', colleague = COLLEAGUE, dialString = exten) {
    const { tracker, s } = talking();
    tracker.hear(
      s.arrives(CONSULT, { exten, callerNumber: '1001' }),
      ...s.answers(CONSULT, colleague, dialString),
    );
    return { tracker, s };
  }

  it('joins the consultation into the older call; explain sees one', () => {
    const { tracker, s } = consulting();
    expect(tracker.summaries()).toHaveLength(2);
    tracker.hear(attended(s, P1, CONSULT, COLLEAGUE), ...s.wait(5), s.gone(CONSULT), s.gone(P1));
    tracker.hear(s.asksToHangUp({ ...COLLEAGUE, linkedid: T.linkedid }), s.gone(COLLEAGUE), s.gone(T));
    expect(tracker.facts.filter((fact) => fact.kind === 'calls-joined')).toMatchObject([
      { linkedid: CONSULT.linkedid, survivor: T.linkedid, joined: CONSULT.linkedid },
    ]);
    expect(tracker.summary()).toMatchObject({
      linkedId: T.linkedid,
      transfers: [{ kind: 'attended', to: '1002' }],
      answeredBy: 'PJSIP/1002',
      hungUpBy: 'callee',
      leftPremises: false,
      complete: true,
    });
  });

  it('is joined also by the changed Linkedid alone, when the transfer itself was not read', () => {
    const { tracker, s } = consulting();
    tracker.hear(s.enters({ ...COLLEAGUE, linkedid: T.linkedid }, 'b9'));
    expect(tracker.summaries()).toHaveLength(1);
  });

  it('to a mobile leaves the premises', () => {
    const out = party('PJSIP/telco', 6, 5);
    const { tracker, s } = consulting('913900001111', out, '13900001111@telco');
    tracker.hear(attended(s, P1, CONSULT, out));
    expect(tracker.summary()).toMatchObject({
      direction: 'inbound',
      leftPremises: true,
      leftTo: '13900001111',
      transfers: [{ kind: 'attended', to: '913900001111' }],
    });
  });

  it('that was given up leaves two calls', () => {
    const { tracker, s } = consulting();
    tracker.hear(
      s.asksToHangUp(COLLEAGUE),
      s.gone(COLLEAGUE),
      s.gone(CONSULT),
      s.asksToHangUp(T),
      s.gone(P1),
      s.gone(T),
    );
    expect(tracker.summaries()).toMatchObject([
      { direction: 'inbound', transfers: [] },
      { direction: 'internal', hungUpBy: 'callee' },
    ]);
  });

  it('joins three calls into one, whichever pair comes first', () => {
    const { tracker, s } = consulting();
    const [third, far] = [party('PJSIP/1002', 8, 8), party('PJSIP/telco', 9, 8)];
    tracker.hear(s.arrives(third, { exten: '9139' }), ...s.answers(third, far, '139@telco'));
    expect(tracker.summaries()).toHaveLength(3);
    tracker.hear(s.enters({ ...far, linkedid: CONSULT.linkedid }, 'b8'));
    expect(tracker.summaries()).toHaveLength(2);
    tracker.hear(s.enters({ ...COLLEAGUE, linkedid: T.linkedid }, 'b9'));
    expect(tracker.summary().linkedId).toBe(T.linkedid);
    for (const channel of [third, far, CONSULT, COLLEAGUE, P1, T]) tracker.hear(s.gone(channel));
    expect(tracker.state.tracks.size).toBe(0);
    expect(tracker.kinds().filter((kind) => kind === 'call-ended')).toHaveLength(1);
  });
});

describe('parking', () => {
  it.each(['ParkedCall first (22)', 'BlindTransfer first'])('is one transfer: %s', (order) => {
    const { tracker, s } = talking();
    const told = [parking(s, 'ParkedCall', null), blind(s, P1, '700')];
    tracker.hear(...(order.startsWith('Parked') ? told : told.reverse()), ...s.wait(5), s.gone(P1));
    expect(tracker.summary().transfers).toEqual([{ kind: 'park', to: '701' }]);
  });

  it('is taken back by a phone whose own call becomes part of it', () => {
    const { tracker, s } = talking();
    const picker = party('PJSIP/1002', 9, 9);
    tracker.hear(parking(s, 'ParkedCall', null), ...s.wait(5), s.gone(P1), ...s.wait(2_000));
    tracker.hear(s.arrives(picker, { exten: '701' }), parking(s, 'UnParkedCall', picker), ...s.wait(5));
    tracker.hear(s.enters({ ...picker, linkedid: T.linkedid }, 'b9'), s.enters(T, 'b9'), ...s.wait(1_000));
    tracker.hear(s.asksToHangUp(picker), s.gone(picker), s.gone(T));
    expect(tracker.summary()).toMatchObject({
      linkedId: T.linkedid,
      transfers: [{ kind: 'park', to: '701' }],
      hungUpBy: 'callee',
      complete: true,
    });
  });
});

/** Asterisk 22.10 on a loaded machine: the two channels have left the bridge before the transfer is told. */
function overtaken(events: readonly ChannelEvent[]): readonly ChannelEvent[] {
  const moved = [...events];
  for (const transfer of events) {
    if (transfer.type !== 'BlindTransfer') continue;
    const from = moved.indexOf(transfer);
    const next = moved.findIndex(
      (event, at) => at > from && ['DialBegin', 'Hangup', 'ParkedCall'].includes(event.type),
    );
    const left = moved.findLastIndex((event, at) => at > from && at < next && event.type === 'BridgeLeave');
    if (left < 0) continue;
    moved.splice(left + 1, 0, transfer);
    moved.splice(from, 1);
  }
  return moved;
}

describe('a blind transfer told after the bridge was left', () => {
  const captures = captureFiles().flatMap((file) => {
    const events = eventsOf(file);
    const late = overtaken(events);
    return late.every((event, at) => event === events[at]) ? [] : [{ file: basename(file), events, late }];
  });

  it('is tried with many real calls', () => {
    expect(captures.length).toBeGreaterThan(5);
  });

  it.each(captures)('says the same of $file', ({ events, late }) => {
    const [usual, other] = [watched(), watched()];
    usual.hear(...events);
    other.hear(...late);
    expect(usual.summaries().some((call) => call.transfers.length > 0)).toBe(true);
    expect(other.summaries()).toEqual(usual.summaries());
  });
});

describe('the older of two Linkedids', () => {
  it.each([
    ['1795450000.9', '1795450000.10'],
    ['1795450000.99', '1795450001.1'],
    ['pbx-1795450000.9', 'pbx-1795450000.10'],
    ['999999999.5', '1795450000.1'],
  ])('%s is older than %s', (older, younger) => {
    expect(compareAge(older, younger)).toBeLessThan(0);
    expect(compareAge(younger, older)).toBeGreaterThan(0);
    expect(compareAge(older, older)).toBe(0);
  });
});
