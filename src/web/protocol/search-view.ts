/** 记录查询 as the page sees it. */
import type { Direction } from '../../calls/call-summary.ts';
import type { RecordState } from '../../records/field.ts';
import type { ReviewVerdict } from '../../records/review.ts';

export interface SearchHitView {
  readonly id: string;
  readonly call: string | null;
  readonly room: string;
  /** 来电时间, ms UTC. */
  readonly at: number;
  readonly direction: Direction;
  readonly state: RecordState;
  /** 编号; null before it is registered. */
  readonly number: string | null;
  readonly unit: string;
  readonly person: string;
  /** As lists show it: a citizen's is masked. */
  readonly caller: string;
  /** Whole, for those who may hear the call. */
  readonly rawCaller: string | null;
  readonly category: string;
  readonly recorder: string;
  /** Of 电话内容, or of the 要点 in which the words stand when they do not stand there. */
  readonly excerpt: string;
  readonly outcome: 'answered' | 'missed' | null;
  readonly sound: boolean;
  readonly archived: boolean;
  /** 评议: the mark that counts; null: none. */
  readonly review: ReviewVerdict | null;
  readonly shut: 'isolated' | 'destroyed' | null;
}

export interface SearchAnswer {
  readonly hits: readonly SearchHitView[];
  /** To be sent back as `before`; null: that was all. */
  readonly next: string | null;
  /** All since then (ms UTC) was looked through, and the page is short; null when it is full or that was all. */
  readonly lookedBackTo: number | null;
}
