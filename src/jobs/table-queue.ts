/**
 * Jobs without Redis: workers take effects from the table itself. One transaction takes as many as there are free hands,
 * and shares its commit with whatever else is being written. A worker of this process is woken by `add`; what other
 * processes wrote, and what was put off, is found by looking once in a while.
 */
import { randomUUID } from 'node:crypto';
import type { EffectKind } from '../storage/pending-effect.ts';
import { createEffectRunner } from './effect-runner.ts';
import { JOB_LIMITS, type JobDeps, type JobHandlers, type JobQueue, type JobWorker } from './job-queue.ts';

export interface TableQueueDeps extends JobDeps {
  /**
   * No other process works on this database (true on SQLite): what is leased when the worker starts belonged to a process
   * that is dead, and is taken over at once instead of when the lease runs out.
   */
  readonly alone: boolean;
}

export function createTableQueue(deps: TableQueueDeps): JobQueue {
  const workers = new Set<TableWorker>();
  return {
    add(effects) {
      if (effects.length > 0) for (const worker of workers) worker.wake();
      return Promise.resolve('carried');
    },
    work(handlers, { concurrency }) {
      const worker = startWorker(deps, handlers, concurrency);
      workers.add(worker);
      return worker;
    },
    // The table is the database: when it fails the whole service says so.
    state: () => ({ backEnd: 'table', awaySince: null, warnings: [] }),
    onBack: () => {},
    async close() {
      await Promise.all([...workers].map((worker) => worker.close()));
    },
  };
}

interface TableWorker extends JobWorker {
  wake(): void;
}

function startWorker(deps: TableQueueDeps, handlers: JobHandlers, concurrency: number): TableWorker {
  const { now, log } = deps;
  const { leaseMs, pollMs } = { ...JOB_LIMITS, ...deps.limits };
  const kinds = Object.keys(handlers) as EffectKind[];
  const runner = createEffectRunner(deps, handlers, wake);
  let closed = false;
  let woken = true;
  let released = !deps.alone;
  let endRest: (() => void) | null = null;
  /** Told once, not at every look, until the database can be read again. */
  let lastTrouble = '';

  function wake(): void {
    woken = true;
    endRest?.();
  }

  async function loop(): Promise<void> {
    while (!closed) {
      if (!released) released = (await deps.work({ type: 'effects-release', at: now() })).ok;
      const told = woken;
      woken = false;
      const free = concurrency - runner.running();
      if (free <= 0 || (await take(free, told)) < free) await rest();
    }
  }

  /** Takes up to so many and begins with them; returns how many there were. */
  async function take(free: number, told: boolean): Promise<number> {
    // Nobody told of anything: reading costs no transaction.
    if (!told && (await deps.store.dueEffects(now(), 1)).length === 0) {
      lastTrouble = '';
      return 0;
    }
    const at = now();
    const answer = await deps.work({
      type: 'effects-claim',
      lease: randomUUID(),
      leaseUntil: at + leaseMs,
      kinds,
      only: null,
      limit: free,
      at,
    });
    if (!answer.ok) return 0;
    lastTrouble = '';
    for (const claimed of answer.claimed) void runner.run(claimed);
    return answer.claimed.length;
  }

  async function rest(): Promise<void> {
    if (woken || closed) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, pollMs);
      endRest = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    endRest = null;
  }

  async function keepLooping(): Promise<void> {
    while (!closed) {
      try {
        await loop();
      } catch (error) {
        // The database cannot be read now; it may be a second later.
        woken = false;
        const trouble = String(error);
        if (trouble !== lastTrouble) log('warn', 'jobs-not-read', { error: trouble });
        lastTrouble = trouble;
        await rest();
      }
    }
  }
  const looping = keepLooping();

  return {
    wake,
    async close() {
      closed = true;
      endRest?.();
      await looping;
      await runner.close();
    },
  };
}
