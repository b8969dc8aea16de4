/** The few questions that a locked page may ask. */
import type { Refusal } from '../../records/command.ts';
import type { LockView, SignedNote } from '../../web/protocol/lock-view.ts';
import { lockWords as say } from './lock-words.ts';

export type UnlockBy = { readonly password: string } | { readonly person: string; readonly pin: string };

export interface NoteToSave {
  readonly note: string;
  readonly call: string | null;
  readonly moment: number;
  readonly text: string;
  readonly version: number;
}

export type Saved =
  | { readonly kind: 'saved'; readonly signed: readonly SignedNote[] }
  /** It has gone into the records already, or is of another log-in: what stands here needs a name of its own. */
  | { readonly kind: 'begin-anew' }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  | { readonly kind: 'unreachable' };

/** What a locked page may show; null: it is open; undefined: nobody answered. */
export async function readLock(): Promise<LockView | null | undefined> {
  try {
    const answer = await fetch('/api/lock', { cache: 'no-store' });
    if (!answer.ok) return undefined;
    const { locked, view } = (await answer.json()) as { locked: boolean; view: LockView };
    return locked ? view : null;
  } catch {
    return undefined;
  }
}

/** Locks; false when nobody answered. */
export async function askLock(): Promise<boolean> {
  return (await post('/api/lock', {}))?.ok === true;
}

/** Somebody is here. True: too late, the screen is locked. */
export async function tellActive(): Promise<boolean> {
  return (await post('/api/active', {}))?.status === 423;
}

/** Null when it is open. */
export async function unlock(by: UnlockBy): Promise<Refusal | null> {
  const answer = await post('/api/unlock', by);
  if (answer === null) return { code: 'unreachable', zh: say.unreachable, en: 'server unreachable' };
  return answer.ok ? null : ((await answer.json()) as Refusal);
}

export async function saveNote(note: NoteToSave): Promise<Saved> {
  const answer = await post('/api/lock/note', note);
  if (answer === null || answer.status >= 500 || answer.status === 429) return { kind: 'unreachable' };
  const body = (await answer.json()) as Refusal | { readonly signed: readonly SignedNote[] };
  if ('signed' in body) return { kind: 'saved', signed: body.signed };
  const anew = body.code === 'lock-note-landed' || body.code === 'lock-note-of-another';
  return anew ? { kind: 'begin-anew' } : { kind: 'refused', refusal: body };
}

/** Null: nobody answered. */
async function post(path: string, body: unknown): Promise<Response | null> {
  try {
    return await fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  } catch {
    return null;
  }
}
