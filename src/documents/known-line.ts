import type { KnownLine, KnownWay } from '../duty/inspection-known.ts';

/** When and where the sentences hold. Times are integer ms UTC. */
export interface KnownSetting {
  readonly from: number;
  readonly to: number;
  readonly now: number;
  readonly timeZone: string;
  readonly offset: (at: number) => number;
}

/** Beside one sentence; further ones are behind the way to the whole list. */
export const MOST_WAYS = 8;

export function known(text: string, tone: KnownLine['tone'], ways: readonly KnownWay[]): KnownLine {
  return { text, tone, ways };
}

export function notKnown(text: string, ways: readonly KnownWay[]): KnownLine {
  return { text, tone: 'unknown', ways };
}
