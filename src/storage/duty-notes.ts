/** 本班须知 as rows: each edit is a version of its own, so that the history says who wrote what and when. */
import { readNumber } from '../directory/number.ts';
import { type DutyNotes, readDutyNotes } from '../duty/duty-notes.ts';
import type { Stay } from '../duty/duty-now.ts';
import type { ShutParts } from '../duty/notes-parts.ts';
import type { Person } from '../duty/office.ts';
import type { Shift } from '../duty/roster.ts';
import type { Standing } from '../duty/standing.ts';
import type { Refusal } from '../records/command.ts';
import { type Desk, noteChange } from './desk.ts';
import { stayedOn } from './last-take-over.ts';
import { lockRoom } from './lock-room.ts';
import { readableNotes } from './notes-texts.ts';
import { DONE, type Outcome } from './outcome.ts';
import type { ReadDeps } from './read.ts';
import { shiftOf } from './shift-row.ts';

/** Erasable (D11). */
export interface DutyNotesTable {
  readonly room: string;
  readonly version: number;
  readonly notes_json: string;
  readonly at: number;
  readonly by_account: string | null;
  readonly by_person: string | null;
  readonly by_name: string | null;
}

export interface DutyNotesWork {
  readonly type: 'duty-notes-edit';
  readonly room: string;
  /** The version the writer saw; 0: there was none. */
  readonly base: number;
  readonly notes: DutyNotes;
  readonly account: string | null;
  readonly person: string | null;
  /** As shown in the history. */
  readonly name: string;
  readonly at: number;
}

export interface DutyNotesVersion {
  readonly version: number;
  /** Without what is shut away of it. */
  readonly notes: DutyNotes;
  readonly at: number;
  readonly by: string | null;
  readonly shut: ShutParts;
}

/** Writes the next version. Refuses notes that are not well-formed or were changed by somebody else meanwhile. */
export async function writeDutyNotes(desk: Desk, work: DutyNotesWork): Promise<Outcome> {
  const read = readDutyNotes(work.notes, await superiorNumbers(desk, work.room));
  if (!read.ok) return { ok: false, refusal: read.fault };
  if (!(await desk.office.roomExists(work.room))) return { ok: false, refusal: noRoom };
  await lockRoom(desk, work.room);
  const latest = await desk.db
    .selectFrom('duty_notes')
    .select(['version', 'notes_json'])
    .where('room', '=', work.room)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst();
  const notes_json = JSON.stringify(read.notes);
  if (latest?.notes_json === notes_json) return DONE;
  const stands = latest?.version ?? 0;
  if (stands !== work.base) return { ok: false, refusal: meanwhile };
  const { room, at, account, person, name } = work;
  const version = stands + 1;
  await desk.db
    .insertInto('duty_notes')
    .values({ room, version, notes_json, at, by_account: account, by_person: person, by_name: name })
    .execute();
  noteChange(desk, 'room', room, room);
  // No text: whoever reads the audit trail may not see numbers of superior offices.
  desk.audits.push({ at, account, person, kind: 'duty-notes-edited', subject: room, payload: { version } });
  return DONE;
}

/** Of 上级 in the directory; the room's own line may stand there, too, for the offices below it. */
async function superiorNumbers({ db, rules }: Desk, room: string): Promise<readonly string[]> {
  const [superiors, lines] = await Promise.all([
    db.selectFrom('directory').select(['number', 'match_key']).where('class', '=', 'superior').execute(),
    db.selectFrom('lines').select('number').where('room', '=', room).execute(),
  ]);
  const own = new Set(lines.map(({ number }) => readNumber(number, rules.areaCode).matchKey));
  return superiors.flatMap(({ number, match_key }) => (own.has(match_key) ? [] : [number]));
}

/** The latest first, at most `limit`. */
export async function dutyNotes(
  deps: Pick<ReadDeps, 'db'>,
  room: string,
  limit: number,
): Promise<readonly DutyNotesVersion[]> {
  const rows = await deps.db
    .selectFrom('duty_notes')
    .selectAll()
    .where('room', '=', room)
    .orderBy('version', 'desc')
    .limit(limit)
    .execute();
  const readable = await readableNotes(deps, room, rows);
  return readable.map((seen, index) => {
    const { version = 0, at = 0, by_name: by = null } = rows[index] ?? {};
    return { version, at, by, ...seen };
  });
}

export interface RoomRoster {
  readonly shifts: readonly Shift[];
  readonly people: readonly (Person & { readonly standing: Standing | null })[];
  readonly stay: Stay | null;
}

/** Who may be on duty in a room, and when; and who stayed because nobody came. */
export async function roomRoster({ db }: ReadDeps, room: string): Promise<RoomRoster> {
  const [roster, people, stay] = await Promise.all([
    db.selectFrom('roster').selectAll().where('room', '=', room).execute(),
    db
      .selectFrom('people')
      .select(['id', 'room', 'name', 'title', 'phone', 'standing'])
      .where('room', '=', room)
      .execute(),
    stayedOn({ db }, room),
  ]);
  return {
    shifts: roster.map(shiftOf),
    people: people.map((person) => ({ ...person, standing: person.standing as Standing | null })),
    stay,
  };
}

const noRoom: Refusal = {
  code: 'duty-notes-no-room',
  zh: '找不到该值班室，须知没有保存。',
  en: 'There is no such duty room.',
};
const meanwhile: Refusal = {
  code: 'duty-notes-changed-meanwhile',
  zh: '须知刚被他人修改，您写的还在本页。请看新内容，再保存。',
  en: 'Somebody else changed the notes meanwhile. Look at them and save again.',
};
