/** 同号: what came from a number before, and what is still open of it. */
import { readNumber } from '../directory/number.ts';
import type { CallView } from '../web/protocol/call-view.ts';
import type { RecordView } from '../web/protocol/record-view.ts';
import { among } from './among.ts';
import { callViews } from './call-views.ts';
import type { ReadDeps } from './read.ts';
import { recordViews } from './record-views.ts';

export interface Matters {
  /** The last three, newest first. */
  readonly calls: readonly CallView[];
  /** 已登记 and 办理中, newest first, at most ten. */
  readonly open: readonly RecordView[];
}

const LAST_CALLS = 3;
const MOST_OPEN = 10;
const OPEN = ['registered', 'in-hand'];

/** Of the same number within these rooms; a withheld or unreadable number is nobody's. */
export async function mattersOf(deps: ReadDeps, rooms: readonly string[], number: string): Promise<Matters> {
  const key = readNumber(number, deps.rules.areaCode).matchKey;
  if (key === null || rooms.length === 0) return { calls: [], open: [] };
  const calls = await deps.db
    .selectFrom('calls')
    .selectAll()
    .where('caller_key', '=', key)
    .where('joined_to', 'is', null)
    .where(among(deps.dialect, 'room', rooms))
    .orderBy('started_at', 'desc')
    .limit(LAST_CALLS)
    .execute();
  const docs = await deps.db
    .selectFrom('search_docs')
    .select('record_id')
    .where('caller_key', '=', key)
    .where(among(deps.dialect, 'room', rooms))
    .where('state', 'in', OPEN)
    .orderBy('doc', 'desc')
    .limit(MOST_OPEN)
    .execute();
  const ids = docs.map((doc) => doc.record_id);
  const records =
    ids.length === 0
      ? []
      : await deps.db
          .selectFrom('records')
          .selectAll()
          .where(among(deps.dialect, 'id', ids))
          .execute();
  const views = await recordViews(deps, records);
  return {
    calls: await callViews(deps, calls),
    open: ids.flatMap((id) => views.find((view) => view.id === id) ?? []),
  };
}
