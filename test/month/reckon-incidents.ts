/** 突发事件 of the plan as they stood at a moment: reports, clocks. By the notice: 30 minutes by telephone, an hour in writing. */
import { MINUTE } from './calendar.ts';
import type { IncidentAct, PlannedIncident } from './planned-incidents.ts';

type Report = Extract<IncidentAct, { act: 'report' }>;

export interface IncidentAt {
  readonly receivedAt: number;
  /** Entered and not taken back, in the order of their entry. */
  readonly reports: readonly Report[];
  readonly furtherDueAt: number | null;
  readonly inquiries: readonly {
    readonly id: string;
    readonly askedAt: number;
    readonly dueAt: number | null;
    readonly answeredAt: number | null;
  }[];
  readonly closedAt: number | null;
  readonly closedByHand: boolean;
}

/** Null: nobody had entered it yet. */
export function incidentAt(incident: PlannedIncident, now: number): IncidentAt | null {
  if (incident.openedAt > now) return null;
  const done = incident.acts.filter(({ at }) => at <= now);
  const of = <Name extends IncidentAct['act']>(name: Name) =>
    done.filter((one): one is Extract<IncidentAct, { act: Name }> => one.act === name);
  const withdrawn = new Set(of('withdraw').map(({ id }) => id));
  const sent = of('report');
  const final = sent.find(({ kind, id }) => kind === 'final' && !withdrawn.has(id));
  const hand = done.findLast(({ act }) => act === 'close' || act === 'reopen');
  const closedByHand = hand?.act === 'close' && final === undefined;
  const lastSaid = done.findLast(({ act }) => act === 'report' || act === 'close');
  const answers = new Map(of('answer').map(({ id, answeredAt }) => [id, answeredAt]));
  return {
    receivedAt: of('correct').at(-1)?.receivedAt ?? incident.receivedAt,
    reports: sent.filter(({ id }) => !withdrawn.has(id)),
    furtherDueAt: lastSaid?.act === 'report' && lastSaid.kind !== 'final' ? lastSaid.furtherDueAt : null,
    inquiries: of('inquiry').map(({ id, askedAt, dueAt }) => ({
      ...{ id, askedAt, dueAt, answeredAt: answers.get(id) ?? null },
    })),
    closedAt: final?.at ?? (closedByHand ? (hand?.at ?? null) : null),
    closedByHand,
  };
}

export interface ReckonedClock {
  readonly id: string;
  readonly startedAt: number;
  readonly dueAt: number | null;
  readonly doneAt: number | null;
  readonly phase: 'running' | 'near' | 'urgent' | 'over' | 'kept' | 'late';
}

const LIMITS = { telephone: 30 * MINUTE, written: 60 * MINUTE } as const;

export function clocksAt(incident: PlannedIncident, now: number): readonly ReckonedClock[] {
  const stands = incidentAt(incident, now);
  if (stands === null) return [];
  const { receivedAt, reports, furtherDueAt, inquiries, closedAt } = stands;
  const first = (channel: string) => {
    const sent = reports.flatMap((one) => (one.channel === channel ? one.sentAt : []));
    return sent.length === 0 ? null : Math.min(...sent);
  };
  const clock = (id: string, startedAt: number, dueAt: number | null, doneAt: number | null) => ({
    ...{ id, startedAt, dueAt, doneAt, phase: phaseOf(dueAt, doneAt, now) },
  });
  const lastSent = incident.acts.findLast(({ act, at }) => act === 'report' && at <= now);
  return [
    ...(['telephone', 'written'] as const).map((channel) =>
      clock(channel, receivedAt, receivedAt + LIMITS[channel], first(channel)),
    ),
    ...(furtherDueAt === null || closedAt !== null
      ? []
      : [
          clock(
            `further ${furtherDueAt}`,
            lastSent?.act === 'report' ? lastSent.sentAt : receivedAt,
            furtherDueAt,
            null,
          ),
        ]),
    ...inquiries.map(({ id, askedAt, dueAt, answeredAt }) =>
      clock(`inquiry ${id}`, askedAt, dueAt, answeredAt),
    ),
  ];
}

function phaseOf(due: number | null, done: number | null, now: number): ReckonedClock['phase'] {
  if (done !== null) return due !== null && done > due ? 'late' : 'kept';
  if (due === null) return 'urgent';
  if (now > due) return 'over';
  if (due - now <= 3 * MINUTE) return 'urgent';
  return due - now <= 10 * MINUTE ? 'near' : 'running';
}

/** What one shift hands to the next of it. */
export function openClocksAt(incident: PlannedIncident, now: number): readonly string[] {
  const closedByHand = incidentAt(incident, now)?.closedByHand ?? false;
  return clocksAt(incident, now).flatMap(({ id, doneAt }) => {
    if (doneAt !== null) return [];
    if (id.startsWith('inquiry ')) return [id.slice('inquiry '.length)];
    return closedByHand ? [] : [`${incident.id}-${id.replace(' ', '-')}`];
  });
}

/** 办结 by hand, as it stood at a moment; null: it was not. */
export function endedByHandAt(incident: PlannedIncident, now: number): number | null {
  const stands = incidentAt(incident, now);
  return stands?.closedByHand === true ? stands.closedAt : null;
}
