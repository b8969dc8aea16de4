import { describe, expect, it } from 'vitest';
import { FIRST_NOTES } from '../../src/duty/duty-notes.ts';
import type { RemovedPart } from '../../src/storage/remove-office-part.ts';
import type { OfficePart, OfficePartWork } from '../../src/storage/write-office-part.ts';
import { done, onBothBackEnds } from './back-ends.ts';
import { OFFICE, ROOM } from './office.ts';
import { NOON } from './telling.ts';

const put = (part: OfficePart): OfficePartWork => ({ type: 'office-part', part, account: 'a-1', at: NOON });

const LINE = {
  id: 'line-9',
  room: ROOM,
  pbx: 'pbx-1',
  number: '0954-2039999',
  dids: ['2039999'],
  trunks: [],
  phones: ['PJSIP/1004'],
  recording: 'ami',
} as const;

const VILLAGE = { id: 'village', name: '三营镇', parent: 'county' };
const HALL = { id: 'room-9', unit: 'village', name: '值班室', formTitle: '三营镇电话记录单' };
const CITY = { id: 'city', name: '固原市人民政府', parent: null };
const COUNTY = { id: 'county', name: '原州区人民政府', parent: 'city' };
const ROOM_2 = {
  id: 'room-2',
  unit: 'county',
  name: '区政府值班室',
  formTitle: '原州区人民政府值班室电话记录单',
};

describe('the office, part by part', () => {
  onBothBackEnds((backEnd) => {
    it('takes a line, seat and person, tells their room, and says who did it', async () => {
      const store = await backEnd.freshStore();
      const seat = { id: 'seat-9', room: ROOM, name: '九号席', phone: 'PJSIP/1004' };
      const person = { id: 'person-9', room: ROOM, name: '陈某', title: null, phone: null };
      for (const part of [
        { kind: 'line', put: LINE, was: null },
        { kind: 'seat', put: seat, was: null },
        { kind: 'person', put: person, was: null },
      ] as const) {
        expect((await done(store, put(part))).changes).toMatchObject([
          { entity: 'room', id: ROOM, room: ROOM },
        ]);
        expect(await store.auditOf(part.put.id)).toMatchObject([
          { kind: `${part.kind}-added`, account: 'a-1' },
        ]);
      }
      const office = await store.office();
      expect(office.lines).toContainEqual(LINE);
      expect(office.seats).toContainEqual(seat);
      expect(office.people).toContainEqual(person);
    });

    it('says the same twice without harm, and refuses what somebody else changed meanwhile', async () => {
      const store = await backEnd.freshStore();
      await done(store, put({ kind: 'line', put: LINE, was: null }));
      expect((await done(store, put({ kind: 'line', put: LINE, was: null }))).changes).toEqual([]);
      const mine = { ...LINE, number: '0954-2039998' };
      await done(store, put({ kind: 'line', put: mine, was: LINE }));
      const theirs = put({ kind: 'line', put: { ...LINE, number: '0954-2039997' }, was: LINE });
      expect((await store.write([theirs]))[0]).toMatchObject({
        ok: false,
        refusal: { code: 'office-changed-meanwhile' },
      });
      const unknown = put({ kind: 'line', put: { ...LINE, id: 'gone' }, was: { ...LINE, id: 'gone' } });
      expect((await store.write([unknown]))[0]?.ok).toBe(false);
      expect((await store.office()).lines.filter(({ id }) => id === LINE.id)).toEqual([mine]);
    });

    it('leaves who sits at a seat and the PIN of a person alone, and refuses a room that is not there', async () => {
      const store = await backEnd.freshStore();
      await done(store, { type: 'person-pin', person: 'li', pinHash: 'hash', at: NOON });
      await done(store, { type: 'seat-person', seat: 'seat-1', person: 'li', at: NOON });
      const [seat] = OFFICE.seats;
      const li = OFFICE.people.find(({ id }) => id === 'li');
      if (seat === undefined || li === undefined) throw new Error('the office of the tests has both');
      await done(store, put({ kind: 'seat', put: { ...seat, name: '前台' }, was: seat }));
      await done(store, put({ kind: 'person', put: { ...li, title: '科长' }, was: li }));
      expect(await store.seat('seat-1')).toMatchObject({ name: '前台', person: { id: 'li', title: '科长' } });
      expect(await store.person('li')).toMatchObject({ pinHash: 'hash' });
      // Whoever sits there belongs to the other room.
      const moved = { ...seat, name: '前台', room: 'room-2' };
      await done(store, put({ kind: 'seat', put: moved, was: { ...seat, name: '前台' } }));
      expect((await store.seat('seat-1'))?.person).toBeNull();
      const nowhere = put({ kind: 'line', put: { ...LINE, room: 'nowhere' }, was: null });
      expect((await store.write([nowhere]))[0]).toMatchObject({
        ok: false,
        refusal: { code: 'room-unknown' },
      });
    });

    it('takes units and rooms, tells every room whose page shows them or who may see them', async () => {
      const store = await backEnd.freshStore();
      const told = async (part: OfficePart) =>
        (await done(store, put(part))).changes.map(({ id }) => id).sort();
      expect(await told({ kind: 'unit', put: VILLAGE, was: null })).toEqual([]);
      expect(await told({ kind: 'room', put: HALL, was: null })).toEqual(['room-9']);
      const renamed = { ...VILLAGE, name: '三营镇人民政府' };
      expect(await told({ kind: 'unit', put: renamed, was: VILLAGE })).toEqual(['room-9']);
      const titled = { ...HALL, name: '镇值班室', formTitle: '三营镇值班室电话记录单' };
      expect(await told({ kind: 'room', put: titled, was: HALL })).toEqual(['room-9']);
      // A unit that moves takes along what is below it: supervisors above see other rooms now.
      expect(
        await told({
          kind: 'unit',
          put: { ...COUNTY, parent: null },
          was: COUNTY,
        }),
      ).toEqual(['room-2', 'room-9']);
      const office = await store.office();
      expect(office.units).toContainEqual(renamed);
      expect(office.rooms).toContainEqual(titled);
      expect((await store.auditOf('village')).map(({ kind }) => kind)).toEqual([
        'unit-added',
        'unit-changed',
      ]);
      expect((await store.auditOf('room-9')).map(({ kind }) => kind)).toEqual(['room-added', 'room-changed']);
      expect((await store.roomView('room-9', NOON))?.unit).toBe('三营镇人民政府');
    });

    it.each<[string, OfficePart, string]>([
      [
        'a unit below itself',
        { kind: 'unit', put: { ...CITY, parent: 'county' }, was: CITY },
        'unit-below-itself',
      ],
      [
        'a unit that is its own parent',
        { kind: 'unit', put: { ...CITY, parent: 'city' }, was: CITY },
        'unit-below-itself',
      ],
      ['a unit below none', { kind: 'unit', put: { ...VILLAGE, parent: 'gone' }, was: null }, 'unit-unknown'],
      ['a room of no unit', { kind: 'room', put: { ...HALL, unit: 'gone' }, was: null }, 'unit-unknown'],
      [
        'a room that goes to another unit',
        { kind: 'room', put: { ...ROOM_2, unit: 'city' }, was: ROOM_2 },
        'room-keeps-unit',
      ],
      [
        'what somebody else has renamed',
        { kind: 'room', put: { ...ROOM_2, name: '新名' }, was: { ...ROOM_2, name: '旧名' } },
        'office-changed-meanwhile',
      ],
    ])('refuses %s', async (_what, part, code) => {
      const store = await backEnd.freshStore();
      const before = await store.office();
      expect((await store.write([put(part)]))[0]).toMatchObject({ ok: false, refusal: { code } });
      expect(await store.office()).toEqual(before);
    });

    it('makes no circle of two units that two people move at once', async () => {
      const store = await backEnd.freshStore();
      const flat = { ...COUNTY, parent: null };
      await done(store, put({ kind: 'unit', put: flat, was: COUNTY }));
      const [one, other] = await store.write([
        put({ kind: 'unit', put: { ...flat, parent: 'city' }, was: flat }),
        put({ kind: 'unit', put: { ...CITY, parent: 'county' }, was: CITY }),
      ]);
      expect([one?.ok, other?.ok]).toEqual([true, false]);
    });

    it('removes what nothing hangs on, once, and says what is in the way of the rest', async () => {
      const store = await backEnd.freshStore();
      const remove = async (part: RemovedPart): Promise<string> => {
        const [result] = await store.write([{ type: 'office-part-remove', part, account: 'a-1', at: NOON }]);
        return result?.ok === false ? result.refusal.code : 'removed';
      };
      await done(store, put({ kind: 'unit', put: VILLAGE, was: null }));
      await done(store, put({ kind: 'room', put: HALL, was: null }));
      expect(await remove({ kind: 'unit', was: CITY })).toBe('unit-has-units');
      expect(await remove({ kind: 'unit', was: VILLAGE })).toBe('unit-has-rooms');
      expect(await remove({ kind: 'room', was: ROOM_2 })).toBe('room-has-lines');
      expect(await remove({ kind: 'room', was: { ...HALL, name: '旧名' } })).toBe('office-changed-meanwhile');
      // One thing after the other hangs on it.
      const hung: string[] = [];
      const person = { id: 'p-9', room: 'room-9', name: '陈某', title: null, phone: null };
      await done(store, put({ kind: 'person', put: person, was: null }));
      hung.push(await remove({ kind: 'room', was: HALL }));
      const away = { ...person, room: 'room-2' };
      await done(store, put({ kind: 'person', put: away, was: person }));
      const seat = { id: 'seat-9', room: 'room-9', name: '九号席', phone: null };
      await done(store, put({ kind: 'seat', put: seat, was: null }));
      hung.push(await remove({ kind: 'room', was: HALL }));
      await done(store, put({ kind: 'seat', put: { ...seat, room: 'room-2' }, was: seat }));
      expect(hung).toEqual(['room-has-people', 'room-has-seats']);
      expect(await remove({ kind: 'room', was: HALL })).toBe('removed');
      expect(await remove({ kind: 'room', was: HALL })).toBe('removed');
      expect((await store.auditOf('room-9')).map(({ kind }) => kind)).toEqual(['room-added', 'room-removed']);
      await done(store, {
        type: 'account-add',
        ...{ id: 'a9', login: 'chen', name: '陈某', role: 'officer', unit: 'village', person: null },
        ...{ passwordHash: 'hash', at: NOON },
      });
      expect(await remove({ kind: 'unit', was: VILLAGE })).toBe('unit-has-accounts');
      expect((await store.office()).units).toContainEqual(VILLAGE);
    });

    it('keeps a room that has calls, notes or shifts, and the last one', async () => {
      const store = await backEnd.freshStore();
      const bare = { ...OFFICE, lines: [], seats: [], people: [], shifts: [] };
      const remove = async (part: RemovedPart): Promise<string> => {
        const [result] = await store.write([{ type: 'office-part-remove', part, account: 'a-1', at: NOON }]);
        return result?.ok === false ? result.refusal.code : 'removed';
      };
      const shifts = OFFICE.shifts.map((shift) => ({ ...shift, leaders: [], officers: [] }));
      await done(store, { type: 'office-import', office: { ...bare, shifts }, at: NOON });
      expect(await remove({ kind: 'room', was: ROOM_2 })).toBe('room-has-shifts');
      await done(store, { type: 'office-import', office: bare, at: NOON });
      await done(store, {
        type: 'duty-notes-edit',
        ...{
          room: 'room-2',
          base: 0,
          notes: FIRST_NOTES,
          account: 'a-1',
          person: null,
          name: '王某',
          at: NOON,
        },
      });
      expect(await remove({ kind: 'room', was: ROOM_2 })).toBe('room-has-history');
      const [first] = OFFICE.rooms;
      if (first === undefined) throw new Error('the office of the tests has rooms');
      const only = { ...bare, rooms: [first] };
      await done(store, { type: 'office-import', office: only, at: NOON });
      expect(await remove({ kind: 'room', was: first })).toBe('last-room');
      expect((await store.office()).rooms).toHaveLength(1);
    });
  });
});
