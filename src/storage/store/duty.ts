/** Who is on duty, and what a shift hands on: 值班表, 本班须知, 交接班 with 待办, 值班日志, and 考核 of all that. */
import type { RosterChangeView } from '../../duty/roster-view.ts';
import type { ShiftLogShift, ShiftLogView } from '../../duty/shift-log-view.ts';
import type { ShiftSummary } from '../../duty/shift-summary.ts';
import type { ShiftEnds } from '../../duty/swap.ts';
import type { Task } from '../../duty/task.ts';
import { type AssessmentReads, assessmentReads } from '../assessment-reads.ts';
import { type DutyNotesVersion, dutyNotes, type RoomRoster, roomRoster } from '../duty-notes.ts';
import { type HandOverState, handOverState } from '../hand-over-reads.ts';
import { handOverChain, latestHandOversFit } from '../hand-over-seal.ts';
import { type MissingSeal, missingSeals } from '../missing-seals.ts';
import { atOneMoment, type ReadDeps } from '../read.ts';
import { lastPublishedChange, type RosterState, rosterChanges, rosterState } from '../roster-reads.ts';
import { type SealVerdict, sealVerdicts } from '../seal-verdicts.ts';
import { shiftLog } from '../shift-log-reads.ts';
import { shiftLogChain } from '../shift-log-seal.ts';
import { shiftLogShifts } from '../shift-log-shifts.ts';
import { shiftSummary } from '../shift-summary.ts';
import { tasksAmong } from '../tasks.ts';

export interface StoredDuty {
  /** Also who stayed because nobody came. */
  roomRoster(room: string): Promise<RoomRoster>;
  /** 值班表: all of it that overlaps a stretch (ms UTC). */
  rosterState(room: string, span: ShiftEnds): Promise<RosterState>;
  /** Every change of one shift, the latest first. */
  rosterChanges(room: string, shift: ShiftEnds): Promise<readonly RosterChangeView[]>;
  /** When what is published of a stretch last changed, ms UTC; null: never on the page. */
  lastPublishedChange(room: string, span: ShiftEnds): Promise<number | null>;
  /** 本班须知 of a room, the latest version first. */
  dutyNotes(room: string, limit: number): Promise<readonly DutyNotesVersion[]>;

  /** 交接班 of a room: the open one with what is open now, and those before it. */
  handOverState(room: string, at: number): Promise<HandOverState>;
  /**
   * Whether the seals of the room's hand-overs fit, all of them or so many of the latest: null, or the id of the first that
   * does not.
   */
  handOverChain(room: string, latest?: number): Promise<string | null>;
  /** 待办 by their ids, open or closed; ids of nothing are left out. */
  tasks(ids: readonly string[]): Promise<readonly Task[]>;
  /** What came to a room from … to (ms UTC), as counts. */
  shiftSummary(room: string, from: number, to: number): Promise<ShiftSummary>;

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
  /** Seals that the audit trail has and the tables have no longer. */
  missingSeals(): Promise<readonly MissingSeal[]>;

  /** 考核: what is counted of a room from … to (not included, ms UTC); null: more than `most` calls. */
  assessmentReads(
    room: string,
    asked: { readonly from: number; readonly to: number; readonly now: number; readonly most: number },
  ): Promise<AssessmentReads | null>;
}

export function storedDuty(deps: ReadDeps): StoredDuty {
  return {
    roomRoster: (room) => atOneMoment(deps, (moment) => roomRoster(moment, room)),
    rosterState: (room, span) => atOneMoment(deps, (moment) => rosterState(moment, room, span)),
    rosterChanges: (room, shift) => atOneMoment(deps, (moment) => rosterChanges(moment, room, shift)),
    lastPublishedChange: (room, span) => lastPublishedChange(deps, room, span),
    dutyNotes: (room, limit) => dutyNotes(deps, room, limit),
    handOverState: (room, at) => atOneMoment(deps, (moment) => handOverState(moment, room, at)),
    handOverChain: (room, latest) =>
      atOneMoment(deps, (moment) =>
        latest === undefined ? handOverChain(moment, room) : latestHandOversFit(moment, room, latest),
      ),
    tasks: (ids) => tasksAmong(deps, ids),
    shiftSummary: (room, from, to) => atOneMoment(deps, (moment) => shiftSummary(moment, room, { from, to })),
    shiftLogShifts: (room, before, now) =>
      atOneMoment(deps, (moment) => shiftLogShifts(moment, room, before, now)),
    shiftLog: (room, from, now) => atOneMoment(deps, (moment) => shiftLog(moment, room, from, now)),
    shiftLogChain: (room, latest) => atOneMoment(deps, (moment) => shiftLogChain(moment, room, latest)),
    verifySeals: () => sealVerdicts(deps),
    missingSeals: () => missingSeals(deps),
    assessmentReads: (room, asked) => assessmentReads(deps, room, asked),
  };
}
