/**
 * The tables, the same on SQLite and PostgreSQL: times are integer milliseconds UTC, ids text, booleans 0 or 1, JSON is
 * text. Names end in `_at` for times and `_json` for JSON.
 *
 * Two kinds: what is written once (`facts`, `audit`) and may never hold free text, and what can be erased (`call_texts`,
 * `record_fields`, `record_revisions`, `lock_notes`, `incident_texts`, `audit_texts`): design D11. What `rebuild.ts` lists (calls, callbacks,
 * records with their fields and entries, recordings, gaps …) are folds of the two and can be rebuilt, `search_docs` and the
 * words beside it folds of those (`search-index.ts`). Here stand those that keep the service itself in order: facts, accounts, what is still to be done, the audit trail, what changed.
 */

import type { AlertDeliveryTable, AlertTable } from './alert-table.ts';
import type { AttachmentTable } from './attachment-table.ts';
import type {
  CallTable,
  CallTextTable,
  GapTable,
  LegTable,
  RecordingTable,
  ShutTable,
} from './call-tables.ts';
import type { CallbackTable, CallNoteTable } from './callback-table.ts';
import type { DutyNotesTable } from './duty-notes.ts';
import type {
  FindingEvidenceTable,
  FindingNoteTable,
  FindingSeenTable,
  FindingTable,
  LineCheckTable,
} from './finding-table.ts';
import type { GapReportTable } from './gap-report.ts';
import type { HandOverTable } from './hand-over-table.ts';
import type { EmergencyDecisionTable, IncidentTable, IncidentTextTable } from './incident-tables.ts';
import type { InspectionTable } from './inspection-table.ts';
import type { LockNoteTable } from './lock-notes.ts';
import type {
  DirectoryTable,
  LineTable,
  PeopleTable,
  RoomTable,
  RosterTable,
  SeatTable,
  UnitTable,
} from './office-tables.ts';
import type { ProbeSoundTable, ProbeTable } from './probe-table.ts';
import type {
  NumberingTable,
  RecordEntryTable,
  RecordFieldTable,
  RecordOperationTable,
  RecordRevisionTable,
  RecordTable,
} from './record-tables.ts';
import type { CallReviewTable } from './review-table.ts';
import type {
  RosterChangeTable,
  RosterPlanTable,
  RosterPublicationTable,
  RosterReportTable,
  RosterRulesTable,
  RosterSwapTable,
} from './roster-tables.ts';
import type { SearchDocTable } from './search-table.ts';
import type {
  ShiftLogLineTable,
  ShiftLogOpeningTable,
  ShiftLogSealTable,
  ShiftLogTable,
} from './shift-log-table.ts';
import type { StrayRecordingTable } from './stray-table.ts';
import type { TaskTable } from './tasks.ts';
import type { WallLinkTable } from './wall-links.ts';

export interface Tables {
  readonly facts: FactTable;
  readonly calls: CallTable;
  readonly legs: LegTable;
  readonly call_texts: CallTextTable;
  readonly recordings: RecordingTable;
  readonly shut: ShutTable;
  readonly stray_recordings: StrayRecordingTable;
  readonly callbacks: CallbackTable;
  readonly call_notes: CallNoteTable;
  readonly call_reviews: CallReviewTable;
  readonly findings: FindingTable;
  readonly finding_evidence: FindingEvidenceTable;
  readonly finding_seen: FindingSeenTable;
  readonly finding_notes: FindingNoteTable;
  readonly line_checks: LineCheckTable;
  readonly alerts: AlertTable;
  readonly alert_deliveries: AlertDeliveryTable;
  readonly probes: ProbeTable;
  readonly probe_sounds: ProbeSoundTable;
  readonly gaps: GapTable;
  readonly gap_reports: GapReportTable;
  readonly records: RecordTable;
  readonly record_fields: RecordFieldTable;
  readonly record_entries: RecordEntryTable;
  readonly record_revisions: RecordRevisionTable;
  readonly record_operations: RecordOperationTable;
  readonly attachments: AttachmentTable;
  readonly numbering: NumberingTable;
  readonly search_docs: SearchDocTable;
  readonly units: UnitTable;
  readonly rooms: RoomTable;
  readonly lines: LineTable;
  readonly seats: SeatTable;
  readonly people: PeopleTable;
  readonly directory: DirectoryTable;
  readonly roster: RosterTable;
  readonly roster_rules: RosterRulesTable;
  readonly roster_plans: RosterPlanTable;
  readonly roster_changes: RosterChangeTable;
  readonly roster_publications: RosterPublicationTable;
  readonly roster_reports: RosterReportTable;
  readonly roster_swaps: RosterSwapTable;
  readonly hand_overs: HandOverTable;
  readonly tasks: TaskTable;
  readonly incidents: IncidentTable;
  readonly emergency_decisions: EmergencyDecisionTable;
  readonly incident_texts: IncidentTextTable;
  readonly inspections: InspectionTable;
  readonly shift_logs: ShiftLogTable;
  readonly shift_log_lines: ShiftLogLineTable;
  readonly shift_log_seals: ShiftLogSealTable;
  readonly shift_log_openings: ShiftLogOpeningTable;
  readonly duty_notes: DutyNotesTable;
  readonly wall_links: WallLinkTable;
  readonly accounts: AccountTable;
  readonly sessions: SessionTable;
  readonly lock_notes: LockNoteTable;
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
  readonly stream:
    | 'call'
    | 'record'
    | 'recording'
    | 'gap'
    | 'shutting'
    | 'callback'
    | 'note'
    | 'review'
    | 'attachment'
    | 'finding'
    | 'probe'
    | 'incident'
    | 'emergency';
  readonly stream_id: string;
  readonly kind: string;
  readonly at: number;
  readonly fact_json: string;
  /** What the store knew at that moment and nobody can compute again (`ArrivalContext`); null for most facts. */
  readonly context_json: string | null;
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
  /** A `KeyMap`; null: nothing changed. Used while nobody is known to sit there. */
  readonly keys_json: string | null;
}

export interface SessionTable {
  readonly id: string;
  readonly account: string;
  readonly seat: string | null;
  readonly opened_at: number;
  readonly seen_at: number;
  readonly expires_at: number;
  /** 锁屏待接 since then; null: it is open. */
  readonly locked_at: number | null;
  /** When somebody last did something there, to the minute. */
  readonly active_at: number | null;
}

/** What is still to be done, and the table of jobs where there is no Redis: jobs are pending effects (D8). */
export interface PendingEffectTable {
  readonly id: string;
  readonly effect_json: string;
  readonly kind: string | null;
  readonly made_at: number | null;
  /** Not before; null: at once. */
  readonly run_at: number | null;
  readonly attempts: number | null;
  /** How often a worker was killed with it in hand. */
  readonly interrupted: number | null;
  /** The worker that has it, and until when nobody else may take it. */
  readonly lease_by: string | null;
  readonly lease_until: number | null;
  /** Given up: a person sees it with its reason and can have it tried again. */
  readonly failed_at: number | null;
  readonly reason: string | null;
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
