/**
 * CDR told as CEL, for a PBX whose CEL is off. CDR has one row for each pair of channels: when the first began, when they
 * spoke, when they parted. It does not say who hung up, who was transferred by whom, what was parked or where a phone sent
 * a call on; nothing of that is made up here, and every call says that it comes from CDR. Pure.
 */
import { compareAge } from '../calls/uniqueid.ts';
import type { CdrRow, CelRow } from './cel-row.ts';

/** CDR in files keeps whole seconds: what happens in one stands in the order in which it must have happened. */
const ORDER = ['CHAN_START', 'APP_START', 'ANSWER', 'HANGUP', 'CHAN_END', 'LINKEDID_END'];

type Turn = Pick<CelRow, 'eventType'> & Partial<CelRow>;

/** Q.850 cause of a leg that nobody answered; 0 where CDR says no more than that. */
const CAUSES: Readonly<Record<string, number>> = { BUSY: 17, CONGESTION: 34, FAILED: 20 };

/** Rows of one call (one Linkedid; without one each row is a call of its own), as its channels would have written CEL. */
export function cdrAsCel(rows: readonly CdrRow[]): readonly CelRow[] {
  const calls = Map.groupBy(rows, (row) => row.linkedId || row.uniqueId);
  return [...calls].flatMap(([linkedId, ofCall]) => callAsCel(linkedId, ofCall));
}

function callAsCel(linkedId: string, unordered: readonly CdrRow[]): readonly CelRow[] {
  const rows = unordered.toSorted(
    (one, other) => one.start - other.start || compareAge(one.uniqueId, other.uniqueId),
  );
  const callers = [...Map.groupBy(rows, (row) => row.uniqueId)];
  const names = new Map(rows.map((row) => [row.channel, row.uniqueId]));
  const told = callers.flatMap(([uniqueId, own]) => [...channelAsCel(linkedId, uniqueId, own, names)]);
  const end = Math.max(...rows.map((row) => row.end));
  const over = rowOf(linkedId, linkedId, rows[0]?.channel ?? '', end, { eventType: 'LINKEDID_END' });
  return [...told, over].toSorted((one, other) => one.at - other.at || rank(one) - rank(other));
}

/** A channel that called, and those it was tied to. */
function* channelAsCel(
  linkedId: string,
  uniqueId: string,
  rows: readonly CdrRow[],
  names: ReadonlyMap<string, string>,
): Generator<CelRow> {
  const [first] = rows;
  if (first === undefined) return;
  const own = (at: number, turn: Turn) => rowOf(linkedId, uniqueId, first.channel, at, turn);
  const end = Math.max(...rows.map((row) => row.end));
  yield own(first.start, {
    eventType: 'CHAN_START',
    exten: dialledOf(first),
    context: first.context,
    cidNum: first.src,
    cidName: first.callerName,
  });
  for (const [index, row] of rows.entries()) {
    yield own(row.start, { eventType: 'APP_START', appName: row.lastApp, appData: row.lastData });
    // A Local channel has a row of its own, and with it its own name there.
    if (row.dstChannel !== '' && !names.has(row.dstChannel))
      yield* legAsCel(linkedId, `${uniqueId}/${index}`, row);
    if (row.answer !== null) yield own(row.answer, { eventType: 'ANSWER' });
  }
  const last = rows.at(-1) ?? first;
  const dialstatus = last.disposition === 'ANSWERED' ? 'ANSWER' : 'NOANSWER';
  yield own(end, {
    eventType: 'HANGUP',
    extra: JSON.stringify({ hangupcause: 16, hangupsource: '', dialstatus }),
  });
  yield own(end, { eventType: 'CHAN_END' });
}

/** `dst` is the last extension, `s` behind a Gosub or Macro (22): then the digits stand in what was dialled. */
function dialledOf({ did, dst, lastData }: CdrRow): string {
  if (did !== '') return did;
  const digits = /^[A-Za-z0-9]+\/([0-9+*#]+)@/.exec(lastData)?.[1];
  return /\d/.test(dst) ? dst : (digits ?? dst);
}

/** CDR keeps no Uniqueid of the called channel: it gets one that no channel has. */
function* legAsCel(linkedId: string, uniqueId: string, row: CdrRow): Generator<CelRow> {
  const leg = (at: number, turn: Turn) =>
    rowOf(linkedId, uniqueId, row.dstChannel, at, { exten: 's', ...turn });
  yield leg(row.start, { eventType: 'CHAN_START' });
  if (row.answer !== null) yield leg(row.answer, { eventType: 'ANSWER' });
  const hangupcause = row.answer === null ? (CAUSES[row.disposition] ?? 0) : 16;
  yield leg(row.end, { eventType: 'HANGUP', extra: JSON.stringify({ hangupcause, hangupsource: '' }) });
  yield leg(row.end, { eventType: 'CHAN_END' });
}

function rank({ eventType }: CelRow): number {
  return ORDER.indexOf(eventType);
}

function rowOf(linkedId: string, uniqueId: string, channel: string, at: number, turn: Turn): CelRow {
  return {
    at,
    uniqueId,
    linkedId,
    channel,
    exten: '',
    context: '',
    cidNum: '',
    cidName: '',
    cidRdnis: '',
    cidDnid: '',
    appName: '',
    appData: '',
    peer: '',
    extra: '',
    ...turn,
  };
}
