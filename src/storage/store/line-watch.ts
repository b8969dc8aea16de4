/** 值班电话检测: what was found of the lines, and the 拨测 that were placed to them. */
import type { HeardByTrunk } from '../../diagnosis/callers-own-tone.ts';
import type { Probe } from '../../diagnosis/probe.ts';
import type { ProbeView } from '../../web/protocol/probe-view.ts';
import type { FindingView, LineWatchView } from '../../web/protocol/watch-view.ts';
import { findingsOfLines, findingView, lineWatch } from '../finding-reads.ts';
import { heardByTrunks } from '../heard-by-trunks.ts';
import {
  askerOfRound,
  openProbes,
  type ProbeRow,
  type ProbeTally,
  probedElsewhere,
  probeRow,
  probesOfLines,
  probesOfRound,
  probesPlaced,
  probeTally,
  probeView,
} from '../probe-reads.ts';
import { type KeptProbeSound, keptProbeSounds } from '../probe-sound-reads.ts';
import type { ReadDeps } from '../read.ts';

export interface StoredLineWatch {
  /** Both verdicts of each line at a moment (integer ms UTC), in the order asked. */
  lineWatch(lines: readonly string[], at: number): Promise<readonly LineWatchView[]>;
  /** Findings of these lines, the open ones first, then the newest. */
  findingsOfLines(lines: readonly string[], limit: number): Promise<readonly FindingView[]>;
  findingView(id: string): Promise<FindingView | undefined>;

  /** 拨测 of these lines, the newest first. */
  probesOfLines(lines: readonly string[], limit: number, outlines?: boolean): Promise<readonly ProbeView[]>;
  /** One with its waveform. */
  probeView(id: string): Promise<ProbeView | undefined>;
  /** Those of one 抽查, in their order. */
  probesOfRound(round: string): Promise<readonly ProbeView[]>;
  /** Account that asked for it, null for none; undefined: there is no such 抽查. */
  askerOfRound(round: string): Promise<string | null | undefined>;
  probe(id: string): Promise<ProbeRow | undefined>;
  /** Those that were not concluded yet, oldest first. */
  openProbes(): Promise<readonly Probe[]>;
  /** Those that may have been on their way from … to (ms UTC), oldest first. */
  probesPlaced(from: number, to: number): Promise<readonly Probe[]>;
  /** What probes have heard since then, ms UTC, by the trunk they left by; the newest, and so many as say enough. */
  heardByTrunks(since: number): Promise<readonly HeardByTrunk[]>;
  /** Sound of probes that must be on the disk, in the order of their ids; `after` is the last of the page before. */
  keptProbeSounds(after: string | null, limit: number): Promise<readonly KeptProbeSound[]>;
  /** Of every line that was probed since then, ms UTC. */
  probeTally(since: number): Promise<readonly ProbeTally[]>;
  /** Of every number of another office that was called since then, ms UTC. */
  probedElsewhere(since: number): Promise<readonly { readonly number: string; readonly asked: number }[]>;
}

export function storedLineWatch(deps: ReadDeps): StoredLineWatch {
  return {
    lineWatch: (lines, at) => lineWatch(deps, lines, at),
    findingsOfLines: (lines, limit) => findingsOfLines(deps, lines, limit),
    findingView: (id) => findingView(deps, id),
    probesOfLines: (lines, limit, outlines) => probesOfLines(deps, lines, limit, outlines),
    probeView: (id) => probeView(deps, id),
    probesOfRound: (round) => probesOfRound(deps, round),
    askerOfRound: (round) => askerOfRound(deps, round),
    probe: (id) => probeRow(deps, id),
    openProbes: () => openProbes(deps),
    probesPlaced: (from, to) => probesPlaced(deps, from, to),
    heardByTrunks: (since) => heardByTrunks(deps, since),
    keptProbeSounds: (after, limit) => keptProbeSounds(deps, after, limit),
    probeTally: (since) => probeTally(deps, since),
    probedElsewhere: (since) => probedElsewhere(deps, since),
  };
}
