/** 通讯录 is edited on the page: a contact has 职务 as well. */
import type { Kysely } from 'kysely';

/** Adds a column. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('directory').addColumn('title', 'text').execute();
}
