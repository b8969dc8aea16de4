/** The rows of the index itself: below a number, by filters or by words, never more work than was agreed. */
import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { ContactClass } from '../directory/contact.ts';
import type { RecordState } from '../records/field.ts';
import type { ReviewVerdict } from '../records/review.ts';
import { among } from './among.ts';
import type { ReadDeps } from './read.ts';
import type { SearchDocTable } from './search-table.ts';
import { wordsOnPostgres } from './words-on-postgres.ts';

/** Null or empty: any. */
export interface SearchFilters {
  readonly direction: 'inbound' | 'outbound' | null;
  readonly state: RecordState | null;
  readonly category: string | null;
  /** `missed`: it ended and nobody spoke. */
  readonly outcome: 'answered' | 'missed' | null;
  readonly recorder: string;
  readonly sound: boolean | null;
  readonly archived: boolean | null;
  /** 评议; `none`: nobody has marked the call. */
  readonly review: ReviewVerdict | 'none' | null;
  /** How the number stands to the office by the directory of today. */
  readonly callerClass: ContactClass | 'unknown' | null;
}

export interface DocWindow {
  readonly from: number;
  readonly below: number;
  readonly limit: number;
}

/** Rows looked at for a page where more than one filter has to hold: some 10 ms of them, shared by the rooms. */
const MOST_ROWS = 4_000;
const FEWEST_ROWS = 200;

/** Filters with an index of their own, the one that leaves least first. */
const DRIVERS = ['recorder', 'outcome', 'category', 'state', 'review'] as const;
type Driver = (typeof DRIVERS)[number];

/**
 * Newest rows of the rooms that fit. `lookedTo` is set when not everything was looked at: all from there on was, and rows
 * below are left to the next page. Room by room, because no index has the rows of several rooms in one order.
 */
export async function byFilters(
  deps: ReadDeps,
  rooms: readonly string[],
  filters: SearchFilters,
  window: DocWindow,
): Promise<{ readonly docs: readonly SearchDocTable[]; readonly lookedTo: number | null }> {
  const most = Math.max(FEWEST_ROWS, Math.floor(MOST_ROWS / rooms.length));
  const each = await Promise.all(rooms.map((room) => inRoom(deps, room, filters, { ...window, most })));
  const lookedTo = each.reduce<number | null>(
    (highest, { floor }) => (floor === null ? highest : Math.max(highest ?? 0, floor)),
    null,
  );
  const docs = each
    .flatMap((room) => room.docs)
    .filter(({ doc }) => doc >= (lookedTo ?? 0))
    .sort((one, other) => other.doc - one.doc)
    .slice(0, window.limit);
  return { docs, lookedTo };
}

/** One filter has its rows in order in its index. With more the rest is looked at row by row, and that has an end. */
async function inRoom(
  { db, dialect }: ReadDeps,
  room: string,
  filters: SearchFilters,
  { from, below, limit, most }: DocWindow & { readonly most: number },
): Promise<{ readonly docs: readonly SearchDocTable[]; readonly floor: number | null }> {
  const driver = DRIVERS.find((name) => isSet(filters[name]));
  const index = driver === undefined ? 'search_docs_room_doc' : `search_docs_room_${driver}_doc`;
  // SQLite would rather walk down the table itself, and past every row of a room for what it has not.
  const table = dialect === 'sqlite' ? sql`search_docs indexed by ${sql.ref(index)}` : sql`search_docs`;
  const driven =
    driver === undefined
      ? sql`room = ${room}`
      : sql`room = ${room} and ${sql.ref(driver)} = ${filters[driver]}`;
  const others = conditions(filters, driver);
  let floor: number | null = null;
  if (others.length > 0) {
    const { rows } = await sql<{ doc: number }>`select doc from ${table} where ${driven}
      and doc >= ${from} and doc < ${below} order by doc desc limit 1 offset ${most}`.execute(db);
    floor = rows[0]?.doc ?? null;
  }
  const { rows: docs } = await sql<SearchDocTable>`select * from ${table} where ${driven}
    and doc >= ${floor ?? from} and doc < ${below} and ${sql.join([sql`1 = 1`, ...others], sql` and `)}
    order by doc desc limit ${limit}`.execute(db);
  return { docs, floor: docs.length < limit ? floor : null };
}

/** Numbers below `below` whose records have all the words, and one of the rooms' (none named: any), highest first. */
export async function wordsBelow(
  { db, dialect }: ReadDeps,
  words: readonly string[],
  rooms: readonly string[],
  { from, below, limit }: DocWindow,
): Promise<readonly number[]> {
  if (dialect === 'sqlite') {
    const { rows } = await sql<{ doc: number }>`select rowid as doc from record_words
      where record_words match ${matchText(words, rooms)} and rowid >= ${from} and rowid < ${below}
      order by rowid desc limit ${limit}`.execute(db);
    return rows.map((row) => row.doc);
  }
  return wordsOnPostgres({ db }, words, rooms, { from, below, limit });
}

/** Words hold no quotation mark: they are letters, digits and our own sign. */
function matchText(words: readonly string[], rooms: readonly string[]): string {
  const quoted = (word: string) => `"${word}"`;
  const all = words.map(quoted).join(' AND ');
  return rooms.length === 0 ? all : `${all} AND (${rooms.map(quoted).join(' OR ')})`;
}

/** The rows of these numbers that are in the rooms and fit the filters, highest first. */
export async function matching(
  { db, dialect }: ReadDeps,
  docs: readonly number[],
  rooms: readonly string[],
  filters: SearchFilters,
): Promise<readonly SearchDocTable[]> {
  if (docs.length === 0) return [];
  const rows = await db
    .selectFrom('search_docs')
    .selectAll()
    .where(among(dialect, 'doc', docs))
    .where((row) => row.and([...conditions(filters, undefined)]))
    .execute();
  const allowed = new Set(rooms);
  return rows.filter((row) => allowed.has(row.room)).sort((one, other) => other.doc - one.doc);
}

/**
 * What has to hold besides the driving filter. Each column stands in an expression, so that neither database takes another
 * index than the one whose rows come in order.
 */
function conditions(filters: SearchFilters, driver: Driver | undefined): readonly Condition[] {
  const found: Condition[] = [];
  for (const name of DRIVERS)
    if (name !== driver && isSet(filters[name])) found.push(sql`${sql.ref(name)} || '' = ${filters[name]}`);
  if (filters.direction !== null) found.push(sql`direction = ${filters.direction}`);
  if (filters.sound !== null) found.push(sql`sound = ${filters.sound ? 1 : 0}`);
  if (filters.archived !== null) found.push(sql`archived = ${filters.archived ? 1 : 0}`);
  if (filters.callerClass === 'unknown')
    found.push(sql`(caller_key is null or caller_key || '' not in
      (select match_key from directory where class is not null))`);
  else if (filters.callerClass !== null)
    found.push(
      sql`caller_key || '' in (select match_key from directory where class = ${filters.callerClass})`,
    );
  return found;
}

type Condition = RawBuilder<SqlBool>;

/** Whether anything but words and time is asked for. */
export function isFiltered(filters: SearchFilters): boolean {
  return conditions(filters, undefined).length > 0;
}

function isSet(value: string | null): boolean {
  return value !== null && value !== '';
}
