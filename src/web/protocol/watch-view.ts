/** 值班电话检测 as the page sees it. */
import type { FindingDecision, FindingState } from '../../diagnosis/finding.ts';
import type { Evidence, Scope, SuspicionKind } from '../../diagnosis/suspicion.ts';
import type { LineVerdict } from '../../diagnosis/verdict.ts';

/** Both verdicts of one line: on 值班台, and on its own page. */
export interface LineWatchView {
  readonly line: string;
  readonly forwarding: LineVerdict;
  readonly ringback: LineVerdict;
  /** 疑似 that nobody has decided yet. */
  readonly undecided: number;
  /** 拨测中: the line is being called by ourselves, and may ring for that. */
  readonly probing: boolean;
}

/** A line with its findings, of any room the visitor may see. */
export interface WatchedLineView extends LineWatchView {
  readonly number: string;
  readonly room: string;
  readonly roomName: string;
  /** By its name. */
  readonly unit: string;
  readonly unitId: string;
  readonly findings: readonly FindingView[];
}

export interface FindingView {
  readonly id: string;
  readonly line: string;
  readonly kind: SuspicionKind;
  readonly state: FindingState;
  readonly openedAt: number;
  readonly lastAt: number;
  readonly times: number;
  /** The newest first. */
  readonly evidence: readonly EvidenceView[];
  readonly notes: readonly FindingNoteView[];
}

export interface EvidenceView {
  readonly at: number;
  readonly scope: Scope;
  readonly call: string | null;
  readonly probe: string | null;
  readonly evidence: Evidence;
}

export interface FindingNoteView {
  readonly id: string;
  readonly decision: FindingDecision;
  readonly text: string;
  /** What of the text may be seen; null: all of it. */
  readonly shut: 'isolated' | 'destroyed' | null;
  readonly by: string | null;
  readonly at: number;
}
