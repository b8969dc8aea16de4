/** What can be written of 值班表. */
import type { PlannedShift } from '../duty/roster-plan.ts';
import type { ReportWay } from '../duty/roster-report.ts';
import type { RosterRules } from '../duty/roster-rules.ts';
import type { Standing } from '../duty/standing.ts';
import type { ShiftEnds } from '../duty/swap.ts';

/** Who writes; `name` as it is shown in the history. Times are integer ms UTC. */
interface By {
  readonly room: string;
  readonly account: string | null;
  readonly person: string | null;
  readonly name: string;
  readonly at: number;
}

export type RosterWork =
  /** `base` is the version the writer saw; 0: there was none. */
  | (By & { readonly type: 'roster-rules'; readonly base: number; readonly rules: RosterRules })
  | (By & { readonly type: 'roster-standing'; readonly who: string; readonly standing: Standing })
  /** All of them or none. `base` of each is the revision the writer saw. */
  | (By & {
      readonly type: 'roster-plan';
      readonly how: 'edited' | 'imported';
      readonly shifts: readonly (PlannedShift & { readonly base: number })[];
    })
  /** Days as `2026-11-26`, both included. */
  | (By & {
      readonly type: 'roster-publish';
      readonly id: string;
      readonly from: string;
      readonly to: string;
    })
  | (By & {
      readonly type: 'roster-report';
      readonly id: string;
      readonly from: string;
      readonly to: string;
      readonly reportedTo: string;
      readonly way: ReportWay;
      readonly reportedAt: number;
    })
  | (By & {
      readonly type: 'swap-ask';
      readonly id: string;
      readonly shift: ShiftEnds;
      readonly giver: string;
      readonly taker: string;
      readonly back: ShiftEnds | null;
      readonly reason: string;
    })
  | (By & {
      readonly type: 'swap-answer';
      readonly id: string;
      readonly how: 'accepted' | 'refused' | 'withdrawn';
      readonly words: string;
    });
