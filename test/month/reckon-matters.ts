/** 移交事项 from the plan: everything that is open in the room at a moment, as `kind key`. */
import { KEEPS_SILENT, type Plan, silentCalls } from './plan.ts';
import { endedAt } from './planned-calls.ts';
import { INCIDENTS } from './planned-incidents.ts';
import { TASKS } from './planned-papers.ts';
import { waitingOf } from './reckon-callbacks.ts';
import { findingsOf, isOpenAt } from './reckon-findings.ts';
import { openClocksAt } from './reckon-incidents.ts';

export function openAt(plan: Plan, at: number): readonly string[] {
  const drafts = plan.calls.filter(
    (call) => call.direction === 'inbound' && call.at <= at && (call.form === null || call.form.at > at),
  );
  const waiting = [...waitingOf(plan.calls)].filter(
    ([, { since, closedAt }]) => since <= at && (closedAt === null || closedAt > at),
  );
  const kept = plan.handOvers.find(({ id }) => id === KEEPS_SILENT)?.closedAt ?? 0;
  const silent = at > kept ? [] : silentCalls(plan).filter((call) => endedAt(call) <= at);
  const decidedAt = new Map([
    ...INCIDENTS.map(({ call, openedAt }) => [call, openedAt] as const),
    ...plan.notReportable.map((one) => [one.key, one.at] as const),
  ]);
  const undecided = plan.calls.filter(
    ({ key, form }) =>
      form?.kind === 'registered' &&
      form.category === 'incident' &&
      form.at <= at &&
      (decidedAt.get(key) ?? Infinity) > at,
  );
  return [
    ...undecided.map(({ key }) => `emergency-undecided ${key}`),
    ...drafts.map(({ key }) => `draft ${key}`),
    ...waiting.map(([key]) => `callback ${key}`),
    ...findingsOf(plan.calls)
      .filter((finding) => isOpenAt(finding, at))
      .map(({ kind }) => `finding ${kind}`),
    ...INCIDENTS.flatMap((incident) => openClocksAt(incident, at)).map((id) => `clock ${id}`),
    ...silent.map(({ key }) => `missing-sound ${key}`),
    ...TASKS.filter(({ writtenAt, closedAt }) => writtenAt <= at && (closedAt ?? Infinity) > at).map(
      ({ id }) => `task ${id}`,
    ),
  ].toSorted();
}
