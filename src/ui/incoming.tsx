/**
 * What somebody hears who does not see the strip: each call once, as it begins to ring. Only what is added is read out, so that
 * neither a call that ends nor a name that comes late says the others again.
 */
import type { ReactElement } from 'react';

export interface Incoming {
  /** Of the call. */
  readonly id: string;
  /** Number and unit. */
  readonly words: string;
}

export function IncomingSaid({ ringing }: { readonly ringing: readonly Incoming[] }): ReactElement {
  return (
    <div className="unseen" aria-live="assertive" aria-atomic="false" aria-relevant="additions">
      {ringing.map(({ id, words }) => (
        <p key={id}>{words}</p>
      ))}
    </div>
  );
}
