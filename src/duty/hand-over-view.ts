/** 交接班 as the page gets it. Times are integer ms UTC. */
import type { HandOver, OpenMatter } from './hand-over.ts';
import type { ShutTexts } from './hand-written.ts';
import type { ShiftSummary } from './shift-summary.ts';
import type { Standing } from './standing.ts';

/** One of 移交事项, in words: what of it is known by the tables. Names and texts are callers' and people's own. */
export interface MatterView extends OpenMatter {
  /** When it came; null: it is gone. */
  readonly at: number | null;
  readonly unit: string;
  readonly person: string;
  /** The far end's, or that of the duty line; '' where it would not say. */
  readonly number: string;
  /** Beginning of 电话内容; what is to be done; a `SuspicionKind` of a finding. */
  readonly text: string;
  readonly dueAt: number | null;
  /** The call that opens at the desk. */
  readonly call: string | null;
}

export interface StandingHandOver {
  readonly handOver: HandOver;
  /** Who may sign as 交班人; empty: anybody of the room. */
  readonly onDuty: readonly string[];
}

export interface PastHandOver {
  readonly handOver: HandOver;
  readonly closedAt: number;
  /** Digest over this one and the one before it, hex. */
  readonly seal: string;
}

export interface HandOverView {
  readonly room: string;
  readonly at: number;
  /** May begin, decide and sign here. */
  readonly mayHandOver: boolean;
  /** With what is open now; null: nobody hands over. */
  readonly open: StandingHandOver | null;
  /** As one would stand that began now; null while one is open. */
  readonly next: StandingHandOver | null;
  /** Those of `open`, else of `next`, in the same order. */
  readonly matters: readonly MatterView[];
  readonly shift: ShiftSummary;
  /** 本班须知 as it stands: its version is what a 接班人 says he has read; 0: none was written. */
  readonly notesVersion: number;
  /** The latest first. */
  readonly past: readonly PastHandOver[];
  readonly people: readonly {
    readonly id: string;
    readonly name: string;
    readonly title: string | null;
    /** Null: nobody has said. */
    readonly standing: Standing | null;
  }[];
  /** Id of the first hand-over whose seal does not fit; null: all do. */
  readonly broken: string | null;
  /** Of 待办, and of the reasons why something was not handed over. */
  readonly shut: ShutTexts;
}
