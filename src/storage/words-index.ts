/** The GIN index over the words on PostgreSQL: taken off while very many rows are written, and made in one go after them. */
import { type Kysely, sql } from 'kysely';

/**
 * Makes it, inside a transaction. New rows wait in a list that every search reads through: 4 MB of it, as the server would
 * have it, cost each search more than the search. The memory is the transaction's alone; the server's 64 MB would have it
 * merged over and over.
 */
export async function makeWordsIndex<Database>(db: Kysely<Database>): Promise<void> {
  await sql`set local maintenance_work_mem = '256MB'`.execute(db);
  await sql`create index record_words_words on record_words using gin (words)
    with (gin_pending_list_limit = 256)`.execute(db);
}

export async function dropWordsIndex<Database>(db: Kysely<Database>): Promise<void> {
  await sql`drop index record_words_words`.execute(db);
}
