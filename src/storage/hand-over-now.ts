/** A hand-over as it stands at a moment: whose turn it is, what is open, what the devices have shown. */
import type { HandOver } from '../duty/hand-over.ts';
import { mattersFor } from '../duty/hand-over.ts';
import type { StandingHandOver } from '../duty/hand-over-view.ts';
import type { Post } from '../duty/roster-plan.ts';
import { type PostChange, stayersAt, type Turn, turnAt } from '../duty/turn.ts';
import { deviceEvidence } from './device-evidence-reads.ts';
import { lastTakeOver, stayedOn } from './last-take-over.ts';
import { openMatters } from './open-matters.ts';
import type { ReadDeps } from './read.ts';
import { shiftOf } from './shift-row.ts';

/** Who gives and who is expected, for one that begins at `at` (integer ms UTC). */
export async function turnNow(deps: ReadDeps, room: string, at: number): Promise<Turn> {
  const { shifts, last, since } = await aroundNow(deps, room);
  return turnAt(shifts, room, at, last, since);
}

/** Who stays when nobody comes. */
export async function stayersNow(deps: ReadDeps, room: string, at: number): Promise<readonly string[]> {
  const { shifts, last, since } = await aroundNow(deps, room);
  return stayersAt(shifts, room, at, last, since);
}

/** Until 交班人 has signed, who gives and who is expected follow what is published meanwhile. */
export async function asRostered(
  deps: ReadDeps,
  handOver: HandOver,
  onDuty: readonly string[],
): Promise<StandingHandOver> {
  if (handOver.state !== 'open' || handOver.giver !== null) return { handOver, onDuty };
  const turn = await turnNow(deps, handOver.room, handOver.begunAt);
  return { handOver: { ...handOver, expected: turn.expected }, onDuty: turn.onDuty };
}

async function aroundNow(deps: ReadDeps, room: string) {
  const [roster, last, stay] = await Promise.all([
    deps.db.selectFrom('roster').selectAll().where('room', '=', room).execute(),
    lastTakeOver(deps, room),
    stayedOn(deps, room),
  ]);
  const changes = last === null ? [] : await changesSince(deps, room, last.at);
  return { shifts: roster.map(shiftOf), last, since: { changes, stayers: stay?.officers ?? [] } };
}

/** What of the roster was published, or swapped, since then (ms UTC). */
async function changesSince({ db }: ReadDeps, room: string, since: number): Promise<readonly PostChange[]> {
  const rows = await db
    .selectFrom('roster_changes')
    .select(['from_at', 'before_json', 'after_json'])
    .where('room', '=', room)
    .where('what', 'in', ['published', 'swapped', 'office'])
    .where('at', '>', since)
    .execute();
  return rows.flatMap(({ from_at: from, before_json: before, after_json: after }) =>
    from === null ? [] : [{ from, before: officersIn(before), after: officersIn(after) }],
  );
}

function officersIn(posts: string | null): readonly string[] {
  const all = posts === null ? [] : (JSON.parse(posts) as readonly Post[]);
  return all.filter(({ kind }) => kind === 'officer').map(({ person }) => person);
}

/** While it is open, what has come meanwhile is added and what was dealt with is gone; one that is closed stays as it is. */
export async function asItStands(deps: ReadDeps, stands: HandOver, at: number): Promise<HandOver> {
  if (stands.state !== 'open') return stands;
  const span = { from: stands.from, to: at };
  const open = await openMatters(deps, stands.room, span);
  const evidence = await deviceEvidence(deps, stands.room, span);
  return { ...stands, matters: mattersFor(open, stands.matters), evidence };
}
