/** The calls of a shift as counts: each belongs to the shift in which it arrived. */
import type { CallCounts } from '../duty/shift-log.ts';
import type { ReadDeps } from './read.ts';

/** `to` (ms UTC, excluded) null: to the end. */
export async function callCounts(
  { db }: Pick<ReadDeps, 'db'>,
  room: string,
  { from, to }: { readonly from: number; readonly to: number | null },
): Promise<CallCounts> {
  const rows = await db
    .selectFrom('calls')
    .leftJoin('callbacks', 'callbacks.call_id', 'calls.id')
    .leftJoin('records', 'records.call_id', 'calls.id')
    .select(['calls.direction', 'callbacks.call_id as missed', 'callbacks.closed_how', 'records.state'])
    .where('calls.room', '=', room)
    .where('calls.started_at', '>=', from)
    .$if(to !== null, (query) => query.where('calls.started_at', '<', to ?? 0))
    .where('calls.joined_to', 'is', null)
    .execute();
  const count = (holds: (row: (typeof rows)[number]) => boolean) => rows.filter(holds).length;
  return {
    inbound: count(({ direction }) => direction === 'inbound'),
    outbound: count(({ direction }) => direction === 'outbound'),
    missed: count(({ missed }) => missed !== null),
    calledBack: count(({ closed_how }) => closed_how === 'called-back'),
    noRecord: count(({ state }) => state === 'no-record'),
  };
}
