/**
 * 先记后登: what was written at a locked seat. Nobody has signed it yet, so it is no text of a record: it waits here, erasable,
 * until somebody at the seat says who he is, and then moves to where it belongs (`web/lock-notes.ts`).
 */
import type { Refusal } from '../records/command.ts';
import { longerThan } from '../records/field-text.ts';
import type { Desk } from './desk.ts';
import { DONE, type Outcome } from './outcome.ts';
import type { ReadDeps } from './read.ts';
import { shutAmong } from './shut-reads.ts';

/** Code points; more than a person writes while a telephone rings. */
export const LOCK_NOTE_LIMIT = 4_000;
/** Waiting at one seat: whoever stands before a locked screen must not fill the disk. */
const MOST_WAITING = 50;
/** A row whose text has gone elsewhere only tells a late repeat that it is one. */
const KEPT_MS = 7 * 86_400_000;

export interface LockNoteTable {
  readonly id: string;
  readonly seat: string;
  readonly room: string;
  readonly session: string;
  readonly call_id: string | null;
  readonly moment: number;
  readonly text: string;
  readonly version: number;
  readonly saved_at: number;
  readonly landed_at: number | null;
  readonly landed_as: string | null;
}

/** Where an unsigned text went: 电话内容 of the call's form, notes of the call, or a form of its own. */
export type LandedAs = 'content' | 'notes' | 'by-hand';

export type LockNoteWork =
  | {
      readonly type: 'lock-note-save';
      /** Made by the page: the same note again is its newer text. */
      readonly note: string;
      readonly seat: string;
      readonly room: string;
      readonly session: string;
      /** The call that rang or talked when it was begun. */
      readonly call: string | null;
      /** When its first sign was typed, ms UTC. */
      readonly moment: number;
      readonly text: string;
      /** Counted by the page; an older one that comes late changes nothing. */
      readonly version: number;
      readonly at: number;
    }
  | {
      readonly type: 'lock-note-landed';
      readonly note: string;
      readonly as: LandedAs;
      /** Id of the record or of the call. */
      readonly subject: string;
      readonly account: string;
      readonly person: string | null;
      readonly at: number;
    };

export interface LockNoteRow {
  readonly id: string;
  readonly call: string | null;
  readonly moment: number;
  readonly text: string;
}

export async function writeLockNote(desk: Desk, work: LockNoteWork): Promise<Outcome> {
  if (work.type === 'lock-note-landed') return landed(desk, work);
  const text = work.text.replaceAll('\0', '').toWellFormed();
  if (longerThan(text, LOCK_NOTE_LIMIT)) return { ok: false, refusal: tooLong };
  const known = await desk.db
    .selectFrom('lock_notes')
    .selectAll()
    .where('id', '=', work.note)
    .executeTakeFirst();
  if (known === undefined) return begin(desk, { ...work, text });
  if (known.session !== work.session) return { ok: false, refusal: ofAnother };
  if (known.landed_at !== null) return { ok: false, refusal: hasLanded };
  if (known.version >= work.version) return DONE;
  await desk.db
    .updateTable('lock_notes')
    .set({ text, version: work.version, saved_at: work.at })
    .where('id', '=', work.note)
    .execute();
  return DONE;
}

async function begin(desk: Desk, work: Extract<LockNoteWork, { type: 'lock-note-save' }>): Promise<Outcome> {
  await desk.db
    .deleteFrom('lock_notes')
    .where('landed_at', '<', work.at - KEPT_MS)
    .execute();
  const { waiting } = await desk.db
    .selectFrom('lock_notes')
    .select((of) => of.fn.countAll<number>().as('waiting'))
    .where('seat', '=', work.seat)
    .where('landed_at', 'is', null)
    .executeTakeFirstOrThrow();
  if (Number(waiting) >= MOST_WAITING) return { ok: false, refusal: tooMany };
  const isShut = work.call !== null && (await shutAmong(desk, 'call_id', [work.call])).size > 0;
  await desk.db
    .insertInto('lock_notes')
    .values({
      id: work.note,
      seat: work.seat,
      room: work.room,
      session: work.session,
      // 涉密误录处置 between the ring and the first sign: the text is no more of that call.
      call_id: isShut ? null : work.call,
      moment: work.moment,
      text: work.text,
      version: work.version,
      saved_at: work.at,
      landed_at: null,
      landed_as: null,
    })
    .execute();
  return DONE;
}

async function landed(
  desk: Desk,
  work: Extract<LockNoteWork, { type: 'lock-note-landed' }>,
): Promise<Outcome> {
  const { note, as, subject, account, person, at } = work;
  const { numUpdatedRows } = await desk.db
    .updateTable('lock_notes')
    .set({ text: '', landed_at: at, landed_as: as })
    .where('id', '=', note)
    .where('landed_at', 'is', null)
    .executeTakeFirstOrThrow();
  if (numUpdatedRows > 0n)
    desk.audits.push({ at, account, person, kind: 'lock-note-signed', subject, payload: { note, as } });
  return DONE;
}

/**
 * What waits at a seat, oldest first. What another log-in is still writing there, behind its own locked screen, is its own
 * business.
 */
export async function lockNotesOf(
  { db }: Pick<ReadDeps, 'db'>,
  seat: string,
  session: string,
): Promise<readonly LockNoteRow[]> {
  const rows = await db
    .selectFrom('lock_notes')
    .leftJoin('sessions', 'sessions.id', 'lock_notes.session')
    .select(['lock_notes.id', 'lock_notes.call_id', 'lock_notes.moment', 'lock_notes.text'])
    .where('lock_notes.seat', '=', seat)
    .where('lock_notes.landed_at', 'is', null)
    .where((row) => row.or([row('lock_notes.session', '=', session), row('sessions.locked_at', 'is', null)]))
    .orderBy('lock_notes.moment')
    .orderBy('lock_notes.id')
    .execute();
  return rows
    .filter(({ text }) => text.trim() !== '')
    .map(({ id, call_id: call, moment, text }) => ({ id, call, moment, text }));
}

const tooLong: Refusal = {
  code: 'lock-note-too-long',
  zh: '先记内容不能超过 4000 字，请另记一条。',
  en: 'The note is longer than 4,000 characters; begin another.',
};
const tooMany: Refusal = {
  code: 'lock-notes-too-many',
  zh: '本坐席已有 50 条先记内容待处理，请先解锁。',
  en: 'Fifty notes wait at this seat; unlock the screen first.',
};
const ofAnother: Refusal = {
  code: 'lock-note-of-another',
  zh: '这条先记内容不属于本次登录，请另记一条。',
  en: 'This note belongs to another log-in; begin another.',
};
const hasLanded: Refusal = {
  code: 'lock-note-landed',
  zh: '这条先记内容已放入记录，请另记一条。',
  en: 'This note has gone into the records already; begin another.',
};
