/** 已登记 → 办理中 → 已办结, as the entries that stand say. Pure. */
import type { EntryKind } from './entry.ts';
import type { PhoneRecord } from './record.ts';

const BRINGS_IN_HAND: readonly EntryKind[] = ['request', 'instruction', 'assignment', 'feedback'];

/** The state a record has by its entries that stand. */
export function stateByEntries(record: Pick<PhoneRecord, 'state' | 'entries'>): PhoneRecord['state'] {
  if (!['registered', 'in-hand', 'done'].includes(record.state)) return record.state;
  const standing = record.entries.filter((entry) => entry.withdrawn === null);
  const last = standing.filter(({ kind }) => kind === 'closing' || BRINGS_IN_HAND.includes(kind)).at(-1);
  if (last === undefined) return 'registered';
  return last.kind === 'closing' ? 'done' : 'in-hand';
}
