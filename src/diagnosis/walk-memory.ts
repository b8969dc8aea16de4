/**
 * Where a walk has been. A place that is come to again with the same variables is passed over; one that is come to with ever other
 * variables (a loop that counts, many branches that each set something) forgets those that differ, so that every walk ends.
 */
import type { WalkState } from './walk-state.ts';
import { joined, type Variables } from './walk-variables.ts';

export interface WalkMemory {
  /** The state to go on with, with fewer variables known perhaps; null where everything that may follow has been seen. */
  enter(state: WalkState): WalkState | null;
}

/** So often a place is walked with exact variables. */
const MOST_EXACT = 8;

interface Visits {
  readonly seen: Set<string>;
  /** What all visits had in common. */
  common: Variables;
}

export function createWalkMemory(): WalkMemory {
  const places = new Map<string, Visits>();

  return {
    enter(state) {
      const place = placeKey(state);
      const known = places.get(place);
      const key = variablesKey(state);
      if (known === undefined) {
        places.set(place, { seen: new Set([key]), common: state.variables });
        return state;
      }
      if (known.seen.has(key)) return null;
      known.seen.add(key);
      known.common = joined(known.common, state.variables);
      if (known.seen.size <= MOST_EXACT) return state;
      const wide = { ...state, variables: known.common };
      const wideKey = `wide ${variablesKey(wide)}`;
      if (known.seen.has(wideKey)) return null;
      known.seen.add(wideKey);
      return wide;
    },
  };
}

function placeKey(state: WalkState): string {
  const { context, extension, priority, frames, rung, scope, answered, programRan } = state;
  const back = frames.map((frame) => [frame.kind, frame.context, frame.extension, frame.priority]);
  return JSON.stringify([
    context,
    extension,
    priority,
    back,
    rung,
    scope,
    answered === null ? null : [answered.at.context, answered.at.extension, answered.at.priority],
    programRan,
  ]);
}

function variablesKey({ variables, frames }: WalkState): string {
  return [variables, ...frames.map(({ before }) => before)].map(({ print }) => print.join(' ')).join(',');
}
