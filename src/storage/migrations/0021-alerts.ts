/** Alerts to the outside: kept until every receiver has taken them, and afterwards as the log of it. */
import type { Kysely } from 'kysely';

/** Adds two tables. */
export async function up(db: Kysely<unknown>, whole: 'integer' | 'bigint'): Promise<void> {
  await db.schema
    .createTable('alerts')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('room', 'text')
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('at', whole, (column) => column.notNull())
    .addColumn('body_json', 'text', (column) => column.notNull())
    .execute();
  await db.schema.createIndex('alerts_newest').on('alerts').columns(['at', 'id']).execute();
  await db.schema
    .createTable('alert_deliveries')
    .addColumn('alert_id', 'text', (column) => column.notNull())
    .addColumn('channel', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('attempts', whole, (column) => column.notNull())
    .addColumn('first_at', whole, (column) => column.notNull())
    .addColumn('tried_at', whole, (column) => column.notNull())
    .addColumn('next_at', whole, (column) => column.notNull())
    .addColumn('answer', 'text')
    .addPrimaryKeyConstraint('alert_deliveries_one', ['alert_id', 'channel'])
    .execute();
}
