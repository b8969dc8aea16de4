/** What calls do to forms by themselves: open them, fill in what the telephone knows, merge what nobody touched. */
import { readNumber } from '../directory/number.ts';
import type { FieldName } from '../records/field.ts';
import { prefill, recorderValues } from '../records/prefill.ts';
import type { PhoneRecord, RecordFact } from '../records/record.ts';
import type { CallEntry } from './call-row.ts';
import { type Desk, noteChange } from './desk.ts';
import { loadRecordOfCall } from './record-rows.ts';
import { BY_THE_SERVICE, writeRecordFacts } from './write-record-facts.ts';
import { isDestroyed } from './write-shut.ts';

/** Opens the draft of a call. A call that has one, or belongs to no room, gets none. */
export async function openDraft(desk: Desk, entry: CallEntry): Promise<void> {
  if (entry.room === null || entry.joinedTo !== null) return;
  const taken = await desk.db
    .selectFrom('records')
    .select('id')
    .where('call_id', '=', entry.id)
    .executeTakeFirst();
  if (taken !== undefined) return;
  const at = entry.receivedAt;
  const { room, id: call } = entry;
  const opened: RecordFact = {
    kind: 'record-opened',
    at,
    record: desk.newId(),
    room,
    call,
    direction: entry.call.direction,
    byHand: false,
  };
  const values = prefill({
    ...(await callerOf(desk, entry)),
    at: entry.call.startedAt - entry.offsetMs,
    recorder: await recorderOf(desk, entry),
    lineNumber: entry.call.lineNumber,
  });
  await writeRecordFacts(desk, undefined, [opened, ...written(values, undefined, at)], BY_THE_SERVICE);
  noteChange(desk, 'call', entry.id, entry.room);
}

/** 记录人 becomes the person of the seat whose phone answered, unless a person has written there already. */
export async function fillRecorder(desk: Desk, entry: CallEntry, endpoint: string): Promise<void> {
  const recorder = await personAt(desk, entry, endpoint);
  if (recorder === null) return;
  await fill(desk, entry, recorderValues({ recorder, lineNumber: entry.call.lineNumber }));
}

/** The caller's number came later than the call (FXO lines tell it after the first ring). */
export async function fillCaller(desk: Desk, entry: CallEntry): Promise<void> {
  const { callTime: _fixed, ...values } = prefill({
    ...(await callerOf(desk, entry)),
    at: 0,
    recorder: null,
    lineNumber: null,
  });
  await fill(desk, entry, values);
}

/**
 * A joined call's draft that nobody touched becomes 已并入; a touched one stays, and a person decides (D3). It stays too
 * where the older call has no form: an officer who spoke with a colleague first and then joined the two.
 */
export async function mergeUntouchedDraft(desk: Desk, joined: CallEntry, survivor: CallEntry): Promise<void> {
  const record = await loadRecordOfCall(desk, joined.id);
  if (record === undefined || record.touched || record.state !== 'draft') return;
  const at = joined.call.lastFactAt - joined.offsetMs;
  const into = await loadRecordOfCall(desk, survivor.id);
  if (into === undefined) return;
  await writeRecordFacts(desk, record, [{ kind: 'record-merged', at, into: into.id }], BY_THE_SERVICE);
}

async function fill(desk: Desk, entry: CallEntry, values: Values): Promise<void> {
  const record = await loadRecordOfCall(desk, entry.id);
  if (record === undefined || record.state !== 'draft' || (await isDestroyed(desk, entry.id))) return;
  const at = Math.max(record.updatedAt, entry.call.lastFactAt - entry.offsetMs);
  await writeRecordFacts(desk, record, written(values, record, at), BY_THE_SERVICE);
}

type Values = Readonly<Partial<Record<FieldName, string>>>;

/** Only fields no person has written, and only values that are new. */
function written(values: Values, record: PhoneRecord | undefined, at: number): readonly RecordFact[] {
  const facts: RecordFact[] = [];
  for (const [name, text] of Object.entries(values)) {
    const field = name as FieldName;
    const current = record?.fields[field];
    if (current !== undefined && (current.by !== null || current.value === text)) continue;
    const version = (current?.version ?? 0) + 1;
    const base = { kind: 'field-written', at, field, version, how: 'prefilled' } as const;
    facts.push({ ...base, by: null, client: null, text: text.replaceAll('\0', ''), reason: null });
  }
  return facts;
}

/** The other side of the call: who called us, or whom we called. */
async function callerOf(desk: Desk, { call }: CallEntry) {
  const raw = call.direction === 'outbound' ? (dialledOutside(call) ?? call.dialled) : call.callerNumber;
  return { number: readNumber(raw, desk.rules.areaCode), known: await desk.office.knownCaller(raw) };
}

/** Without the access code: the number as the trunk was told to dial it. */
function dialledOutside(call: CallEntry['call']): string | null {
  return call.legs.findLast((leg) => leg.role === 'trunk' && leg.number !== null)?.number ?? null;
}

async function recorderOf(desk: Desk, entry: CallEntry) {
  const { call } = entry;
  if (call.direction === 'outbound') {
    const caller = call.legs.find((leg) => leg.uniqueid === call.caller);
    return caller === undefined ? null : personAt(desk, entry, caller.endpoint);
  }
  const answered = call.legs.find((leg) => leg.answeredBy !== null && leg.role !== 'trunk');
  return answered?.answeredBy == null ? null : personAt(desk, entry, answered.answeredBy);
}

async function personAt(desk: Desk, entry: CallEntry, endpoint: string) {
  const seat = (await desk.office.seats()).find((row) => row.phone === endpoint && row.room === entry.room);
  if (seat?.person == null) return null;
  const person = (await desk.office.people()).find((row) => row.id === seat.person);
  return person === undefined ? null : { name: person.name, phone: person.phone };
}
