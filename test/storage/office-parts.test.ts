import { describe, expect, it } from 'vitest';
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
  });
});
