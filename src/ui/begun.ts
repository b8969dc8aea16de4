/**
 * Texts that were begun in a box that opens and closes (a note, an entry of 办理经过), until the service has them. They stay
 * in this tab, also over a reload: Esc never discards a text.
 */

const PREFIX = 'dutyline.begun/';

/** What a text is for, whose it is (who takes over the seat finds no stranger's words), and the call or record it is about. */
export interface BegunKey {
  readonly what: string;
  readonly owner: string;
  readonly of: string;
}

function keyOf({ what, owner, of }: BegunKey): string {
  return `${PREFIX}${what}/${owner}/${of}`;
}

/** What was kept, as text; null when there is nothing. Written by `keepBegun` only, so its shape is the writer's own. */
export function begun<Draft>(key: BegunKey): Draft | null {
  try {
    return JSON.parse(sessionStorage.getItem(keyOf(key)) ?? 'null') as Draft | null;
  } catch {
    return null;
  }
}

export function keepBegun(key: BegunKey, draft: unknown): void {
  try {
    sessionStorage.setItem(keyOf(key), JSON.stringify(draft));
  } catch {
    // Storage full or shut off: the text stands in the box all the same.
  }
}

/** 涉密误录处置 reaches what was begun here about a call or a record. */
export function forgetBegun(of: string): void {
  for (const key of Object.keys(sessionStorage))
    if (key.startsWith(PREFIX) && key.endsWith(`/${of}`)) sessionStorage.removeItem(key);
}
