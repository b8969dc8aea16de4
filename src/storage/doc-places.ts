/** The place of a record in the index: the second of its 来电时间, and one of those within it (`doc-number.ts`). */
import { among } from './among.ts';
import { lastDocOf } from './doc-number.ts';
import type { IndexDeps } from './search-index.ts';

/** Gives records their place; one whose 来电时间 stays within its second keeps it. Begins with the seconds it will be asked for. */
export async function openPlaces({ db, dialect }: IndexDeps, firsts: readonly number[]) {
  const taken = await db
    .selectFrom('search_docs')
    .select('doc')
    .where(among(dialect, 'doc', firsts))
    .execute();
  // Most seconds have no record yet: one question for all of them instead of one for each.
  const isFree = new Set(firsts);
  for (const { doc } of taken) isFree.delete(doc);
  const lastGiven = new Map<number, number>();
  const lastKept = new Map<number, number>();

  async function free(first: number): Promise<number> {
    const given = lastGiven.get(first);
    if (given === undefined && isFree.has(first)) {
      lastGiven.set(first, first);
      return first;
    }
    const kept = lastKept.get(first) ?? (await afterLast(first)) - 1;
    lastKept.set(first, kept);
    const next = Math.max(kept, given ?? 0) + 1;
    // A second that is full lends from the next.
    if (next > lastDocOf(first)) return free(lastDocOf(first) + 1);
    lastGiven.set(first, next);
    return next;
  }

  async function afterLast(first: number): Promise<number> {
    const row = await db
      .selectFrom('search_docs')
      .select((of) => of.fn.max('doc').as('last'))
      .where('doc', '>=', first)
      .where('doc', '<=', lastDocOf(first))
      .executeTakeFirst();
    return row?.last == null ? first : row.last + 1;
  }

  return {
    async of(first: number, known: number | undefined) {
      return known !== undefined && known >= first && known <= lastDocOf(first) ? known : free(first);
    },
  };
}
