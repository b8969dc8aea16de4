/** One line, seat or person of the office, added or changed on the page 系统. What must hold between them, the service has looked at. */
import type { OfficeLine, Person, Seat } from '../duty/office.ts';
import type { Refusal } from '../records/command.ts';
import { refusals } from '../records/refusal.ts';
import { type Desk, noteChange } from './desk.ts';
import { DONE, type Outcome } from './outcome.ts';

export type OfficePart =
  | { readonly kind: 'line'; readonly put: OfficeLine; readonly was: OfficeLine | null }
  | { readonly kind: 'seat'; readonly put: Seat; readonly was: Seat | null }
  | { readonly kind: 'person'; readonly put: Person; readonly was: Person | null };

export interface OfficePartWork {
  readonly type: 'office-part';
  /** `was` is what the writer saw; null: the entry is new. */
  readonly part: OfficePart;
  readonly account: string;
  readonly at: number;
}

/** Refuses what somebody else has added or changed meanwhile. */
export async function writeOfficePart(desk: Desk, { part, account, at }: OfficePartWork): Promise<Outcome> {
  if (!(await desk.office.roomExists(part.put.room))) return { ok: false, refusal: refusals.noSuchRoom };
  const stands = await standing(desk, part);
  if (same(stands, part.put)) return DONE;
  if (!same(stands, part.was)) return { ok: false, refusal: meanwhile };
  await write(desk, part);
  for (const room of new Set([part.put.room, part.was?.room ?? part.put.room]))
    noteChange(desk, 'room', room, room);
  desk.audits.push({
    at,
    account,
    person: null,
    kind: `${part.kind}-${part.was === null ? 'added' : 'changed'}`,
    subject: part.put.id,
    payload: payloadOf(part),
  });
  return DONE;
}

async function standing({ db }: Desk, { kind, put }: OfficePart): Promise<OfficePart['put'] | null> {
  switch (kind) {
    case 'line': {
      const row = await db.selectFrom('lines').selectAll().where('id', '=', put.id).executeTakeFirst();
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
      return (
        (await db.selectFrom('seats').select(columns).where('id', '=', put.id).executeTakeFirst()) ?? null
      );
    }
    case 'person': {
      const columns = ['id', 'room', 'name', 'title', 'phone'] as const;
      return (
        (await db.selectFrom('people').select(columns).where('id', '=', put.id).executeTakeFirst()) ?? null
      );
    }
  }
}

/** Who sits at a seat and a person's PIN are not on the page and stay. */
async function write({ db }: Desk, part: OfficePart): Promise<void> {
  switch (part.kind) {
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
          .values({ ...row, pin_hash: null, keys_json: null })
          .execute();
      else await db.updateTable('people').set(row).where('id', '=', id).execute();
      return;
    }
  }
}

function same(one: OfficePart['put'] | null, other: OfficePart['put'] | null): boolean {
  if (one === null || other === null) return one === other;
  const sorted = (part: OfficePart['put']) =>
    JSON.stringify(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)));
  return sorted(one) === sorted(other);
}

function payloadOf({ kind, put }: OfficePart): Readonly<Record<string, string | null>> {
  if (kind !== 'line') return { room: put.room, name: put.name, phone: put.phone };
  const { room, pbx, number, dids, trunks, phones, recording } = put;
  const lists = { dids: dids.join(' '), trunks: trunks.join(' '), phones: phones.join(' ') };
  return { room, pbx, number, ...lists, recording };
}

const meanwhile: Refusal = {
  code: 'office-changed-meanwhile',
  zh: '这一项刚被他人修改。请看新内容，再决定是否修改。',
  en: 'Somebody else changed this meanwhile. Look at it again.',
};
