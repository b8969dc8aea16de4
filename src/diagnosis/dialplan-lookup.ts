/**
 * Which step runs at (context, extension, priority), as Asterisk 16 and 22 decide it: the context's own extensions, best
 * match first, then each `include` in its order. Per priority: an extension that matches but has no such priority is passed over.
 */
import type { Context, Extension, Step } from './dialplan.ts';
import { compareExtensions, isPattern, matcherOf, withoutFluff } from './dialplan-pattern.ts';

/** What was read so far: null for a context that does not exist, no entry for one that was not read. */
export type Contexts = ReadonlyMap<string, Context | null>;

export interface FoundStep {
  readonly step: Step;
  /** All steps of its extension. */
  readonly extension: Extension;
  /** Contexts between the one asked and the step's own, by `include`; empty when it is its own. */
  readonly through: readonly string[];
}

export type Lookup =
  /** More than one only where the caller's number, or the hour, decides. */
  | { readonly kind: 'found'; readonly steps: readonly FoundStep[] }
  | { readonly kind: 'none' }
  /** It hangs on contexts that were not read. */
  | { readonly kind: 'unread'; readonly contexts: readonly string[] };

/** As deep as Asterisk follows. */
const MOST_INCLUDES = 128;

export function lookUp(contexts: Contexts, context: string, number: string, priority: number): Lookup {
  return search(contexts, context, number, (step) => step.priority === priority);
}

/** The same by label: what `Goto(label)` finds. */
export function lookUpLabel(contexts: Contexts, context: string, number: string, label: string): Lookup {
  return search(contexts, context, number, (step) => step.label === label);
}

function search(
  contexts: Contexts,
  start: string,
  number: string,
  isWanted: (step: Step) => boolean,
): Lookup {
  const passed = new Set<string>();
  const look = (name: string, through: readonly string[]): Lookup => {
    if (passed.has(name) || passed.size > MOST_INCLUDES) return { kind: 'none' };
    passed.add(name);
    const context = contexts.get(name);
    if (context === undefined) return { kind: 'unread', contexts: [name] };
    if (context === null) return { kind: 'none' };
    const own = takers(context, number);
    for (const { name: best } of own) {
      const steps = own
        .filter((extension) => extension.name === best)
        .flatMap((extension) =>
          extension.steps.filter(isWanted).map((step): FoundStep => ({ step, extension, through })),
        );
      if (steps.length > 0) return { kind: 'found', steps };
    }
    return lookInside(context, through);
  };
  const lookInside = (context: Context, through: readonly string[]): Lookup => {
    const atSomeHours: FoundStep[] = [];
    for (const [at, include] of context.includes.entries()) {
      const found = look(include.context, [...through, include.context]);
      // All that stand beside it are read in the same round: fewer rounds of questions to the PBX.
      if (found.kind === 'unread')
        return { kind: 'unread', contexts: [...found.contexts, ...unread(contexts, context, at)] };
      if (found.kind === 'none') continue;
      if (!include.timed) return { kind: 'found', steps: [...atSomeHours, ...found.steps] };
      atSomeHours.push(...found.steps);
    }
    return atSomeHours.length > 0 ? { kind: 'found', steps: atSomeHours } : { kind: 'none' };
  };
  return look(start, []);
}

function unread(contexts: Contexts, context: Context, after: number): readonly string[] {
  return context.includes
    .slice(after + 1)
    .flatMap((include) => (contexts.has(include.context) ? [] : [include.context]));
}

/** A context prepared for many questions: a large office has thousands of extensions in one. */
interface Index {
  readonly named: ReadonlyMap<string, readonly Extension[]>;
  /** Best match first. */
  readonly patterns: readonly {
    readonly extension: Extension;
    readonly takes: (number: string) => boolean;
  }[];
}

const indexes = new WeakMap<Context, Index>();

/** Extensions of the context that take a number, in the order in which Asterisk tries them. */
function takers(context: Context, number: string): readonly Extension[] {
  const { named, patterns } = indexOf(context);
  return [
    ...(named.get(withoutFluff(number)) ?? []),
    ...patterns.filter(({ takes }) => takes(number)).map(({ extension }) => extension),
  ];
}

function indexOf(context: Context): Index {
  const known = indexes.get(context);
  if (known !== undefined) return known;
  const named = Map.groupBy(
    context.extensions.filter(({ name }) => !isPattern(name)),
    ({ name }) => withoutFluff(name),
  );
  const patterns = context.extensions
    .filter(({ name }) => isPattern(name))
    .toSorted((one, other) => compareExtensions(one.name, other.name))
    .map((extension) => ({ extension, takes: matcherOf(extension.name) }));
  const index = { named, patterns };
  indexes.set(context, index);
  return index;
}
