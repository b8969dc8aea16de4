/**
 * A 值班表 as offices keep it in a spreadsheet, read by its headings: dates as text, merged cells, names with blanks, telephones
 * beside the names. A shift in whose rows anything was not understood is left out as a whole. Pure.
 */
import type { RosterPerson } from './roster-check.ts';
import type { Post } from './roster-plan.ts';
import type { DutyRole, RosterRules } from './roster-rules.ts';
import { type SheetYear, sheetDays, yearOf } from './sheet-day.ts';
import { objectionToStanding } from './standing.ts';

export interface SheetPerson extends RosterPerson {
  readonly title: string | null;
}

/** What a column is taken for; a role of one shift (`白班值班员`) has its `part`. */
type Column =
  | { readonly kind: 'day' }
  | { readonly kind: 'part' }
  | { readonly kind: 'role'; readonly role: DutyRole; readonly part: string | null };

export interface SheetShift {
  readonly day: string;
  /** Name of the part of the pattern. */
  readonly part: string;
  readonly posts: readonly Post[];
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

/** A heading may stand below a title and a remark. */
const HEADING_WITHIN = 10;

/** Null when no row has the heading of a date and one of a role. `today` is `2026-11-26`, for dates without a year. */
export function readRosterSheet(
  rows: readonly (readonly string[])[],
  rules: Pick<RosterRules, 'parts' | 'roles'>,
  people: readonly SheetPerson[],
  today: string,
): RosterSheet | null {
  const parts = rules.parts.map(({ name }) => name);
  const read = (cells: readonly string[]) => cells.map((cell) => columnOf(cell, parts, rules.roles));
  const at = rows.slice(0, HEADING_WITHIN).findIndex((cells) => isHeading(read(cells)));
  const headings = rows[at];
  if (headings === undefined) return null;
  const columns = read(headings);
  const found: SheetTrouble[] = [];
  const shifts = new Map<
    string,
    { day: string; part: string; posts: Post[]; rows: number[]; isWhole: boolean }
  >();
  let year: SheetYear = yearOf(rows.slice(0, at).flat(), today);
  let days: readonly string[] = [];
  for (const [index, cells] of rows.slice(at + 1).entries()) {
    const row = at + index + 2;
    const textOf = (kind: 'day' | 'part') =>
      cells.find((cell, n) => columns[n]?.kind === kind && cell.trim() !== '') ?? '';
    const people_ = columns.map((column, n) => (column?.kind === 'role' ? (cells[n] ?? '') : ''));
    if (people_.every((text) => text.trim() === '')) continue;
    const troubles: SheetTrouble[] = [];
    const say = (
      kind: Column['kind'],
      text: string,
      zh: string,
      n = columns.findIndex((c) => c?.kind === kind),
    ) => troubles.push({ row, column: plain(headings[n] ?? ''), text: shown(text), zh });
    const dayText = textOf('day');
    const isNewDay = plain(dayText) !== '';
    if (isNewDay) {
      const read = sheetDays(dayText, year);
      days = read?.days ?? [];
      year = read?.year ?? year;
    }
    if (days.length === 0)
      say('day', dayText, isNewDay ? '日期看不懂，这一行不导入。' : '没有日期，这一行不导入。');
    const partText = plain(textOf('part'));
    const part = partText === '' ? null : partIn(partText, parts);
    if (part === undefined) say('part', partText, `没有这个班次，本室的班次是${parts.join('、')}。`);
    const posts: { readonly post: Post; readonly part: string | null }[] = [];
    for (const [n, column] of columns.entries()) {
      if (column?.kind !== 'role') continue;
      for (const name of namesIn(cells[n] ?? '', people)) {
        if (typeof name === 'string') {
          say('role', name, '不是本室登记的人员，请核对姓名，或先登记人员。', n);
          continue;
        }
        const objection = objectionToStanding(name.name, name.standing);
        if (objection !== null) say('role', name.name, objection.zh, n);
        const { name: role, kind } = column.role;
        posts.push({ post: { role, kind, person: name.id }, part: column.part });
      }
    }
    found.push(...troubles);
    for (const day of days) {
      for (const own of part == null ? parts : [part]) {
        const ofShift = posts.filter((one) => one.part === null || one.part === own).map(({ post }) => post);
        if (ofShift.length === 0 && troubles.length === 0) continue;
        const key = `${day} ${own}`;
        const shift = shifts.get(key) ?? { day, part: own, posts: [], rows: [], isWhole: true };
        shifts.set(key, shift);
        shift.rows.push(row);
        if (troubles.length > 0) shift.isWhole = false;
        for (const post of ofShift) {
          const same = shift.posts.find(({ person }) => person === post.person);
          if (same === undefined) shift.posts.push(post);
          else if (same.role !== post.role) {
            const name = people.find(({ id }) => id === post.person)?.name ?? '';
            found.push({
              row,
              column: post.role,
              text: name,
              zh: '同一人在一个班次中排了两个岗位，这个班次不导入。',
            });
            shift.isWhole = false;
          }
        }
      }
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
      .map(({ day, part, posts, rows: of }) => ({ day, part, posts, rows: of })),
    troubles: found,
  };
}

function isHeading(columns: readonly (Column | null)[]): boolean {
  return columns.some((one) => one?.kind === 'day') && columns.some((one) => one?.kind === 'role');
}

function wordOf(column: Column): string {
  if (column.kind === 'day') return '日期';
  if (column.kind === 'part') return '班次';
  return `${column.part ?? ''}${column.role.name}`;
}

function columnOf(heading: string, parts: readonly string[], roles: readonly DutyRole[]): Column | null {
  const text = plain(heading).replace(/[（(].*[)）]$/, '');
  if (/^(值班)?(日期|时间|日子)$/.test(text)) return { kind: 'day' };
  if (/^(值班)?(班次|班别|时段)$/.test(text)) return { kind: 'part' };
  const part = parts.find((name) => text.startsWith(name)) ?? null;
  const word = part === null ? text : text.slice(part.length);
  const role = roleIn(word, roles, part !== null);
  return role === undefined ? null : { kind: 'role', role, part };
}

/** A role of the room by its name, or what other offices call one of its kind. */
function roleIn(word: string, roles: readonly DutyRole[], withPart: boolean): DutyRole | undefined {
  const bare = word.replace(/(姓名|名单)$/, '');
  const first = (kind: DutyRole['kind']) => roles.find((role) => role.kind === kind);
  return (
    roles.find(({ name }) => plain(name) === bare) ??
    (/^(带班|值班)?领导$|^带班(人员?|领导)?$/.test(bare) ? first('leader') : undefined) ??
    (/^值班(人员?|员|干部)?$/.test(bare) || (withPart && /^(人员)?$/.test(bare))
      ? first('officer')
      : undefined) ??
    (/^(备班|备勤)(人员?|员)?$/.test(bare) ? first('standby') : undefined)
  );
}

/** `白班`, `白`, `白班（08:00-20:00）`; undefined when it is none of them. */
function partIn(text: string, parts: readonly string[]): string | undefined {
  const bare = text.replace(/[（(].*$/, '');
  return (
    parts.find((part) => plain(part) === bare) ??
    parts.find((part) => plain(part).replace(/班$/, '') === bare)
  );
}

/** People of a cell, and as text what is no name of any. Telephones, titles in brackets and blanks within a name are no names. */
function namesIn(cell: string, people: readonly SheetPerson[]): readonly (SheetPerson | string)[] {
  const text = cell
    .normalize('NFKC')
    .replace(/\([^)]*\)/g, ' ')
    .replace(/\+?\d[\d\- ]{4,}\d/g, ' ');
  return text
    .split(/[、,;/|\r\n]+/)
    .map((piece) => piece.trim())
    .filter((piece) => piece !== '')
    .flatMap((piece) => personsIn(piece.split(/\s+/), people));
}

/** The longest run of words that is a name; a word that is somebody's title belongs to the one before. */
function personsIn(
  words: readonly string[],
  people: readonly SheetPerson[],
): readonly (SheetPerson | string)[] {
  const found: (SheetPerson | string)[] = [];
  let at = 0;
  while (at < words.length) {
    const match = longest(words, at, people);
    const last = found.at(-1);
    if (match !== null) {
      found.push(match.person);
      at += match.count;
      continue;
    }
    const word = words[at] ?? '';
    if (!(typeof last === 'object' && last.title === word)) found.push(word);
    at += 1;
  }
  return found;
}

function longest(
  words: readonly string[],
  at: number,
  people: readonly SheetPerson[],
): { readonly person: SheetPerson; readonly count: number } | null {
  for (let count = Math.min(4, words.length - at); count > 0; count -= 1) {
    const joined = words.slice(at, at + count).join('');
    const person = people.find(
      ({ name, title }) =>
        plain(name) === joined || (title !== null && `${plain(name)}${plain(title)}` === joined),
    );
    if (person !== undefined) return { person, count };
  }
  return null;
}

function plain(text: string): string {
  return text.normalize('NFKC').replace(/[\s*:：]/g, '');
}

function shown(text: string): string {
  return [...text].slice(0, 60).join('');
}
