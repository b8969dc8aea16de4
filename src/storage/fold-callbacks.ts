/**
 * 待回拨 as calls and forms make it by themselves: opened when a caller gave up, closed when he is reached or when his form
 * is decided. The same functions fold live and when everything is folded anew.
 */
import type { CallFact } from '../calls/fact.ts';
import { summaryOf } from '../calls/summary.ts';
import { readNumber } from '../directory/number.ts';
import type { PhoneRecord } from '../records/record.ts';
import { type CallEntry, entryOf } from './call-row.ts';
import type { Desk } from './desk.ts';

export type CallbackDesk = Pick<Desk, 'db' | 'rules' | 'dialect'>;

/** Calls whose 待回拨 another call has closed. */
export async function foldCallbacks(
  desk: CallbackDesk,
  entry: CallEntry,
  fact: CallFact,
): Promise<readonly string[]> {
  if (entry.room === null) return [];
  switch (fact.kind) {
    case 'leg-answered':
      // A PBX that picked up is not a person (music, voicemail, the phone's own leg of a call that goes out).
      return summaryOf(entry.call).answeredAt === null ? [] : closeByCall(desk, entry, entry.room);
    case 'call-ended':
    case 'call-lost-from-sight':
      await openIfMissed(desk, entry, entry.room);
      return [];
    case 'calls-joined':
      await desk.db.deleteFrom('callbacks').where('call_id', '=', entry.id).execute();
      return [];
    default:
      return [];
  }
}

async function openIfMissed(desk: CallbackDesk, entry: CallEntry, room: string): Promise<void> {
  const { call } = entry;
  if (call.direction !== 'inbound' || call.line === null || entry.joinedTo !== null) return;
  const { outcome } = summaryOf(call);
  if (outcome === null || outcome === 'answered') return;
  const decided = await desk.db
    .selectFrom('records')
    .select('id')
    .where('call_id', '=', entry.id)
    .where('state', '!=', 'draft')
    .executeTakeFirst();
  if (decided !== undefined || (await calledAgain(desk, entry, room))) return;
  await desk.db
    .insertInto('callbacks')
    .values({
      call_id: entry.id,
      room,
      caller_key: entry.callerKey,
      since: call.lastFactAt - entry.offsetMs,
      level: 0,
      claimed_at: null,
      claimed_by: null,
      closed_at: null,
      closed_how: null,
      closed_by: null,
    })
    .onConflict((clash) => clash.column('call_id').doNothing())
    .execute();
}

/** A call that is told later, from the history of a PBX, may have been followed by one that was answered. */
async function calledAgain(desk: CallbackDesk, entry: CallEntry, room: string): Promise<boolean> {
  if (entry.call.begin !== 'history' || entry.callerKey === null) return false;
  const later = await desk.db
    .selectFrom('calls')
    .selectAll()
    .where('room', '=', room)
    .where('caller_key', '=', entry.callerKey)
    .where('started_at', '>', entry.call.startedAt - entry.offsetMs)
    .limit(50)
    .execute();
  return later.some((row) => summaryOf(entryOf(row).call).answeredAt !== null);
}

/** A person speaks with this number now, whoever called whom. */
async function closeByCall(desk: CallbackDesk, entry: CallEntry, room: string): Promise<readonly string[]> {
  const { call } = entry;
  const outbound = call.direction === 'outbound';
  const key = outbound ? dialledKey(desk, entry) : entry.callerKey;
  if (key === null || call.direction === 'internal') return [];
  const at = call.lastFactAt - entry.offsetMs;
  const closed = await desk.db
    .updateTable('callbacks')
    .set({
      closed_at: at,
      closed_how: outbound ? 'called-back' : 'called-again',
      closed_by: entry.id,
    })
    .where('room', '=', room)
    .where('closed_at', 'is', null)
    .where('caller_key', '=', key)
    .where('call_id', '!=', entry.id)
    // A call that is told later, from the history of a PBX, may be older.
    .where('since', '<=', at)
    .returning('call_id')
    .execute();
  return closed.map((row) => row.call_id);
}

/** Without the access code: the number as the trunk was told to dial it, or as it was dialled. */
function dialledKey(desk: CallbackDesk, { call }: CallEntry): string | null {
  const sent = call.legs.findLast((leg) => leg.role === 'trunk' && leg.number !== null)?.number;
  return readNumber(sent ?? call.dialled, desk.rules.areaCode).matchKey;
}

/** A form that is decided (登记, 无需记录, 作废, 并入) decides its call; opened again, it is to be called back again. */
export async function foldCallbackOfRecord(
  desk: Pick<CallbackDesk, 'db'>,
  before: PhoneRecord | undefined,
  after: PhoneRecord,
): Promise<boolean> {
  if (after.call === null || before === undefined) return false;
  if ((before.state === 'draft') === (after.state === 'draft')) return false;
  const isDraft = after.state === 'draft';
  const change = isDraft
    ? { closed_at: null, closed_how: null, closed_by: null }
    : { closed_at: after.updatedAt, closed_how: 'decided', closed_by: null };
  const { numUpdatedRows } = await desk.db
    .updateTable('callbacks')
    .set(change)
    .where('call_id', '=', after.call)
    .$if(isDraft, (query) => query.where('closed_how', '=', 'decided'))
    .$if(!isDraft, (query) => query.where('closed_at', 'is', null))
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}
