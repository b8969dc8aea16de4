import Database from 'better-sqlite3';
import type { Call } from '../../src/calls/call.ts';
import type { CallSummary } from '../../src/calls/call-summary.ts';
import { summaryOf } from '../../src/calls/summary.ts';

/** One call as it lies in the database, read from outside while the service runs. */
export interface KeptCall {
  readonly id: string;
  /** Caller's number of an inbound call, dialled digits of an outbound one (without the access digit when only listed). */
  readonly mark: string;
  readonly direction: string;
  readonly ended: boolean;
  readonly drafts: number;
  /** What people see of it. */
  readonly summary: CallSummary;
}

interface Row {
  readonly id: string;
  readonly direction: string;
  readonly caller_number: string | null;
  readonly call_json: string;
  readonly ended_at: number | null;
  readonly drafts: number;
}

/** Every call that is no part of another one. */
export function keptCalls(database: string): readonly KeptCall[] {
  return read<Row>(
    database,
    `select id, direction, caller_number, call_json, ended_at,
       (select count(*) from records where records.call_id = calls.id) as drafts
     from calls where joined_to is null`,
  ).map((row) => {
    const call = JSON.parse(row.call_json) as Call;
    return {
      id: row.id,
      direction: row.direction,
      mark: row.direction === 'inbound' ? (row.caller_number ?? '') : call.dialled,
      ended: row.ended_at !== null,
      drafts: row.drafts,
      summary: summaryOf(call),
    };
  });
}

export interface KeptGap {
  readonly from: number;
  readonly to: number | null;
  readonly missed: number | null;
}

export function keptGaps(database: string): readonly KeptGap[] {
  return read<{ from_at: number; to_at: number | null; missed: number | null }>(
    database,
    'select from_at, to_at, missed from gaps order by from_at',
  ).map((row) => ({ from: row.from_at, to: row.to_at, missed: row.missed }));
}

/** Record → 电话内容 as it stands. */
export function keptTexts(database: string): ReadonlyMap<string, string> {
  const rows = read<{ record_id: string; value: string }>(
    database,
    "select record_id, value from record_fields where field = 'content'",
  );
  return new Map(rows.map((row) => [row.record_id, row.value]));
}

export interface KeptRecording {
  readonly call: string | null;
  readonly part: string;
  readonly state: string;
  readonly seconds: number | null;
}

export function keptRecordings(database: string): readonly KeptRecording[] {
  return read(database, 'select call_id as call, part, state, seconds from recordings');
}

function read<T>(database: string, sql: string): readonly T[] {
  const connection = new Database(database, { readonly: true });
  try {
    return connection.prepare(sql).all() as T[];
  } finally {
    connection.close();
  }
}
