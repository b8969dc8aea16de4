/** A note that was begun, until the service has it: it stays with its moment in this tab, also over a reload. */

const PREFIX = 'dutyline.note/';

export interface NoteDraft {
  /** Its id: the same note sent a second time is the same note. */
  readonly note: string;
  readonly moment: number;
  readonly text: string;
}

/** One person's on one call: who takes over the seat finds no stranger's words. */
function keyOf(owner: string, call: string): string {
  return `${PREFIX}${owner}/${call}`;
}

export function keptNote(owner: string, call: string): NoteDraft | null {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(keyOf(owner, call)) ?? 'null');
    if (typeof kept !== 'object' || kept === null) return null;
    if (!('note' in kept && 'moment' in kept && 'text' in kept)) return null;
    return { note: String(kept.note), moment: Number(kept.moment), text: String(kept.text) };
  } catch {
    return null;
  }
}

/** An empty text forgets it. */
export function keepNote(owner: string, call: string, draft: NoteDraft): void {
  try {
    if (draft.text === '') sessionStorage.removeItem(keyOf(owner, call));
    else sessionStorage.setItem(keyOf(owner, call), JSON.stringify(draft));
  } catch {
    // Storage full or shut off: the text stands in the box all the same.
  }
}

/** 涉密误录处置 reaches what was begun here. */
export function forgetNotesOf(call: string): void {
  const keys = Object.keys(sessionStorage);
  for (const key of keys)
    if (key.startsWith(PREFIX) && key.endsWith(`/${call}`)) sessionStorage.removeItem(key);
}
