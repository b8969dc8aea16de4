/** Stretches in which nobody listened to a PBX, as a page is told of them. */
import type { GapView } from '../web/protocol/room-view.ts';
import type { ReadDeps } from './read.ts';

/** Those that are open or ended since, newest first. */
export async function recentGaps(deps: ReadDeps, since: number): Promise<readonly GapView[]> {
  return await gaps(deps)
    .where((row) => row.or([row('gaps.to_at', 'is', null), row('gaps.to_at', '>=', since)]))
    .orderBy('gaps.from_at', 'desc')
    .limit(200)
    .execute();
}

export async function openGaps(deps: ReadDeps): Promise<readonly GapView[]> {
  return await gaps(deps).where('gaps.to_at', 'is', null).execute();
}

/** Undefined for an id that is no gap's: a run of history by night has a report too. */
export async function gapView(deps: ReadDeps, id: string): Promise<GapView | undefined> {
  return await gaps(deps).where('gaps.id', '=', id).executeTakeFirst();
}

/** Each with what the history of the PBX gave for it. */
function gaps({ db }: ReadDeps) {
  return db
    .selectFrom('gaps')
    .leftJoin('gap_reports', 'gap_reports.id', 'gaps.id')
    .select([
      'gaps.id as id',
      'gaps.pbx as pbx',
      'gaps.from_at as from',
      'gaps.to_at as to',
      'gaps.missed as missed',
      'gaps.cause as cause',
      'gap_reports.recovered as recovered',
    ]);
}
