/**
 * The writer of a SQLite file lives in a thread of its own, so that the fsync of a commit never holds up reading AMI or
 * serving sockets. This side hands works over and waits; the other side is `sqlite-writer-thread.ts`.
 */
import { Worker } from 'node:worker_threads';
import type { Store, StoreOptions } from './store.ts';
import type { Work, WorkResult } from './work.ts';

export type ToThread =
  | { readonly type: 'write'; readonly id: number; readonly works: readonly Work[] }
  | { readonly type: 'close' };

export type FromThread =
  | { readonly type: 'ready' }
  | { readonly type: 'not-opened'; readonly message: string }
  | { readonly type: 'written'; readonly id: number; readonly results: readonly WorkResult[] }
  | { readonly type: 'failed'; readonly id: number; readonly message: string; readonly code: string | null };

/** The database could not write; `code` is SQLite's own (`SQLITE_FULL` …) when it gave one. */
class StoreFailed extends Error {
  override readonly name = 'StoreFailed';
  readonly code: string | null;

  constructor(message: string, code: string | null) {
    super(message);
    this.code = code;
  }
}

/** Starts the thread, which opens and migrates the file. Rejects when it cannot. */
export async function startWriterThread(
  options: StoreOptions,
): Promise<{ readonly write: Store['write']; readonly close: () => Promise<void> }> {
  const thread = new Worker(new URL('./sqlite-writer-thread.ts', import.meta.url), { workerData: options });
  const waiting = new Map<number, PromiseWithResolvers<readonly WorkResult[]>>();
  const ready = Promise.withResolvers<void>();
  let ended: Error | null = null;
  let lastId = 0;

  thread.on('message', (message: FromThread) => {
    switch (message.type) {
      case 'ready':
        ready.resolve();
        return;
      case 'not-opened':
        ready.reject(new StoreFailed(message.message, null));
        return;
      case 'written':
        waiting.get(message.id)?.resolve(message.results);
        waiting.delete(message.id);
        return;
      case 'failed':
        waiting.get(message.id)?.reject(new StoreFailed(message.message, message.code));
        waiting.delete(message.id);
    }
  });
  thread.on('error', (error) => end(error instanceof Error ? error : new Error(String(error))));
  thread.on('exit', () => end(new StoreFailed('the database writer has stopped', null)));

  function end(error: Error): void {
    ended ??= error;
    ready.reject(ended);
    for (const { reject } of waiting.values()) reject(ended);
    waiting.clear();
  }

  await ready.promise;
  return {
    write(works) {
      if (ended !== null) return Promise.reject(ended);
      lastId += 1;
      const answer = Promise.withResolvers<readonly WorkResult[]>();
      waiting.set(lastId, answer);
      thread.postMessage({ type: 'write', id: lastId, works } satisfies ToThread);
      return answer.promise;
    },
    async close() {
      if (ended !== null) return;
      const stopped = new Promise((resolve) => thread.once('exit', resolve));
      thread.postMessage({ type: 'close' } satisfies ToThread);
      await stopped;
    },
  };
}
