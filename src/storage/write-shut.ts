/**
 * 涉密误录处置 (D11): a call or a record that must not be heard or read by anybody, or a text that a person wrote by hand and that
 * belongs to neither. Isolated it is only closed, and can be opened again; destroyed, its texts go here and now and its
 * sound by a job that does not rest until every copy is gone. Who decided, when and over which digests stays in facts and audit trail; the reason may say too much and is erasable.
 */
import { type HandWritten, readWritten } from '../duty/hand-written.ts';
import { groupsOf } from './call-group.ts';
import { appendFact, type Desk, noteChange } from './desk.ts';
import { eraseLinesOfRecord } from './erase-log-lines.ts';
import { eraseWritten, lockWritten, roomOfWritten, roomsWithWritten } from './hand-written.ts';
import { eraseTextsOfRecord, hasIncident } from './incident-texts.ts';
import type { Outcome } from './outcome.ts';
import { DONE } from './outcome.ts';
import { indexRecord } from './search-index.ts';
import type { ShutHand, ShutWork } from './shut-work.ts';
import { destroyAttachments } from './write-attachment.ts';

/** Accounts, ids and times only. */
export interface ShutFact {
  readonly kind: 'isolated' | 'released' | 'destroyed';
  readonly call: string | null;
  readonly record: string | null;
  /** Of what was written by hand; absent in those of calls and records. */
  readonly written?: string;
  readonly by: readonly string[];
  readonly at: number;
}

/** A call, a record, both of each other, or by its name (`nameOfWritten`) what was written by hand. */
interface Subject {
  readonly call: string | null;
  readonly record: string | null;
  readonly written?: string;
  readonly room: string | null;
}

const KINDS = { isolate: 'isolated', release: 'released', destroy: 'destroyed' } as const;

/**
 * Shuts, opens again, or destroys a call and all that were joined with it, each with its record: one sound may hold what was
 * said in several. Of another room nothing is opened or destroyed, only shut: that is for its own people to decide. Repeats
 * are harmless; what was destroyed stays so.
 */
export async function writeShut(desk: Desk, work: ShutWork): Promise<Outcome> {
  const [named, ...joined] = await subjectsOf(desk, work.subject);
  const isText = readWritten(work.subject) !== null;
  if (named === undefined) return { ok: false, refusal: isText ? unknownText : unknownSubject };
  const before = await shutRow(desk, named);
  if (before?.destroyed_at != null && work.type !== 'destroy')
    return { ok: false, refusal: isText ? destroyedText : destroyed };
  const hands: readonly ShutHand[] = work.type === 'destroy' ? work.by : [work.by];
  const [first, second] = hands;
  if (second !== undefined && (first?.account === second.account || sameperson(first, second))) {
    return { ok: false, refusal: twoPersons };
  }
  for (const subject of [named, ...joined]) {
    const row = await shutRow(desk, subject);
    if (row?.destroyed_at != null) continue;
    const isOfOthers = subject.room !== named.room;
    if (isOfOthers && work.type === 'release') continue;
    const type = isOfOthers ? 'isolate' : work.type;
    if (type === 'isolate' ? row !== undefined : type === 'release' && row === undefined) continue;
    const by = hands.map((hand) => hand.account);
    await writeShutting(desk, subject, { kind: KINDS[type], by, at: work.at });
    if (type === 'destroy') await destroy(desk, subject);
    for (const { account, person } of hands) {
      const kind = `secrecy-${KINDS[type]}`;
      const payload = { reason: work.reason };
      desk.audits.push({ at: work.at, account, person, kind, subject: idOf(subject), payload });
    }
  }
  return DONE;
}

/**
 * Calls have become one, and the sound of one lies with the other now. When any of them is shut, the rest is isolated too
 * until a person has decided about it.
 */
export async function isolateTogether(desk: Desk, calls: readonly string[], at: number): Promise<void> {
  const shut = await desk.db
    .selectFrom('shut')
    .select(['id', 'isolated_by'])
    .where('id', 'in', calls)
    .executeTakeFirst();
  if (shut === undefined) return;
  await desk.calls.flush();
  for (const subject of await subjectsOf(desk, shut.id)) {
    if ((await shutRow(desk, subject)) !== undefined) continue;
    await writeShutting(desk, subject, { kind: 'isolated', by: [shut.isolated_by], at });
  }
}

async function writeShutting(
  desk: Desk,
  subject: Subject,
  what: Pick<ShutFact, 'kind' | 'by' | 'at'>,
): Promise<void> {
  const { call, record, room, written } = subject;
  const { kind, by, at } = what;
  const fact: ShutFact = { kind, call, record, ...(written === undefined ? {} : { written }), by, at };
  const id = idOf(subject);
  appendFact(desk, {
    fact_key: `shutting:${id}:${kind}:${at}`,
    stream: 'shutting',
    stream_id: id,
    kind,
    at,
    fact_json: JSON.stringify(fact),
    context_json: null,
  });
  await foldShutting(desk, fact);
  // Names of incidents stand with the clocks of the room, everything else on its pages.
  const text = written === undefined ? null : readWritten(written);
  if (text !== null) for (const one of await roomsWithWritten(desk, text)) noteChange(desk, 'room', one, one);
  if (call !== null) noteChange(desk, 'call', call, room);
  if (record !== null) {
    noteChange(desk, 'record', record, room);
    indexRecord(desk, record);
    // Its name stands with the clocks of the room.
    if (room !== null && (await hasIncident(desk, record))) noteChange(desk, 'room', room, room);
    if (kind === 'destroyed') desk.toIndex.purge = true;
  }
}

function idOf({ call, record, written }: Pick<Subject, 'call' | 'record' | 'written'>): string {
  return call ?? record ?? written ?? '';
}

function shutRow(desk: Desk, subject: Subject) {
  return desk.db.selectFrom('shut').selectAll().where('id', '=', idOf(subject)).executeTakeFirst();
}

function sameperson(one: ShutHand | undefined, other: ShutHand): boolean {
  return one?.person != null && one.person === other.person;
}

/** The row after one of its facts. */
export async function foldShutting(desk: Pick<Desk, 'db'>, fact: ShutFact): Promise<void> {
  const id = idOf(fact);
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
async function destroy(desk: Desk, { call, record, written, room }: Subject): Promise<void> {
  const text = written === undefined ? null : readWritten(written);
  if (text !== null) await eraseWritten(desk, text);
  if (record !== null) {
    await desk.db.updateTable('record_fields').set({ value: '' }).where('record_id', '=', record).execute();
    await desk.db
      .updateTable('record_entries')
      .set({ who: '', text: '' })
      .where('record_id', '=', record)
      .execute();
    // As when everything is folded anew: a reason that was there is an empty one.
    await desk.db
      .updateTable('record_entries')
      .set({ withdrawn_reason: '' })
      .where('record_id', '=', record)
      .where('withdrawn_at', 'is not', null)
      .execute();
    await desk.db
      .updateTable('records')
      .set({ void_reason: '' })
      .where('id', '=', record)
      .where('void_reason', 'is not', null)
      .execute();
    await desk.db
      .updateTable('record_revisions')
      .set({ value: null, reason: null })
      .where('record_id', '=', record)
      .execute();
    await destroyAttachments(desk, record);
    await eraseTextsOfRecord(desk, record);
    if (room !== null) await eraseLinesOfRecord(desk, room, record);
  }
  if (call === null) return;
  await desk.db.deleteFrom('call_texts').where('call_id', '=', call).execute();
  await desk.db.deleteFrom('call_notes').where('call_id', '=', call).execute();
  await desk.db.updateTable('call_reviews').set({ remark: '' }).where('call_id', '=', call).execute();
  await desk.db.deleteFrom('lock_notes').where('call_id', '=', call).execute();
  desk.effects.push({ id: desk.newId(), kind: 'erase-recordings', call });
}

/** A call with its record, or a record with its call, then those joined with it; none when there is no such thing. */
async function subjectsOf(desk: Desk, id: string): Promise<readonly Subject[]> {
  const written = readWritten(id);
  if (written !== null) return textOf(desk, id, written);
  const named = await subjectOf(desk, id);
  if (named === null) return [];
  if (named.call === null) return [named];
  const group = (await groupsOf(desk, [named.call])).get(named.call) ?? [];
  const joined = group.filter((call) => call !== named.call);
  const others = await Promise.all(joined.map((call) => subjectOf(desk, call)));
  return [named, ...others.flatMap((other) => other ?? [])];
}

async function textOf(desk: Desk, name: string, written: HandWritten): Promise<readonly Subject[]> {
  await lockWritten(desk, written);
  const record = written.kind === 'incident' ? await recordOfIncident(desk, written.id) : null;
  // What became of a record goes with it.
  if (record !== null) return subjectsOf(desk, record);
  const room = await roomOfWritten(desk, written);
  return room === null ? [] : [{ call: null, record: null, written: name, room }];
}

async function recordOfIncident({ db }: Desk, id: string): Promise<string | null> {
  const row = await db.selectFrom('incidents').select('record_id').where('id', '=', id).executeTakeFirst();
  return row?.record_id ?? null;
}

async function subjectOf(desk: Desk, id: string): Promise<Subject | null> {
  const call = await desk.db
    .selectFrom('calls')
    .select(['id', 'room'])
    .where('id', '=', id)
    // What somebody is writing about it is committed first, or finds it shut (PostgreSQL; SQLite has one writer).
    .$if(desk.dialect === 'postgres', (query) => query.forUpdate())
    .executeTakeFirst();
  const record = await desk.db
    .selectFrom('records')
    .select(['id', 'room', 'call_id'])
    .where(call === undefined ? 'id' : 'call_id', '=', id)
    .$if(desk.dialect === 'postgres', (query) => query.forUpdate())
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
const unknownText = {
  code: 'text-unknown',
  zh: '找不到这段文字，可能刚有变化。请重新打开本页。',
  en: 'There is no such text.',
};
const destroyedText = {
  code: 'text-destroyed',
  zh: '这段文字已按涉密误录处置销毁，不能恢复。',
  en: 'This text was destroyed and cannot be opened again.',
};
const twoPersons = {
  code: 'two-persons-needed',
  zh: '销毁须由两人共同确认，第二人不能与第一人相同。',
  en: 'Destroying takes two different persons.',
};
