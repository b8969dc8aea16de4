/** Which probes of ours (拨测) a PBX's history may hold: what it kept of them is no call of the office. */
import type { ExpectedProbe } from '../calls/probe-arrival.ts';
import type { ProbeConfig, ProbeTrunk } from '../config/config.ts';
import type { Probe, ProbeEnd } from '../diagnosis/probe.ts';
import type { Office } from '../duty/office.ts';
import type { Store } from '../storage/store.ts';
import { expectedEnd } from './expected-end.ts';

export interface Stretch {
  readonly pbx: string;
  /** ms UTC, our clock. */
  readonly from: number;
  readonly to: number;
}

/** A call of the stretch may have begun before it. */
const BEFORE_MS = 10 * 60_000;
/** A history may have whole seconds, cut off, and its clock may be known only so well. */
const EARLY_MS = 2_000;

/** Also of those that were placed by a trunk which the configuration no longer has. */
export async function probesThatCameIn(
  store: Pick<Store, 'probesPlaced'>,
  config: Pick<ProbeConfig, 'trunks'> | null,
  office: Pick<Office, 'lines'>,
  { pbx, from, to }: Stretch,
): Promise<readonly ExpectedProbe[]> {
  const lines = new Set(office.lines.filter((line) => line.pbx === pbx).map((line) => line.id));
  const placed = await store.probesPlaced(from - BEFORE_MS, to);
  return placed
    .filter(({ order }) => lines.has(order.line ?? ''))
    .flatMap((probe) => expectedOf(probe, config?.trunks ?? []));
}

/** What the tracker was told of a probe that comes in on a line: of its call, and of the one that kept the line busy. */
export function expectedOf(probe: Probe, trunks: readonly ProbeTrunk[]): readonly ExpectedProbe[] {
  return [
    ...endOf(probe, 'main', probe.placedAt, trunks),
    ...endOf(probe, 'occupier', probe.occupied?.placedAt ?? null, trunks),
  ];
}

function endOf(
  { order, end: ended }: Probe,
  end: ProbeEnd,
  placedAt: number | null,
  trunks: readonly ProbeTrunk[],
): readonly ExpectedProbe[] {
  const one = end === 'main' ? order : order.occupier;
  const shows =
    one?.shows ?? trunks.find(({ pbx, trunk }) => pbx === order.pbx && trunk === one?.trunk)?.shows;
  if (placedAt === null || shows === undefined) return [];
  const expected = expectedEnd(order, end, shows, placedAt);
  if (expected === null) return [];
  return [{ ...expected, from: placedAt - EARLY_MS, until: ended?.at ?? expected.until }];
}
