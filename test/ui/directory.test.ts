import { describe, expect, it } from 'vitest';
import { nextIndex, ROW } from '../../src/ui/directory/contact-list.tsx';
import { findContacts, withSameNumber } from '../../src/ui/directory/find-contacts.ts';
import { windowOf } from '../../src/ui/window-of.ts';
import type { ContactView } from '../../src/web/protocol/directory-view.ts';

const contact = (id: string, given: Partial<ContactView>): ContactView => ({
  id,
  number: null,
  unit: null,
  person: null,
  title: null,
  class: null,
  ...given,
});
const BOOK = [
  contact('a', { unit: '市应急管理局', person: '马某', title: '科长', number: '0954-2035678' }),
  contact('b', { unit: '某镇人民政府', person: '周某', number: '(0954) 203 5678', class: 'subordinate' }),
  contact('c', { unit: '上级值班室', class: 'superior' }),
  contact('d', { person: '何某', number: '139 0000 1111', class: 'public' }),
];
const found = (asked: string): string[] => findContacts(BOOK, asked).map(({ id }) => id);

describe('the directory on the screen', () => {
  it.each([
    ['', ['c', 'b', 'a', 'd']],
    ['应急', ['a']],
    ['科长', ['a']],
    ['5678', ['b', 'a']],
    ['203-5678', ['b', 'a']],
    ['5678 周', ['b']],
    ['上级', ['c']],
    ['１３９', ['d']],
    ['没有', []],
  ])('finds by %j', (asked, ids) => {
    expect(found(asked).sort()).toEqual([...ids].sort());
  });

  it('puts those without a unit last', () => {
    expect(found('').slice(-1)).toEqual(['d']);
  });

  it('knows the other entries of a number, and none for a number that is not shown', () => {
    const [one, other, hidden] = BOOK as [ContactView, ContactView, ContactView];
    expect(withSameNumber(BOOK, one)).toEqual([other]);
    expect(withSameNumber(BOOK, hidden)).toEqual([]);
  });

  it('draws only the rows in sight', () => {
    expect(windowOf(0, 400, 20_000, ROW)).toEqual({ from: 0, to: 20 });
    expect(windowOf(10_000 * ROW, 400, 20_000, ROW)).toEqual({ from: 9_992, to: 10_020 });
    expect(windowOf(10_000 * ROW, 400, 3, ROW)).toEqual({ from: 3, to: 3 });
  });

  it('moves by keys and never out of the list', () => {
    expect(['ArrowDown', 'ArrowUp', 'End', 'Home', 'PageDown'].map((key) => nextIndex(key, -1, 5))).toEqual([
      0, 0, 4, 0, 4,
    ]);
    expect(nextIndex('ArrowDown', 4, 5)).toBe(4);
    expect(nextIndex('ArrowDown', 0, 0)).toBeNull();
    expect(nextIndex('x', 0, 5)).toBeNull();
  });
});
