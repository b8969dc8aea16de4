/** 值班电话检测: findings of the duty lines with their evidence, what people decided, and the looks that were had. */
import type { Kysely } from 'kysely';

/** Adds four tables. */
export async function up(db: Kysely<unknown>, whole: 'integer' | 'bigint'): Promise<void> {
  await db.schema
    .createTable('findings')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('room', 'text')
    .addColumn('line', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('opened_at', whole, (column) => column.notNull())
    .addColumn('last_at', whole, (column) => column.notNull())
    .addColumn('times', whole, (column) => column.notNull())
    .addColumn('decided_by', 'text')
    .addColumn('decided_at', whole)
    .execute();
  await db.schema
    .createIndex('findings_line')
    .on('findings')
    .columns(['line', 'kind', 'opened_at'])
    .execute();
  await db.schema.createIndex('findings_newest').on('findings').columns(['room', 'last_at']).execute();
  await db.schema
    .createTable('finding_evidence')
    .addColumn('finding_id', 'text', (column) => column.notNull())
    .addColumn('turn', whole, (column) => column.notNull())
    .addColumn('at', whole, (column) => column.notNull())
    .addColumn('scope', 'text', (column) => column.notNull())
    .addColumn('call_id', 'text')
    .addColumn('probe_id', 'text')
    .addColumn('standing_key', 'text')
    .addColumn('evidence_json', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('finding_evidence_turn', ['finding_id', 'turn'])
    .execute();
  await db.schema.createIndex('finding_evidence_call').on('finding_evidence').column('call_id').execute();
  await db.schema
    .createTable('finding_notes')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('finding_id', 'text', (column) => column.notNull())
    .addColumn('decision', 'text', (column) => column.notNull())
    .addColumn('text', 'text', (column) => column.notNull())
    .addColumn('by_person', 'text')
    .addColumn('by_name', 'text')
    .addColumn('at', whole, (column) => column.notNull())
    .execute();
  await db.schema.createIndex('finding_notes_finding').on('finding_notes').column('finding_id').execute();
  await db.schema
    .createTable('line_checks')
    .addColumn('line', 'text', (column) => column.notNull())
    .addColumn('topic', 'text', (column) => column.notNull())
    .addColumn('scope', 'text', (column) => column.notNull())
    .addColumn('source', 'text', (column) => column.notNull())
    .addColumn('at', whole, (column) => column.notNull())
    .addColumn('result', 'text', (column) => column.notNull())
    .addColumn('why', 'text')
    .addPrimaryKeyConstraint('line_checks_newest', ['line', 'topic', 'scope', 'source'])
    .execute();
}
