/** 移交事项 in words: who called, what was written, what a machine suspects. */
import type { OpenMatter } from '../duty/hand-over.ts';
import type { MatterView } from '../duty/hand-over-view.ts';
import { matterOf } from '../duty/incident-clock.ts';
import { clockName } from '../duty/incident-names.ts';
import type { Store } from '../storage/store.ts';
import type { CallView } from './protocol/call-view.ts';
import type { RecordView } from './protocol/record-view.ts';

export type MatterStore = Pick<
  Store,
  'callViews' | 'recordViews' | 'findingView' | 'tasks' | 'office' | 'runningClocks'
>;

/** Characters of 电话内容: the list shows three lines of it and the rest when asked; a text of pages is for its form. */
const BEGINNING = 600;

/** In the order given, as they stand at a moment (ms UTC); of what is gone only kind and id are known. */
export async function matterViews(
  store: MatterStore,
  matters: readonly OpenMatter[],
  at: number,
): Promise<readonly MatterView[]> {
  const ids = (...kinds: readonly OpenMatter['kind'][]) =>
    matters.flatMap(({ kind, id }) => (kinds.includes(kind) ? id : []));
  const records = byId(await store.recordViews(ids('draft', 'emergency-undecided')));
  const calls = byId(
    await store.callViews([
      ...ids('callback', 'missing-sound'),
      ...[...records.values()].flatMap(({ call }) => call ?? []),
    ]),
  );
  const tasks = byId(await store.tasks(ids('task')));
  const findings = byId(
    (await Promise.all(ids('finding').map((id) => store.findingView(id)))).filter(
      (finding) => finding !== undefined,
    ),
  );
  const clocks = ids('clock').length === 0 ? new Map<string, Running>() : await running(store, at);
  const { lines } = findings.size === 0 ? { lines: [] } : await store.office();

  return matters.map(({ kind, id }): MatterView => {
    const none: MatterView = {
      ...{ kind, id, at: null, unit: '', person: '', number: '', text: '' },
      ...NOTHING,
    };
    switch (kind) {
      case 'draft':
      case 'emergency-undecided': {
        const record = records.get(id);
        return record === undefined ? none : { ...none, ...ofRecord(record, calls.get(record.call ?? '')) };
      }
      case 'callback':
      case 'missing-sound': {
        const call = calls.get(id);
        return call === undefined ? none : { ...none, ...ofCall(call) };
      }
      case 'finding': {
        const finding = findings.get(id);
        const number = lines.find((line) => line.id === finding?.line)?.number ?? '';
        return finding === undefined ? none : { ...none, at: finding.openedAt, number, text: finding.kind };
      }
      case 'task': {
        const task = tasks.get(id);
        if (task === undefined) return none;
        const { writtenAt: at, writtenBy: person, text, dueAt } = task;
        return { ...none, at, person, text, dueAt };
      }
      default:
        return { ...none, ...clocks.get(id) };
    }
  });
}

type Running = Pick<MatterView, 'at' | 'text' | 'dueAt'>;

/** 时限 by the id they are handed over with; an incident that is shut away says no more than which clock it is. */
async function running(store: MatterStore, now: number): Promise<ReadonlyMap<string, Running>> {
  const all = await store.runningClocks(now);
  return new Map(
    all.flatMap(({ incident, title, clocks }) =>
      clocks.map((clock): [string, Running] => {
        const text = title === null ? clockName(clock.what) : `${clockName(clock.what)}：${title}`;
        return [matterOf(incident, clock), { at: incident.receivedAt, text, dueAt: clock.dueAt }];
      }),
    ),
  );
}

const NOTHING = { dueAt: null, call: null };

function ofCall(call: CallView) {
  const { unit, person, shown } = call.caller;
  return { at: call.startedAt, unit: unit ?? '', person: person ?? '', number: shown ?? '', call: call.id };
}

/** What a person wrote into the form says more than what the telephone knew. */
function ofRecord(record: RecordView, call: CallView | undefined) {
  const { callerUnit, callerName, callerNumber, content } = record.fields;
  const known = call === undefined ? null : ofCall(call);
  return {
    at: known?.at ?? record.openedAt,
    unit: callerUnit.value || (known?.unit ?? ''),
    person: callerName.value || (known?.person ?? ''),
    number: known?.number || callerNumber.value,
    text: beginningOf(content.value),
    call: record.call,
  };
}

function beginningOf(text: string): string {
  const letters = [...text];
  return letters.length > BEGINNING ? `${letters.slice(0, BEGINNING - 1).join('')}…` : text;
}

function byId<T extends { readonly id: string }>(rows: readonly T[]): ReadonlyMap<string, T> {
  return new Map(rows.map((row) => [row.id, row]));
}
