import { describe, expect, it } from 'vitest';
import type { Action, Role } from '../../src/accounts/access.ts';
import { may, ROLES, scopeOf, unitsBelow } from '../../src/accounts/access.ts';

const parentOf = new Map<string, string | null>([
  ['city', null],
  ['county', 'city'],
  ['township', 'county'],
  ['bureau', 'city'],
]);

function account(role: Role, unit = 'county') {
  return { role, unit, lowerUnits: unitsBelow(unit, parentOf) };
}

describe('access table', () => {
  // own unit, lower unit, unit above, unit beside, whole installation
  const expected: [Role, Action, string][] = [
    ['officer', 'see-room', 'y----'],
    ['officer', 'write-record', 'y----'],
    ['officer', 'overrule-record', 'y----'],
    ['officer', 'sit', 'y----'],
    ['officer', 'hear', 'y----'],
    ['officer', 'review', '-----'],
    ['officer', 'administer', '-----'],
    ['officer', 'read-audit', '-----'],
    ['leader', 'see-room', 'y----'],
    ['leader', 'write-record', 'y----'],
    ['leader', 'hear', 'y----'],
    ['leader', 'review', 'y----'],
    ['leader', 'administer', '-----'],
    ['leader', 'read-audit', '-----'],
    ['supervisor', 'see-room', 'yy---'],
    ['supervisor', 'hear', 'yy---'],
    ['supervisor', 'review', 'yy---'],
    ['supervisor', 'write-record', '-----'],
    ['supervisor', 'overrule-record', '-----'],
    ['supervisor', 'sit', '-----'],
    ['supervisor', 'administer', '-----'],
    ['administrator', 'administer', 'yyyyy'],
    ['administrator', 'hear', '-----'],
    ['administrator', 'review', '-----'],
    ['administrator', 'see-room', '-----'],
    ['administrator', 'write-record', '-----'],
    ['administrator', 'read-audit', '-----'],
    ['auditor', 'read-audit', 'yyyyy'],
    ['auditor', 'hear', '-----'],
    ['auditor', 'review', '-----'],
    ['auditor', 'see-room', '-----'],
    ['auditor', 'write-record', '-----'],
    ['auditor', 'administer', '-----'],
  ];
  it.each(expected)('%s, %s: own, lower, above, beside, all = %s', (role, action, answers) => {
    const who = account(role);
    const got = ['county', 'township', 'city', 'bureau', null].map((unit) =>
      may(who, action, unit) ? 'y' : '-',
    );
    expect(got.join('')).toBe(answers);
  });

  it('lets no role both administer and hear', () => {
    for (const role of ROLES) {
      expect([scopeOf(role, 'administer'), scopeOf(role, 'hear')]).toContain('none');
    }
  });

  it('finds units below at any depth and survives a loop in the tree', () => {
    expect([...unitsBelow('city', parentOf)].sort()).toEqual(['bureau', 'county', 'township']);
    const loop = new Map([
      ['a', 'b'],
      ['b', 'a'],
      ['c', 'b'],
    ]);
    expect([...unitsBelow('a', loop)].sort()).toEqual(['b', 'c']);
  });
});
