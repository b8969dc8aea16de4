/**
 * What waits for the store. Everything that waits is committed together; what comes meanwhile waits for the next commit,
 * so that batches grow exactly with the load. When the store fails, what the telephone told is kept and tried again;
 * what people asked is refused at once, because their page keeps it and repeats it under the same opId.
 */
import type { ProbeFact } from '../diagnosis/probe.ts';
import type { Refusal } from '../records/command.ts';
import type { Store } from './store.ts';
import type { Work, WorkResult } from './work.ts';

export interface CommitQueue {
  /** Queues a work; the promise resolves after its commit. */
  push(work: Work): Promise<WorkResult>;
  /** Resolves when nothing waits and nothing is being written. */
  idle(): Promise<void>;
  state(): CommitQueueState;
  /** Writes what can be written and takes nothing more. */
  close(): Promise<void>;
}

export interface CommitQueueState {
  readonly failing: { readonly refusal: Refusal; readonly since: number } | null;
  readonly waiting: number;
  readonly dropped: number;
}

export interface CommitQueueDeps {
  readonly store: Pick<Store, 'write'>;
  readonly now: () => number;
  /** Called after each commit, before the promises of its works resolve. */
  readonly onCommitted: (results: readonly WorkResult[]) => void;
  readonly onTrouble: (error: unknown, failing: boolean) => void;
  readonly limits?: { readonly batch: number; readonly spool: number };
}

/** An input is worth a few hundred bytes: a spool of this length is tens of megabytes and holds a night of an office. */
const LIMITS = { batch: 200, spool: 200_000 };
/**
 * A commit begins no sooner after the one before; the first input after a quiet moment waits for nothing. Each commit
 * costs about sixteen pages of the log, an fsync and a round through the threads and to every page, whatever it holds. At
 * 50 calls a second this makes 190 of them a second instead of 335 and takes about a fifth off the service's CPU, for 3 to 4
 * ms more until a page hears of a call (docs/performance.md).
 */
const GATHER_MS = 5;
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5_000;

interface Waiting {
  readonly work: Work;
  readonly answer: PromiseWithResolvers<WorkResult>;
}

export function createCommitQueue(deps: CommitQueueDeps): CommitQueue {
  const { batch, spool } = deps.limits ?? LIMITS;
  let waiting: Waiting[] = [];
  let running: Promise<void> | null = null;
  let failing: CommitQueueState['failing'] = null;
  let pause = FIRST_PAUSE_MS;
  let endPause: (() => void) | null = null;
  let dropped = 0;
  let closed = false;

  /** Writes batch after batch until nothing waits. There is never more than one of it. */
  async function run(): Promise<void> {
    // All inputs of one piece of the socket's bytes come in one turn of the event loop: let them gather.
    await new Promise((resolve) => setImmediate(resolve));
    while (waiting.length > 0) {
      const batchNow = waiting.slice(0, batch);
      const gathered = new Promise((resolve) => setTimeout(resolve, GATHER_MS));
      if (await written(batchNow)) {
        waiting = waiting.slice(batchNow.length);
        await gathered;
      } else if (closed) {
        return;
      } else {
        waiting = keepOrRefuse(waiting);
        await rest();
      }
    }
  }

  async function written(batchNow: readonly Waiting[]): Promise<boolean> {
    let results: readonly WorkResult[];
    try {
      results = await deps.store.write(batchNow.map(({ work }) => work));
    } catch (error) {
      failing ??= { refusal: refusalOf(error), since: deps.now() };
      deps.onTrouble(error, true);
      return false;
    }
    if (failing !== null) deps.onTrouble(null, false);
    failing = null;
    pause = FIRST_PAUSE_MS;
    deps.onCommitted(results);
    for (const [index, { answer }] of batchNow.entries()) {
      const result = results[index];
      if (result === undefined) answer.reject(new Error('the store gave too few answers'));
      else answer.resolve(result);
    }
    return true;
  }

  function keepOrRefuse(all: readonly Waiting[]): Waiting[] {
    const refusal = failing?.refusal;
    if (refusal === undefined) return [...all];
    return all.filter(({ work, answer }) => {
      if (mustBeKept(work)) return true;
      answer.resolve({ ok: false, refusal });
      return false;
    });
  }

  async function rest(): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, pause);
      endPause = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    endPause = null;
    pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
  }

  function start(): void {
    running ??= run().finally(() => {
      running = null;
      if (waiting.length > 0 && !closed) start();
    });
  }

  return {
    push(work) {
      if (closed) return Promise.resolve({ ok: false, refusal: CLOSED });
      // While nothing is tried again, nobody would find out that the store is back: then this is the trial.
      if (failing !== null && running !== null && !mustBeKept(work))
        return Promise.resolve({ ok: false, refusal: failing.refusal });
      if (waiting.length >= spool) {
        dropped += 1;
        return Promise.resolve({ ok: false, refusal: SPOOL_FULL });
      }
      const answer = Promise.withResolvers<WorkResult>();
      waiting.push({ work, answer });
      start();
      return answer.promise;
    },
    async idle() {
      while (running !== null) await running;
    },
    state: () => ({ failing, waiting: waiting.length, dropped }),
    async close() {
      closed = true;
      endPause?.();
      while (running !== null) await running;
      for (const { answer } of waiting) answer.resolve({ ok: false, refusal: CLOSED });
      waiting = [];
    },
  };
}

/** What only happens once in the world, and nobody would tell us again. */
const MUST_BE_KEPT: ReadonlySet<Work['type']> = new Set([
  'call-step',
  'recording-report',
  'effect-done',
  'audit',
  'alert-raised',
  // Forgotten, it would be sent again and again.
  'alert-tried',
  // A forwarding code is dialled once.
  'line-looked-at',
  'probe-sound',
]);

const PLACES: ReadonlySet<ProbeFact['kind']> = new Set([
  'probe-asked',
  'probe-occupier-placed',
  'probe-placed',
]);

/** A probe is asked for and placed only when that is known; what becomes of one that rings happens once. */
function mustBeKept(work: Work): boolean {
  if (work.type !== 'probe-facts') return MUST_BE_KEPT.has(work.type);
  return work.facts.every(({ kind }) => !PLACES.has(kind));
}

function refusalOf(error: unknown): Refusal {
  const full = error instanceof Error && 'code' in error && /FULL|53100/.test(String(error.code));
  return full
    ? {
        code: 'store-disk-full',
        zh: '数据库所在磁盘已满，暂时无法保存。通话仍在内存中保留，请尽快清理磁盘。',
        en: 'The disk of the database is full; nothing can be saved until space is freed.',
      }
    : {
        code: 'store-failing',
        zh: '数据库暂时无法写入，所填内容保留在本机，恢复后自动保存。',
        en: 'The database cannot be written at the moment; what you typed is kept and repeated.',
      };
}

const CLOSED: Refusal = { code: 'service-stopping', zh: '服务正在停止。', en: 'The service is stopping.' };
const SPOOL_FULL: Refusal = {
  code: 'spool-full',
  zh: '等待保存的内容过多，无法再接收。',
  en: 'Too much waits for the database; nothing more can be taken.',
};
