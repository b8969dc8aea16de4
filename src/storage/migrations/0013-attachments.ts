/** 附件: what belongs to a record beside its fields. */
import type { Kysely } from 'kysely';

/** Adds one table. */
export async function up(db: Kysely<unknown>, whole: 'integer' | 'bigint'): Promise<void> {
  await db.schema
    .createTable('attachments')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('op_id', 'text', (column) => column.notNull().unique())
    .addColumn('record_id', 'text', (column) => column.notNull())
    .addColumn('name', 'text')
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('bytes', whole, (column) => column.notNull())
    .addColumn('sha256', 'text', (column) => column.notNull())
    .addColumn('file', 'text', (column) => column.notNull())
    .addColumn('begun_at', whole, (column) => column.notNull())
    .addColumn('kept_at', whole)
    .addColumn('by_account', 'text')
    .addColumn('by_person', 'text')
    .addColumn('by_name', 'text')
    .addColumn('removed_at', whole)
    .addColumn('removed_by_name', 'text')
    .addColumn('removed_reason', 'text')
    .execute();
  await db.schema.createIndex('attachments_record').on('attachments').column('record_id').execute();
}
