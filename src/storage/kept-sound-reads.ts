/** Every recording we keep, page by page: for checks, copies, retention, and the counts of the page 录音. */
import { protectionsOf } from './protections.ts';
import type { ReadDeps } from './read.ts';
import { recordingRow } from './service-reads.ts';
import type { CopyCounts, KeptSoundRow } from './store/recordings.ts';

/** In the order of their ids, which is that of their making; `after` is the last id of the page before. */
export async function keptSounds(
  deps: ReadDeps,
  after: string | null,
  limit: number,
): Promise<readonly KeptSoundRow[]> {
  let query = deps.db
    .selectFrom('recordings')
    .leftJoin('shut', 'shut.call_id', 'recordings.call_id')
    .selectAll('recordings')
    .select('shut.destroyed_at')
    .where('recordings.state', '=', 'attached');
  if (after !== null) query = query.where('recordings.id', '>', after);
  const rows = await query.orderBy('recordings.id').limit(limit).execute();
  const calls = new Set(rows.flatMap((row) => row.call_id ?? []));
  const protections = await protectionsOf(deps, [...calls]);
  return rows.map(({ destroyed_at, ...row }) => ({
    ...recordingRow(row),
    protectedBy: protections.get(row.call_id ?? '') ?? null,
    isDestroyed: destroyed_at !== null,
  }));
}

/** How many recordings have a second copy that was read back, wait for one, or have a bad one. Destroyed ones are none. */
export async function copyCounts({ db }: ReadDeps): Promise<CopyCounts> {
  const rows = await db
    .selectFrom('recordings')
    .leftJoin('shut', 'shut.call_id', 'recordings.call_id')
    .select((of) => ['copy_state', of.fn.countAll<number>().as('count')])
    .where('state', '=', 'attached')
    .where('shut.destroyed_at', 'is', null)
    .groupBy('copy_state')
    .execute();
  const count = (...states: readonly (string | null)[]) =>
    rows.reduce((sum, row) => (states.includes(row.copy_state) ? sum + row.count : sum), 0);
  return {
    verified: count('verified'),
    waiting: count(null, 'unreachable'),
    bad: count('altered', 'missing'),
  };
}

/** Also of what the policy let go since: the folder it lay in is the same. */
export async function hasKeptSound({ db }: ReadDeps): Promise<boolean> {
  const row = await db
    .selectFrom('recordings')
    .select('id')
    .where('state', 'in', ['attached', 'expired'])
    .limit(1)
    .executeTakeFirst();
  if (row !== undefined) return true;
  // 附件 lie there too.
  const attachment = await db
    .selectFrom('attachments')
    .select('id')
    .where('kept_at', 'is not', null)
    .limit(1)
    .executeTakeFirst();
  if (attachment !== undefined) return true;
  const probe = await db.selectFrom('probe_sounds').select('probe_id').limit(1).executeTakeFirst();
  return probe !== undefined;
}
