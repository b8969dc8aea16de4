import { describe, expect, it } from 'vitest';
import { type ContactDraft, readContact } from '../../src/directory/contact-rule.ts';

const draft = (given: Partial<ContactDraft>): ContactDraft => ({
  number: '0954-2035678',
  unit: '市应急管理局',
  person: null,
  title: null,
  class: null,
  ...given,
});

describe('an entry of the directory', () => {
  it.each([
    ['０９５４－２０３５６７８', '0954-2035678'],
    [' (0954) 2035678 ', '(0954) 2035678'],
    ['139\u202e00001111', '13900001111'],
    ['0954.2035678', '0954-2035678'],
    ['+86 139 0000 1111', '+86 139 0000 1111'],
  ])('takes the number %j as %j', (number, kept) => {
    expect(readContact(draft({ number }), '0954')).toMatchObject({ ok: true, contact: { number: kept } });
  });

  it.each(['', '值班室', '0954-2035678转801', '0954-2035678、13900001111', '1'.repeat(40), '=1+1'])(
    'refuses %j as a number',
    (number) => {
      expect(readContact(draft({ number }), '0954')).toMatchObject({ fault: { code: 'contact-number' } });
    },
  );

  it('keeps plain text: no control characters, no blanks around, nothing instead of emptiness', () => {
    const read = readContact(draft({ unit: ' 市\u0000应急\n局 ', person: ' ', title: '\u202e科长' }), '0954');
    expect(read).toMatchObject({ ok: true, contact: { unit: '市应急 局', person: null, title: '科长' } });
  });

  it('needs a unit or a person, of a length that the office file takes', () => {
    expect(readContact(draft({ unit: null }), '0954')).toMatchObject({ fault: { code: 'contact-nameless' } });
    for (const [field, longest] of [
      ['unit', 60],
      ['person', 20],
      ['title', 30],
    ] as const) {
      expect(readContact(draft({ [field]: '字'.repeat(longest) }), '0954').ok).toBe(true);
      expect(readContact(draft({ [field]: '字'.repeat(longest + 1) }), '0954')).toMatchObject({
        fault: { code: 'contact-too-long', field },
      });
    }
  });
});
