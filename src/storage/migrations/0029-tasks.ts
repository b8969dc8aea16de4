/** 待办: what one shift has written down for the next ones. */
import type { Kysely } from 'kysely';

/** Adds one table. */
export async function up(db: Kysely<unknown>, whole: 'integer' | 'bigint'): Promise<void> {
  await db.schema
    .createTable('tasks')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('room', 'text', (column) => column.notNull())
    .addColumn('text', 'text', (column) => column.notNull())
    .addColumn('due_at', whole)
    .addColumn('written_at', whole, (column) => column.notNull())
    .addColumn('by_person', 'text')
    .addColumn('by_name', 'text', (column) => column.notNull())
    .addColumn('closed_at', whole)
    .addColumn('closed_by', 'text')
    .execute();
  await db.schema.createIndex('tasks_room').on('tasks').columns(['room', 'closed_at']).execute();
}
