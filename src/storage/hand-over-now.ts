/** A hand-over as it stands at a moment: whose turn it is, what is open, what the devices have shown. */
import type { HandOver } from '../duty/hand-over.ts';
import { mattersFor } from '../duty/hand-over.ts';
import { type Turn, turnAt } from '../duty/turn.ts';
import { deviceEvidence } from './device-evidence-reads.ts';
import { lastTakeOver } from './last-take-over.ts';
import { openMatters } from './open-matters.ts';
import type { ReadDeps } from './read.ts';
import { shiftOf } from './shift-row.ts';

/** Who gives and who is expected, for one that begins at `at` (integer ms UTC). */
export async function turnNow(deps: ReadDeps, room: string, at: number): Promise<Turn> {
  const shifts = await deps.db.selectFrom('roster').selectAll().where('room', '=', room).execute();
  return turnAt(shifts.map(shiftOf), room, at, await lastTakeOver(deps, room));
}

/** While it is open, what has come meanwhile is added and what was dealt with is gone; one that is closed stays as it is. */
export async function asItStands(deps: ReadDeps, stands: HandOver, at: number): Promise<HandOver> {
  if (stands.state !== 'open') return stands;
  const span = { from: stands.from, to: at };
  const open = await openMatters(deps, stands.room, span);
  const evidence = await deviceEvidence(deps, stands.room, span);
  return { ...stands, matters: mattersFor(open, stands.matters), evidence };
}
