/**
 * The tables, the same on SQLite and PostgreSQL: times are integer milliseconds UTC, ids text, booleans 0 or 1, JSON is
 * text. Names end in `_at` for times and `_json` for JSON.
 *
 * Two kinds: what is written once (`facts`, `audit`) and may never hold free text, and what can be erased (`call_texts`,
 * `record_fields`, `record_revisions`, `audit_texts`): design D11. `calls`, `legs`, `gaps`, `records` and
 * `record_fields` are folds of the two and can be rebuilt (`rebuild.ts`).
 */
export interface Tables {
  readonly facts: FactTable;
  readonly calls: CallTable;
  readonly legs: LegTable;
  readonly call_texts: CallTextTable;
  readonly recordings: RecordingTable;
  readonly gaps: GapTable;
  readonly records: RecordTable;
  readonly record_fields: RecordFieldTable;
  readonly record_revisions: RecordRevisionTable;
  readonly record_operations: RecordOperationTable;
  readonly numbering: NumberingTable;
  readonly units: UnitTable;
  readonly rooms: RoomTable;
  readonly lines: LineTable;
  readonly seats: SeatTable;
  readonly people: PeopleTable;
  readonly directory: DirectoryTable;
  readonly roster: RosterTable;
  readonly accounts: AccountTable;
  readonly sessions: SessionTable;
  readonly pending_effects: PendingEffectTable;
  readonly audit: AuditTable;
  readonly audit_texts: AuditTextTable;
  readonly changes: ChangeTable;
  readonly settings: SettingTable;
}

export interface FactTable {
  readonly position: number;
  readonly fact_key: string;
  /** What the fact is about; `stream_id` is its id. */
  readonly stream: 'call' | 'record' | 'recording' | 'gap';
  readonly stream_id: string;
  readonly kind: string;
  readonly at: number;
  readonly fact_json: string;
  /** What the store knew at that moment and nobody can compute again (`ArrivalContext`); null for most facts. */
  readonly context_json: string | null;
}

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
  readonly kind: 'caller-name';
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
}

export interface GapTable {
  readonly id: string;
  readonly pbx: string;
  readonly from_at: number;
  readonly to_at: number | null;
  readonly missed: number | null;
  readonly cause: string;
}

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
  readonly kind: 'prefilled' | 'typed' | 'lost' | 'corrected' | 'reason';
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

export interface UnitTable {
  readonly id: string;
  readonly name: string;
  readonly parent: string | null;
}

export interface RoomTable {
  readonly id: string;
  readonly unit: string;
  readonly name: string;
  readonly form_title: string;
}

export interface LineTable {
  readonly id: string;
  readonly room: string;
  readonly pbx: string;
  readonly number: string;
  readonly dids_json: string;
  readonly trunks_json: string;
  readonly phones_json: string;
  readonly recording: string;
}

export interface SeatTable {
  readonly id: string;
  readonly room: string;
  readonly name: string;
  readonly phone: string | null;
  readonly person: string | null;
  readonly person_since: number | null;
}

export interface PeopleTable {
  readonly id: string;
  readonly room: string;
  readonly name: string;
  readonly title: string | null;
  readonly phone: string | null;
  readonly pin_hash: string | null;
}

export interface DirectoryTable {
  readonly id: string;
  readonly number: string;
  readonly match_key: string;
  readonly unit: string | null;
  readonly person: string | null;
  readonly class: string | null;
}

export interface RosterTable {
  readonly id: string;
  readonly room: string;
  readonly from_at: number | null;
  readonly to_at: number | null;
  readonly leaders_json: string;
  readonly officers_json: string;
}

export interface AccountTable {
  readonly id: string;
  /** Lower-cased for the unique index; `login` as it was given. */
  readonly login_key: string;
  readonly login: string;
  readonly name: string;
  readonly role: string;
  readonly unit: string;
  readonly person: string | null;
  readonly password_hash: string;
  readonly totp_secret: string | null;
  readonly failures: number;
  readonly locked_until: number | null;
  readonly disabled: number;
  readonly created_at: number;
}

export interface SessionTable {
  readonly id: string;
  readonly account: string;
  readonly seat: string | null;
  readonly opened_at: number;
  readonly seen_at: number;
  readonly expires_at: number;
}

export interface PendingEffectTable {
  readonly id: string;
  readonly effect_json: string;
}

export interface AuditTable {
  readonly entry: number;
  readonly at: number;
  readonly account: string | null;
  readonly person: string | null;
  readonly kind: string;
  readonly subject: string | null;
  readonly digest: string;
  readonly previous: string;
  readonly hash: string;
}

export interface AuditTextTable {
  readonly entry: number;
  readonly salt: string;
  readonly payload_json: string;
}

export interface ChangeTable {
  readonly position: number;
  readonly room: string | null;
  readonly entity: string;
  readonly entity_id: string;
}

export interface SettingTable {
  readonly key: string;
  readonly value: string;
}
