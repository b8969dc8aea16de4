/**
 * Everything the store can be asked to write. One `Work` is atomic and harmless when repeated; many of them share one
 * transaction (design §3), so an fsync is paid once for all that waits.
 */

import type { Role } from '../accounts/access.ts';
import type { CallFact, CallText, PbxFact } from '../calls/fact.ts';
import type { RecordingReport } from '../calls/recording-report.ts';
import type { Office } from '../duty/office.ts';
import type { KeyMap } from '../keys/own-keys.ts';
import type { Asker, RecordCommand, Refusal } from '../records/command.ts';
import type { FieldView } from '../web/protocol/record-view.ts';
import type { DutyNotesWork } from './duty-notes.ts';
import type { GapReportWork } from './gap-report.ts';
import type { HandOverWork } from './hand-over-work.ts';
import type { IncidentWork } from './incident-work.ts';
import type { InspectionWork } from './inspection-work.ts';
import type { LockNoteWork } from './lock-notes.ts';
import type { RemoveOfficePartWork } from './remove-office-part.ts';
import type { RosterWork } from './roster-work.ts';
import type { ShiftLogWork } from './shift-log-work.ts';
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

/** Two of them destroy; one isolates. */
export interface ShutHand {
  readonly account: string;
  readonly person: string | null;
}

/**
 * 涉密误录处置 (D11). `subject` is the id of a call or of a record; both are shut together where they belong together. Or the
 * name of what was written by hand (`duty/hand-written.ts`).
 */
export type ShutWork =
  | {
      readonly type: 'isolate' | 'release';
      readonly subject: string;
      readonly by: ShutHand;
      /** Free text: it goes into the erasable part of the audit trail only. */
      readonly reason: string;
      readonly at: number;
    }
  | {
      readonly type: 'destroy';
      readonly subject: string;
      readonly by: readonly [ShutHand, ShutHand];
      readonly reason: string;
      readonly at: number;
    };

export type AccountWork =
  | {
      readonly type: 'account-add';
      readonly id: string;
      /** Log-in name, unique without regard to case. */
      readonly login: string;
      readonly name: string;
      readonly role: Role;
      readonly unit: string;
      readonly person: string | null;
      /** argon2id in PHC notation. */
      readonly passwordHash: string;
      readonly at: number;
    }
  | {
      readonly type: 'account-password';
      readonly account: string;
      readonly passwordHash: string;
      readonly at: number;
      /** The log-in that stays, where its own person changed it; all others of the account end. */
      readonly keep?: string;
    }
  | { readonly type: 'account-totp'; readonly account: string; readonly secret: string | null }
  | {
      readonly type: 'account-disabled';
      readonly account: string;
      readonly disabled: boolean;
      readonly at: number;
    }
  /** After each attempt: the failures in a row and how long the account stays shut. */
  | {
      readonly type: 'account-attempt';
      readonly account: string;
      readonly failures: number;
      readonly lockedUntil: number | null;
    };

export type SessionWork =
  | {
      readonly type: 'session-open';
      /** Digest of the cookie's secret, never the secret. */
      readonly id: string;
      readonly account: string;
      readonly at: number;
      readonly expiresAt: number;
    }
  | { readonly type: 'session-seen'; readonly id: string; readonly at: number; readonly expiresAt: number }
  | { readonly type: 'session-seat'; readonly id: string; readonly seat: string | null }
  /** Somebody did something there. */
  | { readonly type: 'session-active'; readonly id: string; readonly at: number }
  /** 锁屏待接: it sees nothing until somebody says who he is. */
  | { readonly type: 'session-lock'; readonly id: string; readonly at: number }
  | { readonly type: 'session-unlock'; readonly id: string }
  | { readonly type: 'session-end'; readonly id: string };

export type SeatWork =
  /** 换人: who sits at this seat from now on. */
  | {
      readonly type: 'seat-person';
      readonly seat: string;
      readonly person: string | null;
      readonly at: number;
    }
  | {
      readonly type: 'person-pin';
      readonly person: string;
      readonly pinHash: string | null;
      readonly at: number;
    };

/** 设置: the keys that somebody has chosen, all of them anew; of the person, or of an account that belongs to nobody. */
export interface OwnKeysWork {
  readonly type: 'own-keys';
  readonly of: { readonly person: string } | { readonly account: string };
  readonly keys: KeyMap;
}

/** What becomes of a pending effect. Whatever names a lease counts only while the row still has that lease. */
export type EffectWork =
  /** Takes up to `limit` effects that are due and free; they come back in `WorkResult.claimed`. */
  | {
      readonly type: 'effects-claim';
      /** Names this claim and no other, ever. */
      readonly lease: string;
      readonly leaseUntil: number;
      readonly kinds: readonly EffectKind[];
      /** The id of the one that is asked for; null takes the oldest. */
      readonly only: string | null;
      readonly limit: number;
      readonly at: number;
    }
  /** `WorkResult.claimed` is empty when the lease is lost. */
  | {
      readonly type: 'effect-renew';
      readonly effect: string;
      readonly lease: string;
      readonly leaseUntil: number;
    }
  | {
      readonly type: 'effect-done';
      readonly effect: string;
      readonly at: number;
      readonly lease?: string;
    }
  /** Not now, or not any more by this worker. */
  | {
      readonly type: 'effect-put-off';
      readonly effect: string;
      readonly lease: string;
      /** Not before, integer ms UTC; null: at once. */
      readonly runAt: number | null;
      /** Attempts that failed so far. */
      readonly attempts: number;
    }
  | {
      readonly type: 'effect-give-up';
      readonly effect: string;
      readonly lease: string;
      readonly attempts: number;
      readonly reason: string;
      readonly at: number;
    }
  /** All leases run out at `at`: said by a process that knows itself alone, when it starts. */
  | { readonly type: 'effects-release'; readonly at: number }
  /** 重试: one that was given up is due again; it comes back in `WorkResult.effects`. */
  | { readonly type: 'effect-retry'; readonly effect: string; readonly at: number };

/** An effect in a worker's hand. */
export interface ClaimedEffect {
  readonly effect: PendingEffect;
  readonly lease: string;
  /** Attempts that failed before. */
  readonly attempts: number;
  /** How often, since it was last put off, a worker ended without a word while it had this. */
  readonly interrupted: number;
}

/** Something people see has changed. Clients resume from `position`; `room` null concerns every room. */
export interface PublishedChange {
  readonly position: number;
  readonly room: string | null;
  readonly entity: 'call' | 'record' | 'gap' | 'room';
  readonly id: string;
}

/** Work that must survive a crash: written with the facts, done at least once, then struck out by `effect-done`. */
export type PendingEffect =
  /** The call has ended: look whether all its sound is there. */
  | {
      readonly id: string;
      readonly kind: 'attach-recordings';
      readonly call: string;
      readonly pbx: string;
      readonly linkedid: string;
      readonly generation: number;
    }
  /** The original is ours: measure it and make the playable copy. */
  | { readonly id: string; readonly kind: 'process-recording'; readonly recording: string }
  /** All files of the recording stand: write the second copy. */
  | { readonly id: string; readonly kind: 'copy-recording'; readonly recording: string }
  /** An attachment is kept: write the second copy. */
  | { readonly id: string; readonly kind: 'copy-attachment'; readonly attachment: string }
  /** The sound of a probe is kept: write the second copy. */
  | { readonly id: string; readonly kind: 'copy-probe-sound'; readonly probe: string }
  /** Removed, or destroyed with its record: its file goes, in every place. */
  | { readonly id: string; readonly kind: 'erase-attachment'; readonly attachment: string }
  /** 涉密误录处置: every file of the call's recordings goes, in every place. */
  | { readonly id: string; readonly kind: 'erase-recordings'; readonly call: string }
  /** The PBX is in sight again: recover the calls that lived meanwhile from its history. */
  | {
      readonly id: string;
      readonly kind: 'recover-gap';
      readonly gap: string;
      readonly pbx: string;
      readonly from: number;
      readonly to: number;
    };

export type EffectKind = PendingEffect['kind'];

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
