/** 无人接班, or not everybody: 带班领导 are told by an alert, in the transaction that keeps it. */
import type { HandOver } from '../duty/hand-over.ts';
import { missingAlert } from '../duty/missing-alert.ts';
import { onDutyAt } from '../duty/roster.ts';
import type { Desk } from './desk.ts';
import { shiftOf } from './shift-row.ts';
import { raiseAlert } from './write-alert.ts';

/** The leaders by the roster at `at` (integer ms UTC), for the hand-over to keep; nothing when nobody is missing. */
export async function tellLeaders(
  desk: Desk,
  handOver: HandOver,
  at: number,
): Promise<Pick<HandOver, 'told'>> {
  const { db } = desk;
  const { room } = handOver;
  const [roster, people, named] = await Promise.all([
    db.selectFrom('roster').selectAll().where('room', '=', room).execute(),
    db.selectFrom('people').select(['id', 'name']).where('room', '=', room).execute(),
    db.selectFrom('rooms').select('name').where('id', '=', room).executeTakeFirstOrThrow(),
  ]);
  const nameOf = (person: string) => people.find(({ id }) => id === person)?.name ?? person;
  const { leaders } = onDutyAt(roster.map(shiftOf), room, at);
  const alert = missingAlert(handOver, { room: named.name, leaders: leaders.map(nameOf), nameOf });
  if (alert === null) return {};
  const { kind, zh, en } = alert;
  const since = handOver.begunAt;
  await raiseAlert(desk, { id: desk.newId(), kind, pbx: null, since, at, zh, en }, room);
  return { told: leaders };
}
