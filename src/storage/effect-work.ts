import type { EffectKind } from './pending-effect.ts';

/** What becomes of a pending effect. Whatever names a lease counts only while the row still has that lease. */
export type EffectWork =
  /** Takes up to `limit` effects that are due and free; they come back in `WorkResult.claimed`. */
  | {
      readonly type: 'effects-claim';
      /** Names this claim and no other, ever. */
      readonly lease: string;
      readonly leaseUntil: number;
      readonly kinds: readonly EffectKind[];
      /** The id of the one that is asked for; null takes the oldest. */
      readonly only: string | null;
      readonly limit: number;
      readonly at: number;
    }
  /** `WorkResult.claimed` is empty when the lease is lost. */
  | {
      readonly type: 'effect-renew';
      readonly effect: string;
      readonly lease: string;
      readonly leaseUntil: number;
    }
  | {
      readonly type: 'effect-done';
      readonly effect: string;
      readonly at: number;
      readonly lease?: string;
    }
  /** Not now, or not any more by this worker. */
  | {
      readonly type: 'effect-put-off';
      readonly effect: string;
      readonly lease: string;
      /** Not before, integer ms UTC; null: at once. */
      readonly runAt: number | null;
      /** Attempts that failed so far. */
      readonly attempts: number;
    }
  | {
      readonly type: 'effect-give-up';
      readonly effect: string;
      readonly lease: string;
      readonly attempts: number;
      readonly reason: string;
      readonly at: number;
    }
  /** All leases run out at `at`: said by a process that knows itself alone, when it starts. */
  | { readonly type: 'effects-release'; readonly at: number }
  /** 重试: one that was given up is due again; it comes back in `WorkResult.effects`. */
  | { readonly type: 'effect-retry'; readonly effect: string; readonly at: number };
