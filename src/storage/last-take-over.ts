/** How the last hand-over of a room ended: who really took over, or that nobody came. */
import type { Stay } from '../duty/duty-now.ts';
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

export interface StayedOn extends Stay {
  /** When nobody came. */
  readonly at: number;
  /** 带班领导 who were told, ids. */
  readonly told: readonly string[];
}

/** 继续值守; null: the last one was taken over, or there was none. */
export async function stayedOn({ db }: Pick<ReadDeps, 'db'>, room: string): Promise<StayedOn | null> {
  const row = await db
    .selectFrom('hand_overs')
    .select(['state', 'closed_at', 'hand_over_json', 'on_duty_json'])
    .where('room', '=', room)
    .where('closed_at', 'is not', null)
    // One is open at a time: they close in the order in which they began, which an index has.
    .orderBy('begun_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (row === undefined || row.closed_at === null || row.state !== 'stayed') return null;
  const { from, told = [], stayers } = JSON.parse(row.hand_over_json) as HandOver;
  // Before it was kept who stayed it was known who might have signed.
  const officers = stayers ?? (JSON.parse(row.on_duty_json) as readonly string[]);
  return { at: row.closed_at, from, told, officers };
}
