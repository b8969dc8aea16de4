/** Texts found on this machine: whose they are decides whether they may be sent. Pure. */
import { type DeskState, ownerOf, put } from './desk-state.ts';
import { diskKey, sameOwner, type Unsent, type UnsentMap, unsentKey } from './unsent.ts';
import { draftByHand } from './views.ts';

/**
 * Entries of this person become the page's own again; those of others are only counted and shown. What another page of this
 * person left in a field where this page writes or has written waits among them for the next load: sent under this page's
 * name it would replace its newer words and be no conflict.
 */
export function adopted(state: DeskState, entries: readonly Unsent[]): DeskState {
  const owner = ownerOf(state);
  const strangers = new Map(state.strangers.map((entry) => [diskKey(entry), entry]));
  let unsent = state.unsent;
  let records = state.records;
  for (const entry of entries) {
    const isOurs = sameOwner(entry.owner, owner);
    if (isOurs && isRepeated(unsent, entry)) continue;
    if (!isOurs || unsent.has(unsentKey(entry)) || isOlderHand(state, entry)) {
      if (!strangers.has(diskKey(entry))) strangers.set(diskKey(entry), entry);
      continue;
    }
    unsent = put(unsent, { ...inherited(entry, state.client), owner, client: state.client });
    if (entry.kind === 'opening' && !records.has(entry.record) && state.room !== null)
      records = new Map(records).set(entry.record, draftByHand(entry.record, state.room.id, entry.at));
  }
  return { ...state, unsent, records, strangers: [...strangers.values()] };
}

/** After 换人 or a log-in: what the former person had not sent is set apart, what the new one left here is taken up again. */
export function sortedByOwner(state: DeskState): DeskState {
  const all = [...state.unsent.values(), ...state.strangers];
  return adopted({ ...state, unsent: new Map(), strangers: [] }, all);
}

/**
 * What dead tabs left, the newest first, without what one of them had taken over from another already: it died before the
 * older copy was gone.
 */
export function heirless(entries: readonly Unsent[]): readonly Unsent[] {
  const takenOver = new Map<string, number>();
  for (const entry of entries)
    for (const { client, at } of entry.kind === 'text' ? (entry.heirOf ?? []) : []) {
      const key = `${client} ${unsentKey(entry)}`;
      takenOver.set(key, Math.max(at, takenOver.get(key) ?? 0));
    }
  return entries
    .filter((entry) => entry.at > (takenOver.get(`${entry.client} ${unsentKey(entry)}`) ?? -1))
    .sort((a, b) => b.at - a.at);
}

function isRepeated(unsent: UnsentMap, entry: Unsent): boolean {
  const mine = unsent.get(unsentKey(entry));
  if (mine === undefined) return false;
  return mine.kind !== 'text' || (entry.kind === 'text' && mine.value === entry.value);
}

function isOlderHand(state: DeskState, entry: Unsent): boolean {
  return entry.client !== state.client && state.written.has(unsentKey(entry));
}

function inherited(entry: Unsent, client: string): Unsent {
  if (entry.kind !== 'text' || entry.client === client) return entry;
  return { ...entry, heirOf: [...(entry.heirOf ?? []), { client: entry.client, at: entry.at }] };
}
