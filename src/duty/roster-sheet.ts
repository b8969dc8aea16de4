/**
 * A 值班表 as offices keep it in a spreadsheet, read by its headings: dates as text, merged cells, names with blanks, telephones
 * beside the names. A shift in whose rows anything was not understood is left out as a whole. Pure.
 */
import type { Post } from './roster-plan.ts';
import type { RosterRules } from './roster-rules.ts';
import { type SheetYear, sheetDays, yearOf } from './sheet-day.ts';
import { blocksOf, type Column, headingOf, partIn, plain, rolesFor, wordOf } from './sheet-heading.ts';
import { namesIn, type SheetPerson, UNREAD } from './sheet-names.ts';
import { objectionToStanding } from './standing.ts';

export interface SheetShift {
  readonly day: string;
  /** Name of the part of the pattern. */
  readonly part: string;
  readonly posts: readonly Post[];
  /** Roles that the file has a column for in this shift: of the others it says nothing. */
  readonly roles: readonly string[];
  /** Rows of the file, from 1. */
  readonly rows: readonly number[];
}

export interface SheetTrouble {
  readonly row: number;
  /** As its heading says. */
  readonly column: string;
  readonly text: string;
  readonly zh: string;
}

export interface RosterSheet {
  readonly columns: readonly { readonly heading: string; readonly as: string }[];
  readonly ignored: readonly string[];
  readonly shifts: readonly SheetShift[];
  readonly troubles: readonly SheetTrouble[];
}

/** Null when no row has the heading of a date and one of a role. `today` is `2026-11-26`, for dates without a year. */
export function readRosterSheet(
  rows: readonly (readonly string[])[],
  rules: Pick<RosterRules, 'parts' | 'roles'>,
  people: readonly SheetPerson[],
  today: string,
): RosterSheet | null {
  const parts = rules.parts.map(({ name }) => name);
  const heading = headingOf(rows, parts, rules.roles);
  if (heading === null) return null;
  const { at, next, headings, columns } = heading;
  const shifts = new Map<string, Gathered>();
  const troubles: SheetTrouble[] = [];
  const year = yearOf(rows.slice(0, at).flat(), today);
  for (const block of blocksOf(columns)) {
    const sheet: Headed = { headings, columns: block, parts, people };
    let before: Dated = { days: [], year, part: '' };
    for (const [index, cells] of rows.slice(next).entries()) {
      before = datedBy(sheet, cells, before);
      const row = readRow(sheet, cells, next + index + 1, before);
      if (row !== null) troubles.push(...row.troubles, ...gather(shifts, row, sheet));
    }
  }
  return {
    columns: headings.flatMap((heading, n) => {
      const column = columns[n] ?? null;
      return column === null ? [] : [{ heading: plain(heading), as: wordOf(column) }];
    }),
    ignored: headings.filter((heading, n) => columns[n] === null && plain(heading) !== '').map(plain),
    shifts: [...shifts.values()]
      .filter(({ isWhole, posts }) => isWhole && posts.length > 0)
      .map(({ day, part, posts, rows: of }) => ({
        ...{ day, part, posts, rows: of },
        roles: rolesFor(columns, part),
      })),
    troubles: troubles.toSorted((one, other) => one.row - other.row),
  };
}

interface Headed {
  readonly headings: readonly string[];
  readonly columns: readonly (Column | null)[];
  readonly parts: readonly string[];
  readonly people: readonly SheetPerson[];
}

/** The days and the shift of a row, which hold for the rows below it until others are written, as a merged cell means it. */
interface Dated {
  /** Empty: none was written yet, or what was written is none. */
  readonly days: readonly string[];
  readonly year: SheetYear;
  /** What was written last as the date; '': nothing. */
  readonly dayText?: string;
  /** Of the shift, as written; '': nothing since the last date. */
  readonly part: string;
}

/** What a row says of its date and shift, whether it names anybody or not. */
function datedBy({ columns }: Headed, cells: readonly string[], before: Dated): Dated {
  const textOf = (kind: 'day' | 'part') =>
    cells.find((cell, n) => columns[n]?.kind === kind && cell.trim() !== '') ?? '';
  const dayText = textOf('day');
  const part = plain(textOf('part'));
  if (plain(dayText) === '' || dayText === before.dayText) return { ...before, part: part || before.part };
  const read = sheetDays(dayText, before.year);
  return { days: read?.days ?? [], year: read?.year ?? before.year, dayText, part };
}

interface ReadRow {
  readonly row: number;
  readonly days: readonly string[];
  /** Those of the pattern that the row is for. */
  readonly parts: readonly string[];
  readonly posts: readonly { readonly post: Post; readonly part: string | null }[];
  readonly troubles: readonly SheetTrouble[];
}

/** A shift as its rows come together; not whole when anything in one of them was not understood. */
interface Gathered {
  readonly day: string;
  readonly part: string;
  readonly posts: Post[];
  readonly rows: number[];
  isWhole: boolean;
}

/** Null for a row that names nobody. */
function readRow(sheet: Headed, cells: readonly string[], row: number, dated: Dated): ReadRow | null {
  const { headings, columns, parts, people } = sheet;
  if (columns.every((column, n) => column?.kind !== 'role' || (cells[n] ?? '').trim() === '')) return null;
  const troubles: SheetTrouble[] = [];
  const say = (n: number, text: string, zh: string) =>
    troubles.push({ row, column: plain(headings[n] ?? ''), text: shown(text), zh });
  const at = (kind: 'day' | 'part') => columns.findIndex((column) => column?.kind === kind);
  const { days, dayText = '' } = dated;
  if (days.length === 0)
    say(at('day'), dayText, dayText === '' ? '没有日期，这一行不导入。' : '日期看不懂，这一行不导入。');
  const part = dated.part === '' ? null : partIn(dated.part, parts);
  if (part === undefined) say(at('part'), dated.part, `没有这个班次，本室的班次是${parts.join('、')}。`);
  if (part === null && at('part') >= 0 && parts.length > 1) say(at('part'), '', '没有写班次，这一行不导入。');
  const posts: { readonly post: Post; readonly part: string | null }[] = [];
  for (const [n, column] of columns.entries()) {
    if (column?.kind !== 'role') continue;
    const { name: role, kind } = column.role;
    for (const found of namesIn(cells[n] ?? '', people)) {
      if (found.kind !== 'person') {
        say(n, found.text, UNREAD[found.kind]);
        continue;
      }
      const { id, name, standing } = found.person;
      const objection = objectionToStanding(name, standing);
      if (objection !== null) say(n, name, objection.zh);
      posts.push({ post: { role, kind, person: id }, part: column.part });
    }
  }
  return { row, days, parts: part == null ? parts : [part], posts, troubles };
}

/** Puts a row to the shifts it speaks of; gives what is wrong only then. */
function gather(shifts: Map<string, Gathered>, read: ReadRow, { people }: Headed): readonly SheetTrouble[] {
  const { row, days, parts, posts, troubles } = read;
  const found: SheetTrouble[] = [];
  for (const day of days) {
    for (const part of parts) {
      const own = posts.filter((one) => one.part === null || one.part === part).map(({ post }) => post);
      if (own.length === 0 && troubles.length === 0) continue;
      const key = `${day} ${part}`;
      const shift: Gathered = shifts.get(key) ?? { day, part, posts: [], rows: [], isWhole: true };
      shifts.set(key, shift);
      shift.rows.push(row);
      if (troubles.length > 0) shift.isWhole = false;
      for (const post of own) {
        const same = shift.posts.find(({ person }) => person === post.person);
        if (same === undefined) shift.posts.push(post);
        else if (same.role !== post.role) {
          const text = people.find(({ id }) => id === post.person)?.name ?? '';
          found.push({ row, column: post.role, text, zh: TWICE });
          shift.isWhole = false;
        }
      }
    }
  }
  return found;
}

const TWICE = '同一人在一个班次中排了两个岗位，这个班次不导入。';

function shown(text: string): string {
  return [...text].slice(0, 60).join('');
}
