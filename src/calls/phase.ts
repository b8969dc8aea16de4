import type { Call } from './call.ts';
import type { Leg } from './leg.ts';

/** 来电 on its way, 振铃, 通话中, 保持, ended: what the strip shows. */
export type Phase = 'arriving' | 'ringing' | 'talking' | 'held' | 'ended';

/** In which phase a call is, by its legs. A PBX that picked up (music, voicemail) is not a person talking. */
export function phaseOf(call: Call): Phase {
  if (call.ending !== null) return 'ended';
  const talking = call.legs.filter(isTalking);
  if (talking.length > 0) {
    const held = call.legs.some((leg) => leg.held && leg.closedAt === null);
    return held ? 'held' : 'talking';
  }
  if (call.legs.some(isRinging)) return 'ringing';
  // Between the last two Hangups of a call nobody talks and nothing has ended yet: it does not arrive again.
  return call.legs.some((leg) => leg.role !== 'local' && leg.answeredAt !== null) ? 'talking' : 'arriving';
}

/** Endpoints of the phones that ring or talk now: tells a seat whether its own phone is in this call. */
export function phonesOf(call: Call): readonly string[] {
  if (call.ending !== null) return [];
  const busy = call.legs.filter(
    (leg) =>
      isPhone(leg) && (isTalking(leg) || isRinging(leg) || (leg.uniqueid === call.caller && !isGone(leg))),
  );
  return [...new Set(busy.map((leg) => leg.answeredBy ?? leg.endpoint))];
}

function isTalking(leg: Leg): boolean {
  return leg.role !== 'local' && leg.answeredAt !== null && !isGone(leg);
}

function isRinging(leg: Leg): boolean {
  return leg.rangAt !== null && leg.dialEndedAt === null && !isGone(leg);
}

function isGone(leg: Leg): boolean {
  return leg.closedAt !== null || leg.away;
}

function isPhone(leg: Leg): boolean {
  return leg.role === 'duty-phone' || leg.role === 'phone';
}
