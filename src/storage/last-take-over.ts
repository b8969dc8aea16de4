/** How the last hand-over of a room ended: who really took over, or that nobody came. */
import type { HandOver } from '../duty/hand-over.ts';
import type { ReadDeps } from './read.ts';

export interface LastTakeOver {
  /** Integer ms UTC. */
  readonly at: number;
  readonly takers: readonly string[];
  readonly handOver: HandOver;
}

/** Null: nobody ever did here. 继续值守 is no take-over. */
export async function lastTakeOver({ db }: Pick<ReadDeps, 'db'>, room: string): Promise<LastTakeOver | null> {
  const row = await db
    .selectFrom('hand_overs')
    .selectAll()
    .where('room', '=', room)
    .where('state', '=', 'done')
    .orderBy('closed_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (row === undefined || row.closed_at === null) return null;
  const handOver = JSON.parse(row.hand_over_json) as HandOver;
  return { at: row.closed_at, takers: handOver.takers.map(({ person }) => person), handOver };
}

/** 继续值守: when nobody came, and the 带班领导 who were told (ids); null: the last one was taken over, or there was none. */
export async function stayedOn(
  { db }: Pick<ReadDeps, 'db'>,
  room: string,
): Promise<{ readonly at: number; readonly told: readonly string[] } | null> {
  const row = await db
    .selectFrom('hand_overs')
    .select(['state', 'closed_at', 'hand_over_json'])
    .where('room', '=', room)
    .where('closed_at', 'is not', null)
    // One is open at a time: they close in the order in which they began, which an index has.
    .orderBy('begun_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (row === undefined || row.closed_at === null || row.state !== 'stayed') return null;
  return { at: row.closed_at, told: (JSON.parse(row.hand_over_json) as HandOver).told ?? [] };
}
