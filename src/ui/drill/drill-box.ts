/** The drills of one log-in at one page. In memory alone: a reload, or another person, begins with none. */
import { beginDrill, type Drill, type DrillInput, stepDrill } from './drill.ts';
import type { DrillScript } from './script.ts';

export interface DrillBox {
  readonly subscribe: (listener: () => void) => () => void;
  /** Newest first; the first one may still run. */
  readonly read: () => readonly Drill[];
  readonly begin: (script: DrillScript, at: number) => void;
  readonly tell: (input: DrillInput) => void;
  /** The person leaves: nobody else reads what was practised. */
  readonly forget: () => void;
}

const KEPT = 50;

export function createDrillBox(): DrillBox {
  const listeners = new Set<() => void>();
  let drills: readonly Drill[] = [];
  let count = 0;

  function set(next: readonly Drill[]): void {
    if (next === drills) return;
    drills = next;
    for (const listener of listeners) listener();
  }

  return {
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    read: () => drills,
    begin: (script, at) => {
      count += 1;
      const ended = drills.map((drill) => stepDrill(drill, { type: 'end', why: 'stopped', at }));
      set([beginDrill(count, script, at), ...ended].slice(0, KEPT));
    },
    tell: (input) => {
      const [newest, ...older] = drills;
      if (newest === undefined) return;
      const next = stepDrill(newest, input);
      if (next !== newest) set([next, ...older]);
    },
    forget: () => set([]),
  };
}

/** The drill that runs now; null: none. */
export function runningDrill(drills: readonly Drill[]): Drill | null {
  const [newest] = drills;
  return newest?.ended === null ? newest : null;
}
