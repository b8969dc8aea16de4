import { describe, expect, it } from 'vitest';
import type { Shift } from '../../src/duty/roster.ts';
import { type PostChange, stayersAt, turnAt } from '../../src/duty/turn.ts';

const HOUR = 3_600_000;
const shift = (id: string, from: number | null, to: number | null, officers: string[]): Shift => ({
  ...{ id, room: 'r1', leaders: [], officers },
  from: from === null ? null : from * HOUR,
  to: to === null ? null : to * HOUR,
});
const roster = [shift('day', 8, 20, ['zhang']), shift('night', 20, 32, ['li', 'wang'])];
const turn = (at: number, last: Parameters<typeof turnAt>[3] = null, shifts = roster) =>
  turnAt(shifts, 'r1', at * HOUR, last);

describe('who gives a shift, and who is expected', () => {
  it.each([
    [19.8, 'a little before the turn'],
    [20, 'at the turn'],
    [21, 'late'],
  ])('at %d, %s: the day to the night', (at) => {
    expect(turn(at)).toEqual({ from: 8 * HOUR, onDuty: ['zhang'], expected: ['li', 'wang'] });
  });
  it('is a matter of who really took over the last time, and since then', () => {
    const last = { at: 8.1 * HOUR, takers: ['sun'] };
    expect(turn(20.2, last)).toEqual({ from: 8.1 * HOUR, onDuty: ['sun'], expected: ['li', 'wang'] });
  });
  it('is the next turn when this one was handed over already', () => {
    const last = { at: 20.1 * HOUR, takers: ['li'] };
    expect(turn(20.5, last)).toEqual({ from: 20.1 * HOUR, onDuty: ['li'], expected: [] });
  });
  it('is also a matter of the roster when a hand-over was left out: those who took over before it have gone home', () => {
    const last = { at: 8 * HOUR, takers: ['zhang'] };
    const three = [...roster, shift('next day', 32, 44, ['sun'])];
    expect(turn(31.9, last, three)).toEqual({
      ...{ from: 8 * HOUR, onDuty: ['li', 'wang', 'zhang'], expected: ['sun'] },
    });
    expect(turn(32.5, last, three).onDuty).toEqual(['li', 'wang', 'zhang']);
    // Nobody knows who sits there: anybody of the room may give.
    expect(turn(40, { at: 8 * HOUR, takers: ['zhang'] }, []).onDuty).toEqual([]);
    expect(turn(33, { at: 8 * HOUR, takers: ['zhang'] }, []).onDuty).toEqual(['zhang']);
  });
  it('is also who was put in somebody’s place in mid-shift, while the roster has him there', () => {
    const last = { at: 8.1 * HOUR, takers: ['zhang'] };
    const now = (officers: string[], ...changes: PostChange[]) => {
      const shifts = [shift('day', 8, 20, officers), shift('night', 20, 32, ['li', 'wang'])];
      const since = { changes, stayers: [] };
      const at = (given: number) => turnAt(shifts, 'r1', given * HOUR, last, since).onDuty;
      return [at(12), at(20.5), stayersAt(shifts, 'r1', 20.5 * HOUR, last, since)];
    };
    const change = (before: string[], after: string[]): PostChange => ({ from: 8 * HOUR, before, after });
    const came = ['zhang', 'sun'];
    expect(now(['sun'], change(['zhang'], ['sun']))).toEqual([came, came, ['sun']]);
    expect(now(['zhang', 'sun'], change(['zhang'], ['zhang', 'sun']))).toEqual([came, came, came]);
    const back = [change(['zhang'], ['sun']), change(['sun'], ['zhang'])];
    expect(now(['zhang'], ...back)).toEqual([['zhang'], ['zhang'], ['zhang']]);
    // Published for the first time in mid-shift: he may give; who stays is who signed.
    expect(now(['sun'], change([], ['sun']))).toEqual([came, came, ['zhang']]);
    // Who was on the roster from the first and did not come has taken nothing over.
    expect(now(['zhang', 'sun'], { ...change([], ['sun']), from: 20 * HOUR })).toEqual([
      ['zhang'],
      ['zhang'],
      ['zhang'],
    ]);
    // Nobody signed for the shift that ends: those who took over before it have gone home.
    expect(stayersAt(roster, 'r1', 31 * HOUR, last)).toEqual(['li', 'wang']);
    expect(stayersAt([], 'r1', 31 * HOUR, { ...last, at: 0 })).toEqual(['zhang']);
    // They stayed, and nobody comes again: it is they who stay, and they who may give.
    const stayed = { changes: [], stayers: ['sun'] };
    expect(stayersAt(roster, 'r1', 31 * HOUR, last, stayed)).toEqual(['sun']);
    expect(turnAt(roster, 'r1', 31 * HOUR, last, stayed).onDuty).toEqual(['li', 'wang', 'zhang', 'sun']);
  });
  it('expects nobody to take over from himself', () => {
    expect(
      turn(19, null, [shift('a', 8, 20, ['zhang']), shift('b', 20, 32, ['zhang', 'li'])]).expected,
    ).toEqual(['li']);
  });
  it('knows of a standing arrangement who is on duty, and of no roster nothing', () => {
    expect(turn(9, null, [shift('always', null, null, ['zhang', 'li'])])).toEqual({
      ...{ from: 9 * HOUR, onDuty: ['zhang', 'li'], expected: [] },
    });
    expect(turn(9, null, [])).toEqual({ from: 9 * HOUR, onDuty: [], expected: [] });
  });
});
