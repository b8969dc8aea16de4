import { describe, expect, it } from 'vitest';
import { type Contact, lookUp } from '../../src/directory/contact.ts';

const office = (number: string, person: string | null): Contact => ({
  id: `${number}-${person}`,
  number,
  unit: '市应急管理局',
  person,
  title: null,
  class: 'subordinate',
});

describe('the directory', () => {
  it('finds a caller however the trunk writes the number', () => {
    const directory = [office('2035678', '张某')];
    for (const written of ['0954-2035678', '+869542035678', '92035678']) {
      expect(lookUp(directory, written, '0954')).toEqual({
        unit: '市应急管理局',
        person: '张某',
        class: 'subordinate',
      });
    }
  });

  it('names the unit, and nobody, when several people share a number', () => {
    const directory = [office('2035678', '张某'), office('0954-2035678', '李某')];
    expect(lookUp(directory, '2035678', '0954')).toMatchObject({ unit: '市应急管理局', person: null });
  });

  it('knows nothing of withheld and unknown numbers', () => {
    const directory = [office('2035678', '张某')];
    expect(lookUp(directory, null, '0954')).toBeNull();
    expect(lookUp(directory, '2035679', '0954')).toBeNull();
  });
});
