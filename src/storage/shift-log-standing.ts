/** 值班日志 says who took the shift over and may not be on duty. */
import type { HandOver } from '../duty/hand-over.ts';
import type { Happening } from '../duty/shift-log.ts';
import { unfitLine } from '../duty/unfit-alert.ts';
import type { ReadDeps } from './read.ts';
import type { LogWindow } from './shift-log-happenings.ts';

/** In the log of the shift that he took over, which begins with his signature. */
export async function standingHappenings(
  { db }: ReadDeps,
  { room, from, to }: LogWindow,
): Promise<readonly Happening[]> {
  const rows = await db
    .selectFrom('hand_overs')
    .select(['id', 'closed_at', 'hand_over_json'])
    .where('room', '=', room)
    .where('state', '=', 'done')
    .where('closed_at', '>=', from)
    .$if(to !== null, (query) => query.where('closed_at', '<', to ?? 0))
    .execute();
  if (rows.length === 0) return [];
  const people = await db.selectFrom('people').select(['id', 'name']).where('room', '=', room).execute();
  const names = new Map(people.map(({ id, name }) => [id, name]));
  return rows.flatMap(({ id, closed_at: at, hand_over_json }): readonly Happening[] => {
    const { takers } = JSON.parse(hand_over_json) as HandOver;
    const text = unfitLine(takers, (person) => names.get(person) ?? person);
    return text === null || at === null ? [] : [{ kind: 'standing', id, at, knownAt: at, text }];
  });
}
