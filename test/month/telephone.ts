/** A planned call as Asterisk 22 tells it, event by event, by the clock of the PBX. */
import type { ChannelEvent, ChannelRef } from '../../src/calls/channel-event.ts';
import { pbxAhead } from './calendar.ts';
import { DID, PHONES, TRUNK } from './office.ts';
import { answeredAt, endedAt, type PlannedCall, RINGS_AFTER_MS } from './planned-calls.ts';

/** `at`: true time, ms UTC. */
export interface HeardEvent {
  readonly at: number;
  readonly event: ChannelEvent;
}

/** `serial`: of the call in the month. */
export function linkedidOf(call: PlannedCall, serial: number): string {
  return `${Math.floor((call.at + pbxAhead(call.at)) / 1_000)}.${serial * 2}`;
}

export function eventsOf(call: PlannedCall, serial: number): readonly HeardEvent[] {
  const { at, direction, number, phone } = call;
  const ahead = pbxAhead(at);
  const linkedid = linkedidOf(call, serial);
  const channel = (endpoint: string, uniqueid: string): ChannelRef => ({
    ...{ channel: `${endpoint}-${uniqueid.split('.')[1]?.padStart(8, '0')}`, uniqueid, linkedid },
  });
  const other = linkedid.replace(/\d+$/, String(serial * 2 + 1));
  const ends = direction === 'inbound' ? [TRUNK, PHONES[phone]] : [PHONES[phone], TRUNK];
  const [from, to] = [channel(ends[0] ?? '', linkedid), channel(ends[1] ?? '', other)];
  const told: HeardEvent[] = [];
  const tell = (when: number, event: Omit<ChannelEvent, 'pbxAt' | 'tampered'>): void => {
    told.push({ at: when, event: { ...event, pbxAt: when + ahead, tampered: false } as ChannelEvent });
  };
  const created = { type: 'Newchannel', callerName: null, context: 'internal' } as const;
  tell(at, {
    ...{ ...created, ...from, state: 'Ring', callerNumber: direction === 'inbound' ? number : '1001' },
    exten: direction === 'inbound' ? DID : `9${number}`,
  } as never);
  tell(at + 50, { ...created, ...to, state: 'Down', callerNumber: null, exten: 's' } as never);
  const dialString = direction === 'inbound' ? `100${phone + 1}` : `${number}@telco`;
  tell(at + 60, { type: 'DialBegin', from, to, dialString } as never);
  const dial = { from, to, forward: null };
  if (call.unanswered !== 'busy')
    tell(at + RINGS_AFTER_MS, { ...dial, type: 'DialState', dialStatus: 'RINGING' } as never);
  const [answer, end] = [answeredAt(call), endedAt(call)];
  const dialEnds = (when: number, dialStatus: string) =>
    tell(when, { ...dial, type: 'DialEnd', dialStatus, connectedNumber: null } as never);
  const bridged = { bridge: `bridge-${other}`, bridgeType: 'basic', channelsInBridge: 2, swapUniqueid: null };
  // What no paper of the month depends on is told of one call in ten: each event is a step and a row.
  const isWhole = serial % 10 === 0;
  if (answer !== null) {
    dialEnds(answer, 'ANSWER');
    if (isWhole)
      for (const end of [to, from]) tell(answer, { type: 'BridgeEnter', ...end, ...bridged } as never);
  }
  const asks = { type: 'HangupRequest', ...from, cause: 16 };
  if (answer === null ? call.unanswered === 'given-up' : isWhole) tell(end, asks as never);
  if (answer === null)
    dialEnds(end, { 'given-up': 'CANCEL', 'not-taken': 'NOANSWER', busy: 'BUSY' }[call.unanswered]);
  const cause = answer === null && call.unanswered === 'busy' ? 17 : 16;
  for (const gone of [to, from]) tell(end, { type: 'Hangup', ...gone, cause, techCause: null } as never);
  return told;
}
