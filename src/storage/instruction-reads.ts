/** 批示 written down in a leader's name that he has not confirmed himself. */
import { padded } from './bulk.ts';
import type { ReadDeps } from './read.ts';

/** Who confirms sees the oldest first and comes to the rest when those are done. */
const MOST = 100;

/** Ids of the records of these rooms that have one, the longest waiting first; at most a hundred. */
export async function unconfirmedInstructions(
  deps: ReadDeps,
  rooms: readonly string[],
): Promise<readonly string[]> {
  if (rooms.length === 0) return [];
  const rows = await deps.db
    .selectFrom('record_entries')
    .innerJoin('records', 'records.id', 'record_entries.record_id')
    .select((of) => ['record_entries.record_id as record', of.fn.min('record_entries.at').as('since')])
    .where('record_entries.kind', '=', 'instruction')
    .where('record_entries.confirmed_at', 'is', null)
    .where('record_entries.withdrawn_at', 'is', null)
    .where('records.room', 'in', [...padded(rooms)])
    .where('records.state', 'in', ['registered', 'in-hand', 'done'])
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('shut').select('id').whereRef('shut.record_id', '=', 'records.id'))),
    )
    .groupBy('record_entries.record_id')
    .orderBy('since')
    .orderBy('record')
    .limit(MOST)
    .execute();
  return rows.map(({ record }) => record);
}
