/** 待回拨 as rows, and what was noted at a moment of a call. */

/** One call that nobody answered; a fold of facts. People stand by their ids. */
export interface CallbackTable {
  readonly call_id: string;
  readonly room: string;
  readonly caller_key: string | null;
  /** When the caller gave up, ms UTC by our clock. */
  readonly since: number;
  /** 0: shown in the list; 1: told to all seats; 2: told to 带班领导. */
  readonly level: number;
  readonly claimed_at: number | null;
  readonly claimed_by: string | null;
  readonly closed_at: number | null;
  readonly closed_how: string | null;
  /** A call's id for `called-back` and `called-again`, a person's for `given-up`; else null. */
  readonly closed_by: string | null;
}

/** Erasable (D11): the facts have only ids, times and a digest. */
export interface CallNoteTable {
  readonly id: string;
  readonly call_id: string;
  /** The moment of the call the note is about, ms UTC by our clock. */
  readonly moment: number;
  readonly text: string;
  readonly by_person: string | null;
  readonly by_name: string | null;
  readonly at: number;
  readonly struck_at: number | null;
  readonly struck_by: string | null;
}
