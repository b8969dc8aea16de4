/** The keys that a person has chosen for himself; of an account that belongs to nobody, those of the account. */
import type { Kysely } from 'kysely';

/** Adds columns that are null in every row of before: the keys that everybody has. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const table of ['people', 'accounts'])
    await db.schema.alterTable(table).addColumn('keys_json', 'text').execute();
}
