/** What can be done with a record after the call, and how its 办理经过 is read. Pure. */
import { ENTRY_KINDS, type EntryDraft, type EntryKind, type Way } from '../records/entry.ts';
import type { CallView } from '../web/protocol/call-view.ts';
import type { RecordView } from '../web/protocol/record-view.ts';
import { sameNumber, typedAfter, typedMoment } from './format.ts';

export type HandleChoice = EntryKind | 'link' | 'unlink' | 'merge' | 'archive' | 'unarchive' | 'history';

/** In the order of their digits. 拟办 and 请示 come while the call still lasts; the rest needs a number. */
export function handleChoices(
  record: Pick<RecordView, 'state' | 'linkedTo' | 'archivedAt'>,
): readonly HandleChoice[] {
  const link = record.linkedTo === null ? 'link' : 'unlink';
  switch (record.state) {
    case 'draft':
      return ['proposal', 'request', link, 'merge', 'history'];
    case 'registered':
    case 'in-hand':
    case 'done':
      return [...ENTRY_KINDS, link, record.archivedAt === null ? 'archive' : 'unarchive', 'history'];
    case 'void':
    case 'no-record':
    case 'merged':
      return ['history'];
  }
}

/** What stands in the boxes while an entry is written. */
export interface TypedEntry {
  readonly who: string;
  readonly text: string;
  readonly way: Way;
  readonly time: string;
  readonly due: string;
  readonly call: string;
}

export const EMPTY_ENTRY: TypedEntry = { who: '', text: '', way: 'phone', time: '', due: '', call: '' };

export type EntryTrouble = 'who' | 'text' | 'time' | 'due';

export function namesSomebody(kind: EntryKind): boolean {
  return kind !== 'proposal' && kind !== 'closing';
}

export function goesSomeWay(kind: EntryKind): boolean {
  return kind === 'request' || kind === 'instruction';
}

/**
 * The entry as it goes to the service, or the first box that is not right; `now` in ms UTC. A call that proves it says when
 * it was said, unless somebody wrote another time.
 */
export function entryOf(
  kind: EntryKind,
  typed: TypedEntry,
  calls: ReadonlyMap<string, CallView>,
  now: number,
): { readonly draft: EntryDraft } | { readonly trouble: EntryTrouble } {
  const proof = goesSomeWay(kind) && typed.way === 'phone' && typed.call !== '' ? typed.call : null;
  const written = typed.time.trim() === '' ? null : typedMoment(typed.time, now);
  if (namesSomebody(kind) && typed.who.trim() === '') return { trouble: 'who' };
  if (typed.text.trim() === '') return { trouble: 'text' };
  if (typed.time.trim() !== '' && (written === null || written > now + 60_000)) return { trouble: 'time' };
  const due = kind === 'assignment' && typed.due.trim() !== '' ? typedAfter(typed.due, now) : null;
  if (kind === 'assignment' && typed.due.trim() !== '' && due === null) return { trouble: 'due' };
  return {
    draft: {
      kind,
      who: namesSomebody(kind) ? typed.who.trim() : '',
      text: typed.text.trim(),
      way: goesSomeWay(kind) ? typed.way : null,
      happenedAt: written ?? (proof === null ? null : (calls.get(proof)?.answeredAt ?? null)),
      dueAt: due,
      call: proof,
    },
  };
}

/** Calls that may prove a telephone 批示: they went out and were answered; newest first. */
export function provingCalls(calls: Iterable<CallView>): readonly CallView[] {
  return [...calls]
    .filter((call) => call.direction === 'outbound' && call.answeredAt !== null && call.shut === null)
    .sort((a, b) => b.startedAt - a.startedAt);
}

const MOST_OTHERS = 9;

/** Records this one may go on from or be merged into: those of the same number first, then the newest; at most nine. */
export function otherRecords(
  record: RecordView,
  records: Iterable<RecordView>,
  wish: 'link' | 'merge',
): readonly RecordView[] {
  const number = record.fields.callerNumber.value;
  const same = (other: RecordView): boolean => sameNumber(other.fields.callerNumber.value, number);
  return [...records]
    .filter(
      (other) =>
        other.id !== record.id &&
        other.shut === null &&
        !['merged', 'void', 'no-record'].includes(other.state) &&
        (wish === 'merge' || (other.number !== null && other.openedAt <= record.openedAt)),
    )
    .sort((a, b) => Number(same(b)) - Number(same(a)) || b.openedAt - a.openedAt)
    .slice(0, MOST_OTHERS);
}
