/**
 * The clocks of an incident: blue while it runs, amber from ten minutes before, red from three, and counting up when the limit
 * has passed (`ui.md`). Counted from the configured start; shown for both, because nobody has written down which one counts. Pure.
 */
import { answerOf, type Incident, type Report, standsFor } from './incident.ts';
import { CHANNELS, type Channel, dueAt, type ReportLimits } from './report-limits.ts';

export type ClockPhase =
  | 'running'
  /** Ten minutes or less. */
  | 'near'
  /** Three minutes or less; 第一时间 from its first moment on. */
  | 'urgent'
  | 'over'
  /** Reported in time. */
  | 'kept'
  /** Reported, and too late. */
  | 'late';

export interface Clock {
  /** The same as long as it is the same duty: `telephone`, `written`, `further <due>`, `inquiry <id>`. An alarm is acknowledged by it. */
  readonly id: string;
  readonly what:
    | { readonly kind: 'report'; readonly channel: Channel }
    | { readonly kind: 'further' }
    | { readonly kind: 'inquiry'; readonly inquiry: string };
  readonly startedAt: number;
  /** Null: 第一时间, or an inquiry that named no time. */
  readonly dueAt: number | null;
  readonly doneAt: number | null;
  readonly phase: ClockPhase;
  /** The same limit from the other start (事发 or 接报), for comparison; null when there is none. */
  readonly otherDueAt: number | null;
  /** It warns or is over, and nobody has said that he heard it. */
  readonly alarming: boolean;
}

const NEAR_MS = 10 * 60_000;
const URGENT_MS = 3 * 60_000;

/** Every clock of an incident at a moment (integer ms UTC by the office's clock, never by a PBX's). */
export function clocksOf(incident: Incident, limits: ReportLimits, now: number): readonly Clock[] {
  const first = CHANNELS.map((channel) => reportClock(incident, limits, channel, now));
  return [...first, ...furtherClock(incident, now), ...inquiryClocks(incident, now)];
}

/** When the limits begin to run: at 事发 only when that is known. */
function startOf(incident: Pick<Incident, 'occurredAt' | 'receivedAt'>, from: ReportLimits['from']): number {
  return from === 'occurred' ? (incident.occurredAt ?? incident.receivedAt) : incident.receivedAt;
}

function reportClock(incident: Incident, limits: ReportLimits, channel: Channel, now: number): Clock {
  const limit = limits.table[incident.level][channel];
  const startedAt = startOf(incident, limits.from);
  const other = limits.from === 'occurred' ? incident.receivedAt : incident.occurredAt;
  const doneAt = sentBy(incident.reports, channel);
  return clock(incident, now, {
    id: channel,
    what: { kind: 'report', channel },
    startedAt,
    dueAt: dueAt(startedAt, limit),
    doneAt,
    otherDueAt: other === null ? null : dueAt(other, limit),
  });
}

/** When the first of a channel went out that stands; null: none did. */
function sentBy(reports: readonly Report[], channel: Channel): number | null {
  const sent = reports.flatMap((report) => (standsFor(report, channel) ? report.sentAt : []));
  return sent.length === 0 ? null : Math.min(...sent);
}

/** A 续报 that is due: a new one for each time that was named, so that an alarm that was acknowledged sounds again. */
function furtherClock(incident: Incident, now: number): readonly Clock[] {
  const { furtherDueAt: due, closedAt } = incident;
  if (due === null || closedAt !== null) return [];
  const startedAt = incident.reports.at(-1)?.sentAt ?? incident.receivedAt;
  const what = { kind: 'further' } as const;
  return [
    clock(incident, now, {
      id: `further ${due}`,
      what,
      startedAt,
      dueAt: due,
      doneAt: null,
      otherDueAt: null,
    }),
  ];
}

function inquiryClocks(incident: Incident, now: number): readonly Clock[] {
  return incident.inquiries.map((asked) => {
    const { id, askedAt: startedAt, dueAt: due } = asked;
    const doneAt = answerOf(incident, asked);
    const what = { kind: 'inquiry', inquiry: id } as const;
    return clock(incident, now, {
      id: `inquiry ${id}`,
      what,
      startedAt,
      dueAt: due,
      doneAt,
      otherDueAt: null,
    });
  });
}

function clock(incident: Incident, now: number, parts: Omit<Clock, 'phase' | 'alarming'>): Clock {
  const phase = phaseOf(parts, now);
  const warns = phase === 'near' || phase === 'urgent' || phase === 'over';
  const heard = incident.acknowledged[alarmOf(parts.id, phase)] !== undefined;
  return { ...parts, phase, alarming: warns && !heard && mayStillBeKept(incident, parts.what) };
}

/** What the upper office asks has to be answered whatever became of the incident. */
function mayStillBeKept({ closedByHand }: Incident, what: Clock['what']): boolean {
  return what.kind === 'inquiry' || !closedByHand;
}

/** The clocks that somebody still has to keep: what one shift hands to the next, and what alarms may come of. */
export function openClocks(incident: Incident, limits: ReportLimits, now: number): readonly Clock[] {
  return clocksOf(incident, limits, now).filter(
    ({ doneAt, what }) => doneAt === null && mayStillBeKept(incident, what),
  );
}

/** A warning that was acknowledged says nothing of the alarm at the limit: that is another one. */
export function alarmOf(clockId: string, phase: ClockPhase): string {
  return phase === 'over' ? `${clockId} over` : `${clockId} near`;
}

/** The same alarm for whom it is told outside: once, and again only when the report became another duty or the answer was taken back. */
export function tellingOf({ id, rearmed, reports }: Incident, { what, ...clock }: Clock): string {
  const alarm = `incident-${id}-${alarmOf(clock.id, clock.phase).replaceAll(' ', '-')}`;
  const times = timesOf();
  return times === 0 ? alarm : `${alarm}-${times}`;

  function timesOf(): number {
    if (what.kind === 'report') return rearmed[what.channel];
    if (what.kind !== 'inquiry') return 0;
    return reports.filter(({ inquiry, withdrawn }) => withdrawn && inquiry === what.inquiry).length;
  }
}

/** How a clock stands at a moment; the page asks it again each second. */
export function phaseOf({ dueAt: due, doneAt }: Pick<Clock, 'dueAt' | 'doneAt'>, now: number): ClockPhase {
  if (doneAt !== null) return due === null || doneAt <= due ? 'kept' : 'late';
  if (due === null) return 'urgent';
  const left = due - now;
  if (left < 0) return 'over';
  if (left <= URGENT_MS) return 'urgent';
  return left <= NEAR_MS ? 'near' : 'running';
}

/** As an item that is handed over: for ever the same, and an id as all others are. */
export function matterOf(incident: Pick<Incident, 'id'>, { id, what }: Clock): string {
  return what.kind === 'inquiry' ? what.inquiry : `${incident.id}-${id.replace(' ', '-')}`;
}

/** An outgoing talk with a superior office that could be the 电话报告: what the telephone knows, offered for a person to confirm. */
export interface ReportingCall {
  readonly call: string;
  /** When the other side answered; the report was made from then on. */
  readonly answeredAt: number;
  readonly superior: boolean;
}

/** The calls that may prove the 电话报告 of an incident: after we knew of it, answered, to a superior office, within the limit. */
export function provingCalls(
  incident: Incident,
  limits: ReportLimits,
  calls: readonly ReportingCall[],
): readonly ReportingCall[] {
  const due = dueAt(startOf(incident, limits.from), limits.table[incident.level].telephone);
  return calls.filter(
    ({ answeredAt, superior }) =>
      superior && answeredAt >= incident.receivedAt && (due === null || answeredAt <= due),
  );
}
