/**
 * The only user of bullmq: Redis says which worker looks at which effect when. Nothing but ids is in Redis. Whether an
 * effect is still to be done, how often it failed and who has it is asked of our own database before it is begun, by the
 * same claim as without Redis; so an emptied Redis, or one restored from an old dump, repeats nothing.
 */
import { randomUUID } from 'node:crypto';
import { type Job as BullJob, DelayedError, Queue, Worker } from 'bullmq';
import type { EffectKind, PendingEffect } from '../storage/pending-effect.ts';
import { type AfterRun, createEffectRunner } from './effect-runner.ts';
import {
  JOB_LIMITS,
  type JobDeps,
  type JobHandlers,
  type JobLimits,
  type JobQueue,
  type JobWorker,
} from './job-queue.ts';
import { openRedis, openWorkerRedis } from './redis.ts';

export interface BullmqQueueDeps extends JobDeps {
  /** `redis://…` */
  readonly url: string;
  /** Begins every key; two services that share a Redis need two. */
  readonly prefix?: string;
}

/** What Redis keeps of a job. */
interface Ticket {
  readonly effect: string;
}

const NAME = 'effects';
const PIECE = 500;
/** A killed worker is counted in our database; BullMQ shall not give up before that. */
const STALLS = 1_000;
const CLOSE_MS = 2_000;

/** Connects by itself; a Redis that is away shows in `state()` and in what `add` answers, and nowhere else. */
export function createBullmqQueue(deps: BullmqQueueDeps): JobQueue {
  const { url, log, prefix = 'dutyline' } = deps;
  const limits = { ...JOB_LIMITS, ...deps.limits };
  const link = openRedis(url, deps);
  const workers = new Set<JobWorker>();
  const queue = new Queue<Ticket>(NAME, {
    connection: link.client,
    prefix,
    skipVersionCheck: true,
    streams: { events: { maxLen: 100 } },
  });
  // The link tells of the connection; what fails besides comes out of `ask`.
  queue.on('error', () => {});

  return {
    async add(effects) {
      for (let from = 0; from < effects.length; from += PIECE) {
        const piece = effects.slice(from, from + PIECE).map(ticketOf);
        if ((await link.ask(() => queue.addBulk(piece))) === 'away') return 'queue-away';
      }
      // Nothing to bring: then this is how a server is noticed that hangs, or is full: that one would answer a ping.
      if (effects.length === 0 && (await link.ask(() => link.client.set(`${prefix}:answers`, ''))) === 'away')
        return 'queue-away';
      return 'carried';
    },
    work(handlers, { concurrency }) {
      const worker = startWorker(deps, { url, prefix, concurrency, limits }, handlers);
      workers.add(worker);
      return worker;
    },
    state: () => ({ backEnd: 'redis', awaySince: link.awaySince(), warnings: link.warnings() }),
    onBack: (listener) => link.onBack(listener),
    async close() {
      await Promise.all([...workers].map((worker) => worker.close()));
      await atMost(CLOSE_MS, queue.close());
      link.close();
      log('info', 'jobs-closed', {});
    },
  };
}

/** The same effect twice is the same job. BullMQ takes no colon and no bare number as an id. */
function ticketOf({ id, kind }: PendingEffect) {
  return {
    name: kind,
    data: { effect: id },
    opts: {
      jobId: `effect-${encodeURIComponent(id.toWellFormed())}`,
      removeOnComplete: true,
      removeOnFail: true,
    },
  };
}

interface WorkerSetup {
  readonly url: string;
  readonly prefix: string;
  readonly concurrency: number;
  readonly limits: JobLimits;
}

function startWorker(deps: JobDeps, setup: WorkerSetup, handlers: JobHandlers): JobWorker {
  const { now, log, store } = deps;
  const { leaseMs } = setup.limits;
  const kinds = Object.keys(handlers) as EffectKind[];
  const runner = createEffectRunner(deps, handlers);
  const connection = openWorkerRedis(setup.url);

  async function attend(id: string): Promise<AfterRun> {
    const at = now();
    const lease = randomUUID();
    const answer = await deps.work({
      type: 'effects-claim',
      lease,
      leaseUntil: at + leaseMs,
      kinds,
      only: id,
      limit: 1,
      at,
    });
    // The database takes nothing now.
    if (!answer.ok) return { kind: 'later', at: at + setup.limits.pollMs };
    const [claimed] = answer.claimed;
    return claimed === undefined ? notNow(id, at) : runner.run(claimed);
  }

  /** Not to be had: done, given up, not due, or in somebody's hand. */
  async function notNow(id: string, at: number): Promise<AfterRun> {
    const standing = await store.effectStanding(id);
    if (standing === undefined || standing.givenUp) return { kind: 'over' };
    const free = Math.max(standing.runAt ?? 0, standing.leaseUntil ?? 0);
    return { kind: 'later', at: Math.max(free, at + setup.limits.pollMs) };
  }

  async function process(job: BullJob<Ticket>, token?: string): Promise<void> {
    const after = await attend(job.data.effect);
    if (after.kind === 'over') return;
    await job.moveToDelayed(after.at, token);
    throw new DelayedError();
  }

  const worker = new Worker<Ticket>(NAME, process, {
    connection: connection.client,
    prefix: setup.prefix,
    concurrency: setup.concurrency,
    lockDuration: leaseMs,
    stalledInterval: leaseMs / 2,
    maxStalledCount: STALLS,
    removeOnComplete: { count: 0 },
    removeOnFail: { count: 0 },
    skipVersionCheck: true,
    runRetryDelay: setup.limits.pollMs,
  });
  // A job whose lock went with an emptied Redis, a connection that broke: the carrier brings again what is not done.
  // Told once: it is said again at every attempt to connect, and every second by a server that is full.
  let lastTrouble = '';
  worker.on('error', (error) => {
    const trouble = String(error);
    if (trouble === lastTrouble) return;
    lastTrouble = trouble;
    log('warn', 'queue-trouble', { error: trouble });
  });
  worker.on('ready', () => {
    lastTrouble = '';
  });
  worker.on('failed', (job, error) => {
    log('warn', 'ticket-failed', { effect: job?.data.effect ?? null, error: String(error) });
  });

  let closing: Promise<void> | null = null;
  async function close(): Promise<void> {
    const ended = worker.close();
    await runner.close();
    await atMost(CLOSE_MS, ended);
    connection.close();
  }
  return { close: () => (closing ??= close()) };
}

/** BullMQ waits for a server that is away before it closes (6.7); nothing is lost by not waiting. */
async function atMost(ms: number, ending: Promise<void>): Promise<void> {
  const late = Promise.withResolvers<void>();
  const timer = setTimeout(() => late.resolve(), ms);
  await Promise.race([ending, late.promise]);
  clearTimeout(timer);
}
