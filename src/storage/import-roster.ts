/** The roster of an office file: rows for `roster`, and the history of what they change in what was published. */
import type { Shift } from '../duty/roster.ts';
import { postsOf } from '../duty/roster-plan.ts';
import type { DutyRole } from '../duty/roster-rules.ts';
import type { Desk } from './desk.ts';
import type { RosterTable } from './office-tables.ts';
import { rulesOf, textOf } from './roster-rows.ts';

/** A shift that the file says as it stands keeps its roles, which the file does not have. */
export async function rosterRowsOf(
  desk: Desk,
  shifts: readonly Shift[],
  at: number,
): Promise<readonly RosterTable[]> {
  const stands = await desk.db.selectFrom('roster').selectAll().execute();
  const rows = shifts.map((shift) => {
    const row = rowOf(shift);
    const same = stands.find((one) => endsOf(one) === endsOf(row) && peopleOf(one) === peopleOf(row));
    return same === undefined ? row : { ...row, posts_json: same.posts_json };
  });
  await keepDifferences(desk, stands, rows, at);
  return rows;
}

function rowOf({ id, room, from, to, leaders, officers, standby, name }: Shift): RosterTable {
  return {
    ...{ id, room, from_at: from, to_at: to, name: name ?? null, posts_json: null },
    leaders_json: JSON.stringify(leaders),
    officers_json: JSON.stringify(officers),
    standby_json: standby === undefined ? null : JSON.stringify(standby),
  };
}

async function keepDifferences(
  desk: Desk,
  before: readonly RosterTable[],
  after: readonly RosterTable[],
  at: number,
): Promise<void> {
  const old = new Map(before.filter(isDated).map((row) => [endsOf(row), row]));
  const now = new Map(after.filter(isDated).map((row) => [endsOf(row), row]));
  const roles = new Map<string, readonly DutyRole[]>();
  for (const ends of new Set([...old.keys(), ...now.keys()])) {
    const [was, is] = [old.get(ends), now.get(ends)];
    const row = was ?? is;
    if (row === undefined || (was !== undefined && is !== undefined && peopleOf(was) === peopleOf(is)))
      continue;
    const known = roles.get(row.room) ?? (await rulesOf(desk.db, row.room)).rules.roles;
    roles.set(row.room, known);
    await desk.db
      .insertInto('roster_changes')
      .values({
        ...{ id: desk.newId(), room: row.room, from_at: row.from_at, to_at: row.to_at, what: 'office', at },
        ...{ before_json: postsText(was, known), after_json: postsText(is, known) },
        ...{ by_account: null, by_name: null },
      })
      .execute();
  }
}

function isDated({ from_at, to_at }: RosterTable): boolean {
  return from_at !== null && to_at !== null;
}

function postsText(row: RosterTable | undefined, roles: readonly DutyRole[]): string {
  if (row === undefined) return '[]';
  const list = (text: string | null) => (text === null ? [] : (JSON.parse(text) as readonly string[]));
  const { id, room, from_at: from, to_at: to } = row;
  return (
    row.posts_json ??
    textOf(
      postsOf(
        {
          ...{ id, room, from, to },
          ...{ leaders: list(row.leaders_json), officers: list(row.officers_json) },
          standby: list(row.standby_json),
        },
        roles,
      ),
    )
  );
}

function endsOf({ room, from_at, to_at }: RosterTable): string {
  return JSON.stringify([room, from_at, to_at]);
}

function peopleOf({ leaders_json, officers_json, standby_json }: RosterTable): string {
  return JSON.stringify([leaders_json, officers_json, standby_json ?? '[]']);
}
