/** What a row of CEL leaves to those around it: who gave up, who pressed keys, where a call was parked. Pure. */
import type { CallerText, ChannelRef } from '../calls/channel-event.ts';
import { readExtra } from './cel-extra.ts';
import type { CelRow } from './cel-row.ts';
import { isRefusal, lastHangup } from './dial-verdict.ts';

/** Keys pressed this long before a transfer were its code and target. */
const KEYED_MS = 10_000;

/** Between the end of a rung phone and the end of the caller who gave up: the same moment, also in whole seconds. */
const GIVEN_UP_MS = 1_000;

/** Did the caller of an unanswered leg give up? His own HANGUP row stands behind those of the phones it stopped ringing (22.10). */
export function wasGivenUp(
  rows: readonly CelRow[],
  { leg, dialledBy, at }: { readonly leg: string; readonly dialledBy: ChannelRef; readonly at: number },
): boolean {
  const own = lastHangup(rows, leg);
  const by = lastHangup(rows, dialledBy.uniqueid);
  if (by === undefined || by.source !== dialledBy.channel || by.dialStatus !== 'CANCEL') return false;
  return by.at - at <= GIVEN_UP_MS && own?.cause !== 26 && !isRefusal(own);
}

/** CEL does not say whether a phone or a key code asked for a transfer; where it keeps keys (DTMF rows, 22), they tell. */
export function wasKeyed(rows: readonly CelRow[], uniqueId: string, at: number): boolean {
  return rows.some(
    (row) => row.eventType === 'DTMF' && row.uniqueId === uniqueId && row.at <= at && at - row.at < KEYED_MS,
  );
}

/** A blind transfer at this moment was one into a parking lot. */
export function isParking(rows: readonly CelRow[], at: number): boolean {
  return rows.some((row) => row.eventType === 'PARK_START' && Math.abs(row.at - at) <= 1_000);
}

/** The space is dialled by whoever takes the call back; CEL itself names only the lot. '' when nobody did. */
export function parkingSpace(rows: readonly CelRow[], parked: CelRow): string {
  const end = rows.find((other) => other.eventType === 'PARK_END' && other.uniqueId === parked.uniqueId);
  const retriever = readExtra(end?.extra ?? '').get('retriever');
  return rows.find((other) => other.eventType === 'CHAN_START' && other.channel === retriever)?.exten ?? '';
}

export function refOf(row: CelRow): ChannelRef {
  return { channel: row.channel, uniqueid: row.uniqueId, linkedid: row.linkedId };
}

/** Null where Asterisk has no text of the caller. */
export function textOf(text: string): CallerText {
  return text === '' || text === '<unknown>' ? null : text;
}
