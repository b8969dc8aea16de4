/** The words of the index, written and taken away on either database. */
import { CompiledQuery, sql } from 'kysely';
import { among } from './among.ts';
import type { IndexDeps } from './search-index.ts';
import { weekOf, weekWord } from './time-word.ts';

/** Takes words away, and rows too where the record has another place now. */
export async function deleteDocs(
  { db, dialect }: IndexDeps,
  docs: readonly number[],
  kept: ReadonlySet<number>,
): Promise<void> {
  if (docs.length === 0) return;
  const moved = docs.filter((doc) => !kept.has(doc));
  if (moved.length > 0)
    await db
      .deleteFrom('search_docs')
      .where(among(dialect, 'doc', moved))
      .execute();
  if (dialect === 'postgres') await sql`delete from record_words where doc = any(${docs})`.execute(db);
  else
    for (const doc of docs)
      await db.executeQuery(CompiledQuery.raw('delete from record_words where rowid = ?', [doc]));
}

/** Each row's words under its place. */
export async function insertWords(
  { db, dialect }: IndexDeps,
  rows: readonly { readonly doc: number; readonly words: readonly string[] }[],
): Promise<void> {
  if (rows.length === 0) return;
  if (dialect === 'sqlite') {
    const text = 'insert into record_words(rowid, body) values (?, ?)';
    for (const { doc, words } of rows) await db.executeQuery(CompiledQuery.raw(text, [doc, words.join(' ')]));
    return;
  }
  // A text a row is taken apart by the server: the driver takes seconds to write a million words as arrays.
  await sql`insert into record_words select doc, string_to_array(body, ' ')
    from unnest(${rows.map(({ doc }) => doc)}::bigint[], ${rows.map(({ doc, words }) =>
      [...words, weekWord(weekOf(doc))].join(' '),
    )}::text[]) as row(doc, body)`.execute(db);
}
