/** The rows that every change of 值班表 writes: the plan, what is published, the history, and word of it. */
import { asShift, type PlannedShift } from '../duty/roster-plan.ts';
import type { ShiftEnds } from '../duty/swap.ts';
import { type Desk, noteChange } from './desk.ts';
import { textOf } from './roster-rows.ts';
import type { RosterWork } from './roster-work.ts';

/** A plan with these posts, over whatever stood. */
export async function putPlan(
  desk: Desk,
  room: string,
  shift: PlannedShift,
  revision: number,
): Promise<void> {
  const { from, to, name, posts } = shift;
  const row = { name, posts_json: textOf(posts), revision };
  await desk.db
    .insertInto('roster_plans')
    .values({ room, from_at: from, to_at: to, ...row })
    .onConflict((clash) => clash.columns(['room', 'from_at', 'to_at']).doUpdateSet(row))
    .execute();
}

/** What counts from now on; a shift without anybody counts for nothing. */
export async function putPublished(desk: Desk, room: string, shift: PlannedShift): Promise<void> {
  const { id, leaders, officers, standby = [] } = asShift(room, shift);
  await desk.db
    .deleteFrom('roster')
    .where('room', '=', room)
    .where('from_at', '=', shift.from)
    .where('to_at', '=', shift.to)
    .execute();
  if (shift.posts.length === 0) return;
  await desk.db
    .insertInto('roster')
    .values({
      ...{ id, room, from_at: shift.from, to_at: shift.to, name: shift.name },
      leaders_json: JSON.stringify(leaders),
      officers_json: JSON.stringify(officers),
      standby_json: JSON.stringify(standby),
      posts_json: textOf(shift.posts),
    })
    .execute();
}

/** Appends to the history of a shift; of none (null): of a person's 身份. */
export async function keepChange(
  desk: Desk,
  { room, at, account, name }: Pick<RosterWork, 'room' | 'at' | 'account' | 'name'>,
  shift: ShiftEnds | null,
  what: string,
  [before, after]: readonly [string | null, string | null],
): Promise<void> {
  await desk.db
    .insertInto('roster_changes')
    .values({
      ...{ id: desk.newId(), room, what, at, by_account: account, by_name: name },
      ...{ from_at: shift?.from ?? null, to_at: shift?.to ?? null },
      ...{ before_json: before, after_json: after },
    })
    .execute();
}

/** Pages of the room look anew, and the audit trail knows who. */
export function told(
  desk: Desk,
  { room, at, account, person }: RosterWork,
  kind: string,
  payload: Readonly<Record<string, string | number>>,
): void {
  noteChange(desk, 'room', room, room);
  desk.audits.push({ at, account, person, kind, subject: room, payload });
}
