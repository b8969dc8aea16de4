/** The fold of one leg: what it is after each fact about it. What was told first stays, where it can be told twice. */
import type { Leg } from './leg.ts';
import type { LegFact } from './leg-fact.ts';

/** The leg after one more fact. */
export function evolveLeg(leg: Leg, fact: LegFact): Leg {
  switch (fact.kind) {
    case 'leg-dialled':
      return { ...leg, dialledBy: fact.by, number: fact.number, dialledAt: fact.at };
    case 'leg-rang':
      return {
        ...leg,
        rangAt: leg.rangAt ?? fact.at,
        signal: leg.signal === 'ringing' ? leg.signal : fact.signal,
      };
    case 'leg-dial-ended':
      return {
        ...leg,
        dialStatus: fact.status,
        dialEndedAt: fact.at,
        forward: fact.forward ?? leg.forward,
      };
    case 'leg-answered':
      return {
        ...leg,
        dialStatus: 'ANSWER',
        dialEndedAt: fact.at,
        answeredAt: fact.at,
        answeredBy: fact.endpoint,
      };
    case 'leg-bridged':
      return {
        ...leg,
        bridge: fact.bridge,
        bridgedAt:
          fact.seen === 'live' && fact.bridgeType === 'basic' ? (leg.bridgedAt ?? fact.at) : leg.bridgedAt,
        foundTalking: leg.foundTalking || fact.seen === 'list',
      };
    case 'leg-unbridged':
      return { ...leg, bridge: null };
    case 'leg-held':
    case 'leg-unheld':
      return { ...leg, held: fact.kind === 'leg-held' };
    case 'leg-closed':
      return {
        ...leg,
        bridge: null,
        closedAt: fact.at,
        closing: fact.seen,
        cause: leg.cause ?? fact.cause,
        techCause: leg.techCause ?? fact.techCause,
      };
    case 'hang-up-asked':
      return {
        ...leg,
        hangUpAskedAt: leg.hangUpAskedAt ?? fact.at,
        cause: fact.cause ?? leg.cause,
      };
  }
}
