/** Work that is still to be done: for the workers, the health page and the list of what was given up. */
import { dueEffects, effectCounts, effectStanding, failedEffects, pendingEffects } from '../effect-reads.ts';
import type { PendingEffect } from '../pending-effect.ts';
import type { ReadDeps } from '../read.ts';

export interface StoredEffects {
  /** All that is still to be done, oldest first, but for what was given up. */
  pendingEffects(): Promise<readonly PendingEffect[]>;
  /** The oldest that are due at `at` (integer ms UTC) and in nobody's hand. */
  dueEffects(at: number, limit: number): Promise<readonly PendingEffect[]>;
  /** Undefined once it is done. */
  effectStanding(id: string): Promise<EffectStanding | undefined>;
  /** Given up, the latest first, at most 500. */
  failedEffects(): Promise<readonly FailedEffect[]>;
  effectCounts(at: number): Promise<EffectCounts>;
}

/** Where an effect stands that is not done yet; times are integer ms UTC. */
export interface EffectStanding {
  readonly runAt: number | null;
  readonly leaseUntil: number | null;
  readonly givenUp: boolean;
}

/** 未完成的后台任务: a person sees the reason and can have it tried again. */
export interface FailedEffect {
  readonly effect: PendingEffect;
  readonly attempts: number;
  readonly failedAt: number;
  readonly reason: string;
}

export interface EffectCounts {
  /** Due or put off. */
  readonly waiting: number;
  /** In a worker's hand. */
  readonly running: number;
  /** Given up. */
  readonly failed: number;
}

export function storedEffects(deps: ReadDeps): StoredEffects {
  return {
    pendingEffects: () => pendingEffects(deps),
    dueEffects: (at, limit) => dueEffects(deps, at, limit),
    effectStanding: (id) => effectStanding(deps, id),
    failedEffects: () => failedEffects(deps),
    effectCounts: (at) => effectCounts(deps, at),
  };
}
