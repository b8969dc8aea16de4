/** What Asterisk has written of what it lived: on a busy machine that is seconds later, in the order in which it happened. */
import type { CdrRow, CelRow } from '../../src/history/cel-row.ts';

/** The first row of each call that came from outside. */
export function cameIn(rows: readonly CelRow[]): readonly CelRow[] {
  return rows.filter(({ eventType, uniqueId, linkedId, channel }) => {
    return eventType === 'CHAN_START' && uniqueId === linkedId && channel.startsWith('PJSIP/telco-');
  });
}

/** So many calls came in, and each of their channels has ended. */
export function isOver(rows: readonly CelRow[], calls: number): boolean {
  const named = (event: string) => rows.filter((row) => row.eventType === event);
  const ended = new Set(named('CHAN_END').map(({ uniqueId }) => uniqueId));
  const over = new Set(named('LINKEDID_END').map(({ linkedId }) => linkedId));
  return (
    cameIn(rows).length === calls &&
    named('CHAN_START').every(({ uniqueId }) => ended.has(uniqueId)) &&
    named('CHAN_END').every(({ linkedId }) => over.has(linkedId))
  );
}

/** So many calls came in; the last was answered, and CDR has a row of each before it. */
export function isLastAnswered(rows: readonly CelRow[], cdr: readonly CdrRow[], calls: number): boolean {
  const begun = cameIn(rows);
  const last = begun.at(-1)?.uniqueId;
  const kept = new Set(cdr.map(({ uniqueId }) => uniqueId));
  return (
    begun.length === calls &&
    rows.some(({ eventType, uniqueId }) => eventType === 'ANSWER' && uniqueId === last) &&
    begun.every(({ uniqueId }) => uniqueId === last || kept.has(uniqueId))
  );
}
