import { expect, it } from 'vitest';
import { stillThere } from '../../src/ui/setup/use-part.ts';

it('a unit or room that was chosen and removed meanwhile gives way to one that is there', () => {
  const parts = [{ id: 'city' }, { id: 'town' }];
  expect(stillThere('town', parts)).toBe('town');
  expect(stillThere('gone', parts)).toBe('city');
  expect(stillThere('gone', [])).toBe('');
});
