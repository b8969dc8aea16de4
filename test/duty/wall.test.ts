import { describe, expect, it } from 'vitest';
import { type DutyNotes, FIRST_NOTES, readDutyNotes } from '../../src/duty/duty-notes.ts';
import type { Person } from '../../src/duty/office.ts';
import type { Shift } from '../../src/duty/roster.ts';
import {
  SILENT_MS,
  turnedTo,
  WALL_VERSION,
  type WallView,
  wallFace,
  wallShifts,
} from '../../src/duty/wall.ts';

const HOUR = 3_600_000;
const EIGHT = Date.UTC(2026, 10, 27);

const people: readonly Person[] = [
  { id: 'wang', room: 'r', name: '王某', title: '副县长', phone: '13900000001' },
  { id: 'li', room: 'r', name: '李某', title: null, phone: '2035670' },
  { id: 'zhao', room: 'r', name: '赵某', title: '值班员', phone: null },
];
const shift = (from: number, leaders: readonly string[], officers: readonly string[]): Shift => ({
  ...{ id: `s${from}`, room: 'r', from, to: from + 12 * HOUR, leaders, officers, name: '白班' },
});
const SHIFTS = [shift(EIGHT, ['wang'], ['li', 'gone']), shift(EIGHT + 12 * HOUR, ['wang'], ['zhao'])];

function viewAt(
  at: number,
  given: { readonly shifts?: readonly Shift[]; readonly notes?: DutyNotes } = {},
): WallView {
  const { shifts = SHIFTS, notes = FIRST_NOTES } = given;
  return {
    ...{ version: WALL_VERSION, at, timeZone: 'Asia/Shanghai', demo: false },
    ...{ unit: '某县人民政府', room: '县政府值班室', lines: ['0954-2035670'] },
    ...wallShifts({ shifts, people }, 'r', notes, at),
  };
}
const names = (list: readonly { readonly name: string }[]) => list.map(({ name }) => name);

describe('公示屏', () => {
  it('shows who is on duty with name and title, who comes next, and no telephone unless the office says so', () => {
    const view = viewAt(EIGHT + HOUR);
    expect(view.shift.leaders).toEqual([{ name: '王某', title: '副县长', phone: null }]);
    expect(view.shift.officers).toEqual([{ name: '李某', title: null, phone: null }]);
    expect([view.next?.from, names(view.next?.officers ?? [])]).toEqual([EIGHT + 12 * HOUR, ['赵某']]);
    expect(JSON.stringify(view)).not.toContain('13900000001');
    const shown = viewAt(EIGHT + HOUR, { notes: { ...FIRST_NOTES, wall: { texts: [], phones: true } } });
    expect(shown.shift.leaders).toEqual([{ name: '王某', title: '副县长', phone: '13900000001' }]);
  });

  it('keeps what it has when nothing is heard, says how old it is, and clears the names when the shift ends', () => {
    const view = viewAt(EIGHT + HOUR);
    const face = (after: number) => wallFace(view, view.at + after);
    expect(face(SILENT_MS - 1)).toMatchObject({ asOf: null, isOpen: false });
    expect(face(SILENT_MS)).toMatchObject({ asOf: view.at, isOpen: false });
    expect(names(face(11 * HOUR - 1).officers)).toEqual(['李某']);
    const over = face(11 * HOUR);
    expect([over.leaders, over.officers, over.isOpen, over.next, over.asOf]).toEqual([
      [],
      [],
      true,
      null,
      view.at,
    ]);
  });

  it('shows who stayed because nobody came, also when the next shift begins, until somebody takes over', () => {
    const at = EIGHT + 13 * HOUR;
    const stay = { from: EIGHT, officers: ['li'] };
    const view: WallView = {
      ...viewAt(at),
      ...wallShifts({ shifts: SHIFTS, people, stay }, 'r', FIRST_NOTES, at),
    };
    expect([names(view.shift.leaders), names(view.shift.officers)]).toEqual([['王某'], ['李某']]);
    expect(view.shift).toMatchObject({ from: EIGHT, to: null, names: ['继续值守'], stayed: true });
    expect(names(viewAt(at).shift.officers)).toEqual(['赵某']);
    const early = {
      ...view,
      ...wallShifts({ shifts: SHIFTS, people, stay }, 'r', FIRST_NOTES, at - 2 * HOUR),
    };
    const turn = { ...early, at: EIGHT + 12 * HOUR - 1 };
    expect(names(wallFace(turn, turn.at + 2).officers)).toEqual(['李某']);
    // Not heard of since: nobody knows.
    expect(wallFace(turn, turn.at + SILENT_MS)).toMatchObject({ isOpen: true, asOf: turn.at });
    expect(names(wallFace(view, at + 24 * HOUR - 1).officers)).toEqual(['李某']);
  });

  it('says that it is open where the roster has a gap, and what is missing where it has half', () => {
    expect(wallFace(viewAt(EIGHT - HOUR), EIGHT - HOUR)).toMatchObject({ isOpen: true });
    const half = wallFace(viewAt(EIGHT, { shifts: [shift(EIGHT, [], ['zhao'])] }), EIGHT);
    expect([half.isOpen, half.leaders, names(half.officers)]).toEqual([false, [], ['赵某']]);
  });

  it('believes an arrangement without an end for a day, or until a dated shift begins', () => {
    const always: Shift = { id: 'a', room: 'r', from: null, to: null, leaders: ['wang'], officers: ['li'] };
    const at = EIGHT - 3 * HOUR;
    const alone = viewAt(at, { shifts: [always] });
    expect(wallFace(alone, at + 24 * HOUR - 1).isOpen).toBe(false);
    expect(wallFace(alone, at + 24 * HOUR).isOpen).toBe(true);
    const dated = viewAt(at, { shifts: [always, ...SHIFTS] });
    expect(wallFace(dated, EIGHT - 1).isOpen).toBe(false);
    expect(wallFace(dated, EIGHT).isOpen).toBe(true);
  });

  it('turns its pages every half minute by the clock of the service', () => {
    const turned = [0, 29_999, 30_000, 60_000, 90_000].map((ms) => turnedTo(3, EIGHT + ms));
    expect(turned).toEqual([0, 0, 1, 2, 0].map((page) => (page + turnedTo(3, EIGHT)) % 3));
    expect(turnedTo(0, EIGHT)).toBe(0);
  });
});

describe('what the office types for it', () => {
  const read = (text: string, given: Partial<DutyNotes> = {}, phones = false) => {
    const wall = { texts: [{ title: '请示报告制度', text }], phones };
    const done = readDutyNotes({ ...FIRST_NOTES, ...given, wall });
    return done.ok ? 'kept' : done.fault.code;
  };
  const superiors = [{ name: '市政府总值班室', number: '0954-2030001' }];

  it.each([
    ['kept', '遇有紧急突发情况第一时间报告，值班电话 0954-2035670。', {}],
    ['duty-notes-wall-superior', '报市政府总值班室 0954-2030001', { superiors }],
    ['duty-notes-wall-superior', '报 ２０３ ０００１，随后书面报告', { superiors }],
    ['kept', '编号 20300015', {}],
    ['duty-notes-wall-mobile', '找李某 139 0000 0001', {}],
    ['duty-notes-wall-mobile', '找李某 +86 139-0000-0001', {}],
    ['duty-notes-wall-mobile', '找李某 0139 0000 0001', {}],
    ['kept', '文号 139000000012345', {}],
    ['duty-notes-wall-nameless', '  ', {}],
    ['duty-notes-wall-too-long', '字'.repeat(1_001), {}],
  ])('%s: %s', (code, text, given) => {
    expect(read(text, given)).toBe(code);
  });

  it('holds no mobile number in a title either', () => {
    const wall = { texts: [{ title: '带班领导 139 0000 0001', text: '值班制度' }], phones: false };
    const done = readDutyNotes({ ...FIRST_NOTES, wall });
    expect(done.ok ? 'kept' : done.fault.code).toBe('duty-notes-wall-mobile');
  });

  it('may hold a mobile number where telephones are shown', () => {
    expect(read('找李某 13900000001', {}, true)).toBe('kept');
    expect(read('报 2030001', { superiors }, true)).toBe('duty-notes-wall-superior');
  });
});
