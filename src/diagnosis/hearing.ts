/** What the ear says of a sound, in the words that a probe needs. Times are seconds of the file. */

export type EarVerdict = 'standard' | 'music' | 'speech' | 'busy' | 'vacant' | 'unclear';

export interface Hearing {
  readonly verdict: EarVerdict;
  /** 0 to 1. */
  readonly confidence: number;
  /** Classes over time. */
  readonly segments: readonly { readonly from: number; readonly to: number; readonly class: string }[];
  /** The tone as measured: Hz, seconds, dBm0. */
  readonly cadence: {
    readonly hz: number;
    readonly on: number;
    readonly off: number;
    readonly level: number;
    readonly count: number;
    /** The ear takes them for beats of the standard ringback. Not in what was kept before 2026-11-27. */
    readonly standard?: boolean;
  } | null;
  /** It sounds as if the call was passed on: a restart of the ringing, another tone, an announcement of it. */
  readonly forwarded: boolean;
  /** The stretch that a person should listen to; null: nothing stands out. */
  readonly stretch: { readonly from: number; readonly to: number } | null;
}
