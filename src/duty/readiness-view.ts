/** 迎检: what a room can show of a stretch, on one page. Times are integer ms UTC. */
import type { KnownLine } from './inspection-known.ts';

/** 迎检 is of some days, a month at most; a longer stretch is an inspection's. */
export const LONGEST_READY_MS = 32 * 86_400_000;

/** What can be printed by itself. */
export const READY_PARTS = ['roster', 'notes', 'calls', 'checks', 'lines', 'clocks'] as const;
export type ReadyPart = (typeof READY_PARTS)[number];

export interface ReadyShift {
  readonly from: number;
  readonly to: number;
  readonly name: string;
  /** Names with the role they stand in, in the order of the roster. */
  readonly posts: readonly { readonly role: string; readonly names: readonly string[] }[];
}

/** One call that came in, as a line of 来电一览. */
export interface ReadyCall {
  readonly id: string;
  readonly at: number;
  /** As lists show it: a citizen's is masked. */
  readonly number: string;
  readonly who: string;
  /** From the first ring to the answer; null: not answered, or not seen. */
  readonly rangMs: number | null;
  readonly speed: 'good' | 'near' | 'late' | 'missed' | 'unseen';
  readonly talkMs: number | null;
  /** Number of its 电话记录单, or how it stands. */
  readonly record: string;
  /** 上级值班抽查: of 类别 值班抽查, from a caller of class 上级. */
  readonly isCheck: boolean;
  /** There is sound that can be played. */
  readonly hasSound: boolean;
}

export interface ReadinessView {
  readonly room: string;
  readonly roomName: string;
  readonly unitName: string;
  readonly at: number;
  readonly from: number;
  readonly to: number;
  readonly shifts: readonly ReadyShift[];
  /** What 本班须知 says of itself, and who has confirmed it. */
  readonly notes: readonly KnownLine[];
  readonly answering: readonly KnownLine[];
  readonly calls: readonly ReadyCall[];
  readonly isCut: boolean;
  readonly lines: readonly KnownLine[];
  readonly clocks: readonly KnownLine[];
  readonly mayExport: boolean;
  readonly mayHear: boolean;
}
