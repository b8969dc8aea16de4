import type { Call } from '../calls/call.ts';
import type { Leg } from '../calls/leg.ts';
import type { CourseStep } from '../web/protocol/call-view.ts';
import type { CallTable, LegTable } from './call-tables.ts';

/** A call with what the store knows beyond its facts. */
export interface CallEntry {
  readonly id: string;
  readonly call: Call;
  readonly room: string | null;
  readonly receivedAt: number;
  readonly phaseSince: number;
  /** PBX clock minus ours when the call arrived. */
  readonly offsetMs: number;
  /** By which the same caller is found again. */
  readonly callerKey: string | null;
  readonly joinedTo: string | null;
  readonly course: readonly CourseStep[];
}

/** The row of a call. Its caller's name is free text and stands in `call_texts` (D11), never here. */
export function callRow(entry: CallEntry): CallTable {
  const { call } = entry;
  return {
    id: entry.id,
    pbx: call.pbx,
    linkedid: call.linkedid,
    generation: call.generation,
    room: entry.room,
    line: call.line,
    direction: call.direction,
    started_at: call.startedAt - entry.offsetMs,
    received_at: entry.receivedAt,
    phase_since: entry.phaseSince,
    offset_ms: entry.offsetMs,
    ended_at: endOf(entry),
    caller_number: call.callerNumber,
    caller_key: entry.callerKey,
    joined_to: entry.joinedTo,
    needs_attention: call.attention.length > 0 ? 1 : 0,
    call_json: JSON.stringify({ ...call, callerName: null }),
    course_json: JSON.stringify(entry.course),
  };
}

/** Reads a row back. Our own writing is trusted to have the shape it was written with. */
export function entryOf(row: CallTable): CallEntry {
  return {
    id: row.id,
    call: callOfJson(row.call_json),
    room: row.room,
    receivedAt: row.received_at,
    phaseSince: row.phase_since,
    offsetMs: row.offset_ms,
    callerKey: row.caller_key,
    joinedTo: row.joined_to,
    course: JSON.parse(row.course_json) as readonly CourseStep[],
  };
}

export function callOfJson(text: string): Call {
  const call = JSON.parse(text) as Partial<Call>;
  // JSON has no undefined: "nobody has told yet" is a missing key. Calls kept before 0019 name no sounds.
  return { ...call, divertedFrom: call.divertedFrom, sounds: call.sounds ?? [] } as Call;
}

export function legRow(call: string, leg: Leg): LegTable {
  return {
    call_id: call,
    uniqueid: leg.uniqueid,
    endpoint: leg.answeredBy ?? leg.endpoint,
    role: leg.role,
    number: leg.number,
    opened_at: leg.openedAt,
    rang_at: leg.rangAt,
    answered_at: leg.answeredAt,
    closed_at: leg.closedAt,
    cause: leg.cause,
  };
}

/** By our own clock, as `started_at`. */
function endOf({ call, offsetMs }: CallEntry): number | null {
  if (call.ending === null) return null;
  return (call.ending.kind === 'lost' ? call.ending.lastSeenAt : call.ending.at) - offsetMs;
}
