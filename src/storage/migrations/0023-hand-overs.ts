/** 交接班: each hand-over with what it gave and who signed; those that are done are sealed, each over the one before. */
import type { Kysely } from 'kysely';

/** Adds one table. */
export async function up(db: Kysely<unknown>, whole: 'integer' | 'bigint'): Promise<void> {
  await db.schema
    .createTable('hand_overs')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('room', 'text', (column) => column.notNull())
    .addColumn('begun_at', whole, (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('hand_over_json', 'text', (column) => column.notNull())
    .addColumn('on_duty_json', 'text', (column) => column.notNull())
    .addColumn('closed_at', whole)
    .addColumn('salt', 'text', (column) => column.notNull())
    .addColumn('sealed_json', 'text')
    .addColumn('previous', 'text')
    .addColumn('digest', 'text')
    .execute();
  await db.schema.createIndex('hand_overs_room').on('hand_overs').columns(['room', 'begun_at']).execute();
}
