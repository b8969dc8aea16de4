/** 考核 as the page gets it. Times are integer ms UTC. */
import type { AnswerLimits, Figure } from './figure.ts';
import type { AssessmentRow, Way } from './table.ts';

export interface AssessmentView {
  readonly at: number;
  readonly from: number;
  readonly to: number;
  readonly step: 'day' | 'month';
  readonly limits: AnswerLimits;
  readonly handOverWithinMs: number;
  /** Of an officer: only what was in his own shifts. */
  readonly ownOnly: boolean;
  readonly tables: Readonly<Record<Way, readonly NamedRow[]>>;
  /** Rooms whose year is too much for one look; nothing of them is counted. */
  readonly tooMany: readonly string[];
}

export interface NamedRow extends AssessmentRow {
  readonly name: string;
}

export interface CountedView {
  readonly figure: Figure;
  /** All that are counted; `items` are the latest of them. */
  readonly total: number;
  readonly items: readonly CountedItemView[];
}

export interface CountedItemView {
  readonly kind: 'call' | 'turn' | 'finding' | 'clock';
  readonly id: string;
  readonly at: number;
  readonly room: string;
  /** Number of the line; null: it has none. */
  readonly line: string | null;
  readonly officers: readonly string[];
  readonly ringMs: number | null;
  /** How it came out: of a call, a hand-over, a finding. */
  readonly state: string;
}
