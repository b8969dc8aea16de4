/** Texts found on this machine: whose they are decides whether they may be sent. Pure. */
import { type DeskState, ownerOf, put } from './desk-state.ts';
import { diskKey, sameOwner, type Unsent, unsentKey } from './unsent.ts';
import { draftByHand } from './views.ts';

/** Entries of this person become the page's own again; those of others are only counted and shown. */
export function adopted(state: DeskState, entries: readonly Unsent[]): DeskState {
  const owner = ownerOf(state);
  const strangers = new Map(state.strangers.map((entry) => [diskKey(entry), entry]));
  let unsent = state.unsent;
  let records = state.records;
  for (const entry of entries) {
    if (!sameOwner(entry.owner, owner)) {
      if (!strangers.has(diskKey(entry))) strangers.set(diskKey(entry), entry);
      continue;
    }
    if (unsent.has(unsentKey(entry))) continue;
    unsent = put(unsent, { ...entry, owner, client: state.client });
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
