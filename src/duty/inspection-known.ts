/**
 * What the system knows of a room and a stretch, beside the items of 检查记录表: sentences, each with the way to what it was counted
 * from. Times are integer ms UTC.
 */
import type { DutyNotes } from './duty-notes.ts';
import type { Incident } from './incident.ts';
import type { AnswerLimits, IncomingCall } from './inspection-answering.ts';
import type { HandledRecord } from './inspection-feedback.ts';
import type { ItemCode } from './inspection-items.ts';
import type { ReportLimits } from './report-limits.ts';
import type { Shift } from './roster.ts';
import type { RosterPerson } from './roster-check.ts';
import type { ReportWay } from './roster-report.ts';
import type { RosterRules } from './roster-rules.ts';

/** Where a figure comes from. */
export type KnownWay = { readonly text: string } & (
  | { readonly to: 'call'; readonly id: string; readonly recordings: readonly string[] }
  /** Calls of a room and a stretch: all of them, or those that a sentence counts. */
  | {
      readonly to: 'calls';
      readonly room: string;
      readonly from: number;
      readonly until: number;
      readonly only: CallsShown;
    }
  | { readonly to: 'record'; readonly number: string }
  | { readonly to: 'incident' | 'finding' | 'line' | 'hand-over'; readonly id: string }
  | { readonly to: 'roster' | 'notes'; readonly room: string }
);

export const CALLS_SHOWN = ['all', 'late', 'near', 'unanswered', 'unseen', 'checks'] as const;
export type CallsShown = (typeof CALLS_SHOWN)[number];

export interface KnownLine {
  readonly text: string;
  /** `unknown`: no machine can know it, or this one has not been told. */
  readonly tone: 'good' | 'poor' | 'plain' | 'unknown';
  readonly ways: readonly KnownWay[];
}

export type KnownItems = Readonly<Record<ItemCode, readonly KnownLine[]>>;

export interface ReportedRoster {
  readonly id: string;
  /** Days, both included. */
  readonly from: string;
  readonly to: string;
  readonly reportedTo: string;
  readonly way: ReportWay;
  readonly at: number;
}

/** A 交接班 that is over. */
export interface TakenOver {
  readonly id: string;
  readonly at: number;
  readonly state: 'done' | 'stayed';
  /** Who were expected by the roster and did not sign. */
  readonly missing: number;
  /** 接班人 who may not be on duty. */
  readonly unfit: number;
  /** Of each 接班人 the version of 本班须知 that he said he had read; null: he was not asked. */
  readonly notesRead: readonly (number | null)[];
}

/** Everything of one room and a stretch, as the store tells it. */
export interface RoomHistory {
  readonly room: string;
  readonly name: string;
  readonly shifts: readonly Shift[];
  readonly people: readonly RosterPerson[];
  readonly rules: RosterRules;
  /** Those that went up or whose days lie in the stretch, and those of the holidays around it. */
  readonly reports: readonly ReportedRoster[];
  readonly takenOver: readonly TakenOver[];
  /** By which an answer is late in this office. */
  readonly limits: AnswerLimits;
  /** That came in on a duty line. */
  readonly calls: readonly IncomingCall[];
  /** There were more calls than are read at once. */
  readonly isCut: boolean;
  readonly handled: readonly HandledRecord[];
  /** Records of 类别 突发信息. */
  readonly emergencies: readonly Omit<HandledRecord, 'entries'>[];
  /** 信息报告时限 of this room. */
  readonly reportLimits: ReportLimits;
  /** 突发事件 that were heard of in the stretch, and those about which the upper office asked in it. */
  readonly incidents: readonly Incident[];
  /** 本班须知 as it stood at the end of the stretch; null: nobody had written any. */
  readonly notes: {
    readonly version: number;
    readonly at: number;
    readonly by: string | null;
    readonly notes: DutyNotes;
  } | null;
}
