/** 拨测 as rows. */

/** A fold of the facts of the stream `probe`. */
export interface ProbeTable {
  readonly id: string;
  readonly line: string | null;
  readonly room: string | null;
  readonly number: string;
  readonly round: string | null;
  /** Id of the account; null: the schedule. */
  readonly asked_by: string | null;
  readonly asked_at: number;
  readonly state: string;
  readonly probe_json: string;
}

/** What was heard, kept below the recordings folder: evidence, and erasable. */
export interface ProbeSoundTable {
  readonly probe_id: string;
  readonly file: string;
  readonly bytes: number;
  readonly seconds: number;
  readonly sha256: string;
  /** 100 values a second, 0 to 100. */
  readonly peaks_json: string;
  readonly at: number;
}
