/** A repeatable source of chance (mulberry32): what a test found once, it finds again under the same seed. */
export interface Chance {
  /** 0 ≤ x < 1. */
  next(): number;
  /** A whole number from 0 up to, not including, `limit`. */
  below(limit: number): number;
  between(low: number, high: number): number;
  pick<T>(list: readonly T[]): T;
}

/** Chance from a seed: a number, or a name such as that of the file under test. */
export function seeded(seed: number | string): Chance {
  let state = (typeof seed === 'number' ? seed : hash(seed)) >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (limit: number) => Math.floor(next() * limit);
  return {
    next,
    below,
    between: (low, high) => low + below(high - low + 1),
    pick(list) {
      const item = list[below(list.length)];
      if (item === undefined) throw new Error('nothing to pick from');
      return item;
    },
  };
}

function hash(name: string): number {
  return [...name].reduce((sum, character) => (Math.imul(sum, 31) + character.charCodeAt(0)) | 0, 7);
}
