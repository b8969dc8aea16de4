import { describe, expect, it } from 'vitest';
import { FIRST_NOTES, type Whereabouts } from '../../src/duty/duty-notes.ts';
import { draftOf, notesOf } from '../../src/ui/duty-notes/notes-draft.ts';

const NOW = new Date(2026, 10, 26, 12, 0).getTime();
const AWAY: Whereabouts = {
  name: '甲',
  title: '',
  state: 'away',
  place: '某市',
  from: new Date(2026, 10, 25, 8, 0).getTime(),
  to: new Date(2026, 11, 2, 18, 30).getTime(),
  contact: '',
  acting: '',
};

describe('本班须知 as it is typed', () => {
  it('is read back as what it was', () => {
    const notes = { ...FIRST_NOTES, whereabouts: [AWAY, { ...AWAY, from: null, to: null }] };
    expect(notesOf(draftOf(notes), NOW)).toEqual({ ok: true, notes });
  });

  it('says which part cannot be read', () => {
    const draft = draftOf({ ...FIRST_NOTES, whereabouts: [AWAY] });
    const [head] = draft.whereabouts;
    if (head === undefined) throw new Error('no row');
    expect(notesOf({ ...draft, whereabouts: [{ ...head, to: '下周' }] }, NOW)).toEqual({
      ok: false,
      why: 'badTime',
    });
    expect(notesOf({ ...draft, phoneMinutes: '半小时' }, NOW)).toEqual({ ok: false, why: 'badMinutes' });
    expect(notesOf({ ...draft, phoneMinutes: ' ３０ ' }, NOW)).toMatchObject({ notes: { phoneMinutes: 30 } });
  });
});
