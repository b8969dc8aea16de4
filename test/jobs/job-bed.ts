/** The jobs of one process on a real store, over each back end. The test's processes share what `JobPlace` names. */
import { createBullmqQueue } from '../../src/jobs/bullmq-queue.ts';
import { type Carrier, createCarrier } from '../../src/jobs/carrier.ts';
import type { JobDeps, JobHandlers, JobLimits } from '../../src/jobs/job-queue.ts';
import { createTableQueue } from '../../src/jobs/table-queue.ts';
import { createCommitQueue } from '../../src/storage/commit-queue.ts';
import { openStore } from '../../src/storage/open-store.ts';
import type { Store } from '../../src/storage/store.ts';
import type { Work, WorkResult } from '../../src/storage/work.ts';
import { RULES } from '../storage/office.ts';
import { telling } from '../storage/telling.ts';

export interface JobPlace {
  /** As the store takes it: a file or `postgres://…`. */
  readonly database: string;
  /** Null: the own table. */
  readonly redis: { readonly url: string; readonly prefix: string } | null;
}

/** Everything that takes seconds or minutes in an office takes a moment here. */
export const QUICK = {
  leaseMs: 1_200,
  attempts: 3,
  interruptions: 20,
  firstBackOffMs: 80,
  longestBackOffMs: 2_000,
  pollMs: 40,
  graceMs: 300,
} satisfies JobLimits;

export interface Jobs {
  readonly store: Store;
  readonly carrier: Carrier;
  /** Writes as the service does: shares commits, and keeps what the telephone told while the database is away. */
  work(work: Work): Promise<WorkResult>;
  readonly said: readonly Said[];
  /** Resolves when nothing is left to be done but what was given up. */
  done(): Promise<void>;
  close(): Promise<void>;
}

export interface Said {
  readonly level: 'info' | 'warn' | 'error';
  readonly code: string;
  readonly about: Readonly<Record<string, unknown>>;
}

/** `everyMs` is between two rounds of the carrier. */
export async function openJobs(
  place: JobPlace,
  limits: Partial<JobLimits> = {},
  everyMs = 300,
): Promise<Jobs> {
  const store = await openStore({ database: place.database, rules: RULES });
  const said: Said[] = [];
  const now = Date.now;
  const commits = createCommitQueue({
    store,
    now,
    onCommitted: (results) => {
      for (const effect of results.flatMap((result) => (result.ok ? result.effects : [])))
        carrier.take(effect);
    },
    onTrouble: () => {},
  });
  const deps: JobDeps = {
    work: (work) => commits.push(work),
    store,
    now,
    log: (level, code, about) => said.push({ level, code, about }),
    limits: { ...QUICK, ...limits },
  };
  const alone = !place.database.startsWith('postgres:');
  const queue =
    place.redis === null
      ? createTableQueue({ ...deps, alone })
      : createBullmqQueue({ ...deps, ...place.redis });
  const carrier = createCarrier({ ...deps, queue, store, everyMs });
  return {
    store,
    carrier,
    said,
    work: deps.work,
    done: () =>
      until(async () => {
        const { counts } = await carrier.state();
        return counts.waiting + counts.running === 0;
      }),
    async close() {
      await carrier.close();
      await commits.close();
      await store.close();
    },
  };
}

/** Asks again and again; trouble of the database is no answer. */
export async function until(holds: () => Promise<boolean> | boolean): Promise<void> {
  for (;;) {
    if (await Promise.resolve(holds()).catch(() => false)) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** A call that has ended, and with it one effect: `attach-recordings`. */
export async function endCall({ work }: Pick<Jobs, 'work'>, linkedid: string): Promise<void> {
  const call = telling(linkedid);
  const answers = await Promise.all(
    [call.arrives(null, { drafts: [] }), ...call.closes(), call.ends()].map(work),
  );
  const refused = answers.find((answer) => !answer.ok);
  if (refused !== undefined) throw new Error(`not written: ${JSON.stringify(refused)}`);
}

/** Only the jobs of ended calls, done by one function that is told the Linkedid. */
export function attaching(
  attach: (
    linkedid: string,
    job: Parameters<NonNullable<JobHandlers['attach-recordings']>>[1],
  ) => ReturnType<NonNullable<JobHandlers['attach-recordings']>>,
): JobHandlers {
  return { 'attach-recordings': ({ linkedid }, job) => attach(linkedid, job) };
}
