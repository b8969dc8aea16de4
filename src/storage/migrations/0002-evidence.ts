/** What the pipeline, the checks and people add to a recording; and the own table of jobs (D8). */
import { type Kysely, sql } from 'kysely';

type Whole = 'integer' | 'bigint';

/** Adds columns that are null in every row of before, but for the kind of what was still to be done. */
export async function up(db: Kysely<unknown>, whole: Whole): Promise<void> {
  const add = (table: string, column: string, type: 'text' | Whole) =>
    db.schema.alterTable(table).addColumn(column, type).execute();
  // What is wrong with the sound, its playable copy, its peaks: a `SoundJudgement`.
  await add('recordings', 'judgement_json', 'text');
  // Last look at the original and at the second copy.
  await add('recordings', 'check_state', 'text');
  await add('recordings', 'checked_at', whole);
  await add('recordings', 'copy_state', 'text');
  await add('recordings', 'copied_at', whole);
  // The rule of the matcher, or the person, that tied the file to its call; null: the PBX named it while it recorded.
  await add('recordings', 'found_by', 'text');
  // 涉密误录处置: what is shut away, or destroyed, by whom and when. `id` is the call's, or the record's that has no call.
  await db.schema
    .createTable('shut')
    .addColumn('id', 'text', (column) => column.notNull().primaryKey())
    .addColumn('call_id', 'text')
    .addColumn('record_id', 'text')
    .addColumn('isolated_at', whole, (column) => column.notNull())
    .addColumn('isolated_by', 'text', (column) => column.notNull())
    .addColumn('destroyed_at', whole)
    .addColumn('destroyed_by_json', 'text')
    .execute();
  // A job that failed waits until `run_at`; one that failed for good has a reason and `failed_at` (D8).
  await add('pending_effects', 'kind', 'text');
  await add('pending_effects', 'made_at', whole);
  await add('pending_effects', 'run_at', whole);
  await add('pending_effects', 'attempts', whole);
  await add('pending_effects', 'interrupted', whole);
  await add('pending_effects', 'lease_by', 'text');
  await add('pending_effects', 'lease_until', whole);
  await add('pending_effects', 'failed_at', whole);
  await add('pending_effects', 'reason', 'text');
  await db.schema.createIndex('audit_subject').on('audit').column('subject').execute();
  // The only kind there was before; a claim asks for kinds.
  await sql`update pending_effects set kind = 'attach-recordings'`.execute(db);
  await db.schema
    .createIndex('pending_effects_run_at')
    .on('pending_effects')
    .columns(['failed_at', 'run_at'])
    .execute();
}
