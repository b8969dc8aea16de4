/** 模拟来电: the demonstration PBX as the page may use it. */
import type { Refusal } from '../records/command.ts';

export interface Simulation {
  readonly stories: readonly { readonly id: string; readonly title: string }[];
  /** Null when the call was started. The same opId again starts no second call. */
  start(story: string, opId: string): Promise<Refusal | null>;
}

const KEPT = 1_000;

export function createSimulation(
  stories: Simulation['stories'],
  place: (story: string) => Promise<Refusal | null>,
): Simulation {
  const done = new Set<string>();
  return {
    stories,
    start: async (story, opId) => {
      if (done.has(opId)) return null;
      done.add(opId);
      const oldest = done.values().next().value;
      if (done.size > KEPT && oldest !== undefined) done.delete(oldest);
      return place(story);
    },
  };
}
