/** 待回拨: calls nobody answered, until somebody was reached; and what was noted at a moment of a call. */
import type { Kysely } from 'kysely';

type Whole = 'integer' | 'bigint';

/** Adds two tables. */
export async function up(db: Kysely<unknown>, whole: Whole): Promise<void> {
  await db.schema
    .createTable('callbacks')
    .addColumn('call_id', 'text', (column) => column.notNull().primaryKey())
    .addColumn('room', 'text', (column) => column.notNull())
    .addColumn('caller_key', 'text')
    .addColumn('since', whole, (column) => column.notNull())
    .addColumn('level', whole, (column) => column.notNull())
    .addColumn('claimed_at', whole)
    .addColumn('claimed_by', 'text')
    .addColumn('closed_at', whole)
    .addColumn('closed_how', 'text')
    .addColumn('closed_by', 'text')
    .execute();
  await db.schema
    .createIndex('callbacks_open')
    .on('callbacks')
    .columns(['room', 'closed_at', 'caller_key'])
    .execute();
  await db.schema
    .createTable('call_notes')
    .addColumn('id', 'text', (column) => column.notNull().primaryKey())
    .addColumn('call_id', 'text', (column) => column.notNull())
    .addColumn('moment', whole, (column) => column.notNull())
    .addColumn('text', 'text', (column) => column.notNull())
    .addColumn('by_person', 'text')
    .addColumn('by_name', 'text')
    .addColumn('at', whole, (column) => column.notNull())
    .addColumn('struck_at', whole)
    .addColumn('struck_by', 'text')
    .execute();
  await db.schema.createIndex('call_notes_call_id').on('call_notes').columns(['call_id', 'moment']).execute();
}
