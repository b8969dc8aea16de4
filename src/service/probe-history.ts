/** Which probes of ours (拨测) a PBX's history may hold: what it kept of them is no call of the office. */
import type { ExpectedProbe } from '../calls/probe-arrival.ts';
import type { ProbeConfig, ProbeTrunk } from '../config/config.ts';
import type { Probe } from '../diagnosis/probe.ts';
import type { Office } from '../duty/office.ts';
import type { Store } from '../storage/store.ts';

export interface Stretch {
  readonly pbx: string;
  /** ms UTC, our clock. */
  readonly from: number;
  readonly to: number;
}

/** A call of the stretch may have begun before it. */
const BEFORE_MS = 10 * 60_000;
/** Of one whose end nobody saw. */
const LATE_MS = 40_000;

export async function probesThatCameIn(
  store: Pick<Store, 'probesPlaced'>,
  config: Pick<ProbeConfig, 'trunks'> | null,
  office: Pick<Office, 'lines'>,
  { pbx, from, to }: Stretch,
): Promise<readonly ExpectedProbe[]> {
  if (config === null) return [];
  const lines = new Set(office.lines.filter((line) => line.pbx === pbx).map((line) => line.id));
  const placed = await store.probesPlaced(from - BEFORE_MS, to);
  return placed
    .filter(({ order }) => lines.has(order.line ?? ''))
    .flatMap((probe) => expectedOf(probe, config.trunks));
}

/** What the tracker was told of a probe that comes in on a line: of its call, and of the one that kept the line busy. */
export function expectedOf(probe: Probe, trunks: readonly ProbeTrunk[]): readonly ExpectedProbe[] {
  const { order, askedAt, placedAt, end } = probe;
  const from = order.occupier === null ? (placedAt ?? askedAt) : askedAt;
  const until = end?.at ?? from + order.ringMs * 2 + LATE_MS;
  const ends = [{ id: order.id, trunk: order.trunk }, ...(order.occupier === null ? [] : [order.occupier])];
  return ends.flatMap(({ id, trunk }) => {
    const known = trunks.find((one) => one.pbx === order.pbx && one.trunk === trunk);
    if (known === undefined || order.line === null) return [];
    return [{ probe: id, line: order.line, callers: known.shows, from, until }];
  });
}
