/** What the page 值班表 shows, beside the plan and what is published. */

import { HIDDEN, nameOfWritten } from '../duty/hand-written.ts';
import type { Shift } from '../duty/roster.ts';
import type { PlannedShift, Post } from '../duty/roster-plan.ts';
import type { ReportWay } from '../duty/roster-report.ts';
import type { RosterRules } from '../duty/roster-rules.ts';
import type {
  RosterChangeView,
  RosterPersonView,
  RosterPublicationView,
  RosterReportView,
  SwapView,
} from '../duty/roster-view.ts';
import type { Standing } from '../duty/standing.ts';
import type { ShiftEnds } from '../duty/swap.ts';
import type { ReadDeps } from './read.ts';
import { plansIn, publishedIn, rulesOf, standingShifts, swapOf } from './roster-rows.ts';
import { shutTexts } from './shut-reads.ts';

/** Latest first. */
const MOST_SHOWN = 20;
const MOST_SWAPS = 50;
const MOST_CHANGES = 200;

export interface RosterState {
  readonly rules: RosterRules;
  readonly version: number;
  readonly people: readonly RosterPersonView[];
  readonly plans: readonly (PlannedShift & { readonly revision: number })[];
  readonly published: readonly PlannedShift[];
  readonly standing: readonly Shift[];
  readonly swaps: readonly SwapView[];
  readonly publications: readonly RosterPublicationView[];
  readonly reports: readonly RosterReportView[];
}

/** Everything of a room's roster that overlaps a stretch (ms UTC). */
export async function rosterState(
  { db, dialect }: Pick<ReadDeps, 'db' | 'dialect'>,
  room: string,
  span: ShiftEnds,
): Promise<RosterState> {
  const { rules, version } = await rulesOf(db, room);
  const [people, plans, published, standing, swaps, publications, reports] = await Promise.all([
    db
      .selectFrom('people')
      .select(['id', 'name', 'title', 'phone', 'standing'])
      .where('room', '=', room)
      .orderBy('id')
      .execute(),
    plansIn(db, room, span),
    publishedIn(db, room, span, rules.roles),
    standingShifts(db, room),
    db
      .selectFrom('roster_swaps')
      .selectAll()
      .where('room', '=', room)
      .orderBy('asked_at', 'desc')
      .orderBy('id', 'desc')
      .limit(MOST_SWAPS)
      .execute(),
    db
      .selectFrom('roster_publications')
      .select(['id', 'from_day', 'to_day', 'changed', 'at', 'by_name'])
      .where('room', '=', room)
      .orderBy('at', 'desc')
      .orderBy('id', 'desc')
      .limit(MOST_SHOWN)
      .execute(),
    db
      .selectFrom('roster_reports')
      .selectAll()
      .where('room', '=', room)
      .orderBy('reported_at', 'desc')
      .orderBy('id', 'desc')
      .limit(MOST_SHOWN)
      .execute(),
  ]);
  const nameOf = (id: string) => nameOfWritten({ kind: 'swap', id });
  const shut = await shutTexts(
    { db, dialect },
    swaps.map(({ id }) => ({ kind: 'swap', id })),
  );
  return {
    rules,
    version,
    people: people.map((person) => ({ ...person, standing: person.standing as Standing | null })),
    plans,
    published,
    standing,
    swaps: swaps.map((row) => ({
      ...swapOf(row),
      reason: nameOf(row.id) in shut ? HIDDEN : row.reason,
      askedAt: row.asked_at,
      askedBy: row.asked_by,
      answeredAt: row.answered_at,
      answeredBy: row.answered_by,
      answer: nameOf(row.id) in shut && row.answer !== null ? HIDDEN : row.answer,
      shut: shut[nameOf(row.id)] ?? null,
    })),
    publications: publications.map(({ id, from_day, to_day, changed, at, by_name }) => ({
      ...{ id, from: from_day, to: to_day, changed, at, by: by_name },
    })),
    reports: reports.map((row) => ({
      id: row.id,
      from: row.from_day,
      to: row.to_day,
      reportedTo: row.reported_to,
      way: row.way as ReportWay,
      at: row.reported_at,
      by: row.by_name,
    })),
  };
}

/** Every change of a shift, the latest first. */
export async function rosterChanges(
  { db }: ReadDeps,
  room: string,
  { from, to }: ShiftEnds,
): Promise<readonly RosterChangeView[]> {
  const rows = await db
    .selectFrom('roster_changes')
    .selectAll()
    .where('room', '=', room)
    .where('from_at', '=', from)
    .where('to_at', '=', to)
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(MOST_CHANGES)
    .execute();
  return rows.map(({ what, before_json, after_json, at, by_name }) => ({
    what,
    before: postsIn(before_json),
    after: postsIn(after_json),
    at,
    by: by_name,
  }));
}

/** When a published shift of these last changed, ms UTC; null: never by this page. */
export async function lastPublishedChange(
  { db }: ReadDeps,
  room: string,
  { from, to }: ShiftEnds,
): Promise<number | null> {
  const row = await db
    .selectFrom('roster_changes')
    .select((of) => of.fn.max('at').as('at'))
    .where('room', '=', room)
    .where('what', 'in', ['published', 'swapped', 'office'])
    .where('from_at', '>=', from)
    .where('from_at', '<', to)
    .executeTakeFirst();
  return row?.at == null ? null : Number(row.at);
}

function postsIn(text: string | null): readonly Post[] {
  return text === null ? [] : (JSON.parse(text) as readonly Post[]);
}
