/** Rows of the tables `cel` and `cdr` in a database, by the column names of FreePBX and of Asterisk's own SQL back ends. */
import { type CdrRow, type CelRow, MAX_TEXT } from './cel-row.ts';
import { readClock } from './pbx-clock.ts';

export type SqlRow = Readonly<Record<string, unknown>>;

/** Null when the row has no time or no id. */
export function celRowOf(row: SqlRow, timeZone: string): CelRow | null {
  const text = textIn(row);
  const at = readClock(text('eventtime'), timeZone);
  const [uniqueId, linkedId] = [text('uniqueid'), text('linkedid')];
  if (at === null || uniqueId === '' || linkedId === '') return null;
  return {
    eventType: text('eventtype'),
    at,
    uniqueId,
    linkedId,
    channel: text('channame'),
    exten: text('exten'),
    context: text('context'),
    cidNum: text('cid_num'),
    cidName: text('cid_name'),
    cidRdnis: text('cid_rdnis'),
    cidDnid: text('cid_dnid'),
    appName: text('appname'),
    appData: text('appdata'),
    peer: text('peer'),
    extra: text('extra') === '' ? text('eventextra') : text('extra'),
  };
}

/** FreePBX keeps no end and no answer: the end is begin plus duration, the answer end minus seconds of talk. */
export function cdrRowOf(row: SqlRow, timeZone: string): CdrRow | null {
  const text = textIn(row);
  const start = readClock(text('calldate'), timeZone);
  if (start === null || text('uniqueid') === '') return null;
  const billSeconds = Number(text('billsec')) || 0;
  const end = start + (Number(text('duration')) || 0) * 1_000;
  return {
    start,
    answer: text('disposition') === 'ANSWERED' ? end - billSeconds * 1_000 : null,
    end,
    billSeconds,
    src: text('src'),
    callerName: text('cnam'),
    dst: text('dst'),
    context: text('dcontext'),
    channel: text('channel'),
    dstChannel: text('dstchannel'),
    lastApp: text('lastapp'),
    lastData: text('lastdata'),
    disposition: text('disposition'),
    uniqueId: text('uniqueid'),
    linkedId: text('linkedid'),
    did: text('did'),
    recordingFile: text('recordingfile'),
  };
}

function textIn(row: SqlRow): (column: string) => string {
  return (column) => {
    const value = row[column];
    return typeof value === 'string' || typeof value === 'number' ? String(value).slice(0, MAX_TEXT) : '';
  };
}
