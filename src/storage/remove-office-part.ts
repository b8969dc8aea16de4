/** A unit or room is taken away on the page 系统: only one that nothing hangs on, and never the last. */
import type { Room, Unit } from '../duty/office.ts';
import type { Refusal } from '../records/command.ts';
import { type Desk, noteChange } from './desk.ts';
import { standingPart } from './office-part-rows.ts';
import { DONE, type Outcome } from './outcome.ts';
import { OFFICE_CHANGED_MEANWHILE, same } from './write-office-part.ts';

/** `was` is what the writer saw. */
export type RemovedPart =
  | { readonly kind: 'unit'; readonly was: Unit }
  | { readonly kind: 'room'; readonly was: Room };

export interface RemoveOfficePartWork {
  readonly type: 'office-part-remove';
  readonly part: RemovedPart;
  readonly account: string;
  readonly at: number;
}

/** Says what is in the way. One that is gone already is no mistake. */
export async function removeOfficePart(
  desk: Desk,
  { part, account, at }: RemoveOfficePartWork,
): Promise<Outcome> {
  const { kind, was } = part;
  const stands = await standingPart(desk, { kind, id: was.id });
  if (stands === null) return DONE;
  if (!same(stands, was)) return { ok: false, refusal: OFFICE_CHANGED_MEANWHILE };
  const refusal = kind === 'unit' ? await refuseUnit(desk, was.id) : await refuseRoom(desk, was.id);
  if (refusal !== null) return { ok: false, refusal };
  await desk.db
    .deleteFrom(kind === 'unit' ? 'units' : 'rooms')
    .where('id', '=', was.id)
    .execute();
  if (kind === 'room') noteChange(desk, 'room', was.id, was.id);
  desk.audits.push({
    at,
    account,
    person: null,
    kind: `${kind}-removed`,
    subject: was.id,
    payload: { name: was.name },
  });
  return DONE;
}

async function refuseUnit({ db }: Desk, id: string): Promise<Refusal | null> {
  const used = (table: 'units' | 'rooms' | 'accounts', column: 'parent' | 'unit') =>
    db
      .selectFrom(table as 'units')
      .select('id')
      .where(column as 'parent', '=', id)
      .limit(1)
      .executeTakeFirst();
  if ((await used('units', 'parent')) !== undefined) return UNIT_HAS_UNITS;
  if ((await used('rooms', 'unit')) !== undefined) return UNIT_HAS_ROOMS;
  return (await used('accounts', 'unit')) === undefined ? null : UNIT_HAS_ACCOUNTS;
}

async function refuseRoom({ db }: Desk, id: string): Promise<Refusal | null> {
  const used = async (
    table:
      | 'lines'
      | 'seats'
      | 'people'
      | 'calls'
      | 'records'
      | 'duty_notes'
      | 'roster'
      | 'roster_publications',
  ) =>
    (await db
      .selectFrom(table as 'lines')
      .select('room')
      .where('room', '=', id)
      .limit(1)
      .executeTakeFirst()) !== undefined;
  if (await used('lines')) return ROOM_HAS_LINES;
  if (await used('people')) return ROOM_HAS_PEOPLE;
  if (await used('seats')) return ROOM_HAS_SEATS;
  if (
    (await used('calls')) ||
    (await used('records')) ||
    (await used('duty_notes')) ||
    (await used('roster_publications'))
  )
    return ROOM_HAS_HISTORY;
  if (await used('roster')) return ROOM_HAS_SHIFTS;
  const others = await db.selectFrom('rooms').select('id').where('id', '!=', id).limit(1).executeTakeFirst();
  return others === undefined ? LAST_ROOM : null;
}

const UNIT_HAS_UNITS: Refusal = {
  code: 'unit-has-units',
  zh: '不能删除：它还有下级单位。请先把下级单位移走或删除。',
  en: 'The unit has units below it.',
};
const UNIT_HAS_ROOMS: Refusal = {
  code: 'unit-has-rooms',
  zh: '不能删除：它还有值班室。请先删除没有用过的值班室；用过的值班室要保留。',
  en: 'The unit has rooms.',
};
const UNIT_HAS_ACCOUNTS: Refusal = {
  code: 'unit-has-accounts',
  zh: '不能删除：还有账号属于它，停用的账号也算，审计要用。单位可以改名。',
  en: 'Accounts belong to the unit; it can be renamed.',
};
const ROOM_HAS_LINES: Refusal = {
  code: 'room-has-lines',
  zh: '不能删除：它还有值班电话。请先在第 2 步把值班电话改到别的值班室。',
  en: 'The room has lines.',
};
const ROOM_HAS_PEOPLE: Refusal = {
  code: 'room-has-people',
  zh: '不能删除：它还有人员。请先把人员改到别的值班室。',
  en: 'The room has people.',
};
const ROOM_HAS_SEATS: Refusal = {
  code: 'room-has-seats',
  zh: '不能删除：它还有坐席。请先把坐席改到别的值班室。',
  en: 'The room has seats.',
};
const ROOM_HAS_HISTORY: Refusal = {
  code: 'room-has-history',
  zh: '不能删除：它已有通话、记录或本班须知，要按规定保存。值班室可以改名。',
  en: 'The room has calls, records or notes, which are kept; it can be renamed.',
};
const ROOM_HAS_SHIFTS: Refusal = {
  code: 'room-has-shifts',
  zh: '不能删除：值班表里还有它的班次。请先改值班表。',
  en: 'The room has shifts in the roster.',
};
const LAST_ROOM: Refusal = {
  code: 'last-room',
  zh: '不能删除：至少要有一个值班室。可以改名。',
  en: 'There must be one room; it can be renamed.',
};
