/** 值班表 as the page gets it. Times are integer ms UTC, days `2026-11-26`. */
import type { ShutState } from './hand-written.ts';
import type { RosterTrouble } from './roster-check.ts';
import type { Post } from './roster-plan.ts';
import type { ReportDue, ReportWay } from './roster-report.ts';
import type { RosterRules } from './roster-rules.ts';
import type { Standing } from './standing.ts';
import type { Swap } from './swap.ts';

export interface RosterPersonView {
  readonly id: string;
  readonly name: string;
  readonly title: string | null;
  readonly phone: string | null;
  /** Null: nobody has said. */
  readonly standing: Standing | null;
}

export interface RosterShiftView {
  readonly name: string;
  /** The day it begins on. */
  readonly day: string;
  readonly from: number;
  readonly to: number;
  /** As planned; as published where nothing was planned since. */
  readonly posts: readonly Post[];
  /** What counts; null: nothing was published. */
  readonly published: readonly Post[] | null;
  /** To be sent back with a change; 0: nothing was planned. */
  readonly revision: number;
  /** False: an older pattern had it. */
  readonly inPattern: boolean;
}

export interface SwapView extends Swap {
  readonly reason: string;
  readonly askedAt: number;
  readonly askedBy: string | null;
  readonly answeredAt: number | null;
  readonly answeredBy: string | null;
  readonly answer: string | null;
  /** What of reason and answer may be seen; null: all of it. */
  readonly shut: ShutState | null;
}

export interface RosterPublicationView {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  /** Shifts that were new or others. */
  readonly changed: number;
  readonly at: number;
  readonly by: string | null;
}

export interface RosterReportView {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly reportedTo: string;
  readonly way: ReportWay;
  /** When it went up. */
  readonly at: number;
  readonly by: string | null;
}

export interface RosterChangeView {
  /** `edited`, `imported`, `published`, `swapped`, `office`. */
  readonly what: string;
  readonly before: readonly Post[];
  readonly after: readonly Post[];
  readonly at: number;
  readonly by: string | null;
}

/** A report that no longer says what is published. */
export interface OutdatedReport {
  readonly id: string;
  readonly changedAt: number;
}

export interface RosterView {
  readonly room: string;
  readonly at: number;
  readonly from: string;
  readonly days: number;
  readonly mayEdit: boolean;
  /** The person in whose name a swap is asked or answered; null: nobody sits here. */
  readonly me: string | null;
  readonly rules: RosterRules;
  readonly rulesVersion: number;
  readonly people: readonly RosterPersonView[];
  readonly shifts: readonly RosterShiftView[];
  /** 长期安排, which counts where nothing dated does. */
  readonly standing: { readonly leaders: readonly string[]; readonly officers: readonly string[] };
  readonly troubles: readonly RosterTrouble[];
  readonly swaps: readonly SwapView[];
  readonly publications: readonly RosterPublicationView[];
  readonly reports: readonly RosterReportView[];
  readonly outdated: readonly OutdatedReport[];
  readonly due: readonly ReportDue[];
}
