/**
 * The port to what carries effects to their workers (D8). What is still to be done stands in our own database and nowhere
 * else (`pending_effects`); a queue only brings the id of an effect to somebody who has time for it. So a queue may be
 * emptied, stopped or restored from an old copy: the carrier brings what is missing again, and a worker asks the database
 * before it begins.
 */

import type { EffectKind, PendingEffect } from '../storage/pending-effect.ts';
import type { Store } from '../storage/store.ts';
import type { Work, WorkResult } from '../storage/work.ts';

export interface JobQueue {
  /**
   * Brings effects to the workers; harmless for what was brought before. Never rejects and never waits long: `queue-away`
   * when the back end does not take it now, and then the carrier brings it again.
   */
  add(effects: readonly PendingEffect[]): Promise<'carried' | 'queue-away'>;
  /** Begins to work. Kinds without a handler are left to other processes. */
  work(handlers: JobHandlers, options: { readonly concurrency: number }): JobWorker;
  state(): QueueState;
  /** Called each time the back end can be reached again. */
  onBack(listener: () => void): void;
  close(): Promise<void>;
}

export interface JobWorker {
  /** Takes nothing more, waits a while for what runs, then tells it to stop and gives back what was not finished. */
  close(): Promise<void>;
}

/** One handler for each kind; what it does must be harmless when done twice. */
export type JobHandlers = {
  readonly [Kind in EffectKind]?: (
    effect: Extract<PendingEffect, { readonly kind: Kind }>,
    job: Job,
  ) => Promise<JobOutcome>;
};

export interface Job {
  /** 1 at the first try; only tries that failed are counted. */
  readonly attempt: number;
  /** Aborted when the effect is no longer ours or the service stops; what is reported afterwards may be ignored. */
  readonly signal: AbortSignal;
}

/** How a handler ended. What it throws is an attempt that failed and is tried again with growing pauses. */
export type JobOutcome =
  | { readonly kind: 'done' }
  /** Not now (a mount away, a PBX away): costs no attempt. */
  | { readonly kind: 'again'; readonly afterMs: number }
  /** No use in trying again: goes to the list that a person sees. */
  | { readonly kind: 'failed'; readonly reason: string };

export interface QueueState {
  readonly backEnd: 'table' | 'redis';
  /** Since when the back end cannot be reached, integer ms UTC; jobs wait meanwhile. */
  readonly awaySince: number | null;
  readonly warnings: readonly QueueWarning[];
}

export interface QueueWarning {
  readonly code: string;
  readonly zh: string;
  readonly en: string;
}

export interface JobDeps {
  /** The one way to write; in the service `intake.work`, so that jobs share the commits of calls. */
  readonly work: (work: Work) => Promise<WorkResult>;
  readonly store: Pick<Store, 'dueEffects' | 'effectStanding'>;
  /** Our clock, integer ms UTC. */
  readonly now: () => number;
  readonly log: (
    level: 'info' | 'warn' | 'error',
    code: string,
    about: Readonly<Record<string, unknown>>,
  ) => void;
  readonly limits?: Partial<JobLimits>;
}

export interface JobLimits {
  /** How long a worker that went silent keeps its effect. */
  readonly leaseMs: number;
  /** Attempts that may fail before an effect is given up. */
  readonly attempts: number;
  /** How often a worker may be killed with the same effect in hand before it is suspected of killing them. */
  readonly interruptions: number;
  readonly firstBackOffMs: number;
  readonly longestBackOffMs: number;
  /** How often a table without news is looked at. */
  readonly pollMs: number;
  /** How long `close` waits for what runs. */
  readonly graceMs: number;
}

/** With these an effect is given up some 20 minutes after its first try. */
export const JOB_LIMITS: JobLimits = {
  leaseMs: 30_000,
  attempts: 6,
  interruptions: 20,
  firstBackOffMs: 10_000,
  longestBackOffMs: 30 * 60_000,
  pollMs: 1_000,
  graceMs: 10_000,
};
