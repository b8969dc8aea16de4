/** What the PBX says of the channels of a probe. */
import type { ChannelEvent } from '../calls/channel-event.ts';
import { probeChannelOf } from '../lines/probe-channel.ts';
import type { ProbeArrival } from './arrival-check.ts';
import type { ProbeEnd } from './probe.ts';
import { end, occupierGone } from './probe-over.ts';
import { passedOnBy } from './probe-passed-on.ts';
import { placeMain, type Turn, tell } from './probe-turn.ts';
import type { PassedOn } from './suspicion.ts';

/** An event of a channel of ours; all others are passed over. */
export function onEvent(turn: Turn, event: ChannelEvent, at: number): void {
  const { order } = turn.run.probe;
  const uniqueid = uniqueidOf(event);
  if (order.occupier !== null && uniqueid === probeChannelOf(order.occupier.id)) {
    if (event.type === 'Hangup') occupierGone(turn, at);
    return;
  }
  if (uniqueid !== probeChannelOf(order.id)) return;
  const { probe } = turn.run;
  if (event.type === 'DialBegin') turn.run = { ...turn.run, dialling: true };
  const passedOn = turn.run.dialling ? passedOnBy(event, order.number) : null;
  if (passedOn !== null) tellPassedOn(turn, passedOn, at);
  switch (event.type) {
    case 'Newchannel':
      if (probe.dialledAt !== null) return;
      tell(turn, { kind: 'probe-dialled', at });
      turn.effects.push({ do: 'monitor' });
      return;
    case 'Newstate':
      if (event.state === 'Ringing' && probe.rangAt === null) tell(turn, { kind: 'probe-rang', at });
      if (event.state === 'Up' && probe.answeredAt === null) tell(turn, { kind: 'probe-answered', at });
      return;
    case 'DialState':
      if (event.dialStatus === 'RINGING' && probe.rangAt === null) tell(turn, { kind: 'probe-rang', at });
      if (event.dialStatus === 'PROGRESS' && probe.soundedAt === null)
        tell(turn, { kind: 'probe-sounded', at });
      return;
    case 'DialEnd':
      if (event.dialStatus === 'ANSWER' && probe.answeredAt === null)
        tell(turn, { kind: 'probe-answered', at });
      return;
    case 'Hangup':
      end(turn, at, event.cause, event.techCause);
      return;
    default:
      return;
  }
}

/** The channel an event of Originate is about: it is the one that is dialled, and nobody dials it. */
function uniqueidOf(event: ChannelEvent): string | null {
  switch (event.type) {
    case 'DialBegin':
    case 'DialState':
    case 'DialEnd':
      return event.to.uniqueid;
    case 'Newchannel':
    case 'Newstate':
    case 'NewCallerid':
    case 'Hangup':
      return event.uniqueid;
    default:
      return null;
  }
}

export function tellPassedOn(turn: Turn, passedOn: PassedOn, at: number): void {
  const { probe } = turn.run;
  if (probe.passedOn === undefined || (probe.passedOn.number === null && passedOn.number !== null))
    tell(turn, { kind: 'probe-passed-on', at, passedOn });
}

/** The other end of one of its calls was seen to come in. */
export function onArrival(turn: Turn, which: ProbeEnd, arrival: ProbeArrival, at: number): void {
  if (which === 'main') {
    tell(turn, { kind: 'probe-arrived', at, arrival });
    return;
  }
  if (turn.run.probe.occupied?.linkedid == null)
    tell(turn, { kind: 'probe-occupier-arrived', at, linkedid: arrival.linkedid });
  if (!arrival.phoneRang || turn.run.occupier !== 'placed') return;
  turn.run = { ...turn.run, occupier: 'rings' };
  placeMain(turn, at);
}
