/** 无人接班, not everybody, or who may not be on duty: 带班领导 are told by an alert, in the transaction that keeps it. */
import type { HandOver } from '../duty/hand-over.ts';
import { missingAlert } from '../duty/missing-alert.ts';
import { onDutyAt } from '../duty/roster.ts';
import { unfitAlert } from '../duty/unfit-alert.ts';
import type { Desk } from './desk.ts';
import { shiftOf } from './shift-row.ts';
import { raiseAlert } from './write-alert.ts';

/** The leaders by the roster at `at` (integer ms UTC), for the hand-over to keep; nothing when all came who should. */
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
  const said = { room: named.name, leaders: leaders.map(nameOf), nameOf };
  const alerts = [missingAlert(handOver, said), unfitAlert(handOver.takers, said)];
  const raised = alerts.filter((alert) => alert !== null);
  const since = handOver.begunAt;
  for (const { kind, zh, en } of raised)
    await raiseAlert(desk, { id: desk.newId(), kind, pbx: null, since, at, zh, en }, room);
  return raised.length === 0 ? {} : { told: leaders };
}
