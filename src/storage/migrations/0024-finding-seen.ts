/** When a standing setting was last seen again: no fact, for it is looked at every half hour, and yet kept over a rebuild. */
import type { Kysely } from 'kysely';

/** Adds one table. */
export async function up(db: Kysely<unknown>, whole: 'integer' | 'bigint'): Promise<void> {
  await db.schema
    .createTable('finding_seen')
    .addColumn('finding_id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('at', whole, (column) => column.notNull())
    .execute();
}
