/** 疑似 and 问题 of the duty lines as rows, and the looks that were had at them. */

/** A fold of the facts of the stream `finding`. */
export interface FindingTable {
  readonly id: string;
  readonly room: string | null;
  readonly line: string;
  readonly kind: string;
  readonly state: string;
  readonly opened_at: number;
  readonly last_at: number;
  readonly times: number;
  readonly decided_by: string | null;
  readonly decided_at: number | null;
}

/** What each notice rests on; a fold too. The newest of a finding are kept in full. */
export interface FindingEvidenceTable {
  readonly finding_id: string;
  /** 1, 2, 3 … of a finding. */
  readonly turn: number;
  readonly at: number;
  readonly scope: string;
  readonly call_id: string | null;
  readonly probe_id: string | null;
  /** By which a standing setting that was dismissed is known again. */
  readonly standing_key: string | null;
  readonly evidence_json: string;
}

/** When a standing setting was last seen again, over what the facts say; not folded anew. */
export interface FindingSeenTable {
  readonly finding_id: string;
  readonly at: number;
}

/** The reason of a decision: free text, erasable (D11). */
export interface FindingNoteTable {
  readonly id: string;
  readonly finding_id: string;
  readonly decision: string;
  readonly text: string;
  readonly by_person: string | null;
  readonly by_name: string | null;
  readonly at: number;
}

/** The newest look of each kind at a line: what a verdict rests on. */
export interface LineCheckTable {
  readonly line: string;
  readonly topic: string;
  readonly scope: string;
  readonly source: string;
  readonly at: number;
  readonly result: string;
  readonly why: string | null;
}
