/** A found record as lists show it and as it is taken along. */
import type { Direction } from '../calls/call-summary.ts';
import { maskedNumber } from '../directory/mask.ts';
import type { ListedRecord } from '../documents/record-list.ts';
import type { RecordState } from '../records/field.ts';
import { REVIEW_VERDICTS } from '../records/review.ts';
import type { FoundRecord } from '../storage/search-found.ts';
import { placeOf, type Term } from '../text/words.ts';
import type { SearchHitView } from './protocol/search-view.ts';

const EXCERPT = 80;
const BEFORE = 20;

/** `mayHear`: the whole number goes with it. */
export function searchHit(found: FoundRecord, terms: readonly Term[], mayHear: boolean): SearchHitView {
  return {
    ...listed(found),
    excerpt: excerptOf(lineWith(found, terms), terms),
    rawCaller: mayHear ? found.field('callerNumber') : null,
  };
}

/** `reviewed`: 评议 of its call, for who may hear it. What was said of a call that is shut away may tell what was said in it. */
export function listedRecord(found: FoundRecord, reviewed: ListedRecord['reviewed']): ListedRecord {
  const { field, time, shut } = found;
  return {
    ...listed(found),
    time,
    proposal: field('proposal'),
    content: field('content'),
    reviewed: shut === null ? reviewed : null,
  };
}

function listed({
  row,
  record,
  field,
  at,
  shut,
  callerClass,
}: FoundRecord): Omit<SearchHitView, 'excerpt' | 'rawCaller'> {
  const number = field('callerNumber');
  const isCitizen = row.category === 'public' || callerClass === 'public';
  return {
    id: record.id,
    call: record.call_id,
    room: record.room,
    at,
    direction: record.direction as Direction,
    state: record.state as RecordState,
    number: record.number_text,
    unit: field('callerUnit'),
    person: field('callerName'),
    caller: isCitizen ? maskedNumber(number) : number,
    category: field('category'),
    recorder: field('recorder'),
    outcome: row.outcome === 'answered' || row.outcome === 'missed' ? row.outcome : null,
    sound: row.sound === 1,
    archived: row.archived === 1,
    review: REVIEW_VERDICTS.find((verdict) => verdict === row.review) ?? null,
    shut,
  };
}

/** 电话内容, or the 要点 in which the words stand when they do not stand there. */
function lineWith(found: FoundRecord, terms: readonly Term[]): string {
  const texts = [found.field('content'), ...found.notes.map(({ text }) => text)];
  return texts.find((text) => placeOf(text, terms) >= 0) ?? texts[0] ?? '';
}

/** One line round the first word that was looked for. */
function excerptOf(content: string, terms: readonly Term[]): string {
  const line = content.replace(/\s+/g, ' ').trim();
  const first = Math.max(0, placeOf(line, terms) - BEFORE);
  // Not in the middle of a sign of two halves.
  const from = /^[\udc00-\udfff]/.test(line.slice(first, first + 1)) ? first - 1 : first;
  const signs = [...line.slice(from)];
  return `${from > 0 ? '…' : ''}${signs.slice(0, EXCERPT).join('')}${signs.length > EXCERPT ? '…' : ''}`;
}
