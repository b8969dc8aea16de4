/** How a call came out, and who ended it: read from its legs, never from a cause alone. */
import type { Call, LegVerdict } from './call.ts';
import type { HungUpBy, InboundOutcome, OutboundOutcome, Outcome } from './call-summary.ts';
import { answeredAt, type Leg, verdictOf } from './leg.ts';

/** Causes of "no such number" (Q.850 1, 2, 3, 28); DialEnd says NOANSWER for a 404 (Asterisk 16 and 22). */
const NO_SUCH_NUMBER: ReadonlySet<number | null> = new Set([1, 2, 3, 28]);
/** "Subscriber absent": what Asterisk 16 makes of 480, where 22 says 19. */
const SUBSCRIBER_ABSENT = 20;

/** Null while the call lasts, and when it was lost from sight before anybody answered. */
export function outcomeOf(call: Call): Outcome | null {
  if (wasAnswered(call)) return 'answered';
  if (call.ending?.kind !== 'ended') return null;
  return looksOutward(call) ? outboundOutcome(call) : inboundOutcome(call);
}

/** Legs on which a person took the call up; the calling channel is none. */
export function answeredLegs(call: Call): readonly Leg[] {
  return call.legs.filter((leg) => leg.uniqueid !== call.caller && answeredAt(leg) !== null);
}

/** The calling channel's leg. */
function callerLeg(call: Call): Leg | undefined {
  return call.legs.find((leg) => leg.uniqueid === call.caller);
}

function wasAnswered(call: Call): boolean {
  if (answeredLegs(call).length > 0) return true;
  return call.legs.some((leg) => leg.uniqueid !== call.caller && leg.role !== 'local' && leg.foundTalking);
}

/** A duty phone's own call to a colleague is told in the words of an outbound one. */
function looksOutward(call: Call): boolean {
  if (call.direction !== 'internal') return call.direction === 'outbound';
  return callerLeg(call)?.role === 'duty-phone';
}

function inboundOutcome(call: Call): InboundOutcome {
  if (call.queue === 'abandoned' || callerGaveUp(call)) return 'abandoned';
  const verdicts = new Set<LegVerdict>([...call.forgotten.verdicts, ...triedLegs(call).map(verdictOf)]);
  const order = ['rang', 'declined', 'busy', 'failed'] as const;
  const worst = order.find((verdict) => verdicts.has(verdict));
  if (worst === undefined) return rangAtAll(call) ? 'missed' : 'unreachable';
  return worst === 'rang' ? 'missed' : worst;
}

/** The caller hung up while something was still to be hoped for: a phone being rung, a queue, a dialplan before its first dial. */
function callerGaveUp(call: Call): boolean {
  const asked = callerLeg(call)?.hangUpAskedAt ?? null;
  if (asked === null || call.voicemail) return false;
  if (call.queue === 'waiting') return true;
  const tried = triedLegs(call);
  if (tried.length === 0) return !call.nothingToDial;
  return tried.some((leg) => wasStillTried(leg, asked));
}

/** In the millisecond of a refusal FreePBX's Busy() has the caller's phone hang up too: a leg that refused was not given up. */
function wasStillTried(leg: Leg, at: number): boolean {
  if (leg.dialEndedAt === null || leg.dialEndedAt > at) return true;
  return leg.dialEndedAt === at && leg.hangUpAskedAt === null;
}

function rangAtAll(call: Call): boolean {
  return call.forgotten.rangAt !== null || triedLegs(call).some((leg) => leg.rangAt !== null);
}

function outboundOutcome(call: Call): OutboundOutcome {
  if (callerGaveUp(call) && triedLegs(call).length > 0) return 'abandoned';
  const last = lastTried(call);
  if (last === undefined) return 'failed';
  switch (last.dialStatus) {
    case 'BUSY':
      return 'busy';
    case 'NOANSWER':
      return NO_SUCH_NUMBER.has(last.cause) && last.signal !== 'ringing' ? 'failed' : 'no-answer';
    case 'CHANUNAVAIL':
      return last.rangAt !== null || last.cause === SUBSCRIBER_ABSENT ? 'no-answer' : 'failed';
    case 'CANCEL':
      return callerLeg(call)?.hangUpAskedAt == null ? 'no-answer' : 'abandoned';
    default:
      return 'failed';
  }
}

/** Legs of people, or of lines that lead to them: dialled and not Local. */
function triedLegs(call: Call): readonly Leg[] {
  return call.legs.filter(
    (leg) => leg.dialledAt !== null && leg.role !== 'local' && leg.uniqueid !== call.caller,
  );
}

/**
 * Who hung up: the party whose channel asked for the end after the last change of parties. Nobody asked: the PBX did it
 * (time-out, dialplan). A party that transferred the call away is no longer in it.
 */
export function hungUpBy(call: Call): HungUpBy {
  if (call.ending?.kind !== 'ended') return 'unknown';
  const answered = answeredLegs(call);
  return answered.length > 0 ? endedTalk(call, answered) : endedTrying(call);
}

function endedTalk(call: Call, answered: readonly Leg[]): HungUpBy {
  const caller = callerLeg(call);
  const talkedLast = Math.max(
    ...answered.map((leg) => answeredAt(leg) ?? 0),
    ...call.transfers.map((transfer) => transfer.at),
  );
  const asked = call.legs
    .filter((leg) => !leg.away && (leg === caller || leg.bridgedAt !== null || answeredAt(leg) !== null))
    .flatMap((leg) => (leg.hangUpAskedAt === null ? [] : [{ leg, at: leg.hangUpAskedAt }]))
    .filter(({ at }) => at >= talkedLast)
    .sort((a, b) => a.at - b.at)[0];
  if (asked === undefined) return 'pbx';
  if (asked.leg === caller) return 'caller';
  return caller?.away === true && tookCallersPlace(call, asked.leg) ? 'caller' : 'callee';
}

/** After the caller transferred the call, the one he gave it to stands in his place. */
function tookCallersPlace(call: Call, leg: Leg): boolean {
  const moved = call.transfers.at(-1)?.at;
  return moved !== undefined && leg.dialledAt !== null && leg.dialledAt >= moved;
}

/**
 * No caller hangs up this soon after a refusal: his phone was told "busy" and took itself away (FreePBX runs Busy(), and the
 * calling phone's own HangupRequest follows within milliseconds; 16 and 22).
 */
const TOO_SOON_FOR_A_PERSON_MS = 250;

function endedTrying(call: Call): HungUpBy {
  const last = lastTried(call);
  const refusedAt = last?.hangUpAskedAt != null && last.forward === null ? last.dialEndedAt : null;
  const askedAt = callerLeg(call)?.hangUpAskedAt ?? null;
  if (askedAt !== null) {
    const echo = refusedAt !== null && askedAt >= refusedAt && askedAt - refusedAt < TOO_SOON_FOR_A_PERSON_MS;
    return echo ? 'callee' : 'caller';
  }
  return refusedAt === null ? 'pbx' : 'callee';
}

function lastTried(call: Call): Leg | undefined {
  return triedLegs(call).reduce<Leg | undefined>(
    (latest, leg) => ((leg.dialEndedAt ?? 0) >= (latest?.dialEndedAt ?? 0) ? leg : latest),
    undefined,
  );
}
