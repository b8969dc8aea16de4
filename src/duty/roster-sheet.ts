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
  const shifts = new Map<string, Gathered>();
  const troubles: SheetTrouble[] = [];
  const year = yearOf(rows.slice(0, at).flat(), today);
  for (const block of blocksOf(columns)) {
    const sheet: Headed = { headings, columns: block, parts, people };
    let before: Dated = { days: [], year, part: '' };
    for (const [index, cells] of rows.slice(at + 1).entries()) {
      before = datedBy(sheet, cells, before);
      const row = readRow(sheet, cells, at + index + 2, before);
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

/** A month may stand in two halves side by side: each date is for the columns behind it, up to the next one. */
function blocksOf(columns: readonly (Column | null)[]): readonly (readonly (Column | null)[])[] {
  const days = columns.flatMap((column, n) => (column?.kind === 'day' ? n : []));
  return days.map((day, index) => {
    const [from, to] = [index === 0 ? 0 : day, days[index + 1] ?? columns.length];
    return columns.map((column, n) => (from <= n && n < to ? column : null));
  });
}

function rolesFor(columns: readonly (Column | null)[], part: string): readonly string[] {
  return columns.flatMap((column) =>
    column?.kind === 'role' && (column.part === null || column.part === part) ? column.role.name : [],
  );
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

const UNREAD = {
  stranger: '不是本室登记的人员，请核对姓名，或先登记人员。',
  namesakes: '本室有两人同名，不知道是哪一位。请在姓名后写上职务。',
} as const;

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

/** Somebody of the room, or what is no one's name, or more than one's. */
type Found =
  | { readonly kind: 'person'; readonly person: SheetPerson }
  | { readonly kind: keyof typeof UNREAD; readonly text: string };

/** People of a cell. Telephones, what stands in brackets (but a title) and blanks within a name are no names. */
function namesIn(cell: string, people: readonly SheetPerson[]): readonly Found[] {
  const titles = new Set(people.map(({ title }) => plain(title ?? '')));
  const text = cell
    .normalize('NFKC')
    .replace(/\(([^)]*)\)/g, (_, inner: string) => (titles.has(plain(inner)) ? ` ${plain(inner)} ` : ' '))
    .replace(/\+?\d[\d\- ]{4,}\d/g, ' ');
  return text
    .split(/[、,;/|\r\n]+/)
    .map((piece) => piece.trim())
    .filter((piece) => piece !== '')
    .flatMap((piece) => personsIn(piece.split(/\s+/), people));
}

/** The longest run of words that is a name; a word that is somebody's title belongs to the one before. */
function personsIn(words: readonly string[], people: readonly SheetPerson[]): readonly Found[] {
  const found: Found[] = [];
  let at = 0;
  while (at < words.length) {
    const match = longest(words, at, people);
    const last = found.at(-1);
    if (match !== null) {
      found.push(match.found);
      at += match.count;
      continue;
    }
    const word = words[at] ?? '';
    if (!(last?.kind === 'person' && last.person.title === word))
      found.push({ kind: 'stranger', text: word });
    at += 1;
  }
  return found;
}

function longest(
  words: readonly string[],
  at: number,
  people: readonly SheetPerson[],
): { readonly found: Found; readonly count: number } | null {
  for (let count = Math.min(4, words.length - at); count > 0; count -= 1) {
    const text = words.slice(at, at + count).join('');
    const [person, other] = people.filter(
      ({ name, title }) =>
        plain(name) === text || (title !== null && `${plain(name)}${plain(title)}` === text),
    );
    if (person === undefined) continue;
    return { found: other === undefined ? { kind: 'person', person } : { kind: 'namesakes', text }, count };
  }
  return null;
}

function plain(text: string): string {
  return text.normalize('NFKC').replace(/[\s*:：]/g, '');
}

function shown(text: string): string {
  return [...text].slice(0, 60).join('');
}
