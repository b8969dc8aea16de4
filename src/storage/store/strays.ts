/** Files of a PBX that belong to no call. */
import type { ReadDeps } from '../read.ts';
import { stray, strayPaths, strays } from '../stray-reads.ts';
import type { StrayState } from '../stray-table.ts';
import type { StraySuggestion } from '../stray-work.ts';

export interface StoredStrays {
  stray(id: string): Promise<StrayRow | undefined>;
  /** Newest first; `after` is the cursor of the page before. What comes meanwhile moves nothing to another page. */
  strays(state: StrayState, limit: number, after: StrayCursor | null): Promise<StrayPage>;
  /** Path and id of what is open or was gone, to be told apart from what is new. */
  strayPaths(
    pbx: string,
  ): Promise<readonly { readonly id: string; readonly path: string; readonly state: StrayState }[]>;
}

export interface StrayRow {
  readonly id: string;
  readonly pbx: string;
  /** As the PBX names it: hostile, and never for a URL. */
  readonly path: string;
  readonly bytes: number;
  readonly modifiedAt: number;
  readonly firstSeenAt: number;
  readonly lastSeenAt: number;
  readonly state: StrayState;
  /** Id of the recording it became. */
  readonly recording: string | null;
  readonly person: string | null;
  readonly decidedAt: number | null;
  readonly reason: string | null;
  readonly suggestions: readonly StraySuggestion[];
}

export interface StrayCursor {
  readonly firstSeenAt: number;
  readonly id: string;
}

export interface StrayPage {
  readonly strays: readonly StrayRow[];
  /** For the next page; null: there is none. */
  readonly next: StrayCursor | null;
  /** Of this state, on all pages. */
  readonly total: number;
}

export function storedStrays(deps: ReadDeps): StoredStrays {
  return {
    stray: (id) => stray(deps, id),
    strays: (state, limit, after) => strays(deps, state, limit, after),
    strayPaths: (pbx) => strayPaths(deps, pbx),
  };
}
