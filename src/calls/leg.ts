/** One leg's life, told in small questions. */
import type { LegVerdict } from './call.ts';
import type { Leg, LegRole } from './fact.ts';

export interface LegBegin {
  readonly uniqueid: string;
  readonly channel: string;
  readonly endpoint: string;
  readonly role: LegRole;
  readonly openedAt: number;
}

/** A leg of which nothing but its channel is known. */
export function newLeg(begin: LegBegin): Leg {
  return {
    uniqueid: begin.uniqueid,
    channel: begin.channel,
    endpoint: begin.endpoint,
    role: begin.role,
    openedAt: begin.openedAt,
    dialledBy: null,
    number: null,
    dialledAt: null,
    rangAt: null,
    signal: null,
    dialStatus: null,
    dialEndedAt: null,
    forward: null,
    answeredAt: null,
    answeredBy: null,
    bridgedAt: null,
    foundTalking: false,
    bridge: null,
    held: false,
    hangUpAskedAt: null,
    cause: null,
    techCause: null,
    away: false,
    closedAt: null,
    closing: null,
  };
}

/** Is Dial still waiting for this leg? */
export function isBeingDialled(leg: Leg): boolean {
  return (
    leg.dialledAt !== null && leg.dialEndedAt === null && leg.answeredAt === null && leg.closedAt === null
  );
}

/**
 * When a person took this leg up, as far as is known. A dialled leg that entered a bridge was answered, also when its
 * DialEnd was lost in a gap.
 */
export function answeredAt(leg: Leg): number | null {
  if (leg.role === 'local') return null;
  if (leg.answeredAt !== null) return leg.answeredAt;
  return leg.dialledAt !== null && leg.dialStatus === null ? leg.bridgedAt : null;
}

/** What a dialled leg that nobody answered came to. 603 and cause 21 are a person's "no" (DialEnd says NOANSWER). */
export function verdictOf(leg: Leg): LegVerdict {
  if (leg.forward !== null) return 'forwarded';
  if (leg.techCause === '603' || leg.cause === 21) return 'declined';
  if (leg.dialStatus === 'BUSY') return 'busy';
  if (leg.rangAt !== null) return 'rang';
  return leg.dialStatus === 'CONGESTION' ? 'failed' : 'unreachable';
}

/** Until when a leg rang; null when it did not, still does, or nobody saw it stop. */
export function rangUntil(leg: Leg): number | null {
  if (leg.rangAt === null) return null;
  return leg.dialEndedAt ?? (leg.closing === 'live' ? leg.closedAt : null);
}

/** A leg whose story is over and that nobody needs any more: not the caller, no talk, not gone outside. */
export function isFruitless(leg: Leg): boolean {
  return leg.closedAt !== null && answeredAt(leg) === null && leg.bridgedAt === null && leg.role !== 'trunk';
}
