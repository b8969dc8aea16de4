/** Files of sound that belong to no call (无主录音): what the last look saw, and what a person decided. */
import type { Kysely } from 'kysely';

type Whole = 'integer' | 'bigint';

/** Adds one table. */
export async function up(db: Kysely<unknown>, whole: Whole): Promise<void> {
  await db.schema
    .createTable('stray_recordings')
    // The id the recording gets when the file is attached.
    .addColumn('id', 'text', (column) => column.notNull())
    .addColumn('pbx', 'text', (column) => column.notNull())
    // As the PBX names it: hostile, at most 1,024 bytes below the base.
    .addColumn('path', 'text', (column) => column.notNull())
    .addColumn('bytes', whole, (column) => column.notNull())
    .addColumn('modified_at', whole, (column) => column.notNull())
    .addColumn('first_seen_at', whole, (column) => column.notNull())
    .addColumn('last_seen_at', whole, (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('recording', 'text')
    .addColumn('by_person', 'text')
    .addColumn('decided_at', whole)
    // Why a person set it aside: free text.
    .addColumn('reason', 'text')
    .addColumn('suggestion_json', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('stray_recordings_pk', ['id'])
    .execute();
  const index = (columns: readonly string[]) =>
    db.schema
      .createIndex(`stray_recordings_${columns.join('_')}`)
      .on('stray_recordings')
      .columns([...columns]);
  await index(['pbx', 'path']).unique().execute();
  await index(['state', 'first_seen_at', 'id']).execute();
}
