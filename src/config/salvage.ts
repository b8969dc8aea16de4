/**
 * A file with mistakes in its shape is still compared with itself and with the other file, so that one message tells
 * everything: what the schema refuses is taken out, and the rest goes on to the cross-checks.
 */
import type { z } from 'zod';

type Path = readonly PropertyKey[];

export interface Salvaged<T> {
  /** What the schema refused; empty when the value is well formed. */
  readonly issues: readonly z.core.$ZodIssue[];
  /** The value without it; null when nothing useful is left. */
  readonly rest: T | null;
  /** Where something of `rest` stands in the file: entries of a list move up when one before them was taken out. */
  readonly placeOf: (path: Path) => Path;
}

/**
 * Names that stand somewhere in a file: ids, phones, trunks. When an entry was taken out for another mistake, its name is
 * still not "unknown" to those who refer to it.
 */
export function writtenNames(value: unknown): ReadonlySet<string> {
  if (Array.isArray(value)) return new Set(value.flatMap((entry) => [...writtenNames(entry)]));
  if (!isObject(value)) return new Set();
  return new Set(
    Object.entries(value).flatMap(([key, entry]) => {
      if (key === 'id' && typeof entry === 'string') return [entry];
      const isListOfNames = (key === 'phones' || key === 'trunks') && Array.isArray(entry);
      return isListOfNames ? entry.filter((name) => typeof name === 'string') : [...writtenNames(entry)];
    }),
  );
}

/** Each round takes out at least one key or entry, so it ends by itself; the bound is for a mistake of ours. */
const MOST_ROUNDS = 1_000;

export function salvage<T>(schema: z.ZodType<T>, value: unknown): Salvaged<T> {
  const holder = { tree: structuredClone(value) };
  const places = new WeakMap<readonly unknown[], readonly number[]>();
  let issues: readonly z.core.$ZodIssue[] | null = null;
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const result = schema.safeParse(holder.tree, { reportInput: true });
    const found = result.success ? [] : result.error.issues.flatMap(withinUnion);
    issues ??= found;
    if (result.success)
      return { issues, rest: result.data, placeOf: (path) => placeOf(holder.tree, path, places) };
    takeOut(holder, found.flatMap(refusedPaths), places);
    if (holder.tree === undefined) break;
  }
  return { issues: issues ?? [], rest: null, placeOf: (path) => path };
}

/** `none` or keys: whoever wrote keys is told what is wrong with them, not that they are not `none`. */
function withinUnion(issue: z.core.$ZodIssue): readonly z.core.$ZodIssue[] {
  if (issue.code !== 'invalid_union' || !isObject(issue.input)) return [issue];
  const inner = issue.errors.at(-1) ?? [];
  return inner.map((one) => ({ ...one, path: [...issue.path, ...one.path] }));
}

/** What must go for the rest to be accepted: a value, an unknown key, or the whole entry that lacks something. */
function refusedPaths(issue: z.core.$ZodIssue): readonly Path[] {
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => [...issue.path, key]);
  return [issue.input === undefined ? issue.path.slice(0, -1) : issue.path];
}

function takeOut(
  holder: { tree: unknown },
  paths: readonly Path[],
  places: WeakMap<readonly unknown[], readonly number[]>,
): void {
  const gone = new Map<unknown[], Set<unknown>>();
  for (const path of paths) {
    const last = path.at(-1);
    const parent = path.length === 0 ? undefined : valueAt(holder.tree, path.slice(0, -1));
    if (last === undefined) holder.tree = undefined;
    else if (Array.isArray(parent)) gone.set(parent, (gone.get(parent) ?? new Set()).add(Number(last)));
    else if (isObject(parent)) delete parent[String(last)];
  }
  for (const [list, indexes] of gone) {
    const before = places.get(list) ?? list.map((_, i) => i);
    const kept = list.map((_, i) => i).filter((i) => !indexes.has(i));
    const values = kept.map((i): unknown => list[i]);
    list.splice(0, list.length, ...values);
    places.set(
      list,
      kept.map((i) => before[i] ?? i),
    );
  }
}

function placeOf(tree: unknown, path: Path, places: WeakMap<readonly unknown[], readonly number[]>): Path {
  return path.map((part, depth) => {
    const parent = valueAt(tree, path.slice(0, depth));
    return Array.isArray(parent) && typeof part === 'number' ? (places.get(parent)?.[part] ?? part) : part;
  });
}

function valueAt(tree: unknown, path: Path): unknown {
  return path.reduce<unknown>((at, part) => {
    if (Array.isArray(at)) return at[Number(part)];
    return isObject(at) ? at[String(part)] : undefined;
  }, tree);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
