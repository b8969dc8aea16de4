/** Which words a record is found by: all its texts, its numbers, its timeline, the notes of its call, and the initials of names. */

import type { FieldName } from '../records/field.ts';
import { MOST_WORDS, normalised, wordsOf, wordsOfInitials, wordsOfName } from '../text/words.ts';
import type { CallNoteTable } from './callback-table.ts';
import { initialsOf } from './pinyin.ts';
import type { RecordEntryTable, RecordFieldTable, RecordTable } from './record-tables.ts';

/** Fields whose value is a choice or a time: filters find them. */
const NOT_TEXT: readonly FieldName[] = ['callTime', 'category', 'urgency', 'readBack', 'idVerified'];
const NAMES: readonly FieldName[] = ['callerUnit', 'callerName', 'recorder'];

/** Set before a room's id, so that it is no word anybody can type. */
const ROOM_SIGN = '\ue000';

export interface RecordTexts {
  readonly record: Pick<RecordTable, 'room' | 'number_text' | 'void_reason'>;
  readonly fields: readonly Pick<RecordFieldTable, 'field' | 'value'>[];
  readonly entries: readonly Pick<RecordEntryTable, 'who' | 'text' | 'withdrawn_reason'>[];
  /** 要点 of its call; a note that was struck is not looked for. */
  readonly notes: readonly Pick<CallNoteTable, 'text'>[];
}

/** All words of a record, its room's among them. */
export function wordsOfRecord(texts: RecordTexts): readonly string[] {
  const words = new Set([roomWord(texts.record.room)]);
  const add = (more: Iterable<string>) => {
    for (const word of more) if (words.size < MOST_WORDS) words.add(word);
  };
  for (const name of namesOf(texts)) {
    add(wordsOfName(name));
    add(wordsOfInitials(initialsOf(name)));
  }
  for (const text of textsOf(texts)) add(wordsOf(text));
  return [...words];
}

/** By which a search keeps to one room. */
export function roomWord(room: string): string {
  return `${ROOM_SIGN}${room.replace(/[^a-z0-9]/g, (sign) => `${ROOM_SIGN}${(sign.codePointAt(0) ?? 0).toString(16)}`)}`;
}

function namesOf({ fields, entries }: RecordTexts): readonly string[] {
  const names = fields.filter(({ field }) => NAMES.some((name) => name === field)).map(({ value }) => value);
  return [...names, ...entries.map(({ who }) => who)].filter((name) => name !== '');
}

/** Every text that is searched, for comparing what pairs of characters cannot prove. */
export function textsOf({ record, fields, entries, notes }: RecordTexts): readonly string[] {
  return [
    ...fields.filter(({ field }) => !NOT_TEXT.some((name) => name === field)).map(({ value }) => value),
    ...entries.flatMap(({ who, text, withdrawn_reason: reason }) => [who, text, reason ?? '']),
    ...notes.map(({ text }) => text),
    record.number_text ?? '',
    record.void_reason ?? '',
  ].filter((text) => text !== '');
}

/** Whether a longer term really stands in one of the texts. */
export function standsIn(texts: readonly string[], term: string): boolean {
  return texts.some((text) => normalised(text).includes(term));
}
