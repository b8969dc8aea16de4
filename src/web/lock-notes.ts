/**
 * 先记后登: what was written at a locked seat goes where it belongs once somebody has said who he is. Into 电话内容 of the call's
 * draft where nothing stands there; else beside it, as notes of the call; without a call into a form of its own. Every step has
 * an id made from the note's own, so that after a crash the same steps do no harm and none is left out.
 */
import { createHash } from 'node:crypto';
import type { Intake } from '../intake.ts';
import { NOTE_LIMIT } from '../records/field-text.ts';
import type { LandedAs, LockNoteRow } from '../storage/lock-notes.ts';
import type { Store } from '../storage/store.ts';
import { askerOf, shownName } from './me.ts';
import type { SignedNote } from './protocol/lock-view.ts';
import type { Me } from './protocol/room-view.ts';

export interface LockNotes {
  /** Signs all that waits at the seat of this log-in. What cannot go anywhere now (its call is shut away) waits on. */
  sign(me: Me, room: string, session: string): Promise<readonly SignedNote[]>;
}

export interface LockNotesDeps {
  readonly store: Pick<Store, 'lockNotes' | 'callView' | 'recordView'>;
  readonly intake: Pick<Intake, 'work' | 'command'>;
  readonly clock: () => number;
}

export function createLockNotes(deps: LockNotesDeps): LockNotes {
  const { store, intake, clock } = deps;

  async function land(note: LockNoteRow, me: Me, room: string): Promise<SignedNote | null> {
    if (note.call === null) return ofItsOwn(note, me, room);
    const call = await store.callView(note.call);
    if (call === undefined || call.shut !== null) return null;
    const record = call.record;
    if (record !== null && (await intoContent(note, record, me)))
      return { as: 'content', record, call: call.id };
    return (await asNotes(note, call.id, me))
      ? { as: 'notes', record, call: call.id }
      : ofItsOwn(note, me, room);
  }

  /** Only into an empty 电话内容 of a draft: base 0 makes anybody else's text a conflict, and then nothing is written. */
  async function intoContent(note: LockNoteRow, record: string, me: Me): Promise<boolean> {
    const view = await store.recordView(record);
    if (view === undefined || view.state !== 'draft' || view.fields.content.value !== '') {
      // After a crash it may be this very text that stands there.
      if (view?.fields.content.value !== note.text) return false;
    }
    const written = await intake.command(
      {
        type: 'patch-field',
        opId: `lock-text-${note.id}`,
        record,
        field: 'content',
        base: view?.fields.content.version ?? 0,
        value: note.text,
        client: `lock-note-${note.id}`,
      },
      askerOf(me),
    );
    return written.ok;
  }

  async function asNotes(note: LockNoteRow, call: string, me: Me): Promise<boolean> {
    const who = { account: me.account, person: me.person?.id ?? null, name: signedName(me) };
    for (const [index, text] of pieces(note.text).entries()) {
      const written = await intake.work({
        type: 'note-add',
        note: partId(note.id, index),
        call,
        moment: note.moment,
        text,
        ...who,
        at: clock(),
      });
      if (!written.ok) return false;
    }
    return true;
  }

  async function ofItsOwn(note: LockNoteRow, me: Me, room: string): Promise<SignedNote | null> {
    const record = note.id;
    const opened = await intake.command(
      { type: 'open-by-hand', opId: `lock-open-${note.id}`, record, room },
      askerOf(me),
    );
    if (!opened.ok) return null;
    return (await intoContent(note, record, me)) ? { as: 'by-hand', record, call: null } : null;
  }

  async function landed(note: LockNoteRow, to: SignedNote, me: Me): Promise<void> {
    const as: LandedAs = to.as;
    const subject = to.record ?? to.call ?? note.id;
    const person = me.person?.id ?? null;
    await intake.work({
      type: 'lock-note-landed',
      note: note.id,
      as,
      subject,
      account: me.account,
      person,
      at: clock(),
    });
  }

  return {
    async sign(me, room, session) {
      if (me.seat === null) return [];
      const signed: SignedNote[] = [];
      for (const note of await store.lockNotes(me.seat, session)) {
        const to = await land(note, me, room);
        if (to === null) continue;
        await landed(note, to, me);
        signed.push(to);
      }
      return signed;
    },
  };
}

/** Nobody knows whose hand it was: who unlocked has taken it over, and the note says so. */
function signedName(me: Me): string {
  return `锁屏先记，${shownName(me)}解锁`;
}

function pieces(text: string): readonly string[] {
  const signs = [...text.trim()];
  const count = Math.ceil(signs.length / NOTE_LIMIT);
  return Array.from({ length: count }, (_, at) =>
    signs.slice(at * NOTE_LIMIT, (at + 1) * NOTE_LIMIT).join(''),
  ).filter((piece) => piece.trim() !== '');
}

/** The same id for the same piece, whenever it is asked for; the first is the note's own. */
function partId(note: string, index: number): string {
  if (index === 0) return note;
  const hex = createHash('sha256').update(`${note} ${index}`).digest('hex');
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}
