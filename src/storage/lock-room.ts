import type { Desk } from './desk.ts';

/**
 * On PostgreSQL the room's row stays locked until the commit, so that two processes that write its roster, its hand-over or its log
 * take turns: each reads what stands before it writes it anew. SQLite has one writer.
 */
export async function lockRoom({ db, dialect }: Pick<Desk, 'db' | 'dialect'>, room: string): Promise<void> {
  if (dialect !== 'postgres') return;
  await db.selectFrom('rooms').select('id').where('id', '=', room).forUpdate().execute();
}
