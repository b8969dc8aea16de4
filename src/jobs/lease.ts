import type { ClaimedEffect } from '../storage/pending-effect.ts';
import type { JobDeps } from './job-queue.ts';

/** Renewals within one lease: two may fail before it runs out. */
const RENEWALS = 3;

/**
 * Keeps the lease of a claimed effect while its handler runs. Aborts `stop` when somebody else has it, or when it ran out
 * because the database could not be reached: another process may have taken it over then.
 */
export function holdLease(
  { work, now, log }: Pick<JobDeps, 'work' | 'now' | 'log'>,
  leaseMs: number,
  { effect, lease }: ClaimedEffect,
  stop: AbortController,
): { readonly letGo: () => void } {
  let heldUntil = now() + leaseMs;
  const timer = setInterval(() => void renew(), leaseMs / RENEWALS);

  async function renew(): Promise<void> {
    if (now() >= heldUntil) return lose();
    const leaseUntil = now() + leaseMs;
    try {
      const answer = await work({ type: 'effect-renew', effect: effect.id, lease, leaseUntil });
      if (!answer.ok) return;
      if (answer.claimed.length === 0) lose();
      else heldUntil = leaseUntil;
    } catch (error) {
      log('warn', 'lease-not-renewed', { effect: effect.id, error: String(error) });
    }
  }

  function lose(): void {
    clearInterval(timer);
    if (!stop.signal.aborted) stop.abort(new Error('the lease of this effect is lost'));
  }

  return { letGo: () => clearInterval(timer) };
}
