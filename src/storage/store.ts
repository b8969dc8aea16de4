/** The port to what is kept: one writer, many readers, the same on SQLite and PostgreSQL. */

import type { Role } from '../accounts/access.ts';
import type { CallFact, CallText } from '../calls/fact.ts';
import type { WhyMissing } from '../calls/sound-due.ts';
import type { SoundTrail } from '../calls/sound-trail.ts';
import type { HeardByTrunk } from '../diagnosis/callers-own-tone.ts';
import type { Probe } from '../diagnosis/probe.ts';
import type { WatchRules } from '../diagnosis/watch-rules.ts';
import type { Contact } from '../directory/contact.ts';
import type { HandWritten } from '../duty/hand-written.ts';
import type { IncidentBrief, UndecidedEmergency } from '../duty/incident-view.ts';
import type { Inspection } from '../duty/inspection.ts';
import type { AnswerLimits } from '../duty/inspection-answering.ts';
import type { RoomHistory } from '../duty/inspection-known.ts';
import type { Office, Person } from '../duty/office.ts';
import type { OfficeLimits, ReportLimits } from '../duty/report-limits.ts';
import type { Shift } from '../duty/roster.ts';
import type { RosterChangeView } from '../duty/roster-view.ts';
import type { ShiftLogShift, ShiftLogView } from '../duty/shift-log-view.ts';
import type { ShiftSummary } from '../duty/shift-summary.ts';
import type { ShiftEnds } from '../duty/swap.ts';
import type { Task } from '../duty/task.ts';
import type { KeyMap } from '../keys/own-keys.ts';
import type { MadeFile, SoundJudgement } from '../sound/judgement.ts';
import type { Protection } from '../sound/protection.ts';
import type { AlertBody, AlertChannelName, AlertView, ChannelView } from '../web/protocol/alert-view.ts';
import type { CallView } from '../web/protocol/call-view.ts';
import type { ProbeView } from '../web/protocol/probe-view.ts';
import type { RecordView, RevisionView } from '../web/protocol/record-view.ts';
import type { ReviewView } from '../web/protocol/review-view.ts';
import type { GapView, PersonView, RoomView } from '../web/protocol/room-view.ts';
import type { FindingView, LineWatchView } from '../web/protocol/watch-view.ts';
import type { AssessmentReads } from './assessment-reads.ts';
import type { AttachmentRow } from './attachment-reads.ts';
import type { RoomSpan } from './day-reads.ts';
import type { DutyNotesVersion } from './duty-notes.ts';
import type { GapReportRow } from './gap-report.ts';
import type { HandOverState } from './hand-over-reads.ts';
import type { RunningClocks, StoredIncident } from './incident-reads.ts';
import type { KeptInspection } from './inspection-reads.ts';
import type { LockNoteRow } from './lock-notes.ts';
import type { Matters } from './matters.ts';
import type { ProbeRow, ProbeTally } from './probe-reads.ts';
import type { KeptProbeSound } from './probe-sound-reads.ts';
import type { RosterState } from './roster-reads.ts';
import type { SealVerdict } from './seal-verdicts.ts';
import type { SearchPage, SearchQuery } from './search.ts';
import type { Shut } from './shut-reads.ts';
import type { StrayState } from './stray-table.ts';
import type { StraySuggestion } from './stray-work.ts';
import type { WallLink, WallRoom } from './wall-links.ts';
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
  /** What is allowed on a duty line, and what is too long (值班电话检测). */
  readonly watch: WatchRules;
  /** 信息报告时限; as the notice has them unless told. */
  readonly reportLimits?: OfficeLimits;
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
  /** Begin of the shift that runs in a room; null when there is none, or none that has a begin. */
  shiftSince(room: string, at: number): Promise<number | null>;
  gapView(id: string): Promise<GapView | undefined>;
  /** Today's calls and every living one, newest first; open drafts and the records of those calls; gaps of 24 h. */
  snapshot(room: string, at: number): Promise<RoomSnapshot>;
  /** Calls and forms of a room from `from` to `to` (not included), ms UTC: for the list of a day. */
  roomSpan(room: string, from: number, to: number): Promise<RoomSpan>;
  /** Distinct entities changed after `position`, oldest first; null when that is too far back: send a snapshot. */
  changesSince(room: string, position: number): Promise<readonly PublishedChange[] | null>;
  lastPosition(): Promise<number>;

  // ---- 记录查询
  /** Newest first; `before` is a number from `readCursor`, null begins at the newest. */
  searchRecords(query: SearchQuery, before: number | null, limit: number): Promise<SearchPage>;
  /** Last calls and open matters of one number within these rooms. */
  mattersOf(rooms: readonly string[], number: string): Promise<Matters>;

  /** 考核: what is counted of a room from … to (not included, ms UTC); null: more than `most` calls. */
  assessmentReads(
    room: string,
    asked: { readonly from: number; readonly to: number; readonly now: number; readonly most: number },
  ): Promise<AssessmentReads | null>;
  /** 评议: every mark that was set on a call, the latest first. */
  reviewsOfCall(call: string): Promise<readonly ReviewView[]>;
  /** The mark that counts, of each of these calls (at least one) that has one. */
  latestReviews(calls: readonly string[]): Promise<ReadonlyMap<string, ReviewView>>;
  /** Both verdicts of each line at a moment (integer ms UTC), in the order asked. */
  lineWatch(lines: readonly string[], at: number): Promise<readonly LineWatchView[]>;
  /** Findings of these lines, the open ones first, then the newest. */
  findingsOfLines(lines: readonly string[], limit: number): Promise<readonly FindingView[]>;
  findingView(id: string): Promise<FindingView | undefined>;
  /** 拨测 of these lines, the newest first. */
  probesOfLines(lines: readonly string[], limit: number, outlines?: boolean): Promise<readonly ProbeView[]>;
  /** One with its waveform. */
  probeView(id: string): Promise<ProbeView | undefined>;
  /** Those of one 抽查, in their order. */
  probesOfRound(round: string): Promise<readonly ProbeView[]>;
  /** Account that asked for it, null for none; undefined: there is no such 抽查. */
  askerOfRound(round: string): Promise<string | null | undefined>;
  probe(id: string): Promise<ProbeRow | undefined>;
  /** Those that were not concluded yet, oldest first. */
  openProbes(): Promise<readonly Probe[]>;
  /** Those that may have been on their way from … to (ms UTC), oldest first. */
  probesPlaced(from: number, to: number): Promise<readonly Probe[]>;
  /** What probes have heard since then, ms UTC, by the trunk they left by; the newest, and so many as say enough. */
  heardByTrunks(since: number): Promise<readonly HeardByTrunk[]>;
  /** Sound of probes that must be on the disk, in the order of their ids; `after` is the last of the page before. */
  keptProbeSounds(after: string | null, limit: number): Promise<readonly KeptProbeSound[]>;
  /** Of every line that was probed since then, ms UTC. */
  probeTally(since: number): Promise<readonly ProbeTally[]>;
  /** Of every number of another office that was called since then, ms UTC. */
  probedElsewhere(since: number): Promise<readonly { readonly number: string; readonly asked: number }[]>;

  // ---- alerts to the outside
  /** The oldest raised since `since` (integer ms UTC) that this receiver has not taken. */
  nextAlert(channel: AlertChannelName, since: number): Promise<NextAlert | undefined>;
  channelStanding(channel: AlertChannelName, since: number): Promise<ChannelView>;
  /** Of these rooms and, with `all`, of the installation; the newest first. */
  alertLog(rooms: readonly string[], all: boolean, limit: number): Promise<readonly AlertView[]>;

  // ---- for the service itself
  /** Facts (in order of their writing) and names of calls that had not ended an hour before `at`. */
  keptForRestore(
    pbx: string,
    at: number,
  ): Promise<{ readonly facts: readonly CallFact[]; readonly texts: readonly CallText[] }>;
  /** Those of the ids that are the Linkedid of a call of this PBX or the Uniqueid of one of its channels. */
  knownChannels(pbx: string, ids: readonly string[]): Promise<ReadonlySet<string>>;
  /** 待回拨 of every room, those that wait longest first. */
  allOpenCallbacks(): Promise<readonly OpenCallback[]>;
  /** Every text that stood in a record's fields, oldest first. */
  recordHistory(id: string): Promise<readonly RevisionView[]>;
  /** Clock of a PBX minus ours in ms, as measured in the last call seen live before a moment (ms UTC); null: none was. */
  clockOffset(pbx: string, at: number): Promise<number | null>;
  /** Those of the Linkedids whose call was recovered from the history of this PBX. */
  recoveredCalls(pbx: string, linkedids: readonly string[]): Promise<ReadonlySet<string>>;
  /** Records of these rooms with a 批示 that was not confirmed, the longest waiting first. */
  unconfirmedInstructions(rooms: readonly string[]): Promise<readonly string[]>;
  /** What the history of a PBX gave for gaps, the latest first. */
  gapReports(limit: number): Promise<readonly GapReportRow[]>;
  recording(id: string): Promise<RecordingRow | undefined>;
  recordingsOfCall(call: string): Promise<readonly RecordingRow[]>;
  /** 涉密误录处置: what of a call may be heard or read. */
  shutOfCall(call: string): Promise<Shut>;
  /** The room of what was written by hand; null: there is no such text. */
  roomOfWritten(written: HandWritten): Promise<string | null>;
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
  /** Open, or ended since; newest first. */
  recentGaps(since: number): Promise<readonly GapView[]>;
  setting(key: string): Promise<string | undefined>;

  // ---- sound without a call, calls without sound
  /** The calls of a PBX that stood at any time from `from` to `to` (ms UTC), each with those that were joined to it. */
  soundTrails(pbx: string, from: number, to: number): Promise<readonly SoundTrail[]>;
  /** The trail of one call; of a joined call that of its survivor. */
  soundTrail(call: string): Promise<SoundTrail | undefined>;
  /** Every recording of a PBX that became known at `since` or later, destroyed ones too. */
  knownSound(pbx: string, since: number): Promise<readonly KnownSoundRow[]>;
  stray(id: string): Promise<StrayRow | undefined>;
  /** Newest first; `after` is the cursor of the page before. What comes meanwhile moves nothing to another page. */
  strays(state: StrayState, limit: number, after: StrayCursor | null): Promise<StrayPage>;
  /** Path and id of what is open or was gone, to be told apart from what is new. */
  strayPaths(
    pbx: string,
  ): Promise<readonly { readonly id: string; readonly path: string; readonly state: StrayState }[]>;
  /** Calls that ended from `from` to `to` (not included), should have sound and have none, newest first. */
  callsWithoutSound(from: number, to: number): Promise<readonly SilentCallRow[]>;

  // ---- 附件
  attachment(id: string): Promise<AttachmentRow | undefined>;
  attachmentOfOperation(opId: string): Promise<AttachmentRow | undefined>;
  /** Those whose file must be there, by id; `after` is the last of the page before. */
  keptAttachments(after: string | null, limit: number): Promise<readonly AttachmentRow[]>;

  /** Recordings that are ours, by id; `after` is the last of the page before. */
  keptSounds(after: string | null, limit: number): Promise<readonly KeptSoundRow[]>;
  copyCounts(): Promise<CopyCounts>;
  /** Whether sound was ever taken over, whatever became of it. */
  hasKeptSound(): Promise<boolean>;

  // ---- office, people, accounts
  officeIsEmpty(): Promise<boolean>;
  office(): Promise<Office>;
  /** 通讯录. */
  contacts(): Promise<readonly Contact[]>;
  /** 本班须知 of a room, the latest version first. */
  dutyNotes(room: string, limit: number): Promise<readonly DutyNotesVersion[]>;
  /** 公示屏: the link of a token that was not revoked, by the token's digest. */
  wallLinkOf(tokenDigest: string): Promise<WallLink | undefined>;
  /** Those that were not revoked. */
  wallLinks(): Promise<readonly WallLink[]>;
  wallRoom(id: string): Promise<WallRoom | undefined>;
  roomRoster(
    room: string,
  ): Promise<{ readonly shifts: readonly Shift[]; readonly people: readonly Person[] }>;
  /** 交接班 of a room: the open one with what is open now, and those before it. */
  handOverState(room: string, at: number): Promise<HandOverState>;
  /** Whether every seal of the room's hand-overs fits: null, or the id of the first that does not. */
  handOverChain(room: string): Promise<string | null>;
  /** 待办 by their ids, open or closed; ids of nothing are left out. */
  tasks(ids: readonly string[]): Promise<readonly Task[]>;
  /** What came to a room from … to (ms UTC), as counts. */
  shiftSummary(room: string, from: number, to: number): Promise<ShiftSummary>;
  /** 突发事件 of a room, those that still run first. */
  incidents(room: string, at: number): Promise<readonly IncidentBrief[]>;
  /** All that was said of one; undefined for an unknown id. */
  incident(id: string, at: number): Promise<StoredIncident | undefined>;
  /** 突发信息 of a room of which nobody has said what becomes of it. */
  undecidedEmergencies(room: string, at: number): Promise<readonly UndecidedEmergency[]>;
  /** 信息报告时限 of a room. */
  reportLimits(room: string): ReportLimits;
  /** By which an answer is good, and by which it is late, in this office. */
  answerLimits(): AnswerLimits;
  /** Names of 上级单位 in the directory. */
  superiorOffices(): Promise<readonly string[]>;
  /** Every clock that still has to be kept, of all rooms. */
  runningClocks(at: number): Promise<readonly RunningClocks[]>;
  /** 值班工作检查 of these units, the latest first. */
  inspectionsOf(units: readonly string[]): Promise<readonly Inspection[]>;
  inspection(id: string): Promise<KeptInspection | undefined>;
  /** What 检查 and 迎检 are told of a room and a stretch (ms UTC). */
  roomHistory(room: string, span: ShiftEnds): Promise<RoomHistory | undefined>;
  /** 值班日志: a page of the room's shifts, the latest first, that began before `before` (ms UTC; null: the newest). */
  shiftLogShifts(
    room: string,
    before: number | null,
    now: number,
  ): Promise<{ readonly shifts: readonly ShiftLogShift[]; readonly before: number | null }>;
  /** The log of the shift that began at `from` (ms UTC). */
  shiftLog(room: string, from: number, now: number): Promise<ShiftLogView | undefined>;
  /**
   * Whether the seals of the room's logs fit, all of them or so many of the latest: null, or when the first shift began whose
   * seal does not (ms UTC).
   */
  shiftLogChain(room: string, latest?: number): Promise<number | null>;
  /** Walks every seal of 值班日志 and 交接班 of every room. */
  verifySeals(): Promise<readonly SealVerdict[]>;
  /** 值班表: all of it that overlaps a stretch (ms UTC). */
  rosterState(room: string, span: ShiftEnds): Promise<RosterState>;
  /** Every change of one shift, the latest first. */
  rosterChanges(room: string, shift: ShiftEnds): Promise<readonly RosterChangeView[]>;
  /** When what is published of a stretch last changed, ms UTC; null: never on the page. */
  lastPublishedChange(room: string, span: ShiftEnds): Promise<number | null>;
  roomIds(): Promise<readonly string[]>;
  person(id: string): Promise<PersonRow | undefined>;
  account(id: string): Promise<AccountRow | undefined>;
  accountByLogin(login: string): Promise<AccountRow | undefined>;
  accounts(): Promise<readonly AccountRow[]>;
  session(id: string): Promise<SessionRow | undefined>;
  /** Ids of the log-ins of an account. */
  sessionsOf(account: string): Promise<readonly string[]>;
  /** 先记后登: what was written at a locked seat and nobody has signed, but for what another locked log-in still writes. */
  lockNotes(seat: string, session: string): Promise<readonly LockNoteRow[]>;
  /** Calls of a room that have not ended, newest first. */
  livingCalls(room: string): Promise<readonly CallView[]>;
  /** Who sits there and where it stands; undefined for an unknown seat. */
  seat(id: string): Promise<SeatRow | undefined>;

  /** What the audit trail says of one thing, oldest first; the payload is null once erased. */
  auditOf(subject: string): Promise<readonly AuditRow[]>;
  /** Walks the whole audit chain: ok, or the first entry that does not fit. */
  verifyAudit(): Promise<AuditVerdict>;
  close(): Promise<void>;
}

export interface NextAlert {
  readonly body: AlertBody;
  /** Attempts that failed so far. */
  readonly attempts: number;
  /** Not before, integer ms UTC; 0: at once. */
  readonly nextAt: number;
}

export interface OpenCallback {
  readonly call: string;
  readonly room: string;
  /** ms UTC. */
  readonly since: number;
  readonly level: number;
  readonly claimedAt: number | null;
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
    | 'refused-path'
    | 'expired';
  /** Relative to the recordings folder once attached. */
  readonly file: string | null;
  readonly bytes: number | null;
  readonly seconds: number | null;
  readonly sha256: string | null;
  /** The two sides beside it, as they were kept. */
  readonly sides: readonly MadeFile[];
  readonly repaired: boolean;
  readonly knownAt: number;
  /** When the PBX took the order, where that was later; else null. */
  readonly orderedAt: number | null;
  /** What the pipeline found; null: it has not been through. */
  readonly judgement: SoundJudgement | null;
  readonly copyState: CopyState | null;
  readonly copiedAt: number | null;
  readonly checkState: CheckState | null;
  readonly checkedAt: number | null;
  /** The rule of the matcher, or `by-hand:` and the person, that tied it to its call; null: the PBX named it. */
  readonly foundBy: string | null;
}

export interface KnownSoundRow {
  readonly recording: string;
  readonly call: string | null;
  readonly pbxPath: string;
  readonly state: RecordingRow['state'];
  readonly part: RecordingRow['part'];
  readonly mode: RecordingRow['mode'];
  readonly linkedid: string;
  readonly foundBy: string | null;
}

export interface StrayRow {
  readonly id: string;
  readonly pbx: string;
  /** As the PBX names it: hostile, and never for a URL. */
  readonly path: string;
  readonly bytes: number;
  readonly modifiedAt: number;
  readonly firstSeenAt: number;
  readonly lastSeenAt: number;
  readonly state: StrayState;
  /** Id of the recording it became. */
  readonly recording: string | null;
  readonly person: string | null;
  readonly decidedAt: number | null;
  readonly reason: string | null;
  readonly suggestions: readonly StraySuggestion[];
}

export interface StrayCursor {
  readonly firstSeenAt: number;
  readonly id: string;
}

export interface StrayPage {
  readonly strays: readonly StrayRow[];
  /** For the next page; null: there is none. */
  readonly next: StrayCursor | null;
  /** Of this state, on all pages. */
  readonly total: number;
}

export interface SilentCallRow {
  readonly call: string;
  readonly room: string | null;
  readonly line: string | null;
  readonly mode: 'pbx' | 'ami' | 'snippet';
  readonly pbx: string;
  readonly linkedid: string;
  readonly startedAt: number;
  readonly endedAt: number;
  readonly talkSeconds: number;
  readonly why: WhyMissing;
}

export interface KeptSoundRow extends RecordingRow {
  /** What forbids that a policy deletes it; null: nothing does. */
  readonly protectedBy: Protection | null;
  readonly isDestroyed: boolean;
}

export interface CopyCounts {
  readonly verified: number;
  readonly waiting: number;
  readonly bad: number;
}

export type CopyState = 'verified' | 'altered' | 'missing' | 'unreachable';
export type CheckState = 'verified' | 'altered' | 'missing' | 'restored';

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
  /** Hold where nobody is known to sit. */
  readonly keys: KeyMap;
}

export interface SessionRow {
  readonly id: string;
  readonly account: string;
  readonly seat: string | null;
  readonly openedAt: number;
  readonly seenAt: number;
  readonly expiresAt: number;
  /** 锁屏待接 since then, ms UTC; null: it is open. */
  readonly lockedAt: number | null;
  /** When somebody last did something there, to the minute; null: before this was kept. */
  readonly activeAt: number | null;
}

export interface PersonRow extends PersonView {
  readonly room: string;
  readonly phone: string | null;
  readonly pinHash: string | null;
  /** What he has changed of the keys. */
  readonly keys: KeyMap;
}

export interface SeatRow {
  readonly id: string;
  readonly room: string;
  readonly name: string;
  readonly phone: string | null;
  readonly person: PersonView | null;
  /** His keys; null: nobody sits there. */
  readonly personKeys: KeyMap | null;
}

export interface AuditRow {
  readonly at: number;
  readonly account: string | null;
  readonly person: string | null;
  readonly kind: string;
  readonly payloadJson: string | null;
}

export type AuditVerdict =
  | { readonly ok: true; readonly entries: number; readonly erased: number }
  | {
      readonly ok: false;
      readonly entry: number;
      readonly why: 'chain-broken' | 'payload-changed' | 'entry-missing';
    };
