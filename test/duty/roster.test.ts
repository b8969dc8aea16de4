import { describe, expect, it } from 'vitest';
import { onDutyAt, type Shift } from '../../src/duty/roster.ts';

const shift = (
  id: string,
  from: number | null,
  to: number | null,
  officers: string[],
  room = 'r1',
): Shift => ({
  id,
  room,
  from,
  to,
  leaders: [`leader-of-${id}`],
  officers,
});

describe('the roster', () => {
  it('knows who is on duty from the first to before the last millisecond', () => {
    const day = shift('day', 1_000, 2_000, ['zhang', 'li']);
    expect(onDutyAt([day], 'r1', 999).officers).toEqual([]);
    expect(onDutyAt([day], 'r1', 1_000)).toEqual({ leaders: ['leader-of-day'], officers: ['zhang', 'li'] });
    expect(onDutyAt([day], 'r1', 1_999).officers).toEqual(['zhang', 'li']);
    expect(onDutyAt([day], 'r1', 2_000).officers).toEqual([]);
  });

  it('lets a dated shift replace the standing one', () => {
    const standing = shift('always', null, null, ['wang']);
    const holiday = shift('holiday', 1_000, 2_000, ['zhao']);
    expect(onDutyAt([standing, holiday], 'r1', 1_500).officers).toEqual(['zhao']);
    expect(onDutyAt([standing, holiday], 'r1', 2_500).officers).toEqual(['wang']);
  });

  it('puts shifts that overlap together, each person once', () => {
    const one = shift('one', 0, 10, ['a', 'b']);
    const other = shift('other', 5, 15, ['b', 'c']);
    expect(onDutyAt([one, other], 'r1', 7).officers).toEqual(['a', 'b', 'c']);
  });

  it('keeps rooms apart', () => {
    expect(onDutyAt([shift('x', 0, 10, ['a'], 'r2')], 'r1', 5).officers).toEqual([]);
  });
});
