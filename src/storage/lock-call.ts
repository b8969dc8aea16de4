import type { Desk } from './desk.ts';

/**
 * On PostgreSQL the call's row stays locked until the commit, so that who writes about it and who shuts it away take turns:
 * nothing is written after a destruction that did not see it. SQLite has one writer.
 */
export async function lockCall({ db, dialect }: Pick<Desk, 'db' | 'dialect'>, call: string): Promise<void> {
  if (dialect !== 'postgres') return;
  await db.selectFrom('calls').select('id').where('id', '=', call).forUpdate().execute();
}
