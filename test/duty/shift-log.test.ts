import { describe, expect, it } from 'vitest';
import { draftLines, entryInto, type Happening, shiftOfMoment } from '../../src/duty/shift-log.ts';

const AT = Date.UTC(2026, 10, 27, 0, 0);
const HOUR = 3_600_000;
const record = (id: string, hour: number, text: string): Happening => ({
  ...{ kind: 'record', id, at: AT + hour * HOUR, numberText: null, category: 'other', text },
});

describe('the log of a shift', () => {
  it('follows what happened, and keeps what a person wrote and unticked', () => {
    const [first] = draftLines([record('r1', 1, '停电')], [], AT);
    expect(first).toMatchObject({
      text: '停电',
      ticked: true,
      edited: false,
      source: { kind: 'record', id: 'r1' },
    });
    if (first === undefined) throw new Error('no line');
    const touched = [{ ...first, text: '北街停电，已恢复', edited: true, ticked: false }];
    const again = draftLines([record('r1', 1, '停电二'), record('r2', 0.5, '会议通知')], touched, AT + HOUR);
    expect(again.map(({ text, ticked }) => [text, ticked])).toEqual([
      ['会议通知', true],
      ['北街停电，已恢复', false],
    ]);
    const byHand = { ...first, id: 'hand', source: null, at: AT + 2 * HOUR, text: '巡查' };
    expect(draftLines([], [byHand], AT).map(({ text }) => text)).toEqual(['巡查']);
  });

  it('a call belongs to the shift in which it arrived; the border is the new one’s', () => {
    const shifts = [
      { id: 'night', from: AT - 12 * HOUR, to: AT },
      { id: 'day', from: AT, to: null },
    ];
    expect([AT - 1, AT, AT + HOUR].map((at) => shiftOfMoment(shifts, at)?.id)).toEqual([
      'night',
      'day',
      'day',
    ]);
  });

  it('takes a late entry with its mark, and none behind the seal', () => {
    const shift = { from: AT - 12 * HOUR, to: AT, sealedAt: null };
    expect(entryInto(shift, AT - HOUR, AT - 1)).toEqual({ kind: 'in-time' });
    expect(entryInto(shift, AT - HOUR, AT + HOUR)).toEqual({ kind: 'late', byMs: HOUR });
    expect(entryInto({ ...shift, sealedAt: AT }, AT - HOUR, AT + HOUR)).toEqual({ kind: 'sealed' });
    expect(entryInto(shift, AT + 2 * HOUR, AT + HOUR)).toEqual({ kind: 'future' });
  });
});
