import { among } from './among.ts';
import type { ReadDeps } from './read.ts';

/** What of a call or record may be seen: all of it, nothing for now, nothing ever again. */
export type Shut = 'isolated' | 'destroyed' | null;

/** The state of each of these calls, or records, that is shut; the others are left out. Ids may repeat. */
export async function shutAmong(
  { db, dialect }: Pick<ReadDeps, 'db' | 'dialect'>,
  column: 'call_id' | 'record_id',
  ids: readonly string[],
): Promise<ReadonlyMap<string, Shut>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('shut')
    .select(['call_id', 'record_id', 'destroyed_at'])
    .where(among(dialect, column, ids))
    .execute();
  return new Map(
    rows.map((row) => [row[column] ?? '', row.destroyed_at === null ? 'isolated' : 'destroyed']),
  );
}
