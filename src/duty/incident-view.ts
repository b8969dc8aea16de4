/** 突发事件 as the page gets it. Times are integer ms UTC. */
import type { ShutState } from './hand-written.ts';
import type { Incident, Inquiry, Report } from './incident.ts';
import type { Clock } from './incident-clock.ts';
import type { Level, ReportLimits } from './report-limits.ts';

export interface IncidentBrief {
  readonly id: string;
  /** Null: it or its record is shut away, or erased. */
  readonly title: string | null;
  readonly level: Level;
  readonly occurredAt: number | null;
  readonly receivedAt: number;
  readonly closedAt: number | null;
  readonly clocks: readonly Clock[];
}

/** A 突发信息 of which nobody has said what becomes of it. */
export interface UndecidedEmergency {
  readonly record: string;
  /** 来电时间, else when the form was opened. */
  readonly receivedAt: number;
  readonly number: string | null;
  readonly unit: string;
  readonly content: string;
}

export interface IncidentPageView {
  readonly room: string;
  readonly at: number;
  readonly mayWrite: boolean;
  readonly limits: ReportLimits;
  /** Those that still run first, then the newest. */
  readonly incidents: readonly IncidentBrief[];
  readonly undecided: readonly UndecidedEmergency[];
  /** Names for 签发人. */
  readonly people: readonly string[];
  /** 上级单位 of the directory, for 报送单位. */
  readonly superiors: readonly string[];
}

export interface ReportView extends Report {
  /** 事件名称 as it was then. */
  readonly title: string;
  readonly to: string;
  readonly receiver: string;
  readonly signer: string;
  readonly text: string;
  /** Who entered it. */
  readonly by: string | null;
  readonly withdrawal: { readonly at: number; readonly by: string | null; readonly reason: string } | null;
}

export interface InquiryView extends Inquiry {
  /** By whichever way it was first; the 核报 that answer it are among the reports. */
  readonly answeredAt: number | null;
  readonly from: string;
  readonly text: string;
  /** What was said of it without a 核报, '' for nothing; null: it is not answered. */
  readonly answer: string | null;
  readonly by: string | null;
}

/** One step of the timeline; `ref` is the report, inquiry or clock it is about. */
export interface IncidentStep {
  readonly at: number;
  readonly kind: string;
  readonly ref: string | null;
  readonly by: string | null;
  readonly reason: string | null;
}

/** A talk with a superior office after 接报: offered as the 电话报告 while there is none, or as the call a receipt was confirmed in. */
export interface OfferedCall {
  readonly call: string;
  readonly number: string;
  readonly unit: string | null;
  readonly answeredAt: number;
  /** Null while they talk. */
  readonly endedAt: number | null;
  /** Within the limit; outside it is shown as too late and never as in time. */
  readonly inTime: boolean;
  /** Its sound; null: there is none (yet). */
  readonly recording: string | null;
}

/** An answered talk of the room within the time of the incident, that may belong to a report on paper. */
export interface LinkableCall {
  readonly call: string;
  /** The room called; else it was called. */
  readonly isOut: boolean;
  readonly number: string;
  readonly unit: string | null;
  readonly answeredAt: number;
  /** The other party is 上级单位 in the directory; else a person has to say that it is meant. */
  readonly superior: boolean;
}

export interface IncidentView extends IncidentBrief {
  readonly room: string;
  readonly at: number;
  readonly mayWrite: boolean;
  readonly text: string;
  readonly record: {
    readonly id: string;
    readonly number: string | null;
    readonly call: string | null;
    /** Who told us: unit and person. */
    readonly source: string;
  } | null;
  /** It or its record. */
  readonly shut: ShutState | null;
  readonly closedByHand: Incident['closedByHand'];
  readonly furtherDueAt: number | null;
  readonly reports: readonly ReportView[];
  readonly inquiries: readonly InquiryView[];
  /** The oldest first. */
  readonly steps: readonly IncidentStep[];
  /** Talks that belong to no report yet, the oldest first. */
  readonly offers: readonly OfferedCall[];
  /** The newest first. */
  readonly talks: readonly LinkableCall[];
}
