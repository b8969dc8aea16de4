/** Files that belong to no call, as a person looks through them. */
import type { ReadDeps } from './read.ts';
import type { StrayCursor, StrayPage, StrayRow } from './store/strays.ts';
import type { StrayRecordingTable, StrayState } from './stray-table.ts';
import type { StraySuggestion } from './stray-work.ts';

const LONGEST_PAGE = 500;

export async function stray({ db }: ReadDeps, id: string): Promise<StrayRow | undefined> {
  const row = await db.selectFrom('stray_recordings').selectAll().where('id', '=', id).executeTakeFirst();
  return row === undefined ? undefined : strayRow(row);
}

/** A page of at most 500, newest first: a file that was first seen keeps its place whatever is seen later. */
export async function strays(
  { db }: ReadDeps,
  state: StrayState,
  limit: number,
  after: StrayCursor | null,
): Promise<StrayPage> {
  const size = Math.max(1, Math.min(LONGEST_PAGE, Math.trunc(limit) || 1));
  const rows = await db
    .selectFrom('stray_recordings')
    .selectAll()
    .where('state', '=', state)
    .$if(after !== null, (query) =>
      query.where((row) =>
        row.or([
          row('first_seen_at', '<', after?.firstSeenAt ?? 0),
          row.and([row('first_seen_at', '=', after?.firstSeenAt ?? 0), row('id', '<', after?.id ?? '')]),
        ]),
      ),
    )
    .orderBy('first_seen_at', 'desc')
    .orderBy('id', 'desc')
    .limit(size + 1)
    .execute();
  const counted = await db
    .selectFrom('stray_recordings')
    .select((of) => of.fn.countAll().as('total'))
    .where('state', '=', state)
    .executeTakeFirstOrThrow();
  const page = rows.slice(0, size);
  const last = page.at(-1);
  const next =
    rows.length > size && last !== undefined ? { firstSeenAt: last.first_seen_at, id: last.id } : null;
  return { strays: page.map(strayRow), next, total: Number(counted.total) };
}

export async function strayPaths({ db }: ReadDeps, pbx: string) {
  return db.selectFrom('stray_recordings').select(['id', 'path', 'state']).where('pbx', '=', pbx).execute();
}

function strayRow(row: StrayRecordingTable): StrayRow {
  return {
    id: row.id,
    pbx: row.pbx,
    path: row.path,
    bytes: row.bytes,
    modifiedAt: row.modified_at,
    firstSeenAt: row.first_seen_at,
    lastSeenAt: row.last_seen_at,
    state: row.state,
    recording: row.recording,
    person: row.by_person,
    decidedAt: row.decided_at,
    reason: row.reason,
    suggestions: JSON.parse(row.suggestion_json) as readonly StraySuggestion[],
  };
}
