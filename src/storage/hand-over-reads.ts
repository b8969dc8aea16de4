/** 交接班 as it is read: the one that is open or would begin now, those before it. */
import type { HandOver } from '../duty/hand-over.ts';
import type { HandOverView, StandingHandOver } from '../duty/hand-over-view.ts';
import { HIDDEN, nameOfWritten, type ShutTexts } from '../duty/hand-written.ts';
import type { SignedHandOver } from '../duty/shift-log-view.ts';
import { asItStands, asRostered, turnNow } from './hand-over-now.ts';
import type { HandOverTable } from './hand-over-table.ts';
import type { ReadDeps } from './read.ts';
import { shutTexts } from './shut-reads.ts';

/** The latest of what is done. */
const MOST_PAST = 30;

export type HandOverState = Pick<HandOverView, 'open' | 'next' | 'past' | 'shut'>;

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
  const stands = open === undefined ? await nextOf(deps, room, at) : await standingOf(deps, open, at);
  const done = rows.flatMap((row) =>
    row.closed_at === null
      ? []
      : [{ handOver: handOverOf(row), closedAt: row.closed_at, seal: row.digest ?? '' }],
  );
  const written = [stands, ...done].flatMap(({ handOver }) => writtenIn(handOver));
  const shut = await shutTexts(
    deps,
    written.map(({ text }) => text),
  );
  const past = done.map(({ handOver, ...one }) => ({
    ...one,
    handOver: { ...handOver, matters: readableMatters(handOver, shut) },
  }));
  return open === undefined
    ? { open: null, next: stands, past, shut }
    : { open: stands, next: null, past, shut };
}

/** What people wrote by hand of its matters: 待办, and why something was not handed over. `matter`: its place, from 0. */
export function writtenIn({ id: handOver, matters }: HandOver): SignedHandOver['written'] {
  return matters.flatMap(({ handed, kind, id }, matter) => [
    ...(kind === 'task' ? [{ text: { kind, id }, matter } as const] : []),
    ...(handed ? [] : [{ text: { kind: 'reason', handOver, matter: { kind, id } }, matter } as const]),
  ]);
}

/** As people may see them: a reason that was shut away says so. */
export function readableMatters({ id: handOver, matters }: HandOver, shut: ShutTexts): HandOver['matters'] {
  return matters.map((matter) => {
    const { kind, id } = matter;
    const name = nameOfWritten({ kind: 'reason', handOver, matter: { kind, id } });
    return name in shut ? { ...matter, reason: HIDDEN } : matter;
  });
}

async function standingOf(deps: ReadDeps, row: HandOverTable, at: number): Promise<StandingHandOver> {
  const onDuty = JSON.parse(row.on_duty_json) as readonly string[];
  return asRostered(deps, await asItStands(deps, handOverOf(row), at), onDuty);
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
