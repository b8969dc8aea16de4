/** The units in the order of their tree, each with how deep it stands. Pure. */
import { unitsBelow } from '../../accounts/access.ts';
import type { UnitPart } from '../../web/protocol/setup-view.ts';

export interface UnitInTree {
  readonly unit: UnitPart;
  /** 0: at the top. */
  readonly level: number;
}

/** By name among those of one parent; what stands in a loop, which an old import may have left, comes last. */
export function unitTree(units: readonly UnitPart[]): readonly UnitInTree[] {
  const below = (parent: string | null, level: number): readonly UnitInTree[] =>
    units
      .filter((unit) => unit.parent === parent)
      .sort((one, other) => one.name.localeCompare(other.name, 'zh-CN'))
      .flatMap((unit) => [{ unit, level }, ...below(unit.id, level + 1)]);
  const reached = below(null, 0);
  const rest = units.filter((unit) => !reached.some((one) => one.unit.id === unit.id));
  return [...reached, ...rest.map((unit) => ({ unit, level: 0 }))];
}

/** Where a unit can be put: neither below itself nor below what is below it. */
export function parentsFor(unit: string, tree: readonly UnitInTree[]): readonly UnitInTree[] {
  const parentOf = new Map(tree.map(({ unit: { id, parent } }) => [id, parent]));
  const below = new Set([unit, ...unitsBelow(unit, parentOf)]);
  return tree.filter((one) => !below.has(one.unit.id));
}

/** A blank as wide as a character for each level. */
export function indented({ unit, level }: UnitInTree): string {
  return `${'\u3000'.repeat(level)}${unit.name}`;
}
