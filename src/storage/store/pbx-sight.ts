/** What is known of a PBX: the calls that a tracker must know again, the gaps in which it was out of sight, its clock. */
import type { CallFact, CallText } from '../../calls/fact.ts';
import type { GapView } from '../../web/protocol/room-view.ts';
import { gapView, openGaps, recentGaps } from '../gap-reads.ts';
import { type GapReportRow, gapReports } from '../gap-report.ts';
import { clockOffset, knownChannels, recoveredCalls } from '../history-reads.ts';
import type { ReadDeps } from '../read.ts';
import { keptForRestore } from '../service-reads.ts';

export interface StoredPbxSight {
  /** Facts (in order of their writing) and names of calls that had not ended an hour before `at`. */
  keptForRestore(
    pbx: string,
    at: number,
  ): Promise<{ readonly facts: readonly CallFact[]; readonly texts: readonly CallText[] }>;
  /** Those of the ids that are the Linkedid of a call of this PBX or the Uniqueid of one of its channels. */
  knownChannels(pbx: string, ids: readonly string[]): Promise<ReadonlySet<string>>;
  /** Those of the Linkedids whose call was recovered from the history of this PBX. */
  recoveredCalls(pbx: string, linkedids: readonly string[]): Promise<ReadonlySet<string>>;
  /** Clock of a PBX minus ours in ms, as measured in the last call seen live before a moment (ms UTC); null: none was. */
  clockOffset(pbx: string, at: number): Promise<number | null>;

  gapView(id: string): Promise<GapView | undefined>;
  openGaps(): Promise<readonly GapView[]>;
  /** Open, or ended since; newest first. */
  recentGaps(since: number): Promise<readonly GapView[]>;
  /** What the history of a PBX gave for gaps, the latest first. */
  gapReports(limit: number): Promise<readonly GapReportRow[]>;
}

export function storedPbxSight(deps: ReadDeps): StoredPbxSight {
  return {
    keptForRestore: (pbx, at) => keptForRestore(deps, pbx, at),
    knownChannels: (pbx, ids) => knownChannels(deps, pbx, ids),
    recoveredCalls: (pbx, linkedids) => recoveredCalls(deps, pbx, linkedids),
    clockOffset: (pbx, at) => clockOffset(deps, pbx, at),
    gapView: (id) => gapView(deps, id),
    openGaps: () => openGaps(deps),
    recentGaps: (since) => recentGaps(deps, since),
    gapReports: (limit) => gapReports(deps, limit),
  };
}
