import type { Context } from '../../src/diagnosis/dialplan.ts';
import { type Walk, walkDialplan } from '../../src/diagnosis/walk-dialplan.ts';
import type { WalkQuestion } from '../../src/diagnosis/walking.ts';
import { contextsOf, rowsOf } from './rows-of.ts';

export interface Fixture {
  readonly database?: Readonly<Record<string, string>>;
  readonly globals?: Readonly<Record<string, string>>;
  readonly queues?: Readonly<Record<string, readonly string[]>>;
  readonly question?: Partial<WalkQuestion>;
  readonly mostSteps?: number;
}

/** Walks a dialplan of which everything is known: what the text does not have does not exist. */
export function walkText(text: string, entry: readonly [string, string], fixture: Fixture = {}): Walk {
  const written = rowsOf(text);
  const contexts = everything<Context | null>(contextsOf(text), null);
  const globals = new Map([...written.globals, ...Object.entries(fixture.globals ?? {})]);
  return walkDialplan(
    {
      entries: [{ context: entry[0], extension: entry[1] }],
      isDutyPhone: (endpoint) => endpoint === 'PJSIP/1001',
      isTrunk: (endpoint) => endpoint === 'PJSIP/telco',
      approvedSounds: [],
      ...fixture.question,
    },
    {
      contexts,
      globals: everything(globals, ''),
      database: everything(new Map(Object.entries(fixture.database ?? {})), ''),
      queues: everything<readonly string[] | null>(new Map(Object.entries(fixture.queues ?? {})), []),
    },
    fixture.mostSteps,
  );
}

/** A map in which every name has an entry. */
function everything<T>(known: ReadonlyMap<string, T>, otherwise: T): ReadonlyMap<string, T> {
  return new Proxy(known, {
    get(map, name) {
      if (name === 'get') return (key: string) => (map.has(key) ? map.get(key) : otherwise);
      if (name === 'has') return () => true;
      const value: unknown = Reflect.get(map, name, map);
      return typeof value === 'function' ? value.bind(map) : value;
    },
  });
}

/** Each suspicion as a line: rule, scope, place, target or sound. */
export function found(walk: Pick<Walk, 'suspicions'>): readonly string[] {
  return walk.suspicions.map(({ rule, scope, place, target, sound }) => {
    const at =
      place.kind === 'dialplan'
        ? `${place.at.context},${place.at.extension},${place.at.priority} ${place.at.application}`
        : place.kind;
    return [rule, scope, at, target ?? sound ?? ''].join(' | ').replace(/ \| $/, '');
  });
}
