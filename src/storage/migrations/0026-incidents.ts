/** 突发事件: incidents with their clocks, what was decided of each 突发信息, and the words of both. */
import { type Kysely, sql } from 'kysely';

/** Adds three tables, and says from when on a 突发信息 has to be decided: those of before this version never were. */
export async function up(db: Kysely<unknown>, whole: 'integer' | 'bigint'): Promise<void> {
  await db.schema
    .createTable('incidents')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('room', 'text', (column) => column.notNull())
    .addColumn('record_id', 'text')
    .addColumn('opened_at', whole, (column) => column.notNull())
    .addColumn('closed_at', whole)
    .addColumn('running', whole, (column) => column.notNull())
    .addColumn('incident_json', 'text', (column) => column.notNull())
    .execute();
  await db.schema.createIndex('incidents_room').on('incidents').columns(['room', 'opened_at']).execute();
  await db.schema.createIndex('incidents_running').on('incidents').columns(['running', 'room']).execute();
  await db.schema.createIndex('incidents_record').on('incidents').column('record_id').execute();
  await db.schema
    .createTable('emergency_decisions')
    .addColumn('record_id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('decision', 'text', (column) => column.notNull())
    .addColumn('incident_id', 'text')
    .addColumn('at', whole, (column) => column.notNull())
    .execute();
  await db.schema
    .createTable('incident_texts')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('subject_id', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('ref', 'text')
    .addColumn('texts_json', 'text', (column) => column.notNull())
    .addColumn('salt', 'text', (column) => column.notNull())
    .addColumn('by_person', 'text')
    .addColumn('by_name', 'text')
    .addColumn('at', whole, (column) => column.notNull())
    .execute();
  await db.schema
    .createIndex('incident_texts_subject')
    .on('incident_texts')
    .columns(['subject_id', 'at'])
    .execute();
  await sql`insert into settings (key, value)
    select 'emergencies-since', cast(max(opened_at) + 1 as text) from records having count(*) > 0`.execute(
    db,
  );
}
