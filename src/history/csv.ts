/** History in Asterisk's CSV files: `cel-custom/Master.csv` in the layout of config/asterisk/cel_custom.conf, `cdr-csv/Master.csv`. */
import {
  type CdrRow,
  type CelRow,
  type HistoryReader,
  type HistoryResult,
  MAX_ROWS,
  MAX_TEXT,
} from './cel-row.ts';
import { type CsvRecord, csvRecords } from './csv-records.ts';
import { readClock } from './pbx-clock.ts';

export interface CsvHistory {
  /** Path of the CEL file; null: CEL is off. */
  readonly cel: string | null;
  readonly cdr: string | null;
  /** IANA name of the PBX's own zone: cdr-csv writes local time. */
  readonly timeZone: string;
}

/** Opens nothing yet: each reading opens its file, which Asterisk goes on writing. */
export function createCsvReader({ cel, cdr, timeZone }: CsvHistory): HistoryReader {
  return {
    cel: (from, to) =>
      readFile(
        cel,
        (fields) => celRowOf(fields, timeZone),
        (row) => row.at,
        from,
        to,
      ),
    cdr: (from, to) =>
      readFile(
        cdr,
        (fields) => cdrRowOf(fields, timeZone),
        (row) => row.start,
        from,
        to,
      ),
    close: () => Promise.resolve(),
  };
}

async function readFile<Row>(
  file: string | null,
  rowOf: (fields: readonly string[]) => Row | null,
  timeOf: (row: Row) => number,
  from: number,
  to: number,
): Promise<HistoryResult<Row>> {
  if (file === null) return { ok: true, rows: [], broken: 0, cut: false };
  const rows: Row[] = [];
  let broken = 0;
  try {
    for await (const record of csvRecords(file)) {
      const row = rowIn(record, rowOf);
      if (row === null) broken += 1;
      else if (timeOf(row) >= from && timeOf(row) <= to) rows.push(row);
      if (rows.length >= MAX_ROWS) return { ok: true, rows, broken, cut: true };
    }
  } catch (failure) {
    if (!(failure instanceof Error && 'code' in failure)) throw failure;
    return { ok: false, reason: failure.message };
  }
  return { ok: true, rows, broken, cut: false };
}

function rowIn<Row>(record: CsvRecord, rowOf: (fields: readonly string[]) => Row | null): Row | null {
  return record.broken ? null : rowOf(record.fields.map((field) => field.slice(0, MAX_TEXT)));
}

/** The order of columns of our cel_custom.conf. */
function celRowOf(fields: readonly string[], timeZone: string): CelRow | null {
  const [
    eventType = '',
    time = '',
    cidName = '',
    cidNum = '',
    cidRdnis = '',
    cidDnid = '',
    exten = '',
    context = '',
    channel = '',
    appName = '',
    appData = '',
    uniqueId = '',
    linkedId = '',
    peer = '',
    extra,
  ] = fields;
  const at = readClock(time, timeZone);
  if (at === null || extra === undefined || uniqueId === '' || linkedId === '') return null;
  return {
    eventType,
    at,
    uniqueId,
    linkedId,
    channel,
    exten,
    context,
    cidNum,
    cidName,
    cidRdnis,
    cidDnid,
    appName,
    appData,
    peer,
    extra,
  };
}

/** cdr_csv with `loguniqueid=yes`, `loguserfield=yes`, `newcdrcolumns=yes` (16 and 22). */
function cdrRowOf(fields: readonly string[], timeZone: string): CdrRow | null {
  const at = (n: number) => fields[n] ?? '';
  const [start, end] = [readClock(at(9), timeZone), readClock(at(11), timeZone)];
  if (start === null || end === null || at(16) === '') return null;
  return {
    start,
    answer: readClock(at(10), timeZone),
    end,
    billSeconds: Number(at(13)) || 0,
    src: at(1),
    callerName: at(4),
    dst: at(2),
    context: at(3),
    channel: at(5),
    dstChannel: at(6),
    lastApp: at(7),
    lastData: at(8),
    disposition: at(14),
    uniqueId: at(16),
    linkedId: at(19),
    did: '',
    recordingFile: '',
  };
}
