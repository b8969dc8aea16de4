/** 批示 that wait for their leader are found without walking every entry there ever was. */
import type { Kysely } from 'kysely';

/** Adds an index. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createIndex('record_entries_waiting')
    .on('record_entries')
    .columns(['kind', 'confirmed_at', 'withdrawn_at'])
    .execute();
}
