/**
 * What may be said of an incident, and what follows: facts, or why not. Times people type are to the minute, so that a report of
 * the same minute as 接报 is none before it. Pure; times are integer ms UTC, `at` is the office's clock.
 */
import { answerOf, type Incident, type IncidentFact, type ReportKind } from './incident.ts';
import { alarmOf, clocksOf } from './incident-clock.ts';
import type { IncidentFault } from './incident-refusal.ts';
import type { Channel, Level, ReportLimits } from './report-limits.ts';
import { freshTurn, isNumbered, turnsFor } from './report-number.ts';

/** What an incident is, as it was first said or is corrected. */
export interface IncidentSaid {
  readonly occurredAt: number | null;
  readonly receivedAt: number;
  readonly level: Level;
  readonly title: string;
  /** 要情: what happened, as it is known. */
  readonly text: string;
}

/** A report as an officer enters it. */
export interface ReportSaid {
  readonly report: string;
  readonly kind: ReportKind;
  readonly channel: Channel;
  readonly sentAt: number;
  /** 报送单位. */
  readonly to: string;
  /** 对方接收人: who took it, or confirmed its receipt. */
  readonly receiver: string;
  /** 签发人. */
  readonly signer: string;
  readonly text: string;
  /** A call that belongs to it: the one it was made in, or in which its receipt was confirmed. */
  readonly call: string | null;
  readonly furtherDueAt: number | null;
  /** Of a 核报: the inquiry it answers. */
  readonly inquiry?: string | null;
  /** The number of a 续报 or 终报 (`report-number.ts`); null: the likely one. */
  readonly turn?: number | null;
  /** A person has said that a call is meant whose other party is no superior office. */
  readonly confirmed?: boolean;
}

export type IncidentAsk =
  | ({ readonly type: 'open'; readonly room: string; readonly record: string | null } & IncidentSaid)
  | ({ readonly type: 'correct' } & IncidentSaid)
  | ({ readonly type: 'report' } & ReportSaid)
  | { readonly type: 'withdraw'; readonly report: string; readonly reason: string }
  | {
      readonly type: 'link-call';
      readonly report: string;
      readonly call: string;
      readonly confirmed?: boolean;
    }
  | {
      readonly type: 'inquiry';
      readonly inquiry: string;
      readonly askedAt: number;
      readonly dueAt: number | null;
      readonly from: string;
      readonly text: string;
    }
  | {
      readonly type: 'answer';
      readonly inquiry: string;
      readonly answeredAt: number;
      readonly text: string;
    }
  | { readonly type: 'acknowledge'; readonly clock: string }
  | { readonly type: 'close' | 'reopen'; readonly reason: string };

export interface IncidentContext {
  readonly at: number;
  readonly by: string | null;
  /** 签发人 by id, where the name is that of somebody of the room. */
  readonly signedBy: string | null;
  readonly limits: ReportLimits;
}

/** Signs of a title, a name, an office. */
const SHORT = 100;
const LONG = 10_000;
const LONGEST_REASON = 200;

/** Empty: it was so already (a repeat changes nothing). */
export function decideIncident(
  incident: Incident | undefined,
  ask: IncidentAsk,
  context: IncidentContext,
): readonly IncidentFact[] | IncidentFault {
  const { at, by } = context;
  if (ask.type === 'open') {
    if (incident !== undefined) return [];
    const fault = objectionToSaid(ask, at);
    if (fault !== null) return fault;
    const { room, record, occurredAt, receivedAt, level } = ask;
    return [{ kind: 'incident-opened', at, by, room, record, occurredAt, receivedAt, level }];
  }
  if (incident === undefined) return 'unknown';
  switch (ask.type) {
    case 'correct': {
      const fault = objectionToSaid(ask, at);
      if (fault !== null) return fault;
      const { occurredAt, receivedAt, level } = ask;
      // As no report may be sent before it, none may come to lie before it.
      if (incident.reports.some(({ withdrawn, sentAt }) => !withdrawn && minute(sentAt) < minute(receivedAt)))
        return 'report-early';
      return [{ kind: 'incident-corrected', at, by, occurredAt, receivedAt, level }];
    }
    case 'report':
      return sendReport(incident, ask, context);
    case 'withdraw':
      return withdraw(incident, ask, context);
    case 'link-call':
      return incident.reports.some(({ id, withdrawn }) => id === ask.report && !withdrawn)
        ? [{ kind: 'report-proved', at, by, report: ask.report, call: ask.call }]
        : 'report-unknown';
    case 'inquiry':
      return receiveInquiry(incident, ask, context);
    case 'answer':
      return answerInquiry(incident, ask, context);
    case 'acknowledge':
      return acknowledge(incident, ask.clock, context);
    case 'close':
      if (incident.closedAt !== null) return 'closed-already';
      return objectionToReason(ask.reason) ?? [{ kind: 'incident-closed', at, by }];
    case 'reopen':
      if (incident.closedAt === null) return 'open-already';
      return objectionToReason(ask.reason) ?? [{ kind: 'incident-reopened', at, by }];
  }
}

function objectionToSaid(
  { occurredAt, receivedAt, title, text }: IncidentSaid,
  at: number,
): IncidentFault | null {
  if (receivedAt > at || (occurredAt !== null && occurredAt > at)) return 'future';
  if (occurredAt !== null && minute(occurredAt) > minute(receivedAt)) return 'times';
  if (isEmpty(title) || longer(title, SHORT)) return 'no-title';
  return longer(text, LONG) ? 'text-too-long' : null;
}

function sendReport(
  incident: Incident,
  said: ReportSaid,
  { at, by, signedBy }: IncidentContext,
): readonly IncidentFact[] | IncidentFault {
  if (incident.reports.some(({ id }) => id === said.report)) return [];
  const { report, kind: reportKind, channel, sentAt, call, furtherDueAt } = said;
  const turns = turnsFor(incident.reports, reportKind, channel);
  const turn = said.turn ?? turns[0];
  const follows = isNumbered(reportKind) && turn !== freshTurn(incident.reports, reportKind);
  // What is verified from above and the paper of what was told may come after the end, and what left before it may be written
  // down after it.
  if (
    incident.closedAt !== null &&
    reportKind !== 'verification' &&
    !(follows && !incident.closedByHand) &&
    !leftBeforeEnd(incident, said)
  )
    return 'closed';
  if (!turns.includes(turn)) return 'report-number';
  if (sentAt > at) return 'future';
  if (minute(sentAt) < minute(incident.receivedAt)) return 'report-early';
  const isFirstAgain = (other: Incident['reports'][number]) =>
    other.kind === 'first' && other.channel === channel && !other.withdrawn;
  if (reportKind === 'first' && incident.reports.some(isFirstAgain)) return 'first-again';
  if (isEmpty(said.to) || isEmpty(said.text)) return 'report-empty';
  if (channel === 'written' && isEmpty(said.signer)) return 'report-unsigned';
  if ([said.to, said.receiver, said.signer].some((text) => longer(text, SHORT))) return 'text-too-long';
  if (longer(said.text, LONG)) return 'text-too-long';
  if (furtherDueAt !== null && furtherDueAt <= sentAt) return 'report-next';
  const fault = objectionToAnswer(incident, said);
  if (fault !== null) return fault;
  const ties = {
    ...(said.inquiry == null ? {} : { inquiry: said.inquiry }),
    ...(isNumbered(reportKind) ? { turn } : {}),
  };
  const sent = { report, reportKind, channel, sentAt, signedBy, call, furtherDueAt, ...ties };
  return [{ kind: 'report-sent', at, by, ...sent }];
}

/** By telephone and then on paper one inquiry has two 核报, and one that was answered by word of mouth may have its paper later. */
function objectionToAnswer(
  { inquiries }: Incident,
  { kind, inquiry, sentAt }: ReportSaid,
): IncidentFault | null {
  if (inquiry == null) return null;
  const asked = kind === 'verification' ? inquiries.find(({ id }) => id === inquiry) : undefined;
  if (asked === undefined) return 'inquiry-unknown';
  return minute(sentAt) < minute(asked.askedAt) ? 'inquiry-early' : null;
}

/** Before the 终报; what was closed by hand was said not to be reported any more. */
function leftBeforeEnd({ reports, closedByHand }: Incident, { kind, sentAt }: ReportSaid): boolean {
  const ends = reports.filter((report) => report.kind === 'final' && !report.withdrawn);
  return !closedByHand && kind !== 'final' && ends.some((end) => sentAt <= end.sentAt);
}

/** A 终报 that is taken back ends nothing, unless it stands by the other channel. */
function withdraw(
  incident: Incident,
  { report: id, reason }: Extract<IncidentAsk, { type: 'withdraw' }>,
  { at, by }: IncidentContext,
): readonly IncidentFact[] | IncidentFault {
  const report = incident.reports.find((one) => one.id === id);
  if (report === undefined || report.withdrawn) return 'report-unknown';
  const fault = objectionToReason(reason);
  if (fault !== null) return fault;
  const stillEnds = incident.reports.some((one) => one !== report && one.kind === 'final' && !one.withdrawn);
  const ended = report.kind === 'final' && !stillEnds && incident.closedAt !== null && !incident.closedByHand;
  return [
    { kind: 'report-withdrawn', at, by, report: id },
    ...(ended ? [{ kind: 'incident-reopened', at, by } as const] : []),
  ];
}

function receiveInquiry(
  incident: Incident,
  { inquiry, askedAt, dueAt, from, text }: Extract<IncidentAsk, { type: 'inquiry' }>,
  { at, by }: IncidentContext,
): readonly IncidentFact[] | IncidentFault {
  if (incident.inquiries.some(({ id }) => id === inquiry)) return [];
  if (askedAt > at) return 'future';
  if (dueAt !== null && dueAt <= askedAt) return 'inquiry-due';
  if (isEmpty(from) || isEmpty(text)) return 'inquiry-empty';
  if (longer(from, SHORT) || longer(text, LONG)) return 'text-too-long';
  return [{ kind: 'inquiry-received', at, by, inquiry, askedAt, dueAt }];
}

function answerInquiry(
  incident: Incident,
  { inquiry, answeredAt, text }: Extract<IncidentAsk, { type: 'answer' }>,
  { at, by }: IncidentContext,
): readonly IncidentFact[] | IncidentFault {
  const asked = incident.inquiries.find(({ id }) => id === inquiry);
  if (asked === undefined) return 'inquiry-unknown';
  if (answerOf(incident, asked) !== null) return 'inquiry-answered';
  if (answeredAt > at) return 'future';
  if (minute(answeredAt) < minute(asked.askedAt)) return 'inquiry-early';
  if (isEmpty(text)) return 'inquiry-answer-empty';
  if (longer(text, LONG)) return 'text-too-long';
  return [{ kind: 'inquiry-answered', at, by, inquiry, answeredAt }];
}

/** Only what alarms now is heard: the next alarm of the same clock is another one. */
function acknowledge(
  incident: Incident,
  clockId: string,
  { at, by, limits }: IncidentContext,
): readonly IncidentFact[] | IncidentFault {
  const clock = clocksOf(incident, limits, at).find(({ id }) => id === clockId);
  if (clock === undefined) return 'clock-unknown';
  if (!clock.alarming) return [];
  return [{ kind: 'alarm-acknowledged', at, by, clock: alarmOf(clockId, clock.phase) }];
}

export function objectionToReason(reason: string): 'reason' | null {
  return isEmpty(reason) || longer(reason, LONGEST_REASON) ? 'reason' : null;
}

function isEmpty(text: string): boolean {
  return text.trim() === '';
}

/** Counted as people count signs. */
function longer(text: string, limit: number): boolean {
  return text.length > limit && [...text].length > limit;
}

function minute(at: number): number {
  return Math.floor(at / 60_000);
}
