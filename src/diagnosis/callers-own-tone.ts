/**
 * 主叫彩铃: a tone of the calling line's own, which covers whatever the called end sends (`domain.md` §2). A probe that leaves by such a
 * line hears music everywhere; so each way out is judged by what was heard by it. Pure.
 */
import type { EarVerdict } from './hearing.ts';

/** What one probe heard. */
export interface HeardByTrunk {
  readonly pbx: string;
  readonly trunk: string;
  /** The number it called, as published. */
  readonly number: string;
  /** Integer ms UTC. */
  readonly at: number;
  readonly verdict: EarVerdict;
}

export interface OwnTone {
  readonly pbx: string;
  readonly trunk: string;
  /** `none`: a standard ringback came through. `suspect`: since then nothing but music or speech, at several numbers. */
  readonly state: 'none' | 'suspect' | 'unknown';
  /** When it was heard last; null: nothing that says anything. */
  readonly at: number | null;
}

/** A service is ordered between one look and the next: what was heard longer ago says nothing. Ms. */
export const OWN_TONE_LOOKS_BACK_MS = 30 * 24 * 3_600_000;
/** One number may well have a 彩铃 of its own. */
const NUMBERS = 2;

/** Of one way out; `heard` in any order, of any trunk. */
export function ownToneOf(way: Pick<OwnTone, 'pbx' | 'trunk'>, heard: readonly HeardByTrunk[]): OwnTone {
  const { pbx, trunk } = way;
  const own = heard
    .filter((one) => one.pbx === pbx && one.trunk === trunk)
    .toSorted((one, other) => other.at - one.at);
  const standard = own.find(({ verdict }) => verdict === 'standard');
  const programs = own.filter(
    ({ verdict, at }) => (verdict === 'music' || verdict === 'speech') && at > (standard?.at ?? 0),
  );
  const [newest] = programs;
  if (newest !== undefined && new Set(programs.map(({ number }) => number)).size >= NUMBERS)
    return { pbx, trunk, state: 'suspect', at: newest.at };
  return { pbx, trunk, state: standard === undefined ? 'unknown' : 'none', at: standard?.at ?? null };
}
