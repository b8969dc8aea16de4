/** 交接班 as it is read: the one that is open or would begin now, those before it. */
import type { HandOver } from '../duty/hand-over.ts';
import type { HandOverView, StandingHandOver } from '../duty/hand-over-view.ts';
import { asItStands, turnNow } from './hand-over-now.ts';
import type { HandOverTable } from './hand-over-table.ts';
import type { ReadDeps } from './read.ts';

/** The latest of what is done. */
const MOST_PAST = 30;

export type HandOverState = Pick<HandOverView, 'open' | 'next' | 'past'>;

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
    row.closed_at === null
      ? []
      : [{ handOver: handOverOf(row), closedAt: row.closed_at, seal: row.digest ?? '' }],
  );
  if (open === undefined) return { open: null, next: await nextOf(deps, room, at), past };
  const onDuty = JSON.parse(open.on_duty_json) as readonly string[];
  return { open: { handOver: await asItStands(deps, handOverOf(open), at), onDuty }, next: null, past };
}

async function nextOf(deps: ReadDeps, room: string, at: number): Promise<StandingHandOver> {
  const { from, onDuty, expected } = await turnNow(deps, room, at);
  const unbegun: HandOver = {
    ...{ id: '', room, from, begunAt: at, matters: [], devices: {}, giver: null, takers: [] },
    ...{ expected, state: 'open' },
  };
  return { handOver: await asItStands(deps, unbegun, at), onDuty };
}

function handOverOf({ hand_over_json }: HandOverTable): HandOver {
  return JSON.parse(hand_over_json) as HandOver;
}
