import { describe, expect, it } from 'vitest';
import {
  type DutyNotes,
  FIRST_NOTES,
  readDutyNotes,
  type Whereabouts,
  whereaboutsTroubles,
} from '../../src/duty/duty-notes.ts';
import { nextShift, runningShift, type Shift } from '../../src/duty/roster.ts';

const HOUR = 3_600_000;
const NOON = Date.UTC(2026, 10, 26, 4);

const head = (given: Partial<Whereabouts> = {}): Whereabouts => ({
  name: '主要负责同志甲',
  title: '镇长',
  state: 'away',
  place: '某市',
  from: NOON - HOUR,
  to: NOON + HOUR,
  contact: '000-0000-0000',
  acting: '乙',
  ...given,
});
const notes = (given: Partial<DutyNotes>): DutyNotes => ({ ...FIRST_NOTES, ...given });
const troubles = (whereabouts: readonly Whereabouts[], at = NOON) =>
  whereaboutsTroubles(notes({ whereabouts }), at).map(({ kind }) => kind);

describe('本班须知', () => {
  it('warns of whereabouts that are missing, over, or lack how to reach somebody', () => {
    expect(troubles([])).toEqual(['missing']);
    expect(troubles([head()])).toEqual([]);
    expect(troubles([head()], NOON + HOUR)).toEqual(['expired']);
    expect(troubles([head({ to: null })], NOON + 99 * HOUR)).toEqual([]);
    expect(troubles([head({ contact: '', acting: '' })])).toEqual(['no-contact', 'no-acting']);
    expect(troubles([head({ state: 'present', to: 0, acting: '' })])).toEqual([]);
    expect(troubles([head({ state: 'present', contact: '' })])).toEqual(['no-contact']);
  });

  it('begins with the two limits of reporting and no number of anybody', () => {
    expect(FIRST_NOTES).toMatchObject({
      phoneMinutes: 30,
      writtenMinutes: 60,
      superiors: [],
      whereabouts: [],
    });
    expect(readDutyNotes(FIRST_NOTES)).toEqual({ ok: true, notes: FIRST_NOTES });
  });

  it('keeps plain text', () => {
    const read = readDutyNotes(
      notes({ other: ' 一\u202e\r\n二 ', superiors: [{ name: '上级\n值班室', number: ' 0000-1 ' }] }),
    );
    expect(read).toMatchObject({
      notes: { other: '一\n二', superiors: [{ name: '上级 值班室', number: '0000-1' }] },
    });
  });

  it.each([
    ['duty-notes-too-long', { other: '字'.repeat(1_001) }],
    ['duty-notes-too-long', { leaderContact: '1'.repeat(101) }],
    ['duty-notes-too-long', { whereabouts: Array<Whereabouts>(21).fill(head()) }],
    ['duty-notes-nameless', { superiors: [{ name: ' ', number: '0000-1' }] }],
    ['duty-notes-nameless', { whereabouts: [head({ name: '' })] }],
    ['duty-notes-span', { whereabouts: [head({ to: NOON - HOUR })] }],
    ['duty-notes-span', { whereabouts: [head({ to: 9e15 })] }],
    ['duty-notes-minutes', { phoneMinutes: 0 }],
    ['duty-notes-minutes', { writtenMinutes: 1.5 }],
  ])('refuses with %s', (code, given) => {
    expect(readDutyNotes(notes(given))).toMatchObject({ ok: false, fault: { code } });
  });
});

describe('this shift and the next', () => {
  const shift = (id: string, from: number | null, to: number | null): Shift => ({
    id,
    room: 'r',
    from,
    to,
    leaders: [`leader-${id}`],
    officers: [id],
  });

  it('run from begin to end, and the next is the earliest that begins later', () => {
    const shifts = [
      shift('c', NOON + 8 * HOUR, NOON + 16 * HOUR),
      shift('a', NOON - HOUR, NOON + 4 * HOUR),
      shift('b', NOON + 4 * HOUR, NOON + 8 * HOUR),
    ];
    expect(runningShift(shifts, 'r', NOON)).toMatchObject({ from: NOON - HOUR, to: NOON + 4 * HOUR });
    expect(nextShift(shifts, 'r', NOON)).toEqual({
      from: NOON + 4 * HOUR,
      to: NOON + 8 * HOUR,
      leaders: ['leader-b'],
      officers: ['b'],
    });
    expect(nextShift(shifts, 'r', NOON + 9 * HOUR)).toBeNull();
    expect(nextShift(shifts, 'other', NOON)).toBeNull();
  });

  it('know of no end in a standing arrangement', () => {
    expect(runningShift([shift('s', null, null)], 'r', NOON)).toMatchObject({ from: null, to: null });
    expect(nextShift([shift('s', null, null)], 'r', NOON)).toBeNull();
  });
});
