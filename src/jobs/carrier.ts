/**
 * Brings effects from the database to the queue: those just written at once, and in every round all that are due, so that
 * what a queue forgot, refused or never heard of comes again. What was given up stands in a list for people.
 */

import type { PendingEffect } from '../storage/pending-effect.ts';
import type { EffectCounts, FailedEffect } from '../storage/store/effects.ts';
import type { Store } from '../storage/store.ts';
import type { WorkResult } from '../storage/work.ts';
import type { JobDeps, JobHandlers, JobQueue, JobWorker, QueueState } from './job-queue.ts';

export interface CarrierDeps extends Pick<JobDeps, 'work' | 'now' | 'log'> {
  readonly queue: JobQueue;
  readonly store: Pick<Store, 'dueEffects' | 'failedEffects' | 'effectCounts'>;
  /** Between two rounds. */
  readonly everyMs?: number;
}

export interface Carrier {
  /** Takes one effect that is durable now; never waits, never throws. */
  take(effect: PendingEffect): void;
  /** Begins with the rounds and the work. */
  start(handlers: JobHandlers, options: { readonly concurrency: number }): void;
  /** What the health page shows. */
  state(): Promise<JobsState>;
  /** 未完成的后台任务: given up, the latest first. */
  failed(): Promise<readonly FailedEffect[]>;
  /** 重试. Refused when it is not in that list any more. */
  retry(effect: string): Promise<WorkResult>;
  close(): Promise<void>;
}

export interface JobsState extends QueueState {
  readonly counts: EffectCounts;
}

const ROUND_MS = 30_000;
/** The oldest are brought first and go away by being done: however long the list, every effect has its turn. */
const MOST_AT_ONCE = 5_000;

export function createCarrier(deps: CarrierDeps): Carrier {
  const { queue, store, now, log } = deps;
  let gathered: PendingEffect[] = [];
  let bringing: Promise<void> | null = null;
  let round: Promise<void> | null = null;
  let timer: NodeJS.Timeout | undefined;
  let worker: JobWorker | undefined;
  let closed = false;

  /** Brings all that was taken meanwhile, together. What the queue does not take now comes with the next round. */
  async function bring(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    while (gathered.length > 0) {
      const effects = gathered;
      gathered = [];
      await queue.add(effects);
    }
  }

  function startBringing(): void {
    bringing ??= bring().finally(() => {
      bringing = null;
      if (gathered.length > 0) startBringing();
    });
  }

  async function goRound(): Promise<void> {
    try {
      const due = await store.dueEffects(now(), MOST_AT_ONCE);
      await queue.add(due);
    } catch (error) {
      log('warn', 'jobs-not-read', { error: String(error) });
    }
  }

  function startRound(): void {
    if (closed) return;
    round ??= goRound().finally(() => {
      round = null;
    });
  }

  return {
    take(effect) {
      gathered.push(effect);
      startBringing();
    },
    start(handlers, options) {
      worker = queue.work(handlers, options);
      queue.onBack(startRound);
      timer = setInterval(startRound, deps.everyMs ?? ROUND_MS);
      startRound();
    },
    state: async () => ({ ...queue.state(), counts: await store.effectCounts(now()) }),
    failed: () => store.failedEffects(),
    retry: (effect) => deps.work({ type: 'effect-retry', effect, at: now() }),
    async close() {
      closed = true;
      clearInterval(timer);
      await Promise.all([bringing, round]);
      await worker?.close();
      await queue.close();
    },
  };
}
