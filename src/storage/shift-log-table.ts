/** 值班日志 as rows. Shifts that nobody sealed yet are computed (`duty/shift-division.ts`) and have none. */

/** A shift whose log was sealed. */
export interface ShiftLogTable {
  readonly id: string;
  readonly room: string;
  readonly from_at: number;
  readonly to_at: number;
  /** The hand-over that ended the shift or, where nobody signed for it, the next one; null: none is known. */
  readonly hand_over: string | null;
  /** `sealed` or `reopened`. */
  readonly state: string;
  /** A `ShiftLogHead`, as it was when it was sealed first. */
  readonly head_json: string;
}

/** What people touched of an open shift, and every line of a sealed one. Its words are erasable (D11). */
export interface ShiftLogLineTable {
  readonly room: string;
  /** '' while its shift was never sealed: where it stands is then said by `place_at`. */
  readonly log: string;
  readonly id: string;
  readonly part: string;
  readonly at: number;
  readonly place_at: number;
  readonly entered_at: number;
  readonly source_kind: string | null;
  readonly source_id: string | null;
  /** Null: erased. */
  readonly text: string | null;
  readonly edited: number;
  readonly ticked: number;
  readonly late: number;
  readonly by_person: string | null;
  readonly by_name: string | null;
}

/** One seal of one log; a log that was opened again has several. */
export interface ShiftLogSealTable {
  readonly room: string;
  /** 1, 2, 3 … of the room: their order in the chain. */
  readonly serial: number;
  readonly log: string;
  readonly at: number;
  readonly by_account: string | null;
  readonly by_person: string | null;
  readonly by_name: string | null;
  /** With it words are digested. */
  readonly salt: string;
  /** A `SealedContent` with its words; erased ones are null. */
  readonly content_json: string;
  /** What is sealed: the same with a salted digest in place of each text. */
  readonly sealed_json: string;
  readonly previous: string | null;
  readonly digest: string;
}

/** Who opened a sealed log again, and why; the reason is erasable. */
export interface ShiftLogOpeningTable {
  readonly id: string;
  readonly log: string;
  readonly at: number;
  readonly by_account: string | null;
  readonly by_person: string | null;
  readonly by_name: string | null;
  readonly reason: string | null;
}
