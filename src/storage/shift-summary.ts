import type { ShiftSummary } from '../duty/shift-summary.ts';
import type { ShiftSoFar } from './open-matters.ts';
import type { ReadDeps } from './read.ts';

/** Counts of a room, for 本班情况. */
export async function shiftSummary(
  { db }: ReadDeps,
  room: string,
  { from, to }: ShiftSoFar,
): Promise<ShiftSummary> {
  const [calls, callbacks, records] = await Promise.all([
    db
      .selectFrom('calls')
      .select((of) => ['direction', of.fn.countAll<number>().as('count')])
      .where('room', '=', room)
      .where('started_at', '>=', from)
      .where('started_at', '<', to)
      .where('joined_to', 'is', null)
      .groupBy('direction')
      .execute(),
    db
      .selectFrom('callbacks')
      .select((of) => [of.fn.countAll<number>().as('missed'), of.fn.count<number>('closed_at').as('closed')])
      .where('room', '=', room)
      .where('since', '>=', from)
      .where('since', '<', to)
      .executeTakeFirstOrThrow(),
    db
      .selectFrom('records')
      .select((of) => of.fn.countAll<number>().as('registered'))
      .where('room', '=', room)
      .where('state', 'in', ['registered', 'in-hand', 'done'])
      .where('opened_at', '>=', from)
      .where('opened_at', '<', to)
      .executeTakeFirstOrThrow(),
  ]);
  const counted = (direction: string) => Number(calls.find((row) => row.direction === direction)?.count ?? 0);
  return {
    inbound: counted('inbound'),
    outbound: counted('outbound'),
    missed: Number(callbacks.missed),
    missedClosed: Number(callbacks.closed),
    registered: Number(records.registered),
  };
}
