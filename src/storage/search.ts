/**
 * 记录查询: records by filters and words, newest first, a page at a time. A page begins below the last number of the page
 * before, so that what is written meanwhile moves nothing. The work of one page is bounded: who asks for what hardly ever
 * occurs gets a shorter page that says how far back was looked, and goes on from there.
 */
import { normalised, type Term, termsOf } from '../text/words.ts';
import { firstDocAt, timeOfDoc } from './doc-number.ts';
import type { ReadDeps } from './read.ts';
import { byFilters, isFiltered, matching, type SearchFilters, wordsBelow } from './search-docs.ts';
import { type FoundRecord, loadFound } from './search-found.ts';
import { roomWord, standsIn, textsOf } from './search-words.ts';

export interface SearchQuery extends SearchFilters {
  /** Only records of these rooms; none: nothing is found. */
  readonly rooms: readonly string[];
  /** What a person typed: every word of it must be found in some text of the record. */
  readonly text: string;
  /** Stands in 来电单位. */
  readonly unit: string;
  /** Last digits of 来电号码, at least four; empty: any. */
  readonly tail: string;
  /** 来电时间 from (ms UTC) to (not included). */
  readonly from: number | null;
  readonly to: number | null;
}

export interface SearchPage {
  readonly found: readonly FoundRecord[];
  /** For the page after; null: that was all. */
  readonly next: string | null;
  /** Set when the page is short because enough was looked through: everything since then (ms UTC) was. */
  readonly lookedBackTo: number | null;
}

/**
 * Rows of words looked at for one page, the first look where filters leave few of them, and the ones whose texts are
 * compared. A server on the other side of a socket costs about twice as much a row.
 */
const MOST = {
  sqlite: { candidates: 1_500, many: 600, compared: 400 },
  postgres: { candidates: 600, many: 240, compared: 120 },
} as const;
const FIRST_LOOK = 100;

/** A cursor as `SearchPage.next` gave it; undefined: none of ours. */
export function readCursor(text: string): number | undefined {
  return /^[0-9a-z]{1,11}$/.test(text) ? Number.parseInt(text, 36) : undefined;
}

/** At most `limit` records below `before` (null: from the newest). */
export async function searchRecords(
  deps: ReadDeps,
  query: SearchQuery,
  before: number | null,
  limit: number,
): Promise<SearchPage> {
  const terms = termsOf(query.text);
  const unit = termsOf(query.unit);
  const words = [...terms, ...unit].flatMap((term) => term.words);
  if (query.tail !== '') words.push(query.tail);
  const range = {
    from: query.from === null ? 0 : firstDocAt(query.from),
    below: Math.min(
      before ?? Number.MAX_SAFE_INTEGER,
      query.to === null ? Number.MAX_SAFE_INTEGER : firstDocAt(query.to),
    ),
  };
  const asked: Asked = { query, terms, unit, words: [...new Set(words)], limit };
  const isNoWord = (typed: string, of: readonly Term[]) => typed.trim() !== '' && of.length === 0;
  const askedForNothing = isNoWord(query.text, terms) || isNoWord(query.unit, unit);
  if (query.rooms.length === 0 || askedForNothing || range.from >= range.below) return NOTHING;
  return asked.words.length > 0 ? byWords(deps, asked, range) : withoutWords(deps, asked, range);
}

const NOTHING: SearchPage = { found: [], next: null, lookedBackTo: null };

interface Asked {
  readonly query: SearchQuery;
  readonly terms: readonly Term[];
  readonly unit: readonly Term[];
  readonly words: readonly string[];
  readonly limit: number;
}

interface DocRange {
  readonly from: number;
  readonly below: number;
}

async function withoutWords(deps: ReadDeps, { query, limit }: Asked, range: DocRange): Promise<SearchPage> {
  const { docs, lookedTo } = await byFilters(deps, query.rooms, query, { ...range, limit: limit + 1 });
  const page = docs.slice(0, limit);
  const found = await loadFound(deps, page);
  if (docs.length > limit) return pageOf(found, page.at(-1)?.doc ?? null, null);
  return pageOf(found, lookedTo, lookedTo);
}

async function byWords(deps: ReadDeps, asked: Asked, { from, below }: DocRange): Promise<SearchPage> {
  const { query, words, limit } = asked;
  const most = MOST[deps.dialect];
  const found: FoundRecord[] = [];
  let compared = 0;
  let at = below;
  // Where filters leave few of what the words find, few looks at many cost less than many at few.
  let size = isFiltered(query) ? most.many : isProved(asked) ? limit + 1 : Math.max(FIRST_LOOK, limit + 1);
  for (let looked = 0; looked < most.candidates; looked += size / 2) {
    const docs = await wordsBelow(deps, words, roomWords(query.rooms), { from, below: at, limit: size });
    const rows = await matching(deps, docs, query.rooms, query);
    for (let piece = 0; piece < rows.length; piece += limit) {
      const some = rows.slice(piece, piece + limit);
      const right = (await loadFound(deps, some)).filter((one) => isRight(one, asked));
      compared += isProved(asked) ? 0 : some.length;
      const room = limit - found.length;
      found.push(...right.slice(0, room));
      if (right.length > room || (found.length === limit && piece + limit < rows.length))
        return pageOf(found, found.at(-1)?.row.doc ?? null, null);
      const last = some.at(-1)?.doc ?? null;
      if (compared >= most.compared) return pageOf(found, last, found.length < limit ? last : null);
    }
    const last = docs.at(-1);
    if (docs.length < size || last === undefined) return pageOf(found, null, null);
    at = last;
    if (found.length === limit) return pageOf(found, last, null);
    size *= 2;
  }
  return pageOf(found, at, at);
}

function pageOf(found: readonly FoundRecord[], next: number | null, lookedTo: number | null): SearchPage {
  return {
    found,
    next: next === null ? null : next.toString(36),
    lookedBackTo: lookedTo === null ? null : timeOfDoc(lookedTo),
  };
}

/** With many rooms the row of the record says whether it is one of them; a long "or" of words would cost more. */
function roomWords(rooms: readonly string[]): readonly string[] {
  return rooms.length <= 8 ? rooms.map(roomWord) : [];
}

/** The words alone say it, and no text needs to be compared. */
function isProved({ terms, unit, query }: Asked): boolean {
  return unit.length === 0 && query.tail === '' && terms.every((term) => term.exact);
}

function isRight(found: FoundRecord, { terms, unit, query }: Asked): boolean {
  const long = terms.filter((term) => !term.exact);
  if (long.length > 0) {
    const texts = textsOf(found);
    if (!long.every((term) => standsIn(texts, term.text))) return false;
  }
  if (!unit.every((term) => normalised(found.field('callerUnit')).includes(term.text))) return false;
  return found.field('callerNumber').replace(/\D/g, '').endsWith(query.tail);
}
