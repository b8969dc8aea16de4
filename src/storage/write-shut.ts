/**
 * 涉密误录处置 (D11): a call or a record that must not be heard or read by anybody. Isolated it is only closed, and can be
 * opened again; destroyed, its texts go here and now and its sound by a job that does not rest until every copy is gone.
 * Who decided, when and over which digests stays in facts and audit trail; the reason may say too much and is erasable.
 */
import { appendFact, type Desk, noteChange } from './desk.ts';
import type { Outcome } from './outcome.ts';
import { DONE } from './outcome.ts';
import { indexRecord } from './search-index.ts';
import type { ShutHand, ShutWork } from './work.ts';

/** Accounts, ids and times only. */
export interface ShutFact {
  readonly kind: 'isolated' | 'released' | 'destroyed';
  readonly call: string | null;
  readonly record: string | null;
  readonly by: readonly string[];
  readonly at: number;
}

interface Subject {
  readonly call: string | null;
  readonly record: string | null;
  readonly room: string | null;
}

const KINDS = { isolate: 'isolated', release: 'released', destroy: 'destroyed' } as const;

/** Shuts, opens again, or destroys. Repeats are harmless; what was destroyed stays so. */
export async function writeShut(desk: Desk, work: ShutWork): Promise<Outcome> {
  const subject = await subjectOf(desk, work.subject);
  if (subject === null) return { ok: false, refusal: unknownSubject };
  const id = subject.call ?? subject.record ?? '';
  const before = await desk.db.selectFrom('shut').selectAll().where('id', '=', id).executeTakeFirst();
  if (before?.destroyed_at != null) return work.type === 'destroy' ? DONE : { ok: false, refusal: destroyed };
  if (work.type === 'isolate' ? before !== undefined : work.type === 'release' && before === undefined)
    return DONE;
  const hands: readonly ShutHand[] = work.type === 'destroy' ? work.by : [work.by];
  const [first, second] = hands;
  if (second !== undefined && (first?.account === second.account || sameperson(first, second))) {
    return { ok: false, refusal: twoPersons };
  }
  const fact: ShutFact = {
    kind: KINDS[work.type],
    call: subject.call,
    record: subject.record,
    by: hands.map((hand) => hand.account),
    at: work.at,
  };
  appendFact(desk, {
    fact_key: `shutting:${id}:${fact.kind}:${work.at}`,
    stream: 'shutting',
    stream_id: id,
    kind: fact.kind,
    at: work.at,
    fact_json: JSON.stringify(fact),
    context_json: null,
  });
  await foldShutting(desk, fact);
  if (work.type === 'destroy') await destroy(desk, subject);
  for (const { account, person } of hands) {
    const { reason } = work;
    desk.audits.push({
      at: work.at,
      account,
      person,
      kind: `secrecy-${fact.kind}`,
      subject: id,
      payload: { reason },
    });
  }
  if (subject.call !== null) noteChange(desk, 'call', subject.call, subject.room);
  if (subject.record !== null) {
    noteChange(desk, 'record', subject.record, subject.room);
    indexRecord(desk, subject.record);
    if (work.type === 'destroy') desk.toIndex.purge = true;
  }
  return DONE;
}

function sameperson(one: ShutHand | undefined, other: ShutHand): boolean {
  return one?.person != null && one.person === other.person;
}

/** The row after one of its facts. */
export async function foldShutting(desk: Pick<Desk, 'db'>, fact: ShutFact): Promise<void> {
  const id = fact.call ?? fact.record ?? '';
  if (fact.kind === 'released') {
    await desk.db.deleteFrom('shut').where('id', '=', id).execute();
    return;
  }
  const destroyed = fact.kind === 'destroyed' ? fact : null;
  const destroyed_at = destroyed?.at ?? null;
  const destroyed_by_json = destroyed === null ? null : JSON.stringify(destroyed.by);
  await desk.db
    .insertInto('shut')
    .values({
      id,
      call_id: fact.call,
      record_id: fact.record,
      isolated_at: fact.at,
      isolated_by: fact.by[0] ?? '',
      destroyed_at,
      destroyed_by_json,
    })
    .onConflict((clash) => clash.column('id').doUpdateSet({ destroyed_at, destroyed_by_json }))
    .execute();
}

/** Whether the sound of this call must go wherever it turns up. */
export async function isDestroyed(desk: Pick<Desk, 'db'>, call: string): Promise<boolean> {
  const row = await desk.db
    .selectFrom('shut')
    .select('destroyed_at')
    .where('call_id', '=', call)
    .executeTakeFirst();
  return row?.destroyed_at != null;
}

/** Every text goes; digests stay in the facts, so that the chain of evidence still says that there was one. */
async function destroy(desk: Desk, { call, record }: Subject): Promise<void> {
  if (record !== null) {
    await desk.db.updateTable('record_fields').set({ value: '' }).where('record_id', '=', record).execute();
    await desk.db
      .updateTable('record_entries')
      .set({ who: '', text: '', withdrawn_reason: null })
      .where('record_id', '=', record)
      .execute();
    await desk.db
      .updateTable('record_revisions')
      .set({ value: null, reason: null })
      .where('record_id', '=', record)
      .execute();
  }
  if (call === null) return;
  await desk.db.deleteFrom('call_texts').where('call_id', '=', call).execute();
  desk.effects.push({ id: desk.newId(), kind: 'erase-recordings', call });
}

/** A call with its record, or a record with its call; null when the id is of neither. */
async function subjectOf(desk: Desk, id: string): Promise<Subject | null> {
  const call = await desk.db
    .selectFrom('calls')
    .select(['id', 'room'])
    .where('id', '=', id)
    .executeTakeFirst();
  const record = await desk.db
    .selectFrom('records')
    .select(['id', 'room', 'call_id'])
    .where(call === undefined ? 'id' : 'call_id', '=', id)
    .executeTakeFirst();
  if (call === undefined && record === undefined) return null;
  return {
    call: call?.id ?? record?.call_id ?? null,
    record: record?.id ?? null,
    room: call?.room ?? record?.room ?? null,
  };
}

const unknownSubject = {
  code: 'call-unknown',
  zh: '找不到这通电话或这张记录单。',
  en: 'There is no such call or record.',
};
const destroyed = {
  code: 'call-destroyed',
  zh: '该通话已按涉密误录处置销毁，不能恢复。',
  en: 'This call was destroyed and cannot be opened again.',
};
const twoPersons = {
  code: 'two-persons-needed',
  zh: '销毁须由两人共同确认，第二人不能与第一人相同。',
  en: 'Destroying takes two different persons.',
};
