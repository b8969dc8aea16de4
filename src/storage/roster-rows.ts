/** Rows of 值班表 as what they mean: for who writes and for who reads. */
import type { Kysely } from 'kysely';
import type { Shift } from '../duty/roster.ts';
import type { RosterPerson } from '../duty/roster-check.ts';
import { type PlannedShift, type Post, postsOf } from '../duty/roster-plan.ts';
import { type DutyRole, FIRST_RULES, type RosterRules } from '../duty/roster-rules.ts';
import type { Standing } from '../duty/standing.ts';
import type { ShiftEnds, Swap } from '../duty/swap.ts';
import type { RosterSwapTable } from './roster-tables.ts';
import { shiftOf } from './shift-row.ts';
import type { Tables } from './tables.ts';

type Db = Kysely<Tables>;

/** The rules that hold, and their version; 0: nobody has edited them. */
export async function rulesOf(
  db: Db,
  room: string,
): Promise<{ readonly rules: RosterRules; readonly version: number }> {
  const row = await db
    .selectFrom('roster_rules')
    .select(['version', 'rules_json'])
    .where('room', '=', room)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (row === undefined) return { rules: FIRST_RULES, version: 0 };
  return { rules: JSON.parse(row.rules_json) as RosterRules, version: row.version };
}

export async function rosterPeople(db: Db, room: string): Promise<readonly RosterPerson[]> {
  const rows = await db
    .selectFrom('people')
    .select(['id', 'name', 'standing'])
    .where('room', '=', room)
    .execute();
  return rows.map(({ id, name, standing }) => ({ id, name, standing: standing as Standing | null }));
}

/** What is planned and overlaps the stretch (ms UTC), in order. */
export async function plansIn(
  db: Db,
  room: string,
  { from, to }: ShiftEnds,
): Promise<readonly (PlannedShift & { readonly revision: number })[]> {
  const rows = await db
    .selectFrom('roster_plans')
    .selectAll()
    .where('room', '=', room)
    .where('from_at', '<', to)
    .where('to_at', '>', from)
    .orderBy('from_at')
    .orderBy('to_at')
    .execute();
  return rows.map((row) => ({
    from: row.from_at,
    to: row.to_at,
    name: row.name,
    posts: JSON.parse(row.posts_json) as readonly Post[],
    revision: row.revision,
  }));
}

/** Dated shifts that count and overlap the stretch, in order. */
export async function publishedIn(
  db: Db,
  room: string,
  { from, to }: ShiftEnds,
  roles: readonly DutyRole[],
): Promise<readonly PlannedShift[]> {
  const rows = await db
    .selectFrom('roster')
    .selectAll()
    .where('room', '=', room)
    .where('from_at', '<', to)
    .where('to_at', '>', from)
    .orderBy('from_at')
    .orderBy('to_at')
    .execute();
  return rows.map((row) => ({
    from: row.from_at ?? from,
    to: row.to_at ?? to,
    name: row.name ?? '',
    posts:
      row.posts_json === null
        ? postsOf(shiftOf(row), roles)
        : (JSON.parse(row.posts_json) as readonly Post[]),
  }));
}

/** 长期安排: shifts without a begin or an end. */
export async function standingShifts(db: Db, room: string): Promise<readonly Shift[]> {
  const rows = await db
    .selectFrom('roster')
    .selectAll()
    .where('room', '=', room)
    .where((is) => is.or([is('from_at', 'is', null), is('to_at', 'is', null)]))
    .orderBy('id')
    .execute();
  return rows.map(shiftOf);
}

export function swapOf(row: RosterSwapTable): Swap {
  return {
    id: row.id,
    shift: { from: row.from_at, to: row.to_at },
    giver: row.giver,
    taker: row.taker,
    back: row.back_from === null || row.back_to === null ? null : { from: row.back_from, to: row.back_to },
    state: row.state as Swap['state'],
  };
}

export function isSamePosts(one: readonly Post[], other: readonly Post[]): boolean {
  return textOf(one) === textOf(other);
}

/** Always in one order of keys, so that two of them can be compared as text. */
export function textOf(posts: readonly Post[]): string {
  return JSON.stringify(posts.map(({ role, kind, person }) => ({ role, kind, person })));
}
