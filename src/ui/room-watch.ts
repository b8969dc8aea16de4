/** What the desk says of 值班电话检测 from the verdicts of its room's lines: one chip, quiet lines in 待处理, the last probe. Pure. */
import { type LineVerdict, PROOF_LASTS_MS, type WatchedTopic } from '../diagnosis/verdict.ts';
import type { LineWatchView } from '../web/protocol/watch-view.ts';

const TOPICS = ['forwarding', 'ringback'] as const satisfies readonly WatchedTopic[];
const WORST_FIRST = [
  'confirmed',
  'suspect',
  'unknown',
  'none',
] as const satisfies readonly LineVerdict['state'][];

export interface RoomVerdict {
  readonly state: LineVerdict['state'];
  /** Of which questions it is so. */
  readonly topics: readonly WatchedTopic[];
  /** Nothing has ever been looked at. */
  readonly never: boolean;
}

/** The worst that may be said of any line at a moment (ms UTC); of no line nothing is known. */
export function worstOf(watch: readonly LineWatchView[], now: number): RoomVerdict {
  const verdicts = watch.flatMap((line) =>
    TOPICS.map((topic) => ({ topic, verdict: aged(line[topic], now) })),
  );
  const state = WORST_FIRST.find((one) => verdicts.some(({ verdict }) => verdict.state === one)) ?? 'unknown';
  const topics = TOPICS.filter((topic) =>
    verdicts.some((one) => one.topic === topic && one.verdict.state === state),
  );
  return { state, topics, never: verdicts.every(({ verdict }) => verdict.why === 'never') };
}

/** The service tells nothing when a day has passed by itself: what was proved then is not known any more. */
function aged(verdict: LineVerdict, now: number): LineVerdict {
  const { state, at } = verdict;
  const holds = state !== 'none' || (at !== null && now - at < PROOF_LASTS_MS);
  return holds ? verdict : { ...verdict, state: 'unknown', scopes: [], why: 'too-old' };
}

export interface OpenSuspect {
  readonly line: string;
  /** Null: about the answering, or beside what was confirmed already. */
  readonly topic: WatchedTopic | null;
  readonly at: number | null;
  readonly count: number;
}

/** What nobody has looked at yet, a row each. */
export function openSuspects(watch: readonly LineWatchView[]): readonly OpenSuspect[] {
  return watch.flatMap((line): readonly OpenSuspect[] => {
    if (line.undecided === 0) return [];
    const topics = TOPICS.filter((topic) => line[topic].state === 'suspect');
    if (topics.length === 0) return [{ line: line.line, topic: null, at: null, count: line.undecided }];
    return topics.map((topic) => ({ line: line.line, topic, at: line[topic].at, count: line.undecided }));
  });
}

/** When the last probe found nothing; null: none did within a day, or something is suspect. */
export function lastFineProbe(watch: readonly LineWatchView[], now: number): number | null {
  const verdicts = watch.flatMap((line) => [aged(line.forwarding, now), aged(line.ringback, now)]);
  if (verdicts.some(({ state }) => state === 'suspect' || state === 'confirmed')) return null;
  const fine = verdicts.flatMap(({ state, source, at }) =>
    state === 'none' && source === 'probe' && at !== null ? [at] : [],
  );
  return fine.length === 0 ? null : Math.max(...fine);
}
