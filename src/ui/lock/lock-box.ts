/**
 * 先记: keeps what is typed at a locked page. At once in this browser (localStorage outlives the tab), a moment later at the
 * service, again and again until that has it. Nothing is forgotten here before it stands there.
 */
import type { SignedNote } from '../../web/protocol/lock-view.ts';
import { newId } from '../ids.ts';
import { saveNote } from './lock-api.ts';
import {
  type Begun,
  type LockDraft,
  type LockDrafts,
  refusedBecause,
  renamed,
  savedAs,
  typedInto,
  unsaved,
  withoutSaved,
} from './lock-drafts.ts';

const KEY = 'dutyline.lock-notes';
const QUIET_MS = 400;
const REPEAT_MS = 3_000;

export interface LockBox {
  readonly subscribe: (listener: () => void) => () => void;
  /** The text that is being written; null: none is. */
  readonly open: () => LockDraft | null;
  /** Whether this browser or the service could not keep something. */
  readonly trouble: () => 'waiting' | 'nowhere' | null;
  readonly type: (text: string, about: Pick<Begun, 'call' | 'about'>) => void;
  /** What is typed next is another note. */
  readonly beginAnew: () => void;
  /** Sends what the service has not got; resolves when it was tried. */
  readonly flush: () => Promise<void>;
  /** The screen is open: what the service has is signed and no more our business. */
  readonly forgetSaved: () => void;
}

export function createLockBox(deps: {
  /** Server time, ms UTC. */
  readonly now: () => number;
  readonly onSigned: (signed: readonly SignedNote[]) => void;
  readonly isLoggedIn: () => boolean;
}): LockBox {
  const listeners = new Set<() => void>();
  let drafts: LockDrafts = stored();
  let open: string | null = drafts.at(-1)?.note ?? null;
  let nowhere = false;
  let unreachable = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let sending: Promise<void> | null = null;

  function change(next: LockDrafts): void {
    if (next !== drafts) {
      drafts = next;
      try {
        if (drafts.length === 0) localStorage.removeItem(KEY);
        else localStorage.setItem(KEY, JSON.stringify(drafts));
        nowhere = false;
      } catch {
        // Storage full or forbidden: the text stands on the screen and goes to the service.
        nowhere = true;
      }
    }
    for (const listener of listeners) listener();
  }

  async function sendAll(): Promise<void> {
    for (const draft of unsaved(drafts)) {
      const { note, call, moment, text, version } = draft;
      const answer = await saveNote({ note, call, moment, text, version });
      unreachable = answer.kind === 'unreachable';
      switch (answer.kind) {
        case 'saved':
          change(withoutSaved(savedAs(drafts, note, version), open));
          if (answer.signed.length > 0) deps.onSigned(answer.signed);
          break;
        case 'begin-anew': {
          const name = newId();
          if (open === note) open = name;
          change(renamed(drafts, note, name));
          break;
        }
        case 'refused':
          change(refusedBecause(drafts, note, answer.refusal.zh));
          break;
        case 'unreachable':
          change(drafts);
          return;
      }
    }
  }

  async function flush(): Promise<void> {
    clearTimeout(timer);
    // What is under way may be older than what stands here now.
    if (sending !== null) await sending;
    sending = sendAll().finally(() => {
      sending = null;
    });
    await sending;
  }

  setInterval(() => {
    if (deps.isLoggedIn() && sending === null && unsaved(drafts).length > 0) void flush();
  }, REPEAT_MS);

  return {
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    open: () => drafts.find(({ note }) => note === open) ?? null,
    trouble: () => (nowhere && unreachable ? 'nowhere' : unreachable ? 'waiting' : null),
    type: (text, about) => {
      const begun: Begun = { note: newId(), moment: Math.round(deps.now()), ...about };
      const next = typedInto(drafts, open, text, begun);
      if (next.length > drafts.length) open = begun.note;
      change(next);
      clearTimeout(timer);
      timer = setTimeout(() => void flush(), QUIET_MS);
    },
    beginAnew: () => {
      open = null;
      change(withoutSaved(drafts, null));
      void flush();
    },
    flush,
    forgetSaved: () => {
      open = null;
      change(withoutSaved(drafts, null));
    },
  };
}

function stored(): LockDrafts {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? '[]') as LockDrafts;
  } catch {
    // Not ours, or no storage: then nothing was kept either.
    return [];
  }
}
