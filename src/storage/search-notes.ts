/** 要点 of calls, as 记录查询 looks for them: those that were not struck. */
import { among } from './among.ts';
import type { CallNoteTable } from './callback-table.ts';
import type { ReadDeps } from './read.ts';

/** By call, in the order of the call. */
export async function unstruckNotes(
  { db, dialect }: Pick<ReadDeps, 'db' | 'dialect'>,
  calls: readonly string[],
): Promise<ReadonlyMap<string, readonly Pick<CallNoteTable, 'call_id' | 'text'>[]>> {
  if (calls.length === 0) return new Map();
  const notes = await db
    .selectFrom('call_notes')
    .select(['call_id', 'text'])
    .where(among(dialect, 'call_id', calls))
    .where('struck_at', 'is', null)
    .orderBy('moment')
    .orderBy('id')
    .execute();
  return Map.groupBy(notes, (note) => note.call_id);
}
