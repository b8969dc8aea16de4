/** Tables of the telephone: calls, their legs, the texts that came with them, sound files, stretches nobody watched. */

export interface CallTable {
  readonly id: string;
  readonly pbx: string;
  readonly linkedid: string;
  readonly generation: number;
  readonly room: string | null;
  readonly line: string | null;
  readonly direction: string;
  /** PBX time corrected by the offset measured when the call arrived. */
  readonly started_at: number;
  readonly received_at: number;
  /** When our clock last saw the call go from one phase to the next: on-screen timers run from it. */
  readonly phase_since: number;
  readonly offset_ms: number;
  readonly ended_at: number | null;
  readonly caller_number: string | null;
  readonly caller_key: string | null;
  readonly joined_to: string | null;
  readonly needs_attention: number;
  /** The folded `Call`. */
  readonly call_json: string;
  /** 通话经过 as the page shows it. */
  readonly course_json: string;
}

export interface LegTable {
  readonly call_id: string;
  readonly uniqueid: string;
  readonly endpoint: string;
  readonly role: string;
  readonly number: string | null;
  readonly opened_at: number;
  readonly rang_at: number | null;
  readonly answered_at: number | null;
  readonly closed_at: number | null;
  readonly cause: number | null;
}

export interface CallTextTable {
  readonly call_id: string;
  readonly kind: 'caller-name' | 'callback-reason';
  readonly text: string;
}

export interface RecordingTable {
  readonly id: string;
  readonly call_id: string | null;
  readonly room: string | null;
  readonly pbx: string;
  readonly linkedid: string;
  readonly uniqueid: string;
  readonly part: string;
  readonly mode: string;
  readonly pbx_path: string;
  readonly state: string;
  readonly file: string | null;
  readonly bytes: number | null;
  readonly seconds: number | null;
  readonly sha256: string | null;
  readonly repaired: number;
  readonly known_at: number;
  /** A `SoundJudgement`; null until the pipeline has been through. */
  readonly judgement_json: string | null;
  readonly check_state: string | null;
  readonly checked_at: number | null;
  readonly copy_state: string | null;
  readonly copied_at: number | null;
  readonly found_by: string | null;
  /** `MadeFile`s: the two sides as they were kept; null: none, or kept before their digests were. */
  readonly sides_json: string | null;
  /** When the PBX took the order, where that was after `known_at`. */
  readonly ordered_at: number | null;
}

/** 涉密误录处置: what nobody may hear or read any more. `id` is the call's, else the record's, else the name of what was written by hand. */
export interface ShutTable {
  readonly id: string;
  readonly call_id: string | null;
  readonly record_id: string | null;
  readonly isolated_at: number;
  /** Account. */
  readonly isolated_by: string;
  readonly destroyed_at: number | null;
  /** The two accounts that decided; null while only isolated. */
  readonly destroyed_by_json: string | null;
}

export interface GapTable {
  readonly id: string;
  readonly pbx: string;
  readonly from_at: number;
  readonly to_at: number | null;
  readonly missed: number | null;
  readonly cause: string;
}
