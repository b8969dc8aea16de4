/** The heading of a roster in a spreadsheet: which columns are the date, the shift, a role. Pure. */
import type { DutyRole } from './roster-rules.ts';

/** What a column is taken for; a role of one shift (`白班值班员`) has its `part`. */
export type Column =
  | { readonly kind: 'day' }
  | { readonly kind: 'part' }
  | { readonly kind: 'role'; readonly role: DutyRole; readonly part: string | null };

/** A heading may stand below a title and a remark. */
const WITHIN = 10;

export interface SheetHeading {
  /** Rows of the heading from `at` to before `next`, from 0. */
  readonly at: number;
  readonly next: number;
  readonly headings: readonly string[];
  readonly columns: readonly (Column | null)[];
}

/** Null when no row has a date and a role. Of two rows (白班 and 夜班 above, 值班员 below, or the other way) they are read as one. */
export function headingOf(
  rows: readonly (readonly string[])[],
  parts: readonly string[],
  roles: readonly DutyRole[],
): SheetHeading | null {
  const read = (cells: readonly string[]) => cells.map((cell) => columnOf(cell, parts, roles));
  const at = rows.slice(0, WITHIN).findIndex((cells) => isHeading(read(cells)));
  const upper = rows[at];
  if (upper === undefined) return null;
  const columns = read(upper);
  const lower = rows[at + 1] ?? [];
  const both = upper.map((cell, n) => joined(cell, lower[n] ?? '', parts));
  const under = read(both);
  // A row of the roster has a date there, and its names make no role.
  const isOne =
    columns.some((column, n) => column?.kind === 'day' && both[n] !== upper[n]) ||
    !under.some((column, n) => column?.kind === 'role' && both[n] !== upper[n]);
  return isOne
    ? { at, next: at + 1, headings: upper, columns }
    : { at, next: at + 2, headings: both, columns: under };
}

/** The words of a column's two cells as one heading, the shift first and without its hours. */
function joined(upper: string, lower: string, parts: readonly string[]): string {
  const [above, below] = [plain(upper), plain(lower)];
  if (below === '' || below === above) return upper;
  const [shift, word] = partIn(below, parts) === undefined ? [above, below] : [below, above];
  return `${shift.replace(/\(.*$/, '')}${word}`;
}

/** A month may stand in two halves side by side: each date is for the columns behind it, up to the next one. */
export function blocksOf(columns: readonly (Column | null)[]): readonly (readonly (Column | null)[])[] {
  const days = columns.flatMap((column, n) => (column?.kind === 'day' ? n : []));
  return days.map((day, index) => {
    const [from, to] = [index === 0 ? 0 : day, days[index + 1] ?? columns.length];
    return columns.map((column, n) => (from <= n && n < to ? column : null));
  });
}

/** Roles that have a column for this shift. */
export function rolesFor(columns: readonly (Column | null)[], part: string): readonly string[] {
  return columns.flatMap((column) =>
    column?.kind === 'role' && (column.part === null || column.part === part) ? column.role.name : [],
  );
}

function isHeading(columns: readonly (Column | null)[]): boolean {
  return columns.some((one) => one?.kind === 'day') && columns.some((one) => one?.kind === 'role');
}

/** What a column is taken for, as the page says it. */
export function wordOf(column: Column): string {
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
export function partIn(text: string, parts: readonly string[]): string | undefined {
  const bare = text.replace(/[（(].*$/, '');
  return (
    parts.find((part) => plain(part) === bare) ??
    parts.find((part) => plain(part).replace(/班$/, '') === bare)
  );
}

/** Without blanks, stars and colons. */
export function plain(text: string): string {
  return text.normalize('NFKC').replace(/[\s*:：]/g, '');
}
