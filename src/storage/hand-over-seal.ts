/**
 * The seal of a hand-over: a digest over the one before it, so that nothing of it and nobody's place in the row can be changed
 * unseen. Reasons are sealed by a salted digest: one that has to be erased (D11) leaves the seal whole.
 */
import type { HandOver } from '../duty/hand-over.ts';
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
