/**
 * Everything the store can be asked to write. One `Work` is atomic and harmless when repeated; many of them share one
 * transaction (design §3), so an fsync is paid once for all that waits.
 */

import type { CallFact, CallText, PbxFact } from '../calls/fact.ts';
import type { RecordingReport } from '../calls/recording-report.ts';
import type { Office } from '../duty/office.ts';
import type { Asker, RecordCommand, Refusal } from '../records/command.ts';
import type { FieldView } from '../web/protocol/record-view.ts';
import type { AccountWork, OwnKeysWork, SeatWork, SessionWork } from './account-work.ts';
import type { DutyNotesWork } from './duty-notes.ts';
import type { EffectWork } from './effect-work.ts';
import type { GapReportWork } from './gap-report.ts';
import type { HandOverWork } from './hand-over-work.ts';
import type { IncidentWork } from './incident-work.ts';
import type { InspectionWork } from './inspection-work.ts';
import type { LockNoteWork } from './lock-notes.ts';
import type { ClaimedEffect, PendingEffect } from './pending-effect.ts';
import type { RemoveOfficePartWork } from './remove-office-part.ts';
import type { RosterWork } from './roster-work.ts';
import type { ShiftLogWork } from './shift-log-work.ts';
import type { ShutWork } from './shut-work.ts';
import type { StrayWork } from './stray-work.ts';
import type { TaskWork } from './tasks.ts';
import type { WallLinkWork } from './wall-links.ts';
import type { AlertWork } from './write-alert.ts';
import type { AttachmentWork } from './write-attachment.ts';
import type { CallbackWork } from './write-callback.ts';
import type { DirectoryWork } from './write-directory.ts';
import type { FindingWork } from './write-finding.ts';
import type { NoteWork } from './write-note.ts';
import type { OfficePartWork } from './write-office-part.ts';
import type { ProbeWork } from './write-probe.ts';
import type { ReviewWork } from './write-review.ts';

export type Work =
  | CallStepWork
  | RecordCommandWork
  | { readonly type: 'recording-report'; readonly report: RecordingReport }
  | StrayWork
  | GapReportWork
  | CallbackWork
  | NoteWork
  | ReviewWork
  | FindingWork
  | AlertWork
  | ProbeWork
  | LockNoteWork
  | AttachmentWork
  | AuditWork
  | DirectoryWork
  | DutyNotesWork
  | WallLinkWork
  | RosterWork
  | HandOverWork
  | TaskWork
  | IncidentWork
  | InspectionWork
  | ShiftLogWork
  | OfficePartWork
  | RemoveOfficePartWork
  | { readonly type: 'office-import'; readonly office: Office; readonly at: number }
  | ShutWork
  | AccountWork
  | SessionWork
  | SeatWork
  | OwnKeysWork
  | EffectWork
  | { readonly type: 'setting'; readonly key: string; readonly value: string }
  /** Folds every table of calls, gaps, recordings and records anew from facts and revisions. */
  | { readonly type: 'rebuild' };

/** What one tracker step of one PBX said. */
export interface CallStepWork {
  readonly type: 'call-step';
  readonly pbx: string;
  readonly facts: readonly CallFact[];
  /** Gaps of sight; a gap concerns every room. */
  readonly pbxFacts: readonly PbxFact[];
  /** Caller names: free text, kept erasable beside the facts (D11). */
  readonly texts: readonly CallText[];
  /** Calls whose draft opens now, in the same transaction as the fact that asked for it (D4). */
  readonly drafts: readonly { readonly linkedid: string; readonly generation: number }[];
  /** PBX clock minus our clock in ms; null before it was measured (D15). */
  readonly offsetMs: number | null;
}

export interface RecordCommandWork {
  readonly type: 'record-command';
  readonly command: RecordCommand;
  readonly asker: Asker;
  /** Integer ms UTC. */
  readonly at: number;
}

/** A replay, export, print, change or refusal. `payload` is erasable; a salted digest of it joins the chain for ever. */
export interface AuditWork {
  readonly type: 'audit';
  readonly at: number;
  readonly account: string | null;
  readonly person: string | null;
  /** `recording-replayed`, `record-printed`, `login-refused` … */
  readonly kind: string;
  /** Id of what it was about; null when it was about nothing that has an id. */
  readonly subject: string | null;
  readonly payload: Readonly<Record<string, string | number | boolean | null>>;
}

/** Something people see has changed. Clients resume from `position`; `room` null concerns every room. */
export interface PublishedChange {
  readonly position: number;
  readonly room: string | null;
  readonly entity: 'call' | 'record' | 'gap' | 'room';
  readonly id: string;
}

/** What came of one `Work`. `changes` is empty for a repeat. */
export type WorkResult =
  | {
      readonly ok: true;
      readonly changes: readonly PublishedChange[];
      /** Last position this work wrote, or the store's last one when it wrote none. */
      readonly position: number;
      /** New version of the field for `patch-field` and `correct`, else null. */
      readonly version: number | null;
      /** `值电〔2026〕1号` for `register`, else null. */
      readonly numberText: string | null;
      /** What has to be done now that it is durable; also in `pendingEffects()` until `effect-done`. */
      readonly effects: readonly PendingEffect[];
      /** What `effects-claim` took and `effect-renew` still holds, else empty. */
      readonly claimed: readonly ClaimedEffect[];
    }
  | {
      readonly ok: false;
      readonly refusal: Refusal;
      /** What stands in the field when two hands wrote it (D10). */
      readonly conflict?: FieldView;
    };
