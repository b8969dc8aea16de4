/**
 * B1 值班电话接听是否及时规范, as the telephone knows it: how many calls of a duty line were answered, how long they rang, and which
 * of them are the late ones. Pure; times are integer ms.
 */

/** One call that came in on a duty line. */
export interface IncomingCall {
  readonly id: string;
  /** When it came, UTC. */
  readonly at: number;
  /** How long a phone rang before it was answered; null: not answered, or the ring was not seen. */
  readonly rangMs: number | null;
  readonly isAnswered: boolean;
  /** Of a call that nobody answered: somebody called back, or the caller called again and was answered. */
  readonly isMended: boolean;
  /** Sound of it that can be played. */
  readonly recordings: readonly string[];
  /** 评议, the mark that counts; null: nobody has listened for it. */
  readonly mark: 'proper' | 'improper' | null;
}

export interface AnswerLimits {
  /** Within it the answer is good: three rings. */
  readonly goodMs: number;
  /** After it the answer is late: a fourth ring has begun. */
  readonly lateMs: number;
}

export interface Answering {
  readonly calls: readonly IncomingCall[];
  readonly answered: readonly IncomingCall[];
  readonly unanswered: readonly IncomingCall[];
  /** Of those: nobody has called back. */
  readonly forsaken: readonly IncomingCall[];
  /** Share of those that were answered, 0 to 1; null: nobody called. */
  readonly rate: number | null;
  /** Half of the answers came within `p50Ms`, nineteen of twenty within `p95Ms`; null: no answer whose ring was seen. */
  readonly p50Ms: number | null;
  readonly p95Ms: number | null;
  /** Later than good, not yet late. */
  readonly near: readonly IncomingCall[];
  readonly late: readonly IncomingCall[];
  /** Answered, and nobody saw how long it rang. */
  readonly unseen: readonly IncomingCall[];
  /** 不规范 by somebody who listened. */
  readonly improper: readonly IncomingCall[];
  /** Marked at all. */
  readonly marked: readonly IncomingCall[];
}

export function answeringOf(calls: readonly IncomingCall[], limits: AnswerLimits): Answering {
  const answered = calls.filter((call) => call.isAnswered);
  const unanswered = calls.filter((call) => !call.isAnswered);
  const rings = answered.flatMap(({ rangMs }) => rangMs ?? []).toSorted((one, other) => one - other);
  const rangLonger = (than: number) => answered.filter(({ rangMs }) => rangMs !== null && rangMs > than);
  const late = rangLonger(limits.lateMs);
  return {
    ...{ calls, answered, unanswered, late },
    forsaken: unanswered.filter((call) => !call.isMended),
    rate: calls.length === 0 ? null : answered.length / calls.length,
    p50Ms: percentile(rings, 0.5),
    p95Ms: percentile(rings, 0.95),
    near: rangLonger(limits.goodMs).filter((call) => !late.includes(call)),
    unseen: answered.filter(({ rangMs }) => rangMs === null),
    improper: calls.filter(({ mark }) => mark === 'improper'),
    marked: calls.filter(({ mark }) => mark !== null),
  };
}

/** Nearest rank: the smallest value that at least `share` of all do not exceed. `sorted`: ascending. */
function percentile(sorted: readonly number[], share: number): number | null {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? null;
}
