/** Calls that were joined (转接、停靠) are one group: sound lies with one of them, a form may stand with another. */
import type { Kysely } from 'kysely';
import { padded } from './bulk.ts';
import type { Tables } from './tables.ts';

interface Deps {
  readonly db: Kysely<Tables>;
}

/** Of each of these calls every call of its group, itself included; ids of nothing are groups of their own. */
export async function groupsOf(
  { db }: Deps,
  calls: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const survivors = new Map<string, string>();
  const follow = (call: string): string => {
    const survivor = survivors.get(call);
    return survivor === undefined ? call : follow(survivor);
  };
  const seen = new Set(calls);
  const take = async (column: 'id' | 'joined_to', ids: readonly string[]): Promise<readonly string[]> => {
    const rows = await db
      .selectFrom('calls')
      .select(['id', 'joined_to'])
      .where(column, 'in', [...padded(ids)])
      .where('joined_to', 'is not', null)
      .execute();
    const found: string[] = [];
    for (const { id, joined_to: survivor } of rows) {
      if (survivor === null) continue;
      survivors.set(id, survivor);
      found.push(...[id, survivor].filter((one) => !seen.has(one)));
    }
    for (const one of found) seen.add(one);
    return found;
  };
  // Up to the survivor that was joined to nothing, then down to all that ever became part of it.
  for (let level: readonly string[] = [...seen]; level.length > 0; ) level = await take('id', level);
  for (let level: readonly string[] = [...seen]; level.length > 0; ) level = await take('joined_to', level);
  const members = Map.groupBy(seen, follow);
  return new Map(calls.map((call) => [call, members.get(follow(call)) ?? [call]]));
}
