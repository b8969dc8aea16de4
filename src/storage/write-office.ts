import type { Kysely } from 'kysely';
import { readNumber } from '../directory/number.ts';
import type { Office } from '../duty/office.ts';
import { pieces } from './bulk.ts';
import { type Desk, noteChange } from './desk.ts';
import { rosterRowsOf } from './import-roster.ts';
import { DONE, type Outcome } from './outcome.ts';
import type { Tables } from './tables.ts';

/**
 * Makes the office in the database the one given. Who sits at a seat now, people's PINs and keys are not part of an office
 * and stay, and so does a 身份 that the file does not say; calls and records keep the names they were written with.
 */
export async function writeOffice(desk: Desk, office: Office, at: number): Promise<Outcome> {
  const { db } = desk;
  const seated = new Map((await desk.office.seats()).map((seat) => [seat.id, seat]));
  const before = new Map((await desk.office.people()).map((person) => [person.id, person]));
  await replace(db, 'units', office.units);
  await replace(
    db,
    'rooms',
    office.rooms.map(({ id, unit, name, formTitle }) => ({ id, unit, name, form_title: formTitle })),
  );
  await replace(
    db,
    'lines',
    office.lines.map(({ dids, trunks, phones, ...line }) => ({
      ...line,
      dids_json: JSON.stringify(dids),
      trunks_json: JSON.stringify(trunks),
      phones_json: JSON.stringify(phones),
    })),
  );
  const present = new Set(office.people.map((person) => person.id));
  await replace(
    db,
    'seats',
    office.seats.map((seat) => {
      const { person, person_since } = seated.get(seat.id) ?? { person: null, person_since: null };
      return person !== null && present.has(person)
        ? { ...seat, person, person_since }
        : { ...seat, person: null, person_since: null };
    }),
  );
  await replace(
    db,
    'people',
    office.people.map((person) => {
      const { pin_hash, keys_json, standing } = before.get(person.id) ?? NOTHING_BEFORE;
      return { ...person, pin_hash, keys_json, standing: person.standing ?? standing };
    }),
  );
  await replace(
    db,
    'directory',
    office.directory.flatMap((contact) => {
      const match_key = readNumber(contact.number, desk.rules.areaCode).matchKey;
      return match_key === null ? [] : [{ ...contact, match_key }];
    }),
  );
  await replace(db, 'roster', await rosterRowsOf(desk, office.shifts, at));
  for (const room of office.rooms) noteChange(desk, 'room', room.id, room.id);
  return DONE;
}

const NOTHING_BEFORE = { pin_hash: null, keys_json: null, standing: null };

type OfficeTable = 'units' | 'rooms' | 'lines' | 'seats' | 'people' | 'directory' | 'roster';

async function replace<Name extends OfficeTable>(
  db: Kysely<Tables>,
  table: Name,
  rows: readonly Tables[Name][],
): Promise<void> {
  await db.deleteFrom(table as OfficeTable).execute();
  for (const piece of pieces(rows)) {
    await db
      .insertInto(table as OfficeTable)
      .values(piece as never)
      .execute();
  }
}
