/**
 * 试拨: what arrives at a PBX while an administrator dials in to find out, whether or not it belongs to a duty line. A fold of
 * raw events beside the tracker, which tells nothing of calls that are not ours. Pure; times are ms of our own clock.
 */
import { endpointOf, isLocal } from '../lines/endpoint.ts';
import type { CallerText, ChannelEvent, Newchannel } from './channel-event.ts';

export interface TrialCall {
  readonly linkedid: string;
  readonly channel: string;
  /** Endpoint of the first channel: the trunk, or what may be one. */
  readonly endpoint: string;
  /** As the trunk sent it; '' or `s` where it sends none. */
  readonly did: string;
  readonly callerNumber: CallerText;
  readonly tampered: boolean;
  readonly arrivedAt: number;
  /** Endpoints that were dialled within the call, in their order. */
  readonly rang: readonly string[];
  readonly answeredBy: string | null;
  readonly endedAt: number | null;
}

/** Newest first. */
export type Trial = readonly TrialCall[];

/** A trial is one person with a telephone; what is more than this is everyday traffic. */
const MOST = 20;
/** Extensions that name nobody. */
const NO_DID = new Set(['', 's']);

/** The trial after one more event. */
export function seeTrial(trial: Trial, event: ChannelEvent, at: number): Trial {
  switch (event.type) {
    case 'Newchannel':
      return arrives(trial, event) ? [callOf(event, at), ...trial].slice(0, MOST) : trial;
    case 'NewCallerid':
      return change(trial, event.uniqueid, (call) =>
        event.callerNumber === null ? call : { ...call, callerNumber: event.callerNumber },
      );
    case 'VarSet':
      return event.variable === 'FROM_DID' && event.value !== ''
        ? change(trial, event.linkedid, (call) =>
            NO_DID.has(call.did) ? { ...call, did: event.value } : call,
          )
        : trial;
    case 'DialBegin':
      return isLocal(event.to.channel)
        ? trial
        : change(trial, event.from?.linkedid ?? event.to.linkedid, (call) => {
            const phone = endpointOf(event.to.channel);
            return call.rang.includes(phone) ? call : { ...call, rang: [...call.rang, phone] };
          });
    case 'DialEnd':
      return event.dialStatus !== 'ANSWER' || isLocal(event.to.channel)
        ? trial
        : change(trial, event.from?.linkedid ?? event.to.linkedid, (call) => ({
            ...call,
            answeredBy: call.answeredBy ?? endpointOf(event.to.channel),
          }));
    case 'Hangup':
      return change(trial, event.uniqueid, (call) => ({ ...call, endedAt: call.endedAt ?? at }));
    default:
      return trial;
  }
}

/** The first channel of a call, which somebody dialled in on; one that the PBX itself makes begins as `Down`. */
function arrives(trial: Trial, event: Newchannel): boolean {
  return (
    event.uniqueid === event.linkedid &&
    event.state !== 'Down' &&
    !isLocal(event.channel) &&
    !trial.some(({ linkedid }) => linkedid === event.linkedid)
  );
}

function callOf(event: Newchannel, at: number): TrialCall {
  return {
    linkedid: event.linkedid,
    channel: event.channel,
    endpoint: endpointOf(event.channel),
    did: event.exten,
    callerNumber: event.callerNumber,
    tampered: event.tampered,
    arrivedAt: at,
    rang: [],
    answeredBy: null,
    endedAt: null,
  };
}

function change(trial: Trial, linkedid: string, make: (call: TrialCall) => TrialCall): Trial {
  return trial.some((call) => call.linkedid === linkedid)
    ? trial.map((call) => (call.linkedid === linkedid ? make(call) : call))
    : trial;
}
