import type { Refusal } from '../records/command.ts';
import type { FieldView } from '../web/protocol/record-view.ts';

/** What one work came to, before positions are known. */
export type Outcome =
  | { readonly ok: true; readonly version: number | null; readonly numberText: string | null }
  | { readonly ok: false; readonly refusal: Refusal; readonly conflict?: FieldView };

/** Done, with nothing more to tell. */
export const DONE: Outcome = { ok: true, version: null, numberText: null };
