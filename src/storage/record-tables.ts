/** Tables of the 电话记录单: the form, its fields, every text that stood in one, what was asked of it, its numbers. */

export interface RecordTable {
  readonly id: string;
  readonly room: string;
  readonly call_id: string | null;
  readonly direction: string;
  readonly state: string;
  readonly serial: number | null;
  readonly year: number | null;
  readonly number_text: string | null;
  readonly opened_at: number;
  readonly updated_at: number;
  readonly registered_at: number | null;
  readonly by_hand: number;
  /** A person wrote into it or decided about it. */
  readonly touched: number;
  readonly no_record_reason: string | null;
  readonly void_reason: string | null;
  readonly archived_at: number | null;
  readonly linked_to: string | null;
  readonly merged_into: string | null;
}

/** One entry on a record's timeline; a fold of facts and revisions, like the record itself. */
export interface RecordEntryTable {
  readonly id: string;
  readonly record_id: string;
  readonly kind: string;
  readonly at: number;
  readonly who: string;
  readonly text: string;
  readonly way: string | null;
  readonly happened_at: number | null;
  readonly due_at: number | null;
  readonly call_id: string | null;
  readonly by_person: string | null;
  readonly by_name: string | null;
  readonly confirmed_at: number | null;
  readonly confirmed_by_person: string | null;
  readonly confirmed_by_name: string | null;
  readonly withdrawn_at: number | null;
  readonly withdrawn_by_person: string | null;
  readonly withdrawn_by_name: string | null;
  readonly withdrawn_reason: string | null;
}

export interface RecordFieldTable {
  readonly record_id: string;
  readonly field: string;
  readonly value: string;
  readonly version: number;
  readonly by_person: string | null;
  readonly by_name: string | null;
  /** Browser tab of the last writer: its own patches in order never conflict. */
  readonly client: string | null;
  readonly at: number;
}

export interface RecordRevisionTable {
  readonly id: string;
  readonly record_id: string;
  readonly field: string;
  /** Version this value had; null for a value that lost a conflict and was never shown. */
  readonly version: number | null;
  /** Null once erased. */
  readonly value: string | null;
  readonly salt: string;
  /** `entry`: who and text of an entry as JSON, `entry-reason`: why one was struck; `field` names the entry. */
  readonly kind:
    | 'prefilled'
    | 'typed'
    | 'lost'
    | 'corrected'
    | 'reason'
    | 'entry'
    | 'entry-reason'
    | 'entry-confirmed';
  readonly reason: string | null;
  readonly op_id: string | null;
  readonly by_person: string | null;
  readonly by_name: string | null;
  readonly account: string | null;
  readonly seat: string | null;
  readonly client: string | null;
  readonly at: number;
}

export interface RecordOperationTable {
  readonly op_id: string;
  readonly record_id: string;
  /** The answer without any field text (D11): a conflict names the revision that won. */
  readonly answer_json: string;
  readonly at: number;
}

export interface NumberingTable {
  readonly room: string;
  readonly year: number;
  readonly last: number;
}
