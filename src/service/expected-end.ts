/** What the tracker of a line's PBX is told of one end of a probe (拨测) that is about to come in. */
import type { ExpectedProbe } from '../calls/probe-arrival.ts';
import type { ProbeEnd, ProbeOrder } from '../diagnosis/probe.ts';

/** It is expected for so long beyond the ringing: a slow gateway, an answer. */
const LATE_MS = 40_000;

/**
 * Null: it comes in on no line of ours, or there is no such end.
 *
 * @param callers numbers it may show
 * @param from when it is placed, our clock, integer ms UTC
 */
export function expectedEnd(
  order: ProbeOrder,
  end: ProbeEnd,
  callers: readonly string[],
  from: number,
): ExpectedProbe | null {
  const { id: probe } = (end === 'main' ? order : order.occupier) ?? {};
  if (order.line === null || probe === undefined) return null;
  return { probe, line: order.line, callers, from, until: from + ringMsOf(order, end) + LATE_MS };
}

/** The one that keeps the line busy must outlast the other. In ms. */
export function ringMsOf({ ringMs }: ProbeOrder, end: ProbeEnd): number {
  return end === 'main' ? ringMs : ringMs * 2;
}
