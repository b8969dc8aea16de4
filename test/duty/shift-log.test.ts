import { describe, expect, it } from 'vitest';
import { divide, type OpenStretch } from '../../src/duty/shift-division.ts';
import {
  draftLines,
  entryInto,
  type Happening,
  type LogLine,
  lineIdOf,
  shiftOfMoment,
} from '../../src/duty/shift-log.ts';
import { seeded } from '../support/seeded.ts';

const AT = Date.UTC(2026, 10, 27, 0, 0);
const HOUR = 3_600_000;
const SHIFT = { from: AT, to: null };
const record = (id: string, hour: number, text: string, known = hour): Happening => ({
  ...{ kind: 'record', id, at: AT + hour * HOUR, knownAt: AT + known * HOUR, text },
});

describe('the log of a shift', () => {
  it('follows what happened, and keeps what a person wrote and unticked', () => {
    const [first] = draftLines(SHIFT, [record('r1', 1, '停电')], [], null);
    expect(first).toMatchObject({
      text: '停电',
      ticked: true,
      edited: false,
      source: { kind: 'record', id: 'r1' },
    });
    if (first === undefined) throw new Error('no line');
    const touched = [{ ...first, text: '北街停电，已恢复', edited: true, ticked: false }];
    const again = draftLines(
      SHIFT,
      [record('r1', 1, '停电二'), record('r2', 0.5, '会议通知')],
      touched,
      null,
    );
    expect(again.map(({ text, ticked }) => [text, ticked])).toEqual([
      ['会议通知', true],
      ['北街停电，已恢复', false],
    ]);
    const byHand = { ...first, id: 'hand', source: null, at: AT + 2 * HOUR, text: '巡查' };
    expect(draftLines(SHIFT, [], [byHand], null).map(({ text }) => text)).toEqual(['巡查']);
    // The record became void: what the officer wrote about it stays, a tick he took away from it goes with it.
    expect(draftLines(SHIFT, [], touched, null).map(({ text }) => text)).toEqual(['北街停电，已恢复']);
    expect(draftLines(SHIFT, [], [{ ...first, ticked: false }], null)).toEqual([]);
  });

  it('has what was registered behind a seal where it was registered, and marks it', () => {
    const handedOver = record('r1', -0.5, '停电', 0.3);
    expect(draftLines(SHIFT, [handedOver], [], AT)).toMatchObject([
      { at: AT - HOUR / 2, placeAt: AT + 0.3 * HOUR, enteredAt: AT + 0.3 * HOUR, late: true },
    ]);
    // Nobody has sealed the shift before: there it stands.
    expect(draftLines(SHIFT, [handedOver], [], null)).toEqual([]);
    expect(draftLines({ from: AT - 12 * HOUR, to: AT }, [handedOver], [], null)).toMatchObject([
      { placeAt: AT - HOUR / 2, late: false },
    ]);
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
    expect(entryInto(shift, AT - HOUR, AT - 1, 0)).toEqual({ kind: 'in-time' });
    expect(entryInto(shift, AT - HOUR, AT + HOUR, 0)).toEqual({ kind: 'late', byMs: HOUR });
    expect(entryInto({ ...shift, sealedAt: AT }, AT - HOUR, AT + HOUR, 0)).toEqual({ kind: 'sealed' });
    expect(entryInto(shift, AT + 2 * HOUR, AT + HOUR, 0)).toEqual({ kind: 'future' });
  });

  it('takes what happened before midnight until the hand-over, as 补记', () => {
    const midnight = AT - 8 * HOUR;
    const shift = { from: AT - 24 * HOUR, to: AT, sealedAt: null };
    expect(entryInto(shift, midnight - HOUR, midnight + HOUR, midnight)).toEqual({
      kind: 'late',
      byMs: HOUR,
    });
    expect(entryInto(shift, midnight, midnight + HOUR, midnight)).toEqual({ kind: 'in-time' });
  });
});

describe('whoever signs and whoever does not', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8])(
    'no line is lost between two shifts and none stands twice (seed %i)',
    (seed) => {
      const random = seeded(seed).next;
      const turns = Array.from({ length: 40 }, (_, index) => AT + (index - 10) * 12 * HOUR);
      const end = AT + 10 * 24 * HOUR;
      const happenings = Array.from({ length: 300 }, (_, index): Happening => {
        const at = AT + random() * (end - AT);
        // Most are known at once, some long after the next hand-over.
        const knownAt = at + (random() < 0.7 ? random() * HOUR : random() * 30 * HOUR);
        return { kind: 'record', id: `r${index}`, at, knownAt, text: `事项 ${index}` };
      });
      const byHand = Array.from({ length: 60 }, (_, index): LogLine => {
        const at = AT + random() * (end - AT);
        const id = `hand-${index}`;
        const late = false;
        return {
          ...{ id, part: 'event', at, placeAt: at, enteredAt: at, source: null, text: id },
          ...{ edited: true, ticked: random() < 0.5, late, by: null },
        };
      });
      const signed = turns
        .filter((turn) => turn > AT && turn < end && random() < 0.7)
        .map((turn) => turn + (random() * 3 - 1) * HOUR);

      let rows: readonly LogLine[] = byHand;
      const kept: LogLine[] = [];
      const logsUntil = (stretch: OpenStretch, sealedTo: number | null) => {
        const sealed = new Set(kept.map(({ id }) => id));
        const known = happenings.filter(
          (one) => one.knownAt <= stretch.until && one.at <= stretch.until && !sealed.has(lineIdOf(one)),
        );
        const open = rows.filter(({ enteredAt }) => enteredAt < stretch.until);
        const shifts = divide(
          stretch,
          turns.map((at) => ({ at, isPlanned: true })),
        );
        // Without a gap from one end to the other.
        expect(shifts[0]?.from).toBe(stretch.from);
        for (const [index, { to }] of shifts.entries())
          expect(to).toBe(shifts[index + 1]?.from ?? (stretch.endsSigned ? stretch.until : null));
        return shifts.flatMap((shift) => draftLines(shift, known, open, sealedTo));
      };
      let from = AT;
      let isSigned = false;
      for (const until of signed) {
        // Somebody rewrites a line in the middle of the shift.
        const before = logsUntil({ from, isSigned, until, endsSigned: false }, isSigned ? from : null);
        const rewritten = before.filter(() => random() < 0.2).map((line) => ({ ...line, edited: true }));
        const ids = new Set(rewritten.map(({ id }) => id));
        rows = [...rows.filter(({ id }) => !ids.has(id)), ...rewritten];
        const sealed = logsUntil({ from, isSigned, until, endsSigned: true }, isSigned ? from : null);
        kept.push(...sealed);
        const taken = new Set(sealed.map(({ id }) => id));
        rows = rows.filter(({ id }) => !taken.has(id));
        [from, isSigned] = [until, true];
      }
      const late = end + 40 * HOUR;
      kept.push(...logsUntil({ from, isSigned, until: late, endsSigned: false }, isSigned ? from : null));
      const wanted = [...happenings.map(lineIdOf), ...byHand.map(({ id }) => id)];
      expect(kept.map(({ id }) => id).toSorted()).toEqual(wanted.toSorted());
    },
  );
});
