/** 值班日志 as the page and the paper get it. Times are integer ms UTC. */
import type { Device } from './hand-over.ts';
import type { HandWritten, ShutTexts } from './hand-written.ts';
import type { CallCounts, LogLine } from './shift-log.ts';

/** Who was on duty and what the shift is called, by name. */
export interface ShiftLogHead {
  /** 白班, 夜班 …; empty where it has no name. */
  readonly names: readonly string[];
  readonly leaders: readonly string[];
  readonly officers: readonly string[];
}

export interface ShiftLogShift extends ShiftLogHead {
  readonly from: number;
  /** Null: it runs. */
  readonly to: number | null;
  /** When it should end, or should have; null: nobody knows. */
  readonly dueAt: number | null;
  /** `over`: its time is over and nobody signed. */
  readonly state: 'running' | 'over' | 'sealed' | 'reopened';
}

/** The hand-over that ended a shift, by name. */
export interface SignedHandOver {
  readonly state: 'done' | 'stayed';
  readonly closedAt: number;
  readonly giver: { readonly name: string; readonly at: number } | null;
  readonly takers: readonly { readonly name: string; readonly at: number }[];
  /** 需续办事项, a sentence each; those that were not handed over with their reason. */
  readonly matters: readonly string[];
  /** What of them people wrote by hand, each with the place of its sentence, from 0. */
  readonly written: readonly { readonly text: HandWritten; readonly matter: number }[];
  readonly devices: Readonly<Partial<Record<Device, boolean>>>;
}

export interface ShiftLogView {
  readonly room: string;
  readonly at: number;
  readonly shift: ShiftLogShift;
  /** Those that were shut away have no text. */
  readonly lines: readonly LogLine[];
  readonly counts: CallCounts;
  /** Null: nobody signed for this shift. */
  readonly signed: SignedHandOver | null;
  /** The first one first. */
  readonly seals: readonly { readonly at: number; readonly by: string | null; readonly digest: string }[];
  /** Each seal is what it was put on. */
  readonly fits: boolean;
  readonly openings: readonly {
    readonly id: string;
    readonly at: number;
    readonly by: string | null;
    /** Null: shut away or erased. */
    readonly reason: string | null;
  }[];
  /** Of what people wrote here: lines, reasons of reopening, and of `signed`. */
  readonly shut: ShutTexts;
}

export interface ShiftLogList {
  readonly room: string;
  readonly name: string;
  readonly at: number;
  /** May tick, write and add here. */
  readonly mayWrite: boolean;
  /** May open what is sealed again, and seal it again. */
  readonly mayReopen: boolean;
  readonly mayExport: boolean;
  /** The latest first. */
  readonly shifts: readonly ShiftLogShift[];
  /** `from` of the last of them: asked for what lies before; null: there is nothing. */
  readonly before: number | null;
  /** The first shift whose seal does not fit, by its beginning; null: all do. */
  readonly broken: number | null;
}
