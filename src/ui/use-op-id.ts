/** The id under which something new is sent: a repeat after a lost answer is the same one, and the service takes it once. */
import { useState } from 'react';
import { newId } from './ids.ts';

export interface OpIds {
  /** Of what is about to be sent; another one as soon as it says something else. `said`: all that a person has typed of it. */
  readonly of: (said: string) => string;
  /** It was written: the same words again are something new. */
  readonly written: () => void;
}

/** For one form, as long as it is open. */
export function useOpId(): OpIds {
  const [ids] = useState(() => createOpIds(newId));
  return ids;
}

export function createOpIds(makeId: () => string): OpIds {
  let sent: { readonly said: string; readonly id: string } | null = null;
  return {
    of(said) {
      if (sent?.said !== said) sent = { said, id: makeId() };
      return sent.id;
    },
    written() {
      sent = null;
    },
  };
}
