/**
 * 到达核对: what our own PBX saw of a probe. It asks no ear: a line is forwarded by the carrier when the probe rings or is
 * answered and no such call reached us. Pure.
 */
import type { Call } from '../calls/call.ts';
import { answeredLegs } from '../calls/outcome.ts';
import { suspicionsOfCall } from './live-rules.ts';
import type { Suspicion } from './suspicion.ts';
import type { WatchRules } from './watch-rules.ts';

export interface ProbeArrival {
  /** By which the PBX itself names what it recorded of it. */
  readonly linkedid: string;
  readonly did: string;
  readonly caller: string | null;
  /** Where it had been diverted from on its way; null: not, or nobody could say. */
  readonly diverted: string | null;
  /** A phone of the line was rung. */
  readonly phoneRang: boolean;
  /** Somebody, or the PBX itself (queue, voicemail, announcement), took it up here. */
  readonly takenUp: boolean;
  /** What any call that went this way would be suspected of. */
  readonly suspicions: readonly Suspicion[];
  /** The arriving leg is gone. */
  readonly over: boolean;
}

/** A probe hangs up by itself and nobody has to answer it: how long it rang says nothing. */
export function arrivalOf(call: Call, line: string, rules: WatchRules, over: boolean): ProbeArrival {
  const onLine = { ...call, line };
  return {
    linkedid: call.linkedid,
    did: call.dialled,
    caller: call.callerNumber,
    diverted: call.divertedFrom ?? null,
    phoneRang: call.legs.some((leg) => leg.role === 'duty-phone' && leg.rangAt !== null),
    takenUp: isTakenUp(call),
    suspicions: suspicionsOfCall(onLine, rules).filter(({ kind }) => kind !== 'rang-long'),
    over,
  };
}

function isTakenUp(call: Call): boolean {
  return answeredLegs(call).length > 0 || call.audio !== 'none' || call.queue !== 'none' || call.voicemail;
}
