/** Who really took over the last time in a room, when, and by which hand-over. */
import type { HandOver } from '../duty/hand-over.ts';
import type { ReadDeps } from './read.ts';

export interface LastTakeOver {
  /** Integer ms UTC. */
  readonly at: number;
  readonly takers: readonly string[];
  readonly handOver: HandOver;
}

/** Null: nobody ever did here. 继续值守 is no take-over. */
export async function lastTakeOver(
  { db }: Pick<ReadDeps, 'db'>,
  room: string,
): Promise<LastTakeOver | null> {
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
