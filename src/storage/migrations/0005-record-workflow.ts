/** What happens to a record after its registration: its timeline, 归档, 续记, 并入. */
import type { Kysely } from 'kysely';

type Whole = 'integer' | 'bigint';

/** Adds one table and three columns. */
export async function up(db: Kysely<unknown>, whole: Whole): Promise<void> {
  await db.schema
    .createTable('record_entries')
    .addColumn('id', 'text', (column) => column.notNull().primaryKey())
    .addColumn('record_id', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('at', whole, (column) => column.notNull())
    .addColumn('who', 'text', (column) => column.notNull())
    .addColumn('text', 'text', (column) => column.notNull())
    .addColumn('way', 'text')
    .addColumn('happened_at', whole)
    .addColumn('due_at', whole)
    .addColumn('call_id', 'text')
    .addColumn('by_person', 'text')
    .addColumn('by_name', 'text')
    .addColumn('confirmed_at', whole)
    .addColumn('confirmed_by_person', 'text')
    .addColumn('confirmed_by_name', 'text')
    .addColumn('withdrawn_at', whole)
    .addColumn('withdrawn_by_person', 'text')
    .addColumn('withdrawn_by_name', 'text')
    .addColumn('withdrawn_reason', 'text')
    .execute();
  await db.schema
    .createIndex('record_entries_record_id')
    .on('record_entries')
    .columns(['record_id', 'at'])
    .execute();
  await db.schema.alterTable('records').addColumn('archived_at', whole).execute();
  await db.schema.alterTable('records').addColumn('linked_to', 'text').execute();
  await db.schema.alterTable('records').addColumn('merged_into', 'text').execute();
  await db.schema.createIndex('records_linked_to').on('records').column('linked_to').execute();
}
