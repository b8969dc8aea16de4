import { describe, expect, it } from 'vitest';
import { indented, parentsFor, unitTree } from '../../src/ui/setup/unit-tree.ts';

const UNITS = [
  { id: 'b-county', name: '原州区', parent: 'city' },
  { id: 'town', name: '三营镇', parent: 'b-county' },
  { id: 'city', name: '固原市', parent: null },
  { id: 'a-county', name: '西吉县', parent: 'city' },
];

describe('units as a tree', () => {
  it('stand below their parents, deeper by a character', () => {
    const tree = unitTree(UNITS);
    expect(tree.map(({ level }) => level).join(' ')).toMatch(/^0 1 (?:1 2|2 1)$/);
    expect(tree.map(indented).indexOf('　　三营镇')).toBe(tree.map(indented).indexOf('　原州区') + 1);
    expect(tree[0]?.unit.id).toBe('city');
  });

  it('go below anything but themselves and what is below them', () => {
    const ids = (unit: string) =>
      parentsFor(unit, unitTree(UNITS))
        .map((one) => one.unit.id)
        .sort();
    expect(ids('city')).toEqual([]);
    expect(ids('b-county')).toEqual(['a-county', 'city']);
    expect(ids('new')).toEqual(['a-county', 'b-county', 'city', 'town']);
  });

  it('are all there also where an old import left a circle', () => {
    const circle = [
      { id: 'one', name: '甲', parent: 'two' },
      { id: 'two', name: '乙', parent: 'one' },
    ];
    expect(unitTree([...UNITS, ...circle]).map(({ unit }) => unit.id)).toEqual(
      expect.arrayContaining(['one', 'two', 'city', 'town']),
    );
  });
});
