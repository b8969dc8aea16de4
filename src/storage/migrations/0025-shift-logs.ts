/** 值班日志: the shifts that were sealed, the lines that people touched, each seal over the one before, each reopening. */
import type { Kysely } from 'kysely';

/** Adds four tables, and an index to one. */
export async function up(db: Kysely<unknown>, whole: 'integer' | 'bigint'): Promise<void> {
  await db.schema
    .createTable('shift_logs')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('room', 'text', (column) => column.notNull())
    .addColumn('from_at', whole, (column) => column.notNull())
    .addColumn('to_at', whole, (column) => column.notNull())
    .addColumn('hand_over', 'text')
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('head_json', 'text', (column) => column.notNull())
    .execute();
  await db.schema
    .createIndex('shift_logs_room')
    .unique()
    .on('shift_logs')
    .columns(['room', 'from_at'])
    .execute();
  await db.schema
    .createTable('shift_log_lines')
    .addColumn('room', 'text', (column) => column.notNull())
    .addColumn('log', 'text', (column) => column.notNull())
    .addColumn('id', 'text', (column) => column.notNull())
    .addColumn('part', 'text', (column) => column.notNull())
    .addColumn('at', whole, (column) => column.notNull())
    .addColumn('place_at', whole, (column) => column.notNull())
    .addColumn('entered_at', whole, (column) => column.notNull())
    .addColumn('source_kind', 'text')
    .addColumn('source_id', 'text')
    .addColumn('text', 'text')
    .addColumn('edited', whole, (column) => column.notNull())
    .addColumn('ticked', whole, (column) => column.notNull())
    .addColumn('late', whole, (column) => column.notNull())
    .addColumn('by_person', 'text')
    .addColumn('by_name', 'text')
    .addPrimaryKeyConstraint('shift_log_lines_one', ['room', 'log', 'id'])
    .execute();
  await db.schema
    .createIndex('shift_log_lines_place')
    .on('shift_log_lines')
    .columns(['room', 'log', 'place_at'])
    .execute();
  await db.schema
    .createIndex('shift_log_lines_source')
    .on('shift_log_lines')
    .columns(['source_id'])
    .execute();
  await db.schema
    .createTable('shift_log_seals')
    .addColumn('room', 'text', (column) => column.notNull())
    .addColumn('serial', whole, (column) => column.notNull())
    .addColumn('log', 'text', (column) => column.notNull())
    .addColumn('at', whole, (column) => column.notNull())
    .addColumn('by_account', 'text')
    .addColumn('by_person', 'text')
    .addColumn('by_name', 'text')
    .addColumn('salt', 'text', (column) => column.notNull())
    .addColumn('content_json', 'text', (column) => column.notNull())
    .addColumn('sealed_json', 'text', (column) => column.notNull())
    .addColumn('previous', 'text')
    .addColumn('digest', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('shift_log_seals_one', ['room', 'serial'])
    .execute();
  await db.schema.createIndex('shift_log_seals_log').on('shift_log_seals').columns(['log']).execute();
  await db.schema
    .createTable('shift_log_openings')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('log', 'text', (column) => column.notNull())
    .addColumn('at', whole, (column) => column.notNull())
    .addColumn('by_account', 'text')
    .addColumn('by_person', 'text')
    .addColumn('by_name', 'text')
    .addColumn('reason', 'text')
    .execute();
  await db.schema.createIndex('shift_log_openings_log').on('shift_log_openings').columns(['log']).execute();
  // What was registered in a shift, whenever its call came.
  await db.schema
    .createIndex('records_registered')
    .on('records')
    .columns(['room', 'registered_at'])
    .execute();
}
