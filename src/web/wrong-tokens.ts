/** How often an address came with a wrong token within a minute. Those with a right one beside it are not slowed. */
const WINDOW_MS = 60_000;
const MOST = 10;
/** Beyond so many the oldest is forgotten: nobody makes us remember without end. */
const MOST_ADDRESSES = 10_000;

export interface WrongTokens {
  /** Once more; answers how often within this minute. */
  count(address: string): number;
  isTooMany(count: number): boolean;
}

export function createWrongTokens(clock: () => number): WrongTokens {
  const known = new Map<string, { readonly since: number; count: number }>();
  return {
    count(address) {
      const at = clock();
      const before = known.get(address);
      if (before !== undefined && at - before.since < WINDOW_MS) {
        before.count += 1;
        return before.count;
      }
      known.delete(address);
      known.set(address, { since: at, count: 1 });
      const [oldest] = known.keys();
      if (known.size > MOST_ADDRESSES && oldest !== undefined) known.delete(oldest);
      return 1;
    },
    isTooMany: (count) => count > MOST,
  };
}
