/**
 * Unsent texts on this machine's disk (IndexedDB), so that they survive a crashed tab, a closed browser and a reload.
 * One database for all accounts of this origin; entries name their owner.
 */
import type { Unsent } from './unsent.ts';

const DATABASE = 'dutyline-outbox';
const STORE = 'unsent';

export interface OutboxStore {
  /** Resolves when the entry is on disk. */
  readonly put: (key: string, entry: Unsent) => Promise<void>;
  readonly remove: (key: string) => Promise<void>;
  readonly all: () => Promise<readonly Unsent[]>;
}

/** Opens the store. Rejects when the browser has none (private windows of some browsers, a full or broken disk). */
export async function openOutboxStore(): Promise<OutboxStore> {
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('indexedDB.open failed'));
    request.onblocked = () => reject(new Error('indexedDB.open blocked'));
  });
  // A newer page in another tab may want to upgrade: never stand in its way.
  database.onversionchange = () => database.close();

  function done(work: (store: IDBObjectStore) => IDBRequest): Promise<IDBRequest> {
    return new Promise((resolve, reject) => {
      // 'strict': a text counts as kept only when it would survive a power cut, not when the OS has it in memory.
      const transaction = database.transaction(STORE, 'readwrite', { durability: 'strict' });
      const request = work(transaction.objectStore(STORE));
      transaction.oncomplete = () => resolve(request);
      transaction.onabort = () => reject(transaction.error ?? new Error('indexedDB transaction aborted'));
    });
  }

  return {
    put: async (key, entry) => {
      await done((store) => store.put(entry, key));
    },
    remove: async (key) => {
      await done((store) => store.delete(key));
    },
    all: async () => (await done((store) => store.getAll())).result as readonly Unsent[],
  };
}
