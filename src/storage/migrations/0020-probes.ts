/** 拨测: the calls we placed ourselves with what came of them, and the sound that is their evidence. */
import type { Kysely } from 'kysely';

/** Adds two tables. */
export async function up(db: Kysely<unknown>, whole: 'integer' | 'bigint'): Promise<void> {
  await db.schema
    .createTable('probes')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('line', 'text')
    .addColumn('room', 'text')
    .addColumn('number', 'text', (column) => column.notNull())
    .addColumn('round', 'text')
    .addColumn('asked_by', 'text')
    .addColumn('asked_at', whole, (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('probe_json', 'text', (column) => column.notNull())
    .execute();
  await db.schema.createIndex('probes_line').on('probes').columns(['line', 'asked_at']).execute();
  await db.schema.createIndex('probes_asked').on('probes').column('asked_at').execute();
  await db.schema.createIndex('probes_round').on('probes').column('round').execute();
  await db.schema.createIndex('probes_state').on('probes').column('state').execute();
  await db.schema
    .createTable('probe_sounds')
    .addColumn('probe_id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('file', 'text', (column) => column.notNull())
    .addColumn('bytes', whole, (column) => column.notNull())
    .addColumn('seconds', 'double precision', (column) => column.notNull())
    .addColumn('sha256', 'text', (column) => column.notNull())
    .addColumn('peaks_json', 'text', (column) => column.notNull())
    .addColumn('at', whole, (column) => column.notNull())
    .execute();
}
