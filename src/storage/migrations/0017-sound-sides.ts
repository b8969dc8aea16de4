/** The sides of a talk are watched as its original is; and a recording that the PBX began late says when. */
import type { Kysely } from 'kysely';

type Whole = 'integer' | 'bigint';

/** Adds columns that are null in every row of before. */
export async function up(db: Kysely<unknown>, whole: Whole): Promise<void> {
  const add = (column: string, type: 'text' | Whole) =>
    db.schema.alterTable('recordings').addColumn(column, type).execute();
  // `MadeFile`s: name, length and digest of each side that was kept.
  await add('sides_json', 'text');
  // When the PBX took the order, where that was after it was known.
  await add('ordered_at', whole);
}
