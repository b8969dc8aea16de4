/** What a recording should hold, by what the telephone says of its call. */
import type { ExpectedSound } from '../sound/quality.ts';
import type { RecordingRow } from '../storage/store/recordings.ts';
import type { TalkTimes } from './talk-times.ts';

/** An order this much before the answer waits for the bridge; what is ordered later begins late. */
const ORDERED_IN_TIME_MS = 1_000;

type Row = Pick<RecordingRow, 'id' | 'part' | 'mode' | 'knownAt' | 'orderedAt' | 'foundBy'>;

/**
 * `others` are all recordings of the call. Several of one talk follow each other: each is answerable for the stretch until
 * the next one begins. When a file of mode `pbx` began nobody tells us, only how long it should at least be.
 */
export function expectedSound(row: Row, call: TalkTimes, others: readonly Row[]): ExpectedSound {
  const nothing = { part: row.part, talk: null, startedAt: null };
  if (row.part !== 'talk' || call.answeredAt === null || call.endedAt === null) return nothing;
  const talks = others
    .filter((other) => other.part === 'talk')
    .toSorted((one, other) => begunAt(one) - begunAt(other));
  if (row.mode === 'pbx' || row.foundBy !== null) {
    return talks.length > 1 ? nothing : { ...nothing, talk: { from: call.answeredAt, to: call.endedAt } };
  }
  const place = talks.findIndex((other) => other.id === row.id);
  const next = talks[place + 1];
  const begins = (one: Row) => Math.max(begunAt(one), call.answeredAt ?? 0);
  const inTime = begunAt(row) <= call.answeredAt + ORDERED_IN_TIME_MS;
  const startedAt = inTime ? call.answeredAt : begunAt(row);
  const from = place > 0 ? begins(row) : call.answeredAt;
  const to = next === undefined ? call.endedAt : Math.min(call.endedAt, begins(next));
  return to <= from ? nothing : { part: row.part, talk: { from, to }, startedAt };
}

/** A recording is known when it is asked for; the PBX may take the order only on a later try. */
function begunAt({ knownAt, orderedAt }: Row): number {
  return orderedAt ?? knownAt;
}
