/** Answered talks of a room within the time of an incident: what the receipt of a report may have been confirmed in. */
import type { Incident } from '../duty/incident.ts';
import type { LinkableCall } from '../duty/incident-view.ts';
import { entryOf } from './call-row.ts';
import { callViews } from './call-views.ts';
import type { ReadDeps } from './read.ts';
import { callsToSuperiors, partiesOf, talksOf } from './reporting-calls.ts';

/** The newest are offered. */
const MOST = 100;
/** It may have begun to ring before. */
const RINGS_AT_MOST_MS = 10 * 60_000;
/** A 终报 ends an incident when it is entered, and its receipt is confirmed after that. */
const CONFIRMED_WITHIN_MS = 86_400_000;
const MINUTE = 60_000;

type Timed = Pick<Incident, 'room' | 'occurredAt' | 'receivedAt' | 'closedAt'>;

/** Since 事发 (接报 where that is unknown), to the minute as people type it; the newest first. `only`: that call alone. */
export async function linkableCalls(
  deps: ReadDeps,
  { room, occurredAt, receivedAt, closedAt }: Timed,
  only?: string,
): Promise<readonly LinkableCall[]> {
  const from = Math.floor((occurredAt ?? receivedAt) / MINUTE) * MINUTE;
  const until = closedAt === null ? Number.POSITIVE_INFINITY : closedAt + CONFIRMED_WITHIN_MS;
  const rows = await deps.db
    .selectFrom('calls')
    .selectAll()
    .where('room', '=', room)
    .where('started_at', '>=', from - RINGS_AT_MOST_MS)
    .where('direction', 'in', ['inbound', 'outbound'])
    .where('joined_to', 'is', null)
    .$if(only !== undefined, (query) => query.where('id', '=', only ?? ''))
    .orderBy('started_at', 'desc')
    .orderBy('id', 'desc')
    .limit(MOST)
    .execute();
  const talks = (await callViews(deps, rows)).flatMap((view) =>
    view.answeredAt === null || view.shut !== null || view.answeredAt < from || view.answeredAt > until
      ? []
      : [{ ...view, answeredAt: view.answeredAt }],
  );
  if (talks.length === 0) return [];
  const upward = new Map((await callsToSuperiors(deps, room, from)).map((talk) => [talk.call, talk]));
  const outside = rows.flatMap((row) => talksOf(entryOf(row), deps.rules.areaCode, from));
  const parties = await partiesOf(deps, outside);
  return talks.map(({ id: call, direction, answeredAt, caller, dialled }): LinkableCall => {
    const up = upward.get(call);
    if (up !== undefined)
      return { call, isOut: true, answeredAt, number: up.number, unit: up.unit, superior: true };
    if (direction === 'outbound') {
      const talk = outside.find((one) => one.call === call);
      const unit = parties.get(talk?.key ?? '')?.unit ?? null;
      return { call, isOut: true, answeredAt, number: talk?.number ?? dialled, unit, superior: false };
    }
    const { shown, unit } = caller;
    return {
      call,
      isOut: false,
      answeredAt,
      number: shown ?? '',
      unit,
      superior: caller.class === 'superior',
    };
  });
}
