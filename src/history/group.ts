/** Which rows belong to one call. */
import type { CelRow } from './cel-row.ts';

/** All rows of one call, in order of time; rows of one moment in the order they were written. */
export interface CelGroup {
  /** Every Linkedid of the call, the oldest row's first. */
  readonly linkedIds: readonly string[];
  readonly uniqueIds: readonly string[];
  readonly rows: readonly CelRow[];
}

/**
 * Puts together what shares a channel. A transfer, a pickup or a parked call gives a channel another Linkedid, so two
 * Linkedids that name the same channel are one call, and so are those they share channels with in turn (union-find):
 * with A = {1}, B = {2}, C = {1, 2} all three are one.
 */
export function groupRows(rows: readonly CelRow[]): readonly CelGroup[] {
  const sets = createSets();
  for (const { linkedId, uniqueId } of rows) sets.unite(`l${linkedId}`, `u${uniqueId}`);
  const groups = Map.groupBy(rows, (row) => sets.rootOf(`l${row.linkedId}`));
  return [...groups.values()].map(groupOf);
}

function groupOf(rows: readonly CelRow[]): CelGroup {
  const ordered = rows.toSorted((one, other) => one.at - other.at);
  return {
    linkedIds: [...new Set(ordered.map((row) => row.linkedId))],
    uniqueIds: [...new Set(ordered.map((row) => row.uniqueId))],
    rows: ordered,
  };
}

function createSets() {
  const parents = new Map<string, string>();

  function rootOf(key: string): string {
    let root = key;
    for (let next = parents.get(root); next !== undefined && next !== root; next = parents.get(root)) {
      root = next;
    }
    // What was walked leads straight to the root from now on: long chains cost once.
    for (let at = key; at !== root; ) {
      const next = parents.get(at) ?? root;
      parents.set(at, root);
      at = next;
    }
    return root;
  }

  return {
    rootOf,
    unite(one: string, other: string): void {
      const [left, right] = [rootOf(one), rootOf(other)];
      if (left !== right) parents.set(right, left);
    },
  };
}
