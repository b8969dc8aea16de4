/** What stands in the list and in the strip: calls and records put together. Pure. */
import type { CallView } from '../web/protocol/call-view.ts';
import type { RecordView } from '../web/protocol/record-view.ts';
import type { DeskState, Selected } from './desk-state.ts';
import { sameNumber } from './format.ts';

/** One row: a call, its record, or both. */
export interface WorkItem {
  readonly key: string;
  readonly selected: Selected;
  readonly call: CallView | null;
  readonly record: RecordView | null;
  readonly at: number;
  readonly need: 'call-back' | 'draft' | null;
}

export interface WorkList {
  readonly open: readonly WorkItem[];
  readonly today: readonly WorkItem[];
}

type Known = Pick<DeskState, 'calls' | 'records'>;

/** Calls that live now, newest first. Joined calls stand in the older one. */
export function liveCalls(state: Pick<DeskState, 'calls'>): readonly CallView[] {
  return [...state.calls.values()]
    .filter((call) => call.phase !== 'ended' && call.joinedTo === null)
    .sort(newestFirst);
}

/** The newest call of all, living or not: what F2 opens. A living one before an ended one. */
export function newestCall(state: Pick<DeskState, 'calls'>): CallView | null {
  const shown = [...state.calls.values()].filter((call) => call.joinedTo === null);
  return liveCalls(state)[0] ?? shown.sort(newestFirst)[0] ?? null;
}

/** 待处理 (what lives, then 待回拨, then drafts; oldest first, they wait longest) and 今日通话 (newest first). */
export function workList(state: Known): WorkList {
  const items: WorkItem[] = [];
  const called = new Set<string>();
  for (const call of state.calls.values()) {
    if (call.joinedTo !== null) continue;
    const record = call.record === null ? null : (state.records.get(call.record) ?? null);
    if (record !== null) called.add(record.id);
    items.push({
      key: `call:${call.id}`,
      selected: { kind: 'call', id: call.id },
      call,
      record,
      at: call.startedAt,
      need: needOf(call, record),
    });
  }
  for (const record of state.records.values()) {
    if (called.has(record.id) || record.state === 'merged') continue;
    items.push({
      key: `record:${record.id}`,
      selected: { kind: 'record', id: record.id },
      call: null,
      record,
      at: record.openedAt,
      need: record.state === 'draft' && isOpenWork(record) ? 'draft' : null,
    });
  }
  // What rings or talks now is looked for first.
  const rank = (item: WorkItem): number =>
    item.call !== null && item.call.phase !== 'ended' ? 0 : item.need === 'call-back' ? 1 : 2;
  return {
    open: items
      .filter((item) => item.need !== null)
      .sort((a, b) => rank(a) - rank(b) || a.at - b.at || a.key.localeCompare(b.key)),
    today: items
      .filter((item) => item.need === null)
      .sort((a, b) => b.at - a.at || a.key.localeCompare(b.key)),
  };
}

/** A caller nobody spoke to, and who was not reached since: the service says so. */
export function mustCallBack({ callback }: Pick<CallView, 'callback'>): boolean {
  return callback !== null && callback.closed === null;
}

function needOf(call: CallView, record: RecordView | null): WorkItem['need'] {
  if (record !== null && record.state !== 'draft') return null;
  if (mustCallBack(call)) return 'call-back';
  if (record === null) return null;
  return isOpenWork(record) ? 'draft' : null;
}

/** A draft of a call that went out is work only after a person typed in it (D4). */
function isOpenWork(record: RecordView): boolean {
  if (record.byHand || record.direction === 'inbound') return true;
  return Object.values(record.fields).some((field) => field.by !== null);
}

/** Rows whose number, names or texts contain what was searched, digits compared without separators. */
export function search(items: readonly WorkItem[], text: string): readonly WorkItem[] {
  const wanted = text.trim().toLowerCase();
  if (wanted === '') return items;
  const digits = wanted.replace(/\D/g, '');
  return items.filter(({ call, record }) => {
    const { caller } = call ?? { caller: null };
    const texts = [
      caller?.unit,
      caller?.person,
      caller?.name,
      record?.number,
      ...Object.values(record?.fields ?? {}).map((field) => field.value),
    ];
    const numbers = [caller?.number, call?.dialled, record?.fields.callerNumber.value];
    return (
      texts.some((value) => value?.toLowerCase().includes(wanted) === true) ||
      (digits !== '' && numbers.some((value) => value?.replace(/\D/g, '').includes(digits) === true))
    );
  });
}

/** Earlier calls with the same other side, newest first. */
export function earlierCalls(call: CallView, state: Pick<DeskState, 'calls'>): readonly CallView[] {
  return [...state.calls.values()]
    .filter(
      (other) =>
        other.id !== call.id &&
        other.joinedTo === null &&
        other.startedAt < call.startedAt &&
        sameNumber(otherSide(other), otherSide(call)),
    )
    .sort(newestFirst);
}

/** The phase for people: between the last talking leg and the end of a call there is no second arrival. */
export function shownPhase(call: CallView): CallView['phase'] {
  return call.phase === 'arriving' && call.answeredAt !== null ? 'talking' : call.phase;
}

/** The number at the far end. */
export function otherSide(call: CallView): string | null {
  if (call.direction === 'outbound') return call.dialled;
  // `anonymous` and its like stand for many people.
  return call.caller.shown === null ? null : call.caller.number;
}

/** What is open in the form: the record, and the call it belongs to. */
export function opened(state: Known & Pick<DeskState, 'selected'>): {
  readonly record: RecordView | null;
  readonly call: CallView | null;
} {
  const { selected } = state;
  if (selected === null) return { record: null, call: null };
  if (selected.kind === 'call') {
    const call = state.calls.get(selected.id) ?? null;
    const survivor = call?.joinedTo == null ? call : (state.calls.get(call.joinedTo) ?? call);
    const id = survivor?.record ?? null;
    return { call: survivor, record: id === null ? null : (state.records.get(id) ?? null) };
  }
  const record = state.records.get(selected.id) ?? null;
  const call = record?.call == null ? null : (state.calls.get(record.call) ?? null);
  return { record, call };
}

function newestFirst(a: CallView, b: CallView): number {
  return b.startedAt - a.startedAt || (a.id < b.id ? 1 : -1);
}
