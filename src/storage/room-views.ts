import { dutyNow } from '../duty/duty-now.ts';
import { beganAt } from '../duty/roster.ts';
import type { KeyMap } from '../keys/own-keys.ts';
import type { PersonView, RoomView } from '../web/protocol/room-view.ts';
import { lineWatch } from './finding-reads.ts';
import { roomClocks } from './incident-clocks.ts';
import { stayedOn } from './last-take-over.ts';
import type { PeopleTable, SeatTable } from './office-tables.ts';
import type { ReadDeps } from './read.ts';
import { rosterDue } from './roster-due.ts';
import { shiftOf } from './shift-row.ts';
import type { PersonRow, SeatRow } from './store/office.ts';

/** A duty room with its lines, seats, people and who is on duty at a moment (integer ms UTC). */
export async function roomView(deps: ReadDeps, id: string, at: number): Promise<RoomView | undefined> {
  const { db } = deps;
  const room = await db
    .selectFrom('rooms')
    .leftJoin('units', 'units.id', 'rooms.unit')
    .select(['rooms.id', 'rooms.name', 'rooms.form_title', 'rooms.unit', 'units.name as unit_name'])
    .where('rooms.id', '=', id)
    .executeTakeFirst();
  if (room === undefined) return undefined;
  const [lines, seats, people, roster, stayed] = await Promise.all([
    db.selectFrom('lines').selectAll().where('room', '=', id).orderBy('id').execute(),
    db.selectFrom('seats').selectAll().where('room', '=', id).orderBy('id').execute(),
    db.selectFrom('people').selectAll().where('room', '=', id).orderBy('id').execute(),
    db.selectFrom('roster').selectAll().where('room', '=', id).execute(),
    stayedOn(deps, id),
  ]);
  const known = new Map(people.map((person) => [person.id, personView(person)]));
  const onDuty = dutyNow({ shifts: roster.map(shiftOf), stay: stayed }, id, at);
  const named = (ids: readonly string[]) => ids.flatMap((person) => known.get(person) ?? []);
  return {
    id: room.id,
    name: room.name,
    formTitle: room.form_title,
    unit: room.unit_name ?? room.unit,
    lines: lines.map(({ id: line, number, phones_json }) => ({
      id: line,
      number,
      phones: JSON.parse(phones_json) as readonly string[],
    })),
    seats: seats.map((seat) => ({
      id: seat.id,
      name: seat.name,
      phone: seat.phone,
      person: personOf(seat, known),
    })),
    onDuty: { leaders: named(onDuty.leaders), officers: named(onDuty.officers) },
    officers: [...known.values()],
    rosterDue: await rosterDue(deps, id, at),
    watch: await lineWatch(
      deps,
      lines.map((line) => line.id),
      at,
    ),
    ...(stayed === null ? {} : { stayed: { at: stayed.at, told: named(stayed.told) } }),
    clocks: await roomClocks(deps, id, at),
  };
}

/** Begin of the shift that runs there, ms UTC. */
export async function shiftSince({ db }: ReadDeps, room: string, at: number): Promise<number | null> {
  const roster = await db.selectFrom('roster').selectAll().where('room', '=', room).execute();
  return beganAt(roster.map(shiftOf), room, at);
}

/** A seat and who sits there; undefined when there is no such seat. */
export async function seatRow(deps: ReadDeps, id: string): Promise<SeatRow | undefined> {
  const seat = await deps.db.selectFrom('seats').selectAll().where('id', '=', id).executeTakeFirst();
  if (seat === undefined) return undefined;
  const person = seat.person === null ? undefined : await personRow(deps, seat.person);
  const { room, name, phone } = seat;
  return {
    ...{ id, room, name, phone },
    person: person === undefined ? null : personView(person),
    personKeys: person?.keys ?? null,
  };
}

export async function personRow(deps: ReadDeps, id: string): Promise<PersonRow | undefined> {
  const row = await deps.db.selectFrom('people').selectAll().where('id', '=', id).executeTakeFirst();
  if (row === undefined) return undefined;
  const { room, phone, pin_hash: pinHash } = row;
  return { ...personView(row), room, phone, pinHash, keys: readKeys(row) };
}

/** What somebody has changed of the keys. */
export function readKeys({ keys_json }: Pick<PeopleTable, 'keys_json'>): KeyMap {
  return keys_json === null ? {} : (JSON.parse(keys_json) as KeyMap);
}

function personView({ id, name, title }: Pick<PeopleTable, 'id' | 'name' | 'title'>): PersonView {
  return { id, name, title };
}

function personOf(seat: SeatTable, known: ReadonlyMap<string, PersonView>): PersonView | null {
  return seat.person === null ? null : (known.get(seat.person) ?? null);
}
