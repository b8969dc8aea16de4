/**
 * What people wrote by hand and no call and no record holds (`duty/hand-written.ts`): where it stands, and how 涉密误录处置 takes
 * every word of it away.
 */
import type { HandedMatter, HandOver } from '../duty/hand-over.ts';
import type { HandWritten } from '../duty/hand-written.ts';
import type { Desk } from './desk.ts';
import { eraseLine, eraseLinesOfIncident, eraseOpening } from './erase-log-lines.ts';
import { eraseTexts } from './incident-texts.ts';
import { eraseOfInspection, roomsOfInspection } from './inspection-texts.ts';
import { lockRoom } from './lock-room.ts';
import { eraseOfNotes, roomOfNotes } from './notes-texts.ts';
import type { ReadDeps } from './read.ts';

/** The room it belongs to; null: there is no such text. */
export async function roomOfWritten(
  { db }: Pick<ReadDeps, 'db'>,
  written: HandWritten,
): Promise<string | null> {
  switch (written.kind) {
    case 'incident':
    case 'task': {
      const table = written.kind === 'incident' ? 'incidents' : 'tasks';
      const row = await db.selectFrom(table).select('room').where('id', '=', written.id).executeTakeFirst();
      return row?.room ?? null;
    }
    case 'opening': {
      const row = await db
        .selectFrom('shift_log_openings')
        .innerJoin('shift_logs', 'shift_logs.id', 'shift_log_openings.log')
        .select('shift_logs.room')
        .where('shift_log_openings.id', '=', written.id)
        .executeTakeFirst();
      return row?.room ?? null;
    }
    case 'finding': {
      const row = await db
        .selectFrom('finding_notes')
        .innerJoin('findings', 'findings.id', 'finding_notes.finding_id')
        .leftJoin('lines', 'lines.id', 'findings.line')
        .select(['lines.room as now', 'findings.room as then'])
        .where('finding_notes.id', '=', written.id)
        .executeTakeFirst();
      // Whoever reads it reads it by its line, which may stand in another room than when it was suspected.
      return row?.now ?? row?.then ?? null;
    }
    case 'swap': {
      const row = await db
        .selectFrom('roster_swaps')
        .select('room')
        .where('id', '=', written.id)
        .executeTakeFirst();
      return row?.room ?? null;
    }
    case 'item':
    case 'mending':
      return (await roomsOfInspection({ db }, written))[0] ?? null;
    case 'notes':
      return roomOfNotes({ db }, written);
    case 'line': {
      const row = await db
        .selectFrom('shift_log_lines')
        .select('room')
        .where('room', '=', written.room)
        .where('id', '=', written.id)
        .where('edited', '=', 1)
        .limit(1)
        .executeTakeFirst();
      return row?.room ?? null;
    }
    case 'reason': {
      const handOver = await doneHandOver({ db }, written.handOver);
      return handOver?.matters.some(isAt(written.matter)) === true ? handOver.room : null;
    }
  }
}

/** Whose pages show it. */
export async function roomsWithWritten(
  deps: Pick<ReadDeps, 'db'>,
  written: HandWritten,
): Promise<readonly string[]> {
  if (written.kind === 'item' || written.kind === 'mending') return roomsOfInspection(deps, written);
  const room = await roomOfWritten(deps, written);
  return room === null ? [] : [room];
}

/** What somebody is writing there is committed first, or finds it shut (PostgreSQL; SQLite has one writer). */
export async function lockWritten(desk: Desk, written: HandWritten): Promise<void> {
  if (desk.dialect !== 'postgres') return;
  const lock = async (table: 'incidents' | 'hand_overs' | 'inspections' | 'roster_swaps', id: string) => {
    await desk.db.selectFrom(table).select('id').where('id', '=', id).forUpdate().execute();
  };
  if (written.kind === 'line' || written.kind === 'notes') await lockRoom(desk, written.room);
  if (written.kind === 'incident') await lock('incidents', written.id);
  if (written.kind === 'reason') await lock('hand_overs', written.handOver);
  if (written.kind === 'item' || written.kind === 'mending') await lock('inspections', written.inspection);
  if (written.kind === 'swap') await lock('roster_swaps', written.id);
}

/** Its words go; ids, times and digests stay. */
export async function eraseWritten(desk: Desk, written: HandWritten): Promise<void> {
  const { db } = desk;
  switch (written.kind) {
    case 'incident': {
      await eraseTexts(desk, written.id);
      const room = await roomOfWritten(desk, written);
      if (room !== null) await eraseLinesOfIncident(desk, room, written.id);
      return;
    }
    case 'task':
      await db.updateTable('tasks').set({ text: '' }).where('id', '=', written.id).execute();
      return;
    case 'opening':
      return eraseOpening(desk, written.id);
    case 'finding':
      await db.updateTable('finding_notes').set({ text: '' }).where('id', '=', written.id).execute();
      return;
    case 'swap':
      await eraseSwap(desk, written.id);
      return;
    case 'item':
    case 'mending':
      return eraseOfInspection(desk, written);
    case 'notes':
      return eraseOfNotes(desk, written);
    case 'line':
      return eraseLine(desk, written.room, written.id);
    case 'reason':
      return eraseReason(desk, written);
  }
}

/** An answer that was not given stays one that was not given. */
async function eraseSwap({ db }: Pick<Desk, 'db'>, id: string): Promise<void> {
  await db.updateTable('roster_swaps').set({ reason: '' }).where('id', '=', id).execute();
  await db
    .updateTable('roster_swaps')
    .set({ answer: '' })
    .where('id', '=', id)
    .where('answer', 'is not', null)
    .execute();
}

async function eraseReason(
  { db }: Pick<Desk, 'db'>,
  { handOver: id, matter: of }: Extract<HandWritten, { kind: 'reason' }>,
): Promise<void> {
  const handOver = await doneHandOver({ db }, id);
  if (handOver === null) return;
  const matters = handOver.matters.map((matter) => (isAt(of)(matter) ? { ...matter, reason: null } : matter));
  await db
    .updateTable('hand_overs')
    .set({ hand_over_json: JSON.stringify({ ...handOver, matters }) })
    .where('id', '=', id)
    .execute();
}

/** Until it is done its reasons can be written anew. */
async function doneHandOver({ db }: Pick<Desk, 'db'>, id: string): Promise<HandOver | null> {
  const row = await db
    .selectFrom('hand_overs')
    .select('hand_over_json')
    .where('id', '=', id)
    .where('closed_at', 'is not', null)
    .executeTakeFirst();
  return row === undefined ? null : (JSON.parse(row.hand_over_json) as HandOver);
}

function isAt(of: { readonly kind: string; readonly id: string }): (matter: HandedMatter) => boolean {
  return ({ kind, id, handed }) => !handed && kind === of.kind && id === of.id;
}
