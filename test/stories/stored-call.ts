/** What the service has kept of calls, read back from its store. */
import { setTimeout as delay } from 'node:timers/promises';
import type { CallSummary } from '../../src/calls/call-summary.ts';
import { foldCall } from '../../src/calls/evolve.ts';
import { summaryOf } from '../../src/calls/summary.ts';
import type { Store } from '../../src/storage/store.ts';
import type { CallView, RecordingState } from '../../src/web/protocol/call-view.ts';
import type { RecordView } from '../../src/web/protocol/record-view.ts';

export interface StoredCalls {
  /** Every call of the room, oldest first; joined ones too. */
  readonly views: readonly CallView[];
  readonly records: readonly RecordView[];
  /** Folded from the facts and names in the store; a joined call is in its survivor. */
  readonly summaries: readonly CallSummary[];
}

/** Reads everything kept of a room whose calls are all younger than an hour. */
export async function storedCalls(store: Store, pbx: string, room: string): Promise<StoredCalls> {
  const changes = await store.changesSince(room, 0);
  if (changes === null) throw new Error('more has changed than is told at once');
  const idsOf = (entity: 'call' | 'record') =>
    changes.filter((change) => change.entity === entity).map(({ id }) => id);
  const views = await store.callViews(idsOf('call'));
  return {
    views: views.toSorted((one, other) => one.startedAt - other.startedAt),
    records: await store.recordViews(idsOf('record')),
    summaries: await summariesOf(store, pbx),
  };
}

/** Reads again and again until it is as wanted; what is not so after half a minute is told as it is. */
export async function storedCallsOnce(
  store: Store,
  pbx: string,
  room: string,
  wanted: (stored: StoredCalls) => boolean,
): Promise<StoredCalls> {
  const deadline = performance.now() + 30_000;
  for (;;) {
    const stored = await storedCalls(store, pbx, room);
    if (wanted(stored) || performance.now() > deadline) return stored;
    await delay(100);
  }
}

/** Has every call ended, and is its sound where it belongs? */
export function isOver({ views }: StoredCalls): boolean {
  return views.every(
    (view) => view.phase === 'ended' && view.recordings.every(({ state }) => SETTLED.has(state)),
  );
}

const SETTLED: ReadonlySet<RecordingState> = new Set(['attached', 'no-sound', 'missing', 'refused-path']);

async function summariesOf(store: Store, pbx: string): Promise<readonly CallSummary[]> {
  const { facts, texts } = await store.keptForRestore(pbx, Date.now());
  const told = Map.groupBy(facts, (fact) => `${fact.linkedid}|${fact.generation}`);
  return [...told].flatMap(([key, own]) => {
    const call = foldCall(own);
    if (call === undefined) throw new Error(`the facts of ${key} do not begin with its arrival`);
    if (call.ending?.kind === 'joined') return [];
    const text = texts.findLast(({ linkedid, generation }) => `${linkedid}|${generation}` === key);
    return [summaryOf({ ...call, callerName: text?.callerName ?? null })];
  });
}
