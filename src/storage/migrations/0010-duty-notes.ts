/** 本班须知: every version of every room's page. Erasable texts. */
import type { Kysely } from 'kysely';

/** Adds one table. */
export async function up(db: Kysely<unknown>, whole: 'integer' | 'bigint'): Promise<void> {
  await db.schema
    .createTable('duty_notes')
    .addColumn('room', 'text', (column) => column.notNull())
    .addColumn('version', whole, (column) => column.notNull())
    .addColumn('notes_json', 'text', (column) => column.notNull())
    .addColumn('at', whole, (column) => column.notNull())
    .addColumn('by_account', 'text')
    .addColumn('by_person', 'text')
    .addColumn('by_name', 'text')
    .addPrimaryKeyConstraint('duty_notes_key', ['room', 'version'])
    .execute();
}
