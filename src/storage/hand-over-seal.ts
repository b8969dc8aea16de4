/**
 * The seal of a hand-over: a digest over the one before it, so that nothing of it and nobody's place in the row can be changed
 * unseen. Reasons are sealed by a salted digest: one that has to be erased (D11) leaves the seal whole.
 */
import type { HandOver } from '../duty/hand-over.ts';
import { digest, saltedDigest } from './digest.ts';
import type { HandOverTable } from './hand-over-table.ts';
import type { ReadDeps } from './read.ts';

/** What the seal is put on. */
export function sealedText(handOver: HandOver, salt: string): string {
  const matters = handOver.matters.map((matter) => ({
    ...matter,
    reason: matter.reason === null ? null : saltedDigest(salt, matter.reason),
  }));
  return JSON.stringify({ ...handOver, matters });
}

export function sealOf(previous: string | null, sealed: string): string {
  return digest(`${previous ?? ''}\n${sealed}`);
}

/** Walks the seals of a room from the first on: null, or the id of the first that does not fit. */
export async function handOverChain({ db }: Pick<ReadDeps, 'db'>, room: string): Promise<string | null> {
  const rows = await db
    .selectFrom('hand_overs')
    .selectAll()
    .where('room', '=', room)
    .where('closed_at', 'is not', null)
    .orderBy('closed_at')
    .orderBy('id')
    .execute();
  let previous: string | null = null;
  for (const row of rows) {
    if (row.previous !== previous || !fits(row)) return row.id;
    previous = row.digest;
  }
  return null;
}

function fits({ sealed_json, hand_over_json, salt, previous, digest: seal }: HandOverTable): boolean {
  return (
    sealed_json !== null &&
    seal === sealOf(previous, sealed_json) &&
    sealedText(JSON.parse(hand_over_json) as HandOver, salt) === sealed_json
  );
}
