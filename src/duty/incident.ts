/**
 * 突发事件: what is known of when it happened and when we heard of it, what was reported upward and when, and what the upper
 * office asked back. Folded from facts; names, texts and reasons are erasable and stand beside them (D11). Pure; times are
 * integer ms UTC and to the minute where people typed them.
 */
import type { Channel, Level } from './report-limits.ts';

/** 初报, 续报一 …, 终报, and 核报 for what was asked from above. */
export type ReportKind = 'first' | 'further' | 'final' | 'verification';

export interface Report {
  readonly id: string;
  readonly kind: ReportKind;
  /** 1, 2, 3 … among 续报; 0 for the others. */
  readonly turn: number;
  readonly channel: Channel;
  /** When it left, as it counts. */
  readonly sentAt: number;
  /** When that was written down: later than `sentAt` for one that was entered afterwards. */
  readonly enteredAt: number;
  /** 签发人, a person's id or none. */
  readonly signedBy: string | null;
  /** The outgoing call that proves a 电话报告, or the one in which receipt was confirmed. */
  readonly call: string | null;
  readonly withdrawn: boolean;
}

/** 调度核实 from above: its own clock and its feedback. */
export interface Inquiry {
  readonly id: string;
  readonly askedAt: number;
  /** Null: no time was given. */
  readonly dueAt: number | null;
  readonly answeredAt: number | null;
}

export interface Incident {
  readonly id: string;
  readonly room: string;
  /** The record it came from; null when it was entered by hand. */
  readonly record: string | null;
  readonly occurredAt: number | null;
  readonly receivedAt: number;
  readonly level: Level;
  readonly openedAt: number;
  readonly reports: readonly Report[];
  readonly inquiries: readonly Inquiry[];
  /** When the next 续报 was promised or asked for; null: none is. */
  readonly furtherDueAt: number | null;
  /** Alarms somebody has heard, by the id of their clock. */
  readonly acknowledged: Readonly<Record<string, number>>;
  /** By a 终报, or by hand. */
  readonly closedAt: number | null;
  /** By hand, with a reason: what was not reported then will not be. After a 终报 a limit that was forgotten still runs. */
  readonly closedByHand: boolean;
}

interface Stamp {
  readonly at: number;
  /** Person, else account. */
  readonly by: string | null;
}

export type IncidentFact = Stamp &
  (
    | {
        readonly kind: 'incident-opened';
        readonly room: string;
        readonly record: string | null;
        readonly occurredAt: number | null;
        readonly receivedAt: number;
        readonly level: Level;
      }
    | {
        readonly kind: 'incident-corrected';
        readonly occurredAt: number | null;
        readonly receivedAt: number;
        readonly level: Level;
      }
    | {
        readonly kind: 'report-sent';
        readonly report: string;
        readonly reportKind: ReportKind;
        readonly channel: Channel;
        readonly sentAt: number;
        readonly signedBy: string | null;
        readonly call: string | null;
        readonly furtherDueAt: number | null;
      }
    | { readonly kind: 'report-withdrawn'; readonly report: string }
    | { readonly kind: 'report-proved'; readonly report: string; readonly call: string }
    | {
        readonly kind: 'inquiry-received';
        readonly inquiry: string;
        readonly askedAt: number;
        readonly dueAt: number | null;
      }
    | { readonly kind: 'inquiry-answered'; readonly inquiry: string; readonly answeredAt: number }
    | { readonly kind: 'alarm-acknowledged'; readonly clock: string }
    | { readonly kind: 'incident-closed' }
    | { readonly kind: 'incident-reopened' }
  );

/** Folds facts from the first (`incident-opened`) on; undefined when they do not begin with it. */
export function foldIncident(id: string, facts: readonly IncidentFact[]): Incident | undefined {
  return facts.reduce<Incident | undefined>(
    (incident, fact) => evolveIncident(id, incident, fact),
    undefined,
  );
}

/** The incident after one fact. Total: a fact that does not fit (repeated, about a report nobody knows) changes nothing. */
export function evolveIncident(
  id: string,
  before: Incident | undefined,
  fact: IncidentFact,
): Incident | undefined {
  if (fact.kind === 'incident-opened') {
    if (before !== undefined) return before;
    const { room, record, occurredAt, receivedAt, level, at: openedAt } = fact;
    const nothingYet = { reports: [], inquiries: [], furtherDueAt: null, acknowledged: {}, closedAt: null };
    const closedByHand = false;
    return { id, room, record, occurredAt, receivedAt, level, openedAt, ...nothingYet, closedByHand };
  }
  return before === undefined ? undefined : changed(before, fact);
}

function changed(incident: Incident, fact: Exclude<IncidentFact, { kind: 'incident-opened' }>): Incident {
  switch (fact.kind) {
    case 'incident-corrected': {
      const { occurredAt, receivedAt, level } = fact;
      return { ...incident, occurredAt, receivedAt, level };
    }
    case 'report-sent':
      return withReport(incident, fact);
    case 'report-withdrawn':
      return withChangedReport(incident, fact.report, (report) => ({ ...report, withdrawn: true }));
    case 'report-proved':
      return withChangedReport(incident, fact.report, (report) => ({ ...report, call: fact.call }));
    case 'inquiry-received': {
      if (incident.inquiries.some((one) => one.id === fact.inquiry)) return incident;
      const { inquiry: id, askedAt, dueAt } = fact;
      return { ...incident, inquiries: [...incident.inquiries, { id, askedAt, dueAt, answeredAt: null }] };
    }
    case 'inquiry-answered':
      return {
        ...incident,
        inquiries: incident.inquiries.map((one) =>
          one.id === fact.inquiry && one.answeredAt === null ? { ...one, answeredAt: fact.answeredAt } : one,
        ),
      };
    case 'alarm-acknowledged':
      return { ...incident, acknowledged: { ...incident.acknowledged, [fact.clock]: fact.at } };
    case 'incident-closed':
      return {
        ...incident,
        closedAt: incident.closedAt ?? fact.at,
        furtherDueAt: null,
        closedByHand: incident.closedAt === null,
      };
    case 'incident-reopened':
      return { ...incident, closedAt: null, closedByHand: false };
  }
}

function withReport(incident: Incident, fact: Extract<IncidentFact, { kind: 'report-sent' }>): Incident {
  if (incident.reports.some((report) => report.id === fact.report)) return incident;
  const { report: id, reportKind: kind, channel, sentAt, at: enteredAt, signedBy, call, furtherDueAt } = fact;
  const earlier = incident.reports.filter((report) => report.kind === 'further').length;
  const turn = kind === 'further' ? earlier + 1 : 0;
  const report: Report = { id, kind, turn, channel, sentAt, enteredAt, signedBy, call, withdrawn: false };
  return {
    ...incident,
    reports: [...incident.reports, report],
    // Each report says anew when the next one comes; a 终报 says that none does.
    furtherDueAt: kind === 'final' ? null : furtherDueAt,
    closedAt: kind === 'final' ? (incident.closedAt ?? fact.at) : incident.closedAt,
  };
}

function withChangedReport(incident: Incident, id: string, change: (report: Report) => Report): Incident {
  return {
    ...incident,
    reports: incident.reports.map((report) => (report.id === id ? change(report) : report)),
  };
}
