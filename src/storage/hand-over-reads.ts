/** 交接班 as it is read: the one that is open, those before it, and whether their seals still fit. */
import { type HandOver, mattersFor } from '../duty/hand-over.ts';
import type { HandOverTable } from './hand-over-table.ts';
import { openMatters } from './open-matters.ts';
import type { ReadDeps } from './read.ts';

/** The latest of what is done. */
const MOST_PAST = 30;

export interface HandOverState {
  /** With what is open now; null: nobody hands over. */
  readonly open: { readonly handOver: HandOver; readonly onDuty: readonly string[] } | null;
  /** The latest first. */
  readonly past: readonly { readonly handOver: HandOver; readonly closedAt: number }[];
}

export async function handOverState(deps: ReadDeps, room: string, at: number): Promise<HandOverState> {
  const rows = await deps.db
    .selectFrom('hand_overs')
    .selectAll()
    .where('room', '=', room)
    .orderBy('begun_at', 'desc')
    .orderBy('id', 'desc')
    .limit(MOST_PAST + 1)
    .execute();
  const open = rows.find(({ state }) => state === 'open');
  const past = rows.flatMap((row) =>
    row.closed_at === null ? [] : [{ handOver: handOverOf(row), closedAt: row.closed_at }],
  );
  if (open === undefined) return { open: null, past };
  const stands = handOverOf(open);
  const now = await openMatters(deps, room, { from: stands.from, to: at });
  return {
    open: {
      handOver: { ...stands, matters: mattersFor(now, stands.matters) },
      onDuty: JSON.parse(open.on_duty_json) as readonly string[],
    },
    past,
  };
}

/** Who really took over the last time, and when; null: nobody ever did here. */
export async function lastTakeOver(
  { db }: Pick<ReadDeps, 'db'>,
  room: string,
): Promise<{ readonly at: number; readonly takers: readonly string[] } | null> {
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
  return { at: row.closed_at, takers: handOverOf(row).takers.map(({ person }) => person) };
}

function handOverOf({ hand_over_json }: HandOverTable): HandOver {
  return JSON.parse(hand_over_json) as HandOver;
}
