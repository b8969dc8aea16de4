/**
 * One unit, room, line, seat or person of the office, added or changed on the page 系统. What must hold between them the
 * service has looked at; what two who work at once could break is looked at here again.
 */
import { unitsBelow } from '../accounts/access.ts';
import type { OfficeLine, Person, Room, Seat, Unit } from '../duty/office.ts';
import type { Refusal } from '../records/command.ts';
import { refusals } from '../records/refusal.ts';
import { type Desk, noteChange } from './desk.ts';
import { putPart, standingPart } from './office-part-rows.ts';
import { DONE, type Outcome } from './outcome.ts';

export type OfficePart =
  | { readonly kind: 'unit'; readonly put: Unit; readonly was: Unit | null }
  | { readonly kind: 'room'; readonly put: Room; readonly was: Room | null }
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
  const homeless = await refusePlace(desk, part);
  if (homeless !== null) return { ok: false, refusal: homeless };
  const stands = await standingPart(desk, { kind: part.kind, id: part.put.id });
  if (same(stands, part.put)) return DONE;
  if (!same(stands, part.was)) return { ok: false, refusal: OFFICE_CHANGED_MEANWHILE };
  await putPart(desk, part);
  for (const room of await roomsTold(desk, part)) noteChange(desk, 'room', room, room);
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

/** Null: what it belongs to is there, and is not below it. */
async function refusePlace(desk: Desk, part: OfficePart): Promise<Refusal | null> {
  if (part.kind !== 'unit' && part.kind !== 'room')
    return (await desk.office.roomExists(part.put.room)) ? null : refusals.noSuchRoom;
  const parentOf = new Map((await units(desk)).map(({ id, parent }) => [id, parent]));
  if (part.kind === 'room') {
    // Its calls and records are those of its unit, and so are the accounts of who works there.
    if (part.was !== null && part.was.unit !== part.put.unit) return ROOM_KEEPS_UNIT;
    return parentOf.has(part.put.unit) ? null : UNIT_UNKNOWN;
  }
  const { id, parent } = part.put;
  if (parent === null) return null;
  if (!parentOf.has(parent)) return UNIT_UNKNOWN;
  return parent === id || unitsBelow(id, parentOf).includes(parent) ? UNIT_BELOW_ITSELF : null;
}

/** Rooms whose pages show it or, of a unit, who may see them. */
async function roomsTold(desk: Desk, part: OfficePart): Promise<readonly string[]> {
  switch (part.kind) {
    case 'unit': {
      const parentOf = new Map((await units(desk)).map(({ id, parent }) => [id, parent]));
      const moved = [part.put.id, ...unitsBelow(part.put.id, parentOf)];
      const rooms = await desk.db.selectFrom('rooms').select('id').where('unit', 'in', moved).execute();
      return rooms.map(({ id }) => id);
    }
    case 'room':
      return [part.put.id];
    default:
      return [...new Set([part.put.room, part.was?.room ?? part.put.room])];
  }
}

function units({ db }: Desk): Promise<readonly Unit[]> {
  return db.selectFrom('units').selectAll().execute();
}

/** Whether two entries say the same. */
export function same(one: OfficePart['put'] | null, other: OfficePart['put'] | null): boolean {
  if (one === null || other === null) return one === other;
  const sorted = (part: OfficePart['put']) =>
    JSON.stringify(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)));
  return sorted(one) === sorted(other);
}

function payloadOf({ kind, put }: OfficePart): Readonly<Record<string, string | null>> {
  switch (kind) {
    case 'unit':
      return { name: put.name, parent: put.parent };
    case 'room':
      return { unit: put.unit, name: put.name, formTitle: put.formTitle };
    case 'line': {
      const { room, pbx, number, dids, trunks, phones, recording } = put;
      const lists = { dids: dids.join(' '), trunks: trunks.join(' '), phones: phones.join(' ') };
      return { room, pbx, number, ...lists, recording };
    }
    default:
      return { room: put.room, name: put.name, phone: put.phone };
  }
}

export const OFFICE_CHANGED_MEANWHILE: Refusal = {
  code: 'office-changed-meanwhile',
  zh: '这一项刚被他人修改。请看新内容，再决定是否修改。',
  en: 'Somebody else changed this meanwhile. Look at it again.',
};
export const UNIT_UNKNOWN: Refusal = {
  code: 'unit-unknown',
  zh: '没有这个单位，可能刚被删除。请重新打开本页。',
  en: 'There is no such unit.',
};
const UNIT_BELOW_ITSELF: Refusal = {
  code: 'unit-below-itself',
  zh: '单位不能归到自己或自己的下级之下。请另选上级单位。',
  en: 'A unit cannot stand below itself.',
};
const ROOM_KEEPS_UNIT: Refusal = {
  code: 'room-keeps-unit',
  zh: '值班室不能换单位，它的通话和记录归原单位。请在新单位另建值班室，再把值班电话移过去。',
  en: 'A room stays with its unit: make another room there and move the line.',
};
