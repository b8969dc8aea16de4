/** 锁屏待接: which log-ins are locked, and what was written at a locked seat before somebody said who he is. */
import type { Kysely } from 'kysely';

/** Adds two columns and a table. */
export async function up(db: Kysely<unknown>, whole: 'integer' | 'bigint'): Promise<void> {
  await db.schema.alterTable('sessions').addColumn('locked_at', whole).execute();
  await db.schema.alterTable('sessions').addColumn('active_at', whole).execute();
  await db.schema
    .createTable('lock_notes')
    .addColumn('id', 'text', (column) => column.notNull().primaryKey())
    .addColumn('seat', 'text', (column) => column.notNull())
    .addColumn('room', 'text', (column) => column.notNull())
    .addColumn('session', 'text', (column) => column.notNull())
    .addColumn('call_id', 'text')
    .addColumn('moment', whole, (column) => column.notNull())
    .addColumn('text', 'text', (column) => column.notNull())
    .addColumn('version', whole, (column) => column.notNull())
    .addColumn('saved_at', whole, (column) => column.notNull())
    .addColumn('landed_at', whole)
    .addColumn('landed_as', 'text')
    .execute();
  await db.schema.createIndex('lock_notes_of_seat').on('lock_notes').columns(['seat', 'landed_at']).execute();
}
