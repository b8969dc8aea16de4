/** What the history of a PBX gave for a stretch in which nobody listened. */
import type { Kysely } from 'kysely';

type Whole = 'integer' | 'bigint';

/** Adds one table. */
export async function up(db: Kysely<unknown>, whole: Whole): Promise<void> {
  await db.schema
    .createTable('gap_reports')
    // The gap's own id, or that of a run by night or by hand; a later run of the same gap takes its place.
    .addColumn('id', 'text', (column) => column.notNull().primaryKey())
    .addColumn('pbx', 'text', (column) => column.notNull())
    .addColumn('from_at', whole, (column) => column.notNull())
    .addColumn('to_at', whole, (column) => column.notNull())
    .addColumn('at', whole, (column) => column.notNull())
    .addColumn('recovered', whole, (column) => column.notNull())
    .addColumn('known', whole, (column) => column.notNull())
    .addColumn('not_recoverable', whole, (column) => column.notNull())
    .addColumn('detail_json', 'text', (column) => column.notNull())
    .execute();
  await db.schema.createIndex('gap_reports_at').on('gap_reports').column('at').execute();
}
