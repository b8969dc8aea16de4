/** How a probe ended, as its caller meets it. Pure. */
import type { Probe, ProbeEnding } from './probe.ts';

/** The causes of a network that never got to the number: no route, out of order, congestion, no circuit, no such service. */
const OF_THE_NETWORK: ReadonlySet<number | null> = new Set([0, 3, 20, 27, 34, 38, 41, 42, 44, 47, 58]);

/**
 * How a call of Originate ended that we did not hang up ourselves. Never by the cause alone: after its time 22 says 19 and 16
 * says 0, and a telephone that is switched off is 19 on 22 and 20 on 16.
 *
 * @param at when its Hangup came, ms UTC
 */
export function endingOf(probe: Probe, at: number, cause: number | null): ProbeEnding {
  const { dialledAt, answeredAt, rangAt, soundedAt, order } = probe;
  if (answeredAt !== null) return 'answered';
  if (cause === 17) return 'busy';
  if (dialledAt === null) return 'failed';
  // Asterisk counts from the order, we from the channel's first event.
  if (at - dialledAt >= order.ringMs - TIMER_MS) return 'timed-out';
  const wasReached = rangAt !== null || soundedAt !== null;
  return !wasReached && OF_THE_NETWORK.has(cause) ? 'failed' : 'rejected';
}

const TIMER_MS = 500;
