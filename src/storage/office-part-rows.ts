/** The parts of an office as rows: what stands, and how one is put. */
import type { OfficeLine } from '../duty/office.ts';
import type { Desk } from './desk.ts';
import type { OfficePart } from './write-office-part.ts';

/** As it stands now; null: there is none of this id. */
export async function standingPart(
  { db }: Desk,
  { kind, id }: { readonly kind: OfficePart['kind']; readonly id: string },
): Promise<OfficePart['put'] | null> {
  switch (kind) {
    case 'unit':
      return (await db.selectFrom('units').selectAll().where('id', '=', id).executeTakeFirst()) ?? null;
    case 'room': {
      const row = await db.selectFrom('rooms').selectAll().where('id', '=', id).executeTakeFirst();
      if (row === undefined) return null;
      const { form_title: formTitle, ...room } = row;
      return { ...room, formTitle };
    }
    case 'line': {
      const row = await db.selectFrom('lines').selectAll().where('id', '=', id).executeTakeFirst();
      if (row === undefined) return null;
      const { dids_json, trunks_json, phones_json, recording, ...line } = row;
      return {
        ...line,
        dids: JSON.parse(dids_json) as readonly string[],
        trunks: JSON.parse(trunks_json) as readonly string[],
        phones: JSON.parse(phones_json) as readonly string[],
        recording: recording as OfficeLine['recording'],
      };
    }
    case 'seat': {
      const columns = ['id', 'room', 'name', 'phone'] as const;
      return (await db.selectFrom('seats').select(columns).where('id', '=', id).executeTakeFirst()) ?? null;
    }
    case 'person': {
      const columns = ['id', 'room', 'name', 'title', 'phone'] as const;
      return (await db.selectFrom('people').select(columns).where('id', '=', id).executeTakeFirst()) ?? null;
    }
  }
}

/** Who sits at a seat, a person's PIN and his keys are not on the page and stay. */
export async function putPart({ db }: Desk, part: OfficePart): Promise<void> {
  switch (part.kind) {
    case 'unit': {
      const { id, name, parent } = part.put;
      const row = { id, name, parent };
      if (part.was === null) await db.insertInto('units').values(row).execute();
      else await db.updateTable('units').set(row).where('id', '=', id).execute();
      return;
    }
    case 'room': {
      const { id, unit, name, formTitle } = part.put;
      const row = { id, unit, name, form_title: formTitle };
      if (part.was === null) await db.insertInto('rooms').values(row).execute();
      else await db.updateTable('rooms').set(row).where('id', '=', id).execute();
      return;
    }
    case 'line': {
      const { dids, trunks, phones, id, room, pbx, number, recording } = part.put;
      const row = {
        ...{ id, room, pbx, number, recording },
        dids_json: JSON.stringify(dids),
        trunks_json: JSON.stringify(trunks),
        phones_json: JSON.stringify(phones),
      };
      if (part.was === null) await db.insertInto('lines').values(row).execute();
      else await db.updateTable('lines').set(row).where('id', '=', id).execute();
      return;
    }
    case 'seat': {
      const { id, room, name, phone } = part.put;
      const row = { id, room, name, phone };
      if (part.was === null) {
        await db
          .insertInto('seats')
          .values({ ...row, person: null, person_since: null })
          .execute();
        return;
      }
      // Whoever sits there belongs to the room it was in.
      const empty = part.was.room === room ? {} : { person: null, person_since: null };
      await db
        .updateTable('seats')
        .set({ ...row, ...empty })
        .where('id', '=', id)
        .execute();
      return;
    }
    case 'person': {
      const { id, room, name, title, phone } = part.put;
      const row = { id, room, name, title, phone };
      if (part.was === null)
        await db
          .insertInto('people')
          .values({ ...row, pin_hash: null, keys_json: null, standing: null })
          .execute();
      else await db.updateTable('people').set(row).where('id', '=', id).execute();
      return;
    }
  }
}
