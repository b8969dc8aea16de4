/** The port to what is kept: one writer, many readers, the same on SQLite and PostgreSQL. */

import type { Role } from '../accounts/access.ts';
import type { CallFact, CallText } from '../calls/fact.ts';
import type { Office } from '../duty/office.ts';
import type { CallView } from '../web/protocol/call-view.ts';
import type { RecordView } from '../web/protocol/record-view.ts';
import type { GapView, PersonView, RoomView } from '../web/protocol/room-view.ts';
import type { PendingEffect, PublishedChange, Work, WorkResult } from './work.ts';

export interface StoreOptions {
  /** `postgres://…` or a path of a SQLite file (made when missing). */
  readonly database: string;
  readonly rules: OfficeRules;
}

/** What the office decides once, by configuration. */
export interface OfficeRules {
  /** Own area code with its leading 0: `0954`. */
  readonly areaCode: string;
  /** `值电〔{year}〕{n}号`. */
  readonly numberPattern: string;
  /** IANA name: decides which year a registration falls into and when today began. */
  readonly timeZone: string;
}

export interface Store {
  /**
   * Writes all in one transaction and answers in the same order when it is durable. A refused work leaves no trace and
   * harms no other; rejects (nothing written) only when the database itself fails.
   */
  write(work: readonly Work[]): Promise<readonly WorkResult[]>;

  // ---- what the page sees
  callView(id: string): Promise<CallView | undefined>;
  recordView(id: string): Promise<RecordView | undefined>;
  /** Many at the cost of one, in any order; ids of nothing are left out. */
  callViews(ids: readonly string[]): Promise<readonly CallView[]>;
  recordViews(ids: readonly string[]): Promise<readonly RecordView[]>;
  /** `at` (integer ms UTC) decides who is on duty. */
  roomView(id: string, at: number): Promise<RoomView | undefined>;
  gapView(id: string): Promise<GapView | undefined>;
  /** Today's calls and every living one, newest first; open drafts and the records of those calls; gaps of 24 h. */
  snapshot(room: string, at: number): Promise<RoomSnapshot>;
  /** Distinct entities changed after `position`, oldest first; null when that is too far back: send a snapshot. */
  changesSince(room: string, position: number): Promise<readonly PublishedChange[] | null>;
  lastPosition(): Promise<number>;

  // ---- for the service itself
  /** Facts (in order of their writing) and names of calls that had not ended an hour before `at`. */
  keptForRestore(
    pbx: string,
    at: number,
  ): Promise<{ readonly facts: readonly CallFact[]; readonly texts: readonly CallText[] }>;
  recording(id: string): Promise<RecordingRow | undefined>;
  recordingsOfCall(call: string): Promise<readonly RecordingRow[]>;
  /** Recordings whose state is not final: looked after again at start. */
  unfinishedRecordings(): Promise<readonly RecordingRow[]>;
  /** All that is still to be done, oldest first, but for what was given up. */
  pendingEffects(): Promise<readonly PendingEffect[]>;
  /** The oldest that are due at `at` (integer ms UTC) and in nobody's hand. */
  dueEffects(at: number, limit: number): Promise<readonly PendingEffect[]>;
  /** Undefined once it is done. */
  effectStanding(id: string): Promise<EffectStanding | undefined>;
  /** Given up, the latest first, at most 500. */
  failedEffects(): Promise<readonly FailedEffect[]>;
  effectCounts(at: number): Promise<EffectCounts>;
  openGaps(): Promise<readonly GapView[]>;
  setting(key: string): Promise<string | undefined>;

  // ---- office, people, accounts
  officeIsEmpty(): Promise<boolean>;
  office(): Promise<Office>;
  roomIds(): Promise<readonly string[]>;
  person(id: string): Promise<PersonRow | undefined>;
  account(id: string): Promise<AccountRow | undefined>;
  accountByLogin(login: string): Promise<AccountRow | undefined>;
  accounts(): Promise<readonly AccountRow[]>;
  session(id: string): Promise<SessionRow | undefined>;
  /** Who sits there and where it stands; undefined for an unknown seat. */
  seat(id: string): Promise<SeatRow | undefined>;

  /** Walks the whole audit chain: ok, or the first entry that does not fit. */
  verifyAudit(): Promise<AuditVerdict>;
  close(): Promise<void>;
}

export interface RoomSnapshot {
  /** Everything up to here is contained; what follows comes as changes. */
  readonly position: number;
  readonly room: RoomView;
  readonly gaps: readonly GapView[];
  readonly calls: readonly CallView[];
  readonly records: readonly RecordView[];
}

export interface RecordingRow {
  readonly id: string;
  readonly call: string | null;
  readonly room: string | null;
  readonly pbx: string;
  readonly linkedid: string;
  readonly uniqueid: string;
  readonly part: 'talk' | 'before-answer';
  readonly mode: 'pbx' | 'ami' | 'snippet';
  readonly pbxPath: string;
  readonly state:
    | 'starting'
    | 'recording'
    | 'no-growth'
    | 'cannot-check'
    | 'attached'
    | 'no-sound'
    | 'missing'
    | 'refused-path';
  /** Relative to the recordings folder once attached. */
  readonly file: string | null;
  readonly bytes: number | null;
  readonly seconds: number | null;
  readonly sha256: string | null;
  readonly repaired: boolean;
  readonly knownAt: number;
}

/** Where an effect stands that is not done yet; times are integer ms UTC. */
export interface EffectStanding {
  readonly runAt: number | null;
  readonly leaseUntil: number | null;
  readonly givenUp: boolean;
}

/** 未完成的后台任务: a person sees the reason and can have it tried again. */
export interface FailedEffect {
  readonly effect: PendingEffect;
  readonly attempts: number;
  readonly failedAt: number;
  readonly reason: string;
}

export interface EffectCounts {
  /** Due or put off. */
  readonly waiting: number;
  /** In a worker's hand. */
  readonly running: number;
  /** Given up. */
  readonly failed: number;
}

export interface AccountRow {
  readonly id: string;
  readonly login: string;
  readonly name: string;
  readonly role: Role;
  readonly unit: string;
  readonly person: string | null;
  readonly passwordHash: string;
  readonly totpSecret: string | null;
  readonly failures: number;
  readonly lockedUntil: number | null;
  readonly disabled: boolean;
}

export interface SessionRow {
  readonly id: string;
  readonly account: string;
  readonly seat: string | null;
  readonly openedAt: number;
  readonly seenAt: number;
  readonly expiresAt: number;
}

export interface PersonRow extends PersonView {
  readonly room: string;
  readonly phone: string | null;
  readonly pinHash: string | null;
}

export interface SeatRow {
  readonly id: string;
  readonly room: string;
  readonly name: string;
  readonly phone: string | null;
  readonly person: PersonView | null;
}

export type AuditVerdict =
  | { readonly ok: true; readonly entries: number; readonly erased: number }
  | {
      readonly ok: false;
      readonly entry: number;
      readonly why: 'chain-broken' | 'payload-changed' | 'entry-missing';
    };
