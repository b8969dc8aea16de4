/** The report of a gap: its row, its writing, its reading. */
import { type Desk, noteChange } from './desk.ts';
import type { ReadDeps } from './read.ts';

export interface GapReportTable {
  readonly id: string;
  readonly pbx: string;
  readonly from_at: number;
  readonly to_at: number;
  readonly at: number;
  readonly recovered: number;
  readonly known: number;
  readonly not_recoverable: number;
  readonly detail_json: string;
}

export interface GapReportWork {
  readonly type: 'gap-report';
  /** Id of the gap, or of a run by night or by hand. */
  readonly id: string;
  readonly pbx: string;
  readonly from: number;
  readonly to: number;
  /** Integer ms UTC. */
  readonly at: number;
  /** Calls of the stretch that came from history, by this run or an earlier one. */
  readonly recovered: number;
  /** Calls of it that were seen live. */
  readonly known: number;
  readonly notRecoverable: readonly { readonly why: string; readonly linkedid: string }[];
}

export type GapReportRow = Omit<GapReportWork, 'type'>;

/** Each run tells the whole stretch: the last word counts. */
export async function writeGapReport(desk: Desk, work: GapReportWork): Promise<void> {
  const { db } = desk;
  const row: GapReportTable = {
    id: work.id,
    pbx: work.pbx,
    from_at: work.from,
    to_at: work.to,
    at: work.at,
    recovered: work.recovered,
    known: work.known,
    not_recoverable: work.notRecoverable.length,
    detail_json: JSON.stringify(work.notRecoverable.slice(0, 500)),
  };
  const { id: _id, ...rest } = row;
  await db
    .insertInto('gap_reports')
    .values(row)
    .onConflict((clash) => clash.column('id').doUpdateSet(rest))
    .execute();
  // A page that says how many calls went by unseen must learn that they have come after all.
  noteChange(desk, 'gap', work.id, null);
}

/** The latest first. */
export async function gapReports({ db }: ReadDeps, limit: number): Promise<readonly GapReportRow[]> {
  const rows = await db.selectFrom('gap_reports').selectAll().orderBy('at', 'desc').limit(limit).execute();
  return rows.map((row) => ({
    id: row.id,
    pbx: row.pbx,
    from: row.from_at,
    to: row.to_at,
    at: row.at,
    recovered: row.recovered,
    known: row.known,
    notRecoverable: JSON.parse(row.detail_json) as GapReportWork['notRecoverable'],
  }));
}
