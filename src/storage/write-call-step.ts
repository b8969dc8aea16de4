/** One tracker step made durable: its facts, the calls they fold to, gaps, names, and the drafts they open. */

import { courseLine } from '../calls/course.ts';
import { callOf, evolve } from '../calls/evolve.ts';
import type { CallFact, CallText } from '../calls/fact.ts';
import { phaseOf } from '../calls/phase.ts';
import { readNumber } from '../directory/number.ts';
import { fillCaller, fillRecorder, mergeUntouchedDraft, openDraft } from './call-record.ts';
import type { CallEntry } from './call-row.ts';
import { appendFact, type Desk, noteChange } from './desk.ts';
import { foldCallbacks } from './fold-callbacks.ts';
import { indexCall } from './search-index.ts';
import { watchCall } from './watch-call.ts';
import type { CallStepWork } from './work.ts';
import { writeGapFact } from './write-gap.ts';
import { isDestroyed, isolateTogether } from './write-shut.ts';

const LONGEST_COURSE = 300;

/** Writes what is new in a step; a step written before changes nothing. */
export async function writeCallStep(desk: Desk, work: CallStepWork): Promise<void> {
  for (const fact of work.facts) await writeFact(desk, fact, work.offsetMs ?? 0);
  for (const fact of work.pbxFacts) await writeGapFact(desk, fact);
  for (const text of work.texts) await writeCallerName(desk, text);
  for (const draft of work.drafts) {
    const entry = await desk.calls.get({ pbx: work.pbx, ...draft });
    if (entry !== undefined) await openDraft(desk, entry);
  }
}

async function writeFact(desk: Desk, told: CallFact, offsetMs: number): Promise<void> {
  if (desk.knownFacts.has(told.factKey)) return;
  const { fact, json } = asKept(told);
  const before = await desk.calls.get(fact);
  if (before === undefined && fact.kind !== 'call-arrived') {
    throw new Error(`fact ${fact.kind} of a call that never arrived`);
  }
  const after = before === undefined ? await firstEntry(desk, fact, offsetMs) : next(desk, before, fact);
  desk.calls.put(fact, after);
  appendFact(desk, factRow(after, fact, json));
  noteChange(desk, 'call', after.id, after.room);
  await followUp(desk, after, fact);
  await watchCall(desk, after, fact);
  for (const closed of await foldCallbacks(desk, after, fact)) noteChange(desk, 'call', closed, after.room);
}

/** PostgreSQL cannot keep a NUL, and a caller who sends one must not be able to keep a call out of the store. */
function asKept(told: CallFact): { readonly fact: CallFact; readonly json: string } {
  const json = JSON.stringify(told);
  if (!json.includes('\\u0000')) return { fact: told, json };
  const clean = (value: unknown): unknown => {
    if (typeof value === 'string') return value.replaceAll('\0', '\ufffd');
    if (Array.isArray(value)) return value.map(clean);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, clean(inner)]));
  };
  const fact = clean(told) as CallFact;
  return { fact, json: JSON.stringify(fact) };
}

/** Kept beside the arrival of a call: the office and the clock may be others when the call is folded again. */
export type ArrivalContext = Pick<CallEntry, 'room' | 'offsetMs'>;

/** The row of a call's fact: the fact itself as JSON, found again by the call's id. */
function factRow({ id, room, offsetMs }: CallEntry, fact: CallFact, json: string) {
  const context: ArrivalContext | null = fact.kind === 'call-arrived' ? { room, offsetMs } : null;
  return {
    fact_key: fact.factKey,
    stream: 'call' as const,
    stream_id: id,
    kind: fact.kind,
    at: fact.at,
    fact_json: json,
    context_json: context === null ? null : JSON.stringify(context),
  };
}

async function firstEntry(desk: Desk, fact: CallFact, offsetMs: number): Promise<CallEntry> {
  if (fact.kind !== 'call-arrived') throw new Error(`a call cannot begin with ${fact.kind}`);
  return arrived(desk, fact, {
    id: desk.newId(),
    room: await roomOf(desk, fact.line, fact.endpoint),
    offsetMs,
  });
}

/** The entry of a call at its first fact. */
export function arrived(
  desk: Pick<Desk, 'rules'>,
  fact: Extract<CallFact, { kind: 'call-arrived' }>,
  given: Pick<CallEntry, 'id' | 'room' | 'offsetMs'>,
): CallEntry {
  const call = callOf(fact);
  return {
    ...given,
    call,
    receivedAt: fact.receivedAt,
    phaseSince: fact.receivedAt,
    callerKey: readNumber(call.callerNumber, desk.rules.areaCode).matchKey,
    joinedTo: null,
    course: courseAfter([], call, fact, given.offsetMs),
  };
}

/** The entry after one more fact. */
export function next(desk: Pick<Desk, 'rules'>, before: CallEntry, fact: CallFact): CallEntry {
  const call = evolve(before.call, fact);
  const moved = phaseOf(call) !== phaseOf(before.call);
  const renumbered = call.callerNumber !== before.call.callerNumber;
  return {
    ...before,
    call,
    phaseSince: moved ? fact.receivedAt : before.phaseSince,
    callerKey: renumbered ? readNumber(call.callerNumber, desk.rules.areaCode).matchKey : before.callerKey,
    course: courseAfter(before.course, call, fact, before.offsetMs),
  };
}

function courseAfter(course: CallEntry['course'], call: CallEntry['call'], fact: CallFact, offsetMs: number) {
  const line = courseLine(call, fact);
  if (line === null || course.length >= LONGEST_COURSE) return course;
  return [...course, { ...line, at: fact.pbxAt === null ? fact.at : fact.at - offsetMs }];
}

/** What a fact entails beyond its own call: forms, other calls, work to do. */
async function followUp(desk: Desk, entry: CallEntry, fact: CallFact): Promise<void> {
  switch (fact.kind) {
    case 'leg-answered':
      return fillRecorder(desk, entry, fact.endpoint);
    case 'caller-identified':
      return fillCaller(desk, entry);
    case 'calls-joined': {
      const survivor = await joinCalls(desk, entry, fact);
      if (survivor === undefined) return;
      noteChange(desk, 'call', survivor.id, survivor.room);
      await isolateTogether(desk, [entry.id, survivor.id], fact.at);
      indexCall(desk, survivor.id);
      indexCall(desk, entry.id);
      return mergeUntouchedDraft(desk, entry, survivor);
    }
    case 'call-ended':
    case 'call-lost-from-sight': {
      const { pbx, linkedid, generation } = fact;
      indexCall(desk, entry.id);
      desk.effects.push({
        id: desk.newId(),
        kind: 'attach-recordings',
        call: entry.id,
        pbx,
        linkedid,
        generation,
      });
      return;
    }
    default:
      return;
  }
}

/** Links a joined call to its survivor and hands its recordings over; undefined when the survivor is unknown. */
export async function joinCalls(
  desk: Pick<Desk, 'calls' | 'db'>,
  entry: CallEntry,
  fact: Extract<CallFact, { kind: 'calls-joined' }>,
): Promise<CallEntry | undefined> {
  const { pbx, survivor: linkedid, survivorGeneration: generation } = fact;
  const survivor = await desk.calls.get({ pbx, linkedid, generation });
  if (survivor === undefined) return undefined;
  desk.calls.put(fact, { ...entry, joinedTo: survivor.id });
  await desk.db
    .updateTable('recordings')
    .set({ call_id: survivor.id, room: survivor.room })
    .where('call_id', '=', entry.id)
    .execute();
  return survivor;
}

async function writeCallerName(desk: Desk, text: CallText): Promise<void> {
  const entry = await desk.calls.get(text);
  if (entry === undefined || (await isDestroyed(desk, entry.id))) return;
  await desk.db
    .insertInto('call_texts')
    .values({ call_id: entry.id, kind: 'caller-name', text: text.callerName.replaceAll('\0', '') })
    .onConflict((clash) =>
      clash.columns(['call_id', 'kind']).doUpdateSet((row) => ({ text: row.ref('excluded.text') })),
    )
    .execute();
  noteChange(desk, 'call', entry.id, entry.room);
}

/** A call belongs to the room of its line; without a line, to the room of the phone it began at. */
async function roomOf(desk: Desk, line: string | null, endpoint: string): Promise<string | null> {
  if (line !== null) return (await desk.office.lines()).find((row) => row.id === line)?.room ?? null;
  return (await desk.office.seats()).find((seat) => seat.phone === endpoint)?.room ?? null;
}
