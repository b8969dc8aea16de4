/**
 * The seal of a hand-over: a digest over the one before it, so that nothing of it and nobody's place in the row can be changed
 * unseen. Reasons are sealed by a salted digest: one that has to be erased (D11) leaves the seal whole.
 */
import type { HandOver } from '../duty/hand-over.ts';
import { padded } from './bulk.ts';
import { digest, saltedDigest } from './digest.ts';
import type { HandOverTable } from './hand-over-table.ts';
import type { ReadDeps } from './read.ts';

/** What the seal is put on. `erased`: the digests of reasons that are gone, from what was sealed. */
export function sealedText(handOver: HandOver, salt: string, erased?: HandOver): string {
  const matters = handOver.matters.map((matter, index) => ({
    ...matter,
    reason:
      matter.reason === null ? (erased?.matters[index]?.reason ?? null) : saltedDigest(salt, matter.reason),
  }));
  return JSON.stringify({ ...handOver, matters });
}

export function sealOf(previous: string | null, sealed: string): string {
  return digest(`${previous ?? ''}\n${sealed}`);
}

/**
 * Walks the seals of a room from the first on: null, or the id of the first that does not fit. From seal to seal and not by
 * time: a server clock that was set back breaks nothing.
 */
export async function handOverChain({ db }: Pick<ReadDeps, 'db'>, room: string): Promise<string | null> {
  const rows = await db
    .selectFrom('hand_overs')
    .selectAll()
    .where('room', '=', room)
    .where('closed_at', 'is not', null)
    .orderBy('closed_at')
    .orderBy('id')
    .execute();
  const over = Map.groupBy(rows, (row) => row.previous);
  const left = new Set(rows);
  let previous: string | null = null;
  while (left.size > 0) {
    const next: HandOverTable | undefined = over.get(previous)?.find((row) => left.has(row));
    // What nothing leads to: one before it is gone, or two stand over the same one.
    const [first] = left;
    if (next === undefined) return first?.id ?? null;
    if (!handOverFits(next)) return next.id;
    left.delete(next);
    previous = next.digest;
  }
  return null;
}

/**
 * The same of so many of the latest: null, or the id of one that does not fit. Of those before them only the one is asked for
 * over which they stand.
 */
export async function latestHandOversFit(
  { db }: Pick<ReadDeps, 'db'>,
  room: string,
  latest: number,
): Promise<string | null> {
  const rows = await db
    .selectFrom('hand_overs')
    .selectAll()
    .where('room', '=', room)
    .where('closed_at', 'is not', null)
    .orderBy('begun_at', 'desc')
    .orderBy('id', 'desc')
    .limit(latest)
    .execute();
  const own = rows.map((row) => row.previous);
  const [below, beside] = await Promise.all([
    sealed({ db }, room, 'digest', own),
    sealed({ db }, room, 'previous', own),
  ]);
  const there = new Set(below.map((row) => row.digest));
  const follows = Map.groupBy(beside, (row) => row.previous);
  const wrong = rows.findLast(
    (row) =>
      !handOverFits(row) ||
      (row.previous !== null && !there.has(row.previous)) ||
      // Two stand over the same one, or two are the first: the row itself is among them.
      (follows.get(row.previous)?.length ?? 0) > 1,
  );
  return wrong?.id ?? null;
}

/** Closed ones of a room whose seal, or the seal under it, is among these. */
async function sealed(
  { db }: Pick<ReadDeps, 'db'>,
  room: string,
  column: 'digest' | 'previous',
  seals: readonly (string | null)[],
): Promise<readonly Pick<HandOverTable, 'digest' | 'previous'>[]> {
  const known = seals.filter((seal) => seal !== null);
  return db
    .selectFrom('hand_overs')
    .select(['digest', 'previous'])
    .where('room', '=', room)
    .where('closed_at', 'is not', null)
    .where((row) =>
      row.or([
        ...(known.length === 0 ? [] : [row(column, 'in', padded(known))]),
        ...(known.length === seals.length ? [] : [row(column, 'is', null)]),
      ]),
    )
    .execute();
}

/** Digest of the sealed one over which nobody has sealed yet; null: none is sealed. */
export async function lastSeal({ db }: Pick<ReadDeps, 'db'>, room: string): Promise<string | null> {
  const row = await db
    .selectFrom('hand_overs')
    .select('digest')
    .where('room', '=', room)
    .where('digest', 'is not', null)
    .where('digest', 'not in', (of) =>
      of
        .selectFrom('hand_overs')
        .select('previous')
        .where('room', '=', room)
        .where('previous', 'is not', null)
        .$castTo<{ previous: string }>(),
    )
    .orderBy('closed_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.digest ?? null;
}

/** Whether a closed one is what its seal was put on. */
export function handOverFits({
  sealed_json,
  hand_over_json,
  salt,
  previous,
  digest: seal,
}: HandOverTable): boolean {
  if (sealed_json === null || seal !== sealOf(previous, sealed_json)) return false;
  const [handOver, sealed] = [JSON.parse(hand_over_json), JSON.parse(sealed_json)] as [HandOver, HandOver];
  return sealedText(handOver, salt, sealed) === sealed_json;
}
