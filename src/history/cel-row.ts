/**
 * What a PBX keeps of its calls, in one shape whatever it is kept in. CEL (channel event log) has a row for every turn a
 * channel takes, CDR one for every pair of parties, written when they part. Every text in them may come from a caller.
 */

/** One row of CEL. */
export interface CelRow {
  /** `CHAN_START`, `APP_START`, `ANSWER`, `BRIDGE_ENTER` … */
  readonly eventType: string;
  /** PBX clock, integer ms UTC; FreePBX keeps whole seconds, so rows of one second stand in the order of their reading. */
  readonly at: number;
  readonly uniqueId: string;
  readonly linkedId: string;
  readonly channel: string;
  readonly exten: string;
  readonly context: string;
  readonly cidNum: string;
  readonly cidName: string;
  readonly cidRdnis: string;
  readonly cidDnid: string;
  readonly appName: string;
  readonly appData: string;
  /** Channels on the other side of the bridge, with commas between. */
  readonly peer: string;
  /** JSON; '' where the event has none. */
  readonly extra: string;
}

/** One row of CDR: a calling channel and one it was tied to. Times are integer ms UTC, PBX clock. */
export interface CdrRow {
  readonly start: number;
  /** Null when nobody answered, or the table has no such column (FreePBX). */
  readonly answer: number | null;
  readonly end: number;
  readonly billSeconds: number;
  readonly src: string;
  readonly callerName: string;
  readonly dst: string;
  readonly context: string;
  readonly channel: string;
  readonly dstChannel: string;
  readonly lastApp: string;
  readonly lastData: string;
  /** `ANSWERED`, `NO ANSWER`, `BUSY`, `FAILED`, `CONGESTION`. */
  readonly disposition: string;
  readonly uniqueId: string;
  /** '' where cdr.conf does not keep it: then every row is a call of its own. */
  readonly linkedId: string;
  /** FreePBX's `did`; '' elsewhere. */
  readonly did: string;
  /** FreePBX's `recordingfile`: a bare file name; '' elsewhere. */
  readonly recordingFile: string;
}

/** What a reader found in a window of time; rows in the order of the PBX's writing. */
export interface HistoryPage<Row> {
  readonly rows: readonly Row[];
  /** Rows that cannot be read: cut short, no time, no id. */
  readonly broken: number;
  /** The window holds more than one reading may: what is newer than `rows` was left out. */
  readonly cut: boolean;
}

export type HistoryResult<Row> =
  | ({ readonly ok: true } & HistoryPage<Row>)
  /**
   * The place cannot be read now; `reason` says why in words of the file or the database. `noTable`: the database answers
   * and has no such table, as one whose PBX never wrote that log.
   */
  | { readonly ok: false; readonly reason: string; readonly noTable?: boolean };

/** Reads the history of one PBX and writes nothing there. Times are PBX clock, integer ms UTC, `to` included. */
export interface HistoryReader {
  cel(from: number, to: number): Promise<HistoryResult<CelRow>>;
  cdr(from: number, to: number): Promise<HistoryResult<CdrRow>>;
  close(): Promise<void>;
}

/** Rows one reading may hold: a day of a busy office is some 100,000. */
export const MAX_ROWS = 500_000;
/** A text of a row is cut here; Asterisk itself writes at most 512 bytes of application data. */
export const MAX_TEXT = 2_000;
