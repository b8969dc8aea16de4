/** Every seal of every room, 值班日志 and 交接班, walked from the first. */
import { handOverChain } from './hand-over-seal.ts';
import type { ReadDeps } from './read.ts';
import { shiftLogChain } from './shift-log-seal.ts';

/** Times are integer ms UTC. */
export interface SealVerdict {
  readonly room: string;
  /** Null: the office has it no longer. */
  readonly name: string | null;
  /** How many seals there are. */
  readonly logs: number;
  readonly handOvers: number;
  /** When the first shift began whose log does not fit its seal; null: all fit. */
  readonly brokenLog: number | null;
  /** The first that does not fit its seal; `closedAt`: when it was signed, as its row says now. */
  readonly brokenHandOver: { readonly id: string; readonly closedAt: number | null } | null;
}

/** Rooms without any seal are left out. */
export async function sealVerdicts(deps: Pick<ReadDeps, 'db'>): Promise<readonly SealVerdict[]> {
  const { db } = deps;
  const [logs, handOvers, rooms] = await Promise.all([
    db
      .selectFrom('shift_log_seals')
      .select((of) => ['room', of.fn.countAll<number>().as('count')])
      .groupBy('room')
      .execute(),
    db
      .selectFrom('hand_overs')
      .select((of) => ['room', of.fn.countAll<number>().as('count')])
      .where('closed_at', 'is not', null)
      .groupBy('room')
      .execute(),
    db.selectFrom('rooms').select(['id', 'name']).execute(),
  ]);
  const countOf = (counts: typeof logs, room: string) =>
    Number(counts.find((one) => one.room === room)?.count ?? 0);
  const verdicts: SealVerdict[] = [];
  for (const room of [...new Set([...logs, ...handOvers].map((one) => one.room))].toSorted()) {
    verdicts.push({
      ...{ room, name: rooms.find(({ id }) => id === room)?.name ?? null },
      ...{ logs: countOf(logs, room), handOvers: countOf(handOvers, room) },
      brokenLog: await shiftLogChain(deps, room),
      brokenHandOver: await brokenHandOver(deps, room),
    });
  }
  return verdicts;
}

async function brokenHandOver(
  deps: Pick<ReadDeps, 'db'>,
  room: string,
): Promise<SealVerdict['brokenHandOver']> {
  const id = await handOverChain(deps, room);
  if (id === null) return null;
  const row = await deps.db
    .selectFrom('hand_overs')
    .select('closed_at')
    .where('id', '=', id)
    .executeTakeFirst();
  return { id, closedAt: row?.closed_at ?? null };
}
