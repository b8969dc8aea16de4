/** What probes have heard by which way out: by it a trunk with a tone of its own (主叫彩铃) is known. */
import { type HeardByTrunk, OWN_TONE_LOOKS_BACK_MS } from '../diagnosis/callers-own-tone.ts';
import type { Probe } from '../diagnosis/probe.ts';
import type { ReadDeps } from './read.ts';

/** Enough to judge every way out by. */
const HEARD_AT_MOST = 500;

export async function heardByTrunks(
  { db }: Pick<ReadDeps, 'db'>,
  since: number,
): Promise<readonly HeardByTrunk[]> {
  const rows = await db
    .selectFrom('probes')
    .select('probe_json')
    .where('asked_at', '>=', since)
    .orderBy('asked_at', 'desc')
    .limit(HEARD_AT_MOST)
    .execute();
  return rows.flatMap(({ probe_json }) => {
    const { order, hearing, end } = JSON.parse(probe_json) as Probe;
    // What a network says of a call that it does not put through is no tone of anybody's.
    const wasRefused = end === null || end.ending === 'rejected' || end.ending === 'busy';
    if (hearing == null || wasRefused) return [];
    const { pbx, trunk, number } = order;
    return [{ pbx, trunk, number, at: end.at, verdict: hearing.verdict }];
  });
}

/** Asked only where something is suspect: the page reads probes again and again. */
export function heardBehind(
  deps: Pick<ReadDeps, 'db'>,
  probes: readonly Probe[],
): Promise<readonly HeardByTrunk[]> {
  const suspect = probes.filter(({ conclusion }) => conclusion?.ringback === 'suspect');
  const newest = Math.max(...suspect.map(({ askedAt }) => askedAt));
  return suspect.length === 0 ? Promise.resolve([]) : heardByTrunks(deps, newest - OWN_TONE_LOOKS_BACK_MS);
}
