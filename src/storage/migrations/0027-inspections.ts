/** 值班工作检查: each 检查记录表 with what was said of its items, who signed it, and what the system knew then. */
import type { Kysely } from 'kysely';

/** Adds one table. */
export async function up(db: Kysely<unknown>, whole: 'integer' | 'bigint'): Promise<void> {
  await db.schema
    .createTable('inspections')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('unit', 'text', (column) => column.notNull())
    .addColumn('rooms_json', 'text', (column) => column.notNull())
    .addColumn('from_at', whole, (column) => column.notNull())
    .addColumn('to_at', whole, (column) => column.notNull())
    .addColumn('inspected_at', whole, (column) => column.notNull())
    .addColumn('inspectors', 'text', (column) => column.notNull())
    .addColumn('answers_json', 'text', (column) => column.notNull())
    .addColumn('inspector_json', 'text')
    .addColumn('inspected_json', 'text')
    .addColumn('known_json', 'text')
    .addColumn('opened_at', whole, (column) => column.notNull())
    .addColumn('opened_by', 'text')
    .execute();
  await db.schema
    .createIndex('inspections_unit')
    .on('inspections')
    .columns(['unit', 'inspected_at'])
    .execute();
}
