/** Notes at a moment of a call (Alt+N): kept with the call and its recording, struck but never changed. */

import type { Refusal } from '../records/command.ts';
import { longerThan, NOTE_LIMIT } from '../records/field-text.ts';
import { appendFact, type Desk, noteChange } from './desk.ts';
import { newSalt, saltedDigest } from './digest.ts';
import { lockCall } from './lock-call.ts';
import { DONE, type Outcome } from './outcome.ts';
import { indexRecord } from './search-index.ts';
import { shutAmong } from './shut-reads.ts';

export type NoteWork =
  | {
      readonly type: 'note-add';
      /** Made by the client: the same note a second time is the same note. */
      readonly note: string;
      readonly call: string;
      /** The moment of the call it is about, ms UTC. */
      readonly moment: number;
      readonly text: string;
      readonly account: string | null;
      readonly person: string | null;
      readonly name: string | null;
      readonly at: number;
    }
  | {
      readonly type: 'note-strike';
      readonly note: string;
      /** Whose note it is: another call's is not touched. */
      readonly call: string;
      readonly account: string | null;
      readonly person: string | null;
      readonly at: number;
    };

/** Ids, times and a digest only. */
type NoteFact =
  | {
      readonly kind: 'note-added';
      readonly note: string;
      readonly moment: number;
      readonly by: string | null;
      readonly digest: string;
      readonly at: number;
    }
  | { readonly kind: 'note-struck'; readonly note: string; readonly by: string | null; readonly at: number };

const MOST_NOTES = 500;

export async function writeNote(desk: Desk, work: NoteWork): Promise<Outcome> {
  await lockCall(desk, work.call);
  const known = await desk.db
    .selectFrom('call_notes')
    .select(['call_id', 'struck_at'])
    .where('id', '=', work.note)
    .executeTakeFirst();
  if (work.type === 'note-add') return known === undefined ? add(desk, work) : DONE;
  const isShut = (await shutAmong(desk, 'call_id', [work.call])).size > 0;
  if (known === undefined || known.call_id !== work.call || isShut) return { ok: false, refusal: noSuchNote };
  if (known.struck_at !== null) return DONE;
  await desk.db
    .updateTable('call_notes')
    .set({ struck_at: work.at, struck_by: work.person })
    .where('id', '=', work.note)
    .execute();
  tell(desk, known.call_id, { kind: 'note-struck', note: work.note, by: work.person, at: work.at });
  await noteCall(desk, known.call_id);
  await indexNotesOf(desk, known.call_id);
  audit(desk, work, known.call_id, 'note-struck');
  return DONE;
}

async function add(desk: Desk, work: Extract<NoteWork, { type: 'note-add' }>): Promise<Outcome> {
  const text = work.text.replaceAll('\0', '').toWellFormed().trim();
  if (text === '') return { ok: false, refusal: empty };
  if (longerThan(text, NOTE_LIMIT)) return { ok: false, refusal: tooLong };
  const call = await desk.db.selectFrom('calls').select('id').where('id', '=', work.call).executeTakeFirst();
  const shut = await shutAmong(desk, 'call_id', [work.call]);
  if (call === undefined || shut.size > 0) return { ok: false, refusal: noSuchCall };
  const { count } = await desk.db
    .selectFrom('call_notes')
    .select((of) => of.fn.countAll<number>().as('count'))
    .where('call_id', '=', work.call)
    .executeTakeFirstOrThrow();
  if (Number(count) >= MOST_NOTES) return { ok: false, refusal: tooMany };
  const { note, moment, person, name, at } = work;
  await desk.db
    .insertInto('call_notes')
    .values({
      id: note,
      call_id: work.call,
      moment,
      text,
      by_person: person,
      by_name: name,
      at,
      struck_at: null,
      struck_by: null,
    })
    .execute();
  const digest = saltedDigest(newSalt(), text);
  tell(desk, work.call, { kind: 'note-added', note, moment, by: person, digest, at });
  await noteCall(desk, work.call);
  await indexNotesOf(desk, work.call);
  audit(desk, work, work.call, 'note-added');
  return DONE;
}

function tell(desk: Desk, call: string, fact: NoteFact): void {
  appendFact(desk, {
    fact_key: `note:${fact.note}:${fact.kind}`,
    stream: 'note',
    stream_id: call,
    kind: fact.kind,
    at: fact.at,
    fact_json: JSON.stringify(fact),
    context_json: null,
  });
}

async function noteCall(desk: Desk, call: string): Promise<void> {
  const row = await desk.db.selectFrom('calls').select('room').where('id', '=', call).executeTakeFirst();
  noteChange(desk, 'call', call, row?.room ?? null);
}

/** The records of the call are found by other words now. */
async function indexNotesOf(desk: Desk, call: string): Promise<void> {
  const records = await desk.db.selectFrom('records').select('id').where('call_id', '=', call).execute();
  for (const { id } of records) indexRecord(desk, id);
}

function audit(desk: Desk, work: NoteWork, call: string, kind: string): void {
  const { at, account, person, note } = work;
  desk.audits.push({ at, account, person, kind, subject: call, payload: { note } });
}

const noSuchNote: Refusal = { code: 'note-unknown', zh: '找不到这条标注。', en: 'There is no such note.' };
const noSuchCall: Refusal = {
  code: 'note-call-unknown',
  zh: '找不到这通电话，或它已被隔离，不能标注。',
  en: 'There is no such call, or it is shut away.',
};
const empty: Refusal = { code: 'note-empty', zh: '请写明标注内容。', en: 'The note is empty.' };
const tooLong: Refusal = {
  code: 'note-too-long',
  zh: '标注不能超过 1000 字。',
  en: 'The note is longer than 1,000 characters.',
};
const tooMany: Refusal = {
  code: 'notes-too-many',
  zh: '这通电话已有 500 条标注。',
  en: 'This call has 500 notes.',
};
