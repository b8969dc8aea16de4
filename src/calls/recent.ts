/** What happened lately, by key, the oldest forgotten first: memory that does not grow with the years. */
export interface Recent<T> {
  get(key: string): T | undefined;
  /** Keeps the newest value of a key; gives back a function that takes this one step back. */
  remember(key: string, value: T): () => void;
  readonly size: number;
}

/** Holds at most `limit` keys. */
export function createRecent<T>(limit: number): Recent<T> {
  const kept = new Map<string, T>();
  return {
    get: (key) => kept.get(key),
    get size() {
      return kept.size;
    },
    remember(key, value) {
      const before = kept.get(key);
      kept.delete(key);
      kept.set(key, value);
      if (kept.size > limit) {
        for (const oldest of kept.keys()) {
          kept.delete(oldest);
          break;
        }
      }
      return () => {
        kept.delete(key);
        if (before !== undefined) kept.set(key, before);
      };
    },
  };
}
