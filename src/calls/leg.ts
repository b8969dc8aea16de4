/** A leg: one channel's part in a call, and its life told in small questions. */
import type { LegVerdict } from './call.ts';

/** 'duty-phone' is a phone of a duty line, 'phone' any other, 'local' half of a Local pair (nobody sits there). */
export type LegRole = 'trunk' | 'duty-phone' | 'phone' | 'local';

/** How we know: from the live events, only from a later list of channels, or from what the PBX kept (系统补采). */
export type Seen = 'live' | 'list' | 'history';

/** One part of the 接转经过, as folded from its facts. Times are integer ms UTC. */
export interface Leg {
  readonly uniqueid: string;
  readonly channel: string;
  readonly endpoint: string;
  readonly role: LegRole;
  readonly openedAt: number;
  /** Uniqueid of the channel that dialled it; null for a channel that called in, or is not yet dialled. */
  readonly dialledBy: string | null;
  /** As dialled; null when it was never dialled. */
  readonly number: string | null;
  readonly dialledAt: number | null;
  readonly rangAt: number | null;
  readonly signal: 'ringing' | 'progress' | null;
  /** DialEnd's status (`ANSWER` too) and time. */
  readonly dialStatus: string | null;
  readonly dialEndedAt: number | null;
  readonly forward: string | null;
  readonly answeredAt: number | null;
  /** Endpoint named at the answer; differs from `endpoint` after a pickup. */
  readonly answeredBy: string | null;
  /** First entry into a bridge of two that was seen. */
  readonly bridgedAt: number | null;
  /** Stood in a bridge when a list found it: it talked, since when is not known. */
  readonly foundTalking: boolean;
  /** The bridge it is in. */
  readonly bridge: string | null;
  readonly held: boolean;
  readonly hangUpAskedAt: number | null;
  /** Cause of HangupRequest, else of Hangup: 17 busy, 21 declined, 26 answered elsewhere. */
  readonly cause: number | null;
  readonly techCause: string | null;
  /** Left the call by transferring it. */
  readonly away: boolean;
  readonly closedAt: number | null;
  /** How its end is known; null while it stands. */
  readonly closing: Seen | null;
}

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
