/**
 * One claimed effect from its handler to the row that says what came of it. The same for every back end: a back end only
 * decides when an effect is claimed.
 */
import type { ClaimedEffect, PendingEffect } from '../storage/pending-effect.ts';
import type { Work } from '../storage/work.ts';
import { backOffMs } from './back-off.ts';
import { JOB_LIMITS, type Job, type JobDeps, type JobHandlers, type JobOutcome } from './job-queue.ts';
import { holdLease } from './lease.ts';

export interface EffectRunner {
  /** Runs the handler and writes down what came of it. Never rejects. */
  run(claimed: ClaimedEffect): Promise<AfterRun>;
  /** Handlers at work. */
  running(): number;
  /**
   * Waits for what runs, then aborts it, then waits once more; what is still not over then is left to its lease. What is
   * given to `run` from now on is given back.
   */
  close(): Promise<void>;
}

/** Whether the effect has to come again, and when at the earliest (integer ms UTC). */
export type AfterRun = { readonly kind: 'over' } | { readonly kind: 'later'; readonly at: number };

const OVER: AfterRun = { kind: 'over' };
/** What a handler gets to put things in order after it was told to stop. */
const LAST_WORDS_MS = 2_000;

/** @param onFree Called when a handler has ended, before its outcome is durable. */
export function createEffectRunner(
  deps: JobDeps,
  handlers: JobHandlers,
  onFree: () => void = () => {},
): EffectRunner {
  const { now, log } = deps;
  const limits = { ...JOB_LIMITS, ...deps.limits };
  const atWork = new Set<AbortController>();
  const unsettled = new Set<Promise<AfterRun>>();
  let closing = false;

  async function handle(claimed: ClaimedEffect): Promise<Ending> {
    const { effect, attempts } = claimed;
    const handler = handlers[effect.kind] as
      | ((effect: PendingEffect, job: Job) => Promise<JobOutcome>)
      | undefined;
    if (handler === undefined) return { kind: 'again', afterMs: limits.pollMs };
    const stop = new AbortController();
    const lease = holdLease(deps, limits.leaseMs, claimed, stop);
    atWork.add(stop);
    try {
      return await handler(effect, { attempt: attempts + 1, signal: stop.signal });
    } catch (error) {
      return stop.signal.aborted ? { kind: 'again', afterMs: 0 } : { kind: 'threw', error };
    } finally {
      lease.letGo();
      atWork.delete(stop);
      onFree();
    }
  }

  async function run(claimed: ClaimedEffect): Promise<AfterRun> {
    const { interrupted } = claimed;
    // It was claimed while we began to close: nobody would wait for it any more.
    if (closing) return settle(claimed, { kind: 'again', afterMs: 0 });
    if (interrupted > limits.interruptions) {
      return settle(claimed, { kind: 'failed', reason: cutOff(interrupted) });
    }
    return settle(claimed, await handle(claimed));
  }

  async function settle(claimed: ClaimedEffect, ending: Ending): Promise<AfterRun> {
    const { effect, lease, attempts } = claimed;
    const about = { effect: effect.id, kind: effect.kind };
    const giveUp = (reason: string, failed: number) => {
      log('error', 'effect-given-up', { ...about, attempts: failed, reason });
      return say(
        { type: 'effect-give-up', effect: effect.id, lease, attempts: failed, reason, at: now() },
        OVER,
      );
    };
    const putOff = (at: number, failed: number) =>
      say(
        { type: 'effect-put-off', effect: effect.id, lease, runAt: at, attempts: failed },
        { kind: 'later', at },
      );
    switch (ending.kind) {
      case 'done':
        return say({ type: 'effect-done', effect: effect.id, lease, at: now() }, OVER);
      case 'again':
        return putOff(now() + Math.max(0, Math.round(ending.afterMs)), attempts);
      case 'failed':
        return giveUp(ending.reason, attempts + 1);
      case 'threw': {
        const failed = attempts + 1;
        const reason = reasonOf(ending.error);
        log('warn', 'effect-failed', { ...about, attempt: failed, reason });
        if (failed >= limits.attempts) return giveUp(reason, failed);
        return putOff(now() + backOffMs(failed, limits, Math.random()), failed);
      }
    }
  }

  /** A word that cannot be written is lost: the lease runs out and the effect is done again, which is harmless. */
  async function say(word: Work, after: AfterRun): Promise<AfterRun> {
    const answer = await deps.work(word);
    if (answer.ok) return after;
    log('warn', 'effect-not-settled', { word: word.type, refusal: answer.refusal.code });
    return { kind: 'later', at: now() + limits.leaseMs };
  }

  return {
    run(claimed) {
      const whole = run(claimed).catch((error: unknown): AfterRun => {
        log('error', 'effect-not-settled', { effect: claimed.effect.id, error: String(error) });
        return { kind: 'later', at: now() + limits.leaseMs };
      });
      unsettled.add(whole);
      void whole.finally(() => unsettled.delete(whole));
      return whole;
    },
    running: () => atWork.size,
    async close() {
      closing = true;
      if (await within(limits.graceMs, unsettled)) return;
      for (const stop of atWork) stop.abort(new Error('the service is stopping'));
      await within(LAST_WORDS_MS, unsettled);
    },
  };
}

type Ending = JobOutcome | { readonly kind: 'threw'; readonly error: unknown };

function reasonOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}

function cutOff(times: number): string {
  return `处理它的进程 ${times} 次在执行中意外终止 (the process that ran it was cut off ${times} times)`;
}

/** Whether all of them ended within so many ms. */
async function within(ms: number, all: ReadonlySet<Promise<unknown>>): Promise<boolean> {
  const late = Promise.withResolvers<boolean>();
  const timer = setTimeout(() => late.resolve(false), ms);
  try {
    return await Promise.race([Promise.all(all).then(() => true), late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
