/** Keys are offered to those whose role can do something with them. */
import { describe, expect, it } from 'vitest';
import { usableActions } from '../../src/ui/usable-keys.ts';

const WRITING = ['check', 'handle', 'no-record', 'change-person'];

describe('usable keys', () => {
  it.each(['officer', 'leader'] as const)('%s writes, and hands his place on', (role) => {
    expect(namesOf(role)).toEqual(expect.arrayContaining([...WRITING, 'jot', 'play-pause']));
  });

  it('a supervisor reads and listens, and writes no form', () => {
    const names = namesOf('supervisor');
    expect(names.filter((name) => WRITING.includes(name))).toEqual([]);
    expect(names).toEqual(expect.arrayContaining(['notes', 'newest', 'jot', 'play-pause', 'replay-note']));
  });

  it('who stands in no room has the keys of every page only', () => {
    for (const role of ['administrator', 'auditor'] as const)
      expect(namesOf(role), role).toEqual(['search', 'lock']);
  });
});

function namesOf(role: Parameters<typeof usableActions>[0]): readonly string[] {
  return usableActions(role).map(({ name }) => name);
}
