/**
 * 突发事件: what is known of when it happened and when we heard of it, what was reported upward and when, and what the upper
 * office asked back. Folded from facts; names, texts and reasons are erasable and stand beside them (D11). Pure; times are
 * integer ms UTC and to the minute where people typed them.
 */

import { CHANNELS, type Channel, type Level } from './report-limits.ts';
import { freshTurn } from './report-number.ts';

/** 初报, 续报一 …, 终报, and 核报 for what was asked from above. */
export type ReportKind = 'first' | 'further' | 'final' | 'verification';

/** What everybody asks first; corrected as more is known. */
export interface IncidentKnown {
  readonly occurredAt: number | null;
  readonly receivedAt: number;
  readonly level: Level;
}

export interface Report {
  readonly id: string;
  readonly kind: ReportKind;
  /** 1, 2, 3 … among 续报, 0, 1 … among 终报; 0 for the others. By telephone and on paper one report has one of them. */
  readonly turn: number;
  readonly channel: Channel;
  /** When it left, as it counts. */
  readonly sentAt: number;
  /** When that was written down: later than `sentAt` for one that was entered afterwards. */
  readonly enteredAt: number;
  /** When the next one was promised in it; null: it said nothing of a next one. */
  readonly furtherDueAt: number | null;
  /** 签发人, a person's id or none. */
  readonly signedBy: string | null;
  /** The outgoing call that proves a 电话报告, or the one in which receipt was confirmed. */
  readonly call: string | null;
  /** Of a 核报: the inquiry it answers; absent: none of them. */
  readonly inquiry?: string;
  readonly withdrawn: boolean;
  /** As it was known when this was written down: what has left does not change with what is learnt later. */
  readonly known: IncidentKnown;
}

/** 调度核实 from above: its own clock and its feedback. */
export interface Inquiry {
  readonly id: string;
  readonly askedAt: number;
  /** Null: no time was given. */
  readonly dueAt: number | null;
  /** Said to be answered by itself, without a 核报; `answerOf` is when it was answered. */
  readonly answeredAt: number | null;
}

export interface Incident extends IncidentKnown {
  readonly id: string;
  readonly room: string;
  /** The record it came from; null when it was entered by hand. */
  readonly record: string | null;
  readonly openedAt: number;
  readonly reports: readonly Report[];
  readonly inquiries: readonly Inquiry[];
  /** When the next 续报 was promised or asked for; null: none is. */
  readonly furtherDueAt: number | null;
  /** Alarms somebody has heard, by the id of their clock. */
  readonly acknowledged: Readonly<Record<string, number>>;
  /** How often each report became another duty (a correction, a report taken back): an alarm of before says nothing of it. */
  readonly rearmed: Readonly<Record<Channel, number>>;
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
        readonly inquiry?: string;
        /** Absent: from before telephone and paper had one number. */
        readonly turn?: number;
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
    const nothingYet = { reports: [], inquiries: [], furtherDueAt: null, acknowledged: {} };
    const going = { rearmed: { telephone: 0, written: 0 }, closedAt: null, closedByHand: false };
    return { id, room, record, occurredAt, receivedAt, level, openedAt, ...nothingYet, ...going };
  }
  return before === undefined ? undefined : changed(before, fact);
}

function changed(incident: Incident, fact: Exclude<IncidentFact, { kind: 'incident-opened' }>): Incident {
  switch (fact.kind) {
    case 'incident-corrected': {
      const { occurredAt, receivedAt, level } = fact;
      const corrected = { ...incident, occurredAt, receivedAt, level };
      return isSameDuty(incident, corrected) ? corrected : CHANNELS.reduce(rearmed, corrected);
    }
    case 'report-sent':
      return withReport(incident, fact);
    case 'report-withdrawn':
      return withoutReport(incident, fact.report);
    case 'report-proved':
      return withReports(
        incident,
        incident.reports.map((report) =>
          report.id === fact.report ? { ...report, call: fact.call } : report,
        ),
      );
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
        closedByHand: incident.closedAt === null,
      };
    case 'incident-reopened':
      return { ...incident, closedAt: null, closedByHand: false };
  }
}

function withReport(incident: Incident, fact: Extract<IncidentFact, { kind: 'report-sent' }>): Incident {
  if (incident.reports.some((report) => report.id === fact.report)) return incident;
  const { report: id, reportKind: kind, channel, sentAt, at: enteredAt, furtherDueAt, signedBy, call } = fact;
  const turn = fact.turn ?? (kind === 'further' ? freshTurn(incident.reports, kind) : 0);
  const { occurredAt, receivedAt, level } = incident;
  const known = { occurredAt, receivedAt, level };
  const ties = {
    ...(fact.inquiry === undefined ? {} : { inquiry: fact.inquiry }),
  };
  const made = {
    id,
    kind,
    turn,
    channel,
    sentAt,
    enteredAt,
    furtherDueAt,
    signedBy,
    call,
    known,
    ...ties,
  };
  return {
    ...withReports(incident, [...incident.reports, { ...made, withdrawn: false }]),
    closedAt: kind === 'final' ? (incident.closedAt ?? fact.at) : incident.closedAt,
  };
}

function withReports(incident: Incident, reports: readonly Report[]): Incident {
  return { ...incident, reports, furtherDueAt: promisedIn(reports) };
}

/**
 * When the next 续报 is due by what the reports that stand have said, in the order in which they left: one that was written down
 * late, or taken back, undoes no promise of another. A new time replaces the one before, a 续报 or 终报 without one keeps it, and
 * the paper of a 续报 says what its telephone said.
 */
function promisedIn(reports: readonly Report[]): number | null {
  return reports
    .filter(({ withdrawn }) => !withdrawn)
    .toSorted((one, other) => one.sentAt - other.sentAt)
    .reduce<number | null>((promised, { kind, furtherDueAt, turn }, place, inOrder) => {
      if (kind === 'final') return null;
      const isTold = inOrder.slice(0, place).some((other) => other.kind === kind && other.turn === turn);
      return furtherDueAt ?? (kind === 'further' && !isTold ? null : promised);
    }, null);
}

function withoutReport(incident: Incident, id: string): Incident {
  const taken = incident.reports.find((report) => report.id === id && !report.withdrawn);
  if (taken === undefined) return incident;
  const after = withReports(
    incident,
    incident.reports.map((report) => (report === taken ? { ...report, withdrawn: true } : report)),
  );
  const { channel, inquiry } = taken;
  if (inquiry !== undefined) return unheard(after, `inquiry ${inquiry} `);
  return standsFor(taken, channel) && !after.reports.some((report) => standsFor(report, channel))
    ? rearmed(after, channel)
    : after;
}

/** When an inquiry was answered: by the first 核报 to it that stands, or by what was said of it; null: it was not. */
export function answerOf(
  { reports }: Pick<Incident, 'reports'>,
  { id, answeredAt }: Pick<Inquiry, 'id' | 'answeredAt'>,
): number | null {
  const sent = reports.flatMap(({ inquiry, withdrawn, sentAt }) =>
    inquiry === id && !withdrawn ? sentAt : [],
  );
  const all = answeredAt === null ? sent : [...sent, answeredAt];
  return all.length === 0 ? null : Math.min(...all);
}

/** Keeps the clock of a channel: it went out and stands; a 初报 or, where that was forgotten, whatever came instead. */
export function standsFor({ channel, withdrawn, kind }: Report, wanted: Channel): boolean {
  return channel === wanted && !withdrawn && kind !== 'verification';
}

/** To the minute, as people type: a corrected name changes no clock. */
function isSameDuty(one: Incident, other: Incident): boolean {
  const minute = (at: number | null) => (at === null ? null : Math.floor(at / 60_000));
  return (
    one.level === other.level &&
    minute(one.receivedAt) === minute(other.receivedAt) &&
    minute(one.occurredAt) === minute(other.occurredAt)
  );
}

/** What was heard of it was of another limit, or of a time before a report that is none any more: it may alarm again. */
function rearmed(incident: Incident, channel: Channel): Incident {
  const times = { ...incident.rearmed, [channel]: incident.rearmed[channel] + 1 };
  return { ...unheard(incident, `${channel} `), rearmed: times };
}

/** Nobody has heard the alarms of a clock. */
function unheard(incident: Incident, clock: string): Incident {
  const acknowledged = Object.fromEntries(
    Object.entries(incident.acknowledged).filter(([alarm]) => !alarm.startsWith(clock)),
  );
  return { ...incident, acknowledged };
}
