import { describe, expect, it } from 'vitest';
import type { OwnKeysWork } from '../../src/storage/account-work.ts';
import { done, onBothBackEnds } from './back-ends.ts';
import { OFFICE, ROOM } from './office.ts';
import { NOON } from './telling.ts';

const KEYS = { newest: ['F4', 'Alt+J'] } as const;
const ofLi: OwnKeysWork = { type: 'own-keys', of: { person: 'li' }, keys: KEYS };

describe('own keys', () => {
  onBothBackEnds((backEnd) => {
    it('are kept with the person, told to his room once, and go with him to whatever seat', async () => {
      const store = await backEnd.freshStore();
      expect((await store.person('li'))?.keys).toEqual({});
      expect((await done(store, ofLi)).changes).toMatchObject([{ entity: 'room', id: ROOM, room: ROOM }]);
      expect((await done(store, ofLi)).changes).toEqual([]);
      await done(store, { type: 'seat-person', seat: 'seat-2', person: 'li', at: NOON });
      expect(await store.seat('seat-2')).toMatchObject({ person: { id: 'li' }, personKeys: KEYS });
      await done(store, { type: 'seat-person', seat: 'seat-2', person: 'zhang', at: NOON });
      expect((await store.seat('seat-2'))?.personKeys).toEqual({});
      expect((await store.seat('seat-1'))?.personKeys).toBeNull();
    });

    it('stay when the office is imported anew and when the person is changed, and are empty again by an empty map', async () => {
      const store = await backEnd.freshStore();
      await done(store, ofLi);
      await done(store, { type: 'office-import', office: OFFICE, at: NOON });
      const li = OFFICE.people.find(({ id }) => id === 'li');
      if (li === undefined) throw new Error('the office of the tests has him');
      const part = { kind: 'person', put: { ...li, title: '科长' }, was: li } as const;
      await done(store, { type: 'office-part', part, account: 'a-1', at: NOON });
      expect(await store.person('li')).toMatchObject({ title: '科长', keys: KEYS });
      await done(store, { ...ofLi, keys: {} });
      expect((await store.person('li'))?.keys).toEqual({});
    });

    it('of an account that belongs to nobody are the account’s; of nobody at all they are nothing', async () => {
      const store = await backEnd.freshStore();
      await done(store, {
        type: 'account-add',
        id: 'a1',
        login: 'shared',
        name: '值班',
        role: 'officer',
        unit: 'city',
        person: null,
        passwordHash: 'hash',
        at: NOON,
      });
      expect((await store.account('a1'))?.keys).toEqual({});
      await done(store, { type: 'own-keys', of: { account: 'a1' }, keys: KEYS });
      expect((await store.account('a1'))?.keys).toEqual(KEYS);
      expect((await done(store, { ...ofLi, of: { person: 'nobody' } })).changes).toEqual([]);
    });
  });
});
