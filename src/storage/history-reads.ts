/** What the recovery of a gap asks: is this call written already, and by whom? How wrong was the PBX's clock? */
import { pieces } from './bulk.ts';
import { callOfJson } from './call-row.ts';
import type { ReadDeps } from './read.ts';

/** Those of the ids that are the Linkedid of a call of this PBX, or the Uniqueid of a channel in one. */
export async function knownChannels(
  { db }: ReadDeps,
  pbx: string,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  const known = new Set<string>();
  for (const piece of pieces(ids)) {
    const calls = await db
      .selectFrom('calls')
      .select('linkedid')
      .where('pbx', '=', pbx)
      .where('linkedid', 'in', piece)
      .execute();
    for (const { linkedid } of calls) known.add(linkedid);
    const legs = await db
      .selectFrom('legs')
      .innerJoin('calls', 'calls.id', 'legs.call_id')
      .select('legs.uniqueid')
      .where('calls.pbx', '=', pbx)
      .where('legs.uniqueid', 'in', piece)
      .execute();
    for (const { uniqueid } of legs) known.add(uniqueid);
  }
  return known;
}

/** Those of the Linkedids whose call was recovered from history, not seen live. */
export async function recoveredCalls(
  { db }: ReadDeps,
  pbx: string,
  linkedids: readonly string[],
): Promise<ReadonlySet<string>> {
  const recovered = new Set<string>();
  for (const piece of pieces(linkedids)) {
    const calls = await db
      .selectFrom('calls')
      .select(['linkedid', 'call_json'])
      .where('pbx', '=', pbx)
      .where('linkedid', 'in', piece)
      .execute();
    for (const { linkedid, call_json } of calls)
      if (callOfJson(call_json).begin === 'history') recovered.add(linkedid);
  }
  return recovered;
}

/** A history that was read without knowing the clock says nothing of it; so many calls in a row may come from one. */
const MOST_RECOVERED = 50;

export async function clockOffset({ db }: ReadDeps, pbx: string, at: number): Promise<number | null> {
  const rooms = await db.selectFrom('lines').select('room').distinct().where('pbx', '=', pbx).execute();
  const found = await Promise.all(
    rooms.map(({ room }) =>
      db
        .selectFrom('calls')
        .select(['started_at', 'offset_ms', 'call_json'])
        .where('room', '=', room)
        .where('pbx', '=', pbx)
        .where('started_at', '<=', at)
        .orderBy('started_at', 'desc')
        .limit(MOST_RECOVERED)
        .execute(),
    ),
  );
  const live = found
    .map((calls) => calls.find(({ call_json }) => callOfJson(call_json).begin !== 'history'))
    .filter((call) => call !== undefined)
    .toSorted((one, other) => other.started_at - one.started_at);
  return live[0]?.offset_ms ?? null;
}
