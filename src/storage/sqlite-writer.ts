/**
 * The writer of a SQLite file lives in a thread of its own, so that the fsync of a commit never holds up reading AMI or
 * serving sockets. This side hands works over and waits; the other side is `sqlite-writer-thread.ts`.
 *
 * A thread loads our code for 0.3 s of processor time (Node 24.21), and V8 is at its weakest where threads come and go
 * (`SOUND_V8` in scripts/run.mjs): one whose file was closed stays and takes the next file.
 */
import { Worker } from 'node:worker_threads';
import type { Store, StoreOptions } from './store.ts';
import type { Work, WorkResult } from './work.ts';

export type ToThread =
  | { readonly type: 'open'; readonly options: StoreOptions }
  | { readonly type: 'write'; readonly id: number; readonly works: readonly Work[] }
  | { readonly type: 'close' };

export type FromThread =
  | { readonly type: 'ready' }
  | { readonly type: 'not-opened'; readonly message: string }
  | { readonly type: 'written'; readonly id: number; readonly results: readonly WorkResult[] }
  | { readonly type: 'failed'; readonly id: number; readonly message: string; readonly code: string | null }
  | { readonly type: 'closed' };

/** The database could not write; `code` is SQLite's own (`SQLITE_FULL` …) when it gave one. */
class StoreFailed extends Error {
  override readonly name = 'StoreFailed';
  readonly code: string | null;

  constructor(message: string, code: string | null) {
    super(message);
    this.code = code;
  }
}

const STOPPED = 'the database writer has stopped';

/** Without a file; they do not keep the process alive. */
const idle: Worker[] = [];

function takeThread(): Worker {
  // One that has ended meanwhile has the number -1.
  const waiting = idle.splice(0).filter(({ threadId }) => threadId !== -1);
  const thread = waiting.pop() ?? new Worker(new URL('./sqlite-writer-thread.ts', import.meta.url));
  idle.push(...waiting);
  thread.ref();
  return thread;
}

function giveBack(thread: Worker): void {
  // By name: without one, Node's own listeners of a Worker go too, and it hears nothing any more (24.21).
  for (const event of ['message', 'error', 'exit']) thread.removeAllListeners(event);
  thread.unref();
  idle.push(thread);
}

/** Has a thread open and migrate the file. Rejects when it cannot. */
export async function startWriterThread(
  options: StoreOptions,
): Promise<{ readonly write: Store['write']; readonly close: () => Promise<void> }> {
  const thread = takeThread();
  const waiting = new Map<number, PromiseWithResolvers<readonly WorkResult[]>>();
  const ready = Promise.withResolvers<void>();
  const closed = Promise.withResolvers<void>();
  let ended: Error | null = null;
  let closing = false;
  let lastId = 0;

  thread.on('message', (message: FromThread) => {
    switch (message.type) {
      case 'ready':
        ready.resolve();
        return;
      case 'not-opened':
        end(new StoreFailed(message.message, null));
        giveBack(thread);
        return;
      case 'written':
        waiting.get(message.id)?.resolve(message.results);
        waiting.delete(message.id);
        return;
      case 'failed':
        waiting.get(message.id)?.reject(new StoreFailed(message.message, message.code));
        waiting.delete(message.id);
        return;
      case 'closed':
        end(new StoreFailed(STOPPED, null));
        giveBack(thread);
    }
  });
  thread.on('error', (error) => end(error instanceof Error ? error : new Error(String(error))));
  thread.on('exit', () => end(new StoreFailed(STOPPED, null)));

  function end(error: Error): void {
    ended ??= error;
    ready.reject(ended);
    closed.resolve();
    for (const { reject } of waiting.values()) reject(ended);
    waiting.clear();
  }

  thread.postMessage({ type: 'open', options } satisfies ToThread);
  await ready.promise;
  return {
    write(works) {
      if (ended !== null || closing) return Promise.reject(ended ?? new StoreFailed(STOPPED, null));
      lastId += 1;
      const answer = Promise.withResolvers<readonly WorkResult[]>();
      waiting.set(lastId, answer);
      thread.postMessage({ type: 'write', id: lastId, works } satisfies ToThread);
      return answer.promise;
    },
    async close() {
      // Once only: a second word to close would meet the thread's next file.
      if (!closing && ended === null) thread.postMessage({ type: 'close' } satisfies ToThread);
      closing = true;
      await closed.promise;
    },
  };
}
