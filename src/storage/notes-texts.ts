/**
 * What was typed into 本班须知, as 涉密误录处置 reaches it: a part is shut away in every version that has it as the named one has, so
 * that what was carried along from version to version goes with it.
 */
import { type DutyNotes, FIRST_NOTES } from '../duty/duty-notes.ts';
import { type HandWritten, nameOfWritten, readWritten, type ShutState } from '../duty/hand-written.ts';
import { isSamePart, NOTES_PARTS, type ShutParts, withoutParts } from '../duty/notes-parts.ts';
import type { Desk } from './desk.ts';
import type { DutyNotesTable } from './duty-notes.ts';
import { lockRoom } from './lock-room.ts';
import type { ReadDeps } from './read.ts';
import { allShutTexts } from './shut-reads.ts';

type OfNotes = Extract<HandWritten, { readonly kind: 'notes' }>;

/** Notes of before 公示屏 have none of its texts. */
function notesOf({ notes_json }: Pick<DutyNotesTable, 'notes_json'>): DutyNotes {
  return { ...FIRST_NOTES, ...(JSON.parse(notes_json) as Partial<DutyNotes>) };
}

export async function roomOfNotes(
  { db }: Pick<ReadDeps, 'db'>,
  { room, version }: OfNotes,
): Promise<string | null> {
  const row = await db
    .selectFrom('duty_notes')
    .select('room')
    .where('room', '=', room)
    .where('version', '=', version)
    .executeTakeFirst();
  return row?.room ?? null;
}

export async function eraseOfNotes(
  desk: Pick<Desk, 'db' | 'dialect'>,
  { room, version, part }: OfNotes,
): Promise<void> {
  await lockRoom(desk, room);
  const rows = await desk.db
    .selectFrom('duty_notes')
    .select(['version', 'notes_json'])
    .where('room', '=', room)
    .execute();
  const named = rows.find((row) => row.version === version);
  if (named === undefined) return;
  for (const row of rows) {
    const notes = notesOf(row);
    if (!isSamePart(notes, notesOf(named), part)) continue;
    await desk.db
      .updateTable('duty_notes')
      .set({ notes_json: JSON.stringify(withoutParts(notes, [part])) })
      .where('room', '=', room)
      .where('version', '=', row.version)
      .execute();
  }
}

/** Versions of a room as people may see them, and what of each is shut away. */
export async function readableNotes(
  deps: Pick<ReadDeps, 'db'>,
  room: string,
  rows: readonly Pick<DutyNotesTable, 'version' | 'notes_json'>[],
): Promise<readonly { readonly notes: DutyNotes; readonly shut: ShutParts }[]> {
  const shut = await shutIn(deps, room);
  return rows.map((row) => {
    const notes = notesOf(row);
    const parts = NOTES_PARTS.flatMap((part) => {
      const over = shut.find(
        ({ text, as }) =>
          text.part === part && (as === null ? text.version === row.version : isSamePart(as, notes, part)),
      );
      return over === undefined ? [] : [[part, over] as const];
    });
    return {
      notes: withoutParts(
        notes,
        parts.flatMap(([part, { as }]) => (as === null ? [] : part)),
      ),
      shut: Object.fromEntries(
        parts.map(([part, { text, state }]) => [part, { name: nameOfWritten(text), state }]),
      ),
    };
  });
}

interface ShutPart {
  readonly text: OfNotes;
  readonly state: ShutState;
  /** The version that was named; null: its text is gone, in every version. */
  readonly as: DutyNotes | null;
}

async function shutIn({ db }: Pick<ReadDeps, 'db'>, room: string): Promise<readonly ShutPart[]> {
  const shut = Object.entries(await allShutTexts({ db })).flatMap(([name, state]) => {
    const text = readWritten(name);
    return text?.kind === 'notes' && text.room === room ? [{ text, state }] : [];
  });
  if (shut.length === 0) return [];
  const rows = await db
    .selectFrom('duty_notes')
    .select(['version', 'notes_json'])
    .where('room', '=', room)
    .where('version', 'in', [...new Set(shut.map(({ text }) => text.version))])
    .execute();
  return shut.map(({ text, state }) => {
    const row = state === 'destroyed' ? undefined : rows.find(({ version }) => version === text.version);
    return { text, state, as: row === undefined ? null : notesOf(row) };
  });
}
