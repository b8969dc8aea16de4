import type { Refusal } from '../records/command.ts';
import type { FieldView } from '../web/protocol/record-view.ts';
import type { ClaimedEffect, PendingEffect } from './pending-effect.ts';

/** What one work came to, before positions are known. */
export type Outcome =
  | {
      readonly ok: true;
      readonly version: number | null;
      readonly numberText: string | null;
      readonly claimed?: readonly ClaimedEffect[];
      /** Effects that stand in their table already and are due anew. */
      readonly dueAgain?: readonly PendingEffect[];
    }
  | { readonly ok: false; readonly refusal: Refusal; readonly conflict?: FieldView };

/** Done, with nothing more to tell. */
export const DONE: Extract<Outcome, { readonly ok: true }> = { ok: true, version: null, numberText: null };
