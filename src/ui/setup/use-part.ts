/** One entry of a list of step 4 in its form: begun, changed, sent. */
import { useState } from 'react';
import { sendSetup } from './setup-api.ts';

export interface PartInForm<Part> {
  /** As it stood when it was opened; null: it is new. */
  readonly was: Part | null;
  readonly part: Part;
  readonly setPart: (part: Part) => void;
  /** Whoever has opened or closed an entry goes on in the form. */
  readonly moved: boolean;
  /** Opens an entry; null: a new one. */
  readonly begin: (next: Part | null) => void;
  /** Null when it is kept; else why not. */
  readonly send: (path: string, body: unknown) => Promise<string | null>;
}

/** `blank`: a new entry, with what is likely to be the same as in the one before. */
export function usePart<Part>(blank: (before: Part | null) => Part, onSaved: () => void): PartInForm<Part> {
  const [was, setWas] = useState<Part | null>(null);
  const [moved, setMoved] = useState(false);
  const [part, setPart] = useState<Part>(() => blank(null));
  function begin(next: Part | null): void {
    setMoved(true);
    setWas(next);
    setPart(next ?? blank(part));
  }
  async function send(path: string, body: unknown): Promise<string | null> {
    const answer = await sendSetup(path, body);
    // Refused, too: what stands there now may be another than what is shown.
    onSaved();
    if (!answer.ok) return answer.zh;
    begin(null);
    return null;
  }
  return { was, part, setPart, moved, begin, send };
}

/** Id of what is chosen while it is there, else of the first: it may have been removed in the list beside. */
export function stillThere(chosen: string, parts: readonly { readonly id: string }[]): string {
  return parts.some(({ id }) => id === chosen) ? chosen : (parts[0]?.id ?? '');
}
