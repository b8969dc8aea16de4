/**
 * IndexedDB as far as the page's outbox uses it: a transaction ends a moment after it began, and dies with its tab. What it
 * wrote is on the machine's disk only when it has ended.
 */
import type { Chance } from '../support/seeded.ts';

/** An fsync on an office computer, ms. */
const SLOWEST_COMMIT_MS = 15;

interface Request {
  result?: unknown;
  onsuccess?: () => void;
  onupgradeneeded?: () => void;
  readonly error: null;
}

/** `later` runs a callback in the tab's own time, and never once the tab is dead. */
export function createIndexedDb(
  disk: Map<string, unknown>,
  later: (callback: () => void, afterMs: number) => void,
  chance: Chance,
): unknown {
  function transaction() {
    const writes: (() => void)[] = [];
    const ending: { oncomplete?: () => void; onabort?: () => void; error: null; objectStore: () => unknown } =
      {
        error: null,
        objectStore: () => ({
          put: (value: unknown, key: string) => {
            const copy = structuredClone(value);
            writes.push(() => disk.set(key, copy));
            return {};
          },
          delete: (key: string) => {
            writes.push(() => disk.delete(key));
            return {};
          },
          getAll: () => {
            const request: { result?: unknown } = {};
            writes.push(() => {
              request.result = [...disk.values()].map((value) => structuredClone(value));
            });
            return request;
          },
        }),
      };
    later(() => {
      for (const write of writes) write();
      ending.oncomplete?.();
    }, chance.below(SLOWEST_COMMIT_MS));
    return ending;
  }
  return {
    open: () => {
      const request: Request = { error: null };
      later(() => {
        request.result = { createObjectStore: () => {}, transaction, close: () => {} };
        request.onupgradeneeded?.();
        request.onsuccess?.();
      }, 0);
      return request;
    },
  };
}
