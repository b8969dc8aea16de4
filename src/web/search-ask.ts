/** The query of 记录查询 as it stands in an address: hostile until it has come through here. */
import type { ContactClass } from '../directory/contact.ts';
import { CATEGORIES, type RecordState } from '../records/field.ts';
import { STATE_NAMES } from '../records/names.ts';
import { REVIEW_VERDICTS } from '../records/review.ts';
import { readCursor, type SearchQuery } from '../storage/search.ts';
import { SHORTEST_TAIL } from '../text/words.ts';

export interface SearchAsk {
  /** Without the rooms, which the account decides. */
  readonly query: Omit<SearchQuery, 'rooms'>;
  /** One room of those that may be seen; null: all. */
  readonly room: string | null;
  readonly before: number | null;
  readonly limit: number;
}

const LONGEST = 200;
const PAGE = 50;
const CLASSES: readonly (ContactClass | 'unknown')[] = ['superior', 'subordinate', 'public', 'unknown'];

/** Null when anything in it is not as the page writes it: a filter that is silently left out would show too much. */
export function readSearchAsk(raw: unknown): SearchAsk | null {
  if (typeof raw !== 'object' || raw === null) return null;
  const given = new Map(Object.entries(raw));
  const wrong: string[] = [];
  const asked = new Set<string>();
  function text(name: string): string {
    asked.add(name);
    const value: unknown = given.get(name) ?? '';
    if (typeof value === 'string' && value.length <= LONGEST && !value.includes('\0')) return value.trim();
    wrong.push(name);
    return '';
  }
  function read<Value>(name: string, known: (value: string) => Value | undefined): Value | null {
    const value = text(name);
    if (value === '') return null;
    const found = known(value);
    if (found === undefined) wrong.push(name);
    return found ?? null;
  }
  const oneOf =
    <Value extends string>(values: readonly Value[]) =>
    (value: string) =>
      values.find((known) => known === value);
  const yesNo = (value: string) => (value === 'yes' ? true : value === 'no' ? false : undefined);
  const moment = (value: string) => (/^\d{1,13}$/.test(value) ? Number(value) : undefined);
  const tailOf = (value: string) => {
    const digits = value.normalize('NFKC').replace(/[\s-]/g, '');
    return /^\d+$/.test(digits) && digits.length >= SHORTEST_TAIL && digits.length <= 15 ? digits : undefined;
  };
  const ask: SearchAsk = {
    query: {
      text: text('text'),
      unit: text('unit'),
      recorder: text('recorder'),
      tail: read('tail', tailOf) ?? '',
      from: read('from', moment),
      to: read('to', moment),
      direction: read('direction', oneOf(['inbound', 'outbound'])),
      state: read('state', oneOf(Object.keys(STATE_NAMES) as RecordState[])),
      category: read('category', oneOf(CATEGORIES)),
      callerClass: read('class', oneOf(CLASSES)),
      outcome: read('outcome', oneOf(['answered', 'missed'])),
      sound: read('sound', yesNo),
      archived: read('archived', yesNo),
      review: read('review', oneOf(['none', ...REVIEW_VERDICTS])),
    },
    room: read('room', (value) => (/^[\w.-]{1,64}$/.test(value) ? value : undefined)),
    before: read('before', readCursor),
    limit: read('limit', (value) => (/^[1-9]\d?$|^100$/.test(value) ? Number(value) : undefined)) ?? PAGE,
  };
  return wrong.length === 0 && [...given.keys()].every((name) => asked.has(name)) ? ask : null;
}
