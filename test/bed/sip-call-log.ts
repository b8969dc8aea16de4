/** How far a call of an agent has come. */
export type Phase = 'begun' | 'ringing' | 'answered' | 'ended';

/** Wall times in ms; null for what never happened. */
export interface CallTimes {
  readonly invite: number;
  readonly ringing: number | null;
  readonly answered: number | null;
  readonly ended: number | null;
}

/** What one agent notes about one call. */
export interface CallLog {
  phase(): Phase;
  reach(phase: 'ringing'): void;
  answered(status: number): void;
  /** We have sent CANCEL; the end comes with the 487. */
  cancel(): void;
  isCancelled(): boolean;
  end(by: 'us' | 'them', status: number | null): void;
  onEnd(then: () => void): void;
  reached(phase: Phase, timeoutMs?: number): Promise<void>;
  times(): CallTimes;
  endedBy(): 'us' | 'them' | null;
  status(): number | null;
}

const ORDER: readonly Phase[] = ['begun', 'ringing', 'answered', 'ended'];

interface Waiter {
  readonly phase: Phase;
  readonly settle: (failure: Error | null) => void;
}

/** A new log; `whenEnded` runs once, at the end. */
export function createCallLog(whenEnded: () => void): CallLog {
  const times: { invite: number; ringing: number | null; answered: number | null; ended: number | null } = {
    invite: Date.now(),
    ringing: null,
    answered: null,
    ended: null,
  };
  let phase: Phase = 'begun';
  let endedBy: 'us' | 'them' | null = null;
  let cancelledAt: number | null = null;
  let status: number | null = null;
  const endings: (() => void)[] = [whenEnded];
  const waiters = new Set<Waiter>();

  function move(to: Phase): void {
    phase = to;
    for (const waiter of waiters) {
      if (waiter.phase === phase || (phase === 'answered' && waiter.phase === 'ringing')) waiter.settle(null);
      else if (phase === 'ended')
        waiter.settle(new Error(`the call ended (${status ?? 'BYE'}) before it was ${waiter.phase}`));
    }
  }

  return {
    phase: () => phase,
    reach(to) {
      times.ringing ??= Date.now();
      if (phase === 'begun') move(to);
    },
    answered(final) {
      times.answered ??= Date.now();
      status = final;
      if (phase !== 'ended') move('answered');
    },
    cancel() {
      cancelledAt = Date.now();
    },
    isCancelled: () => cancelledAt !== null,
    end(by, final) {
      if (phase === 'ended') return;
      // The moment the caller gave up is his CANCEL, not the 487 that comes back.
      times.ended = cancelledAt ?? Date.now();
      endedBy = by;
      status = final ?? status;
      move('ended');
      for (const then of endings) then();
    },
    onEnd(then) {
      endings.push(then);
    },
    reached(wanted, timeoutMs = 20_000) {
      const reached =
        phase === wanted || (phase !== 'ended' && ORDER.indexOf(phase) >= ORDER.indexOf(wanted));
      if (reached) return Promise.resolve();
      if (phase === 'ended')
        return Promise.reject(
          new Error(`the call has ended (${status ?? 'BYE'}), it cannot become ${wanted}`),
        );
      return new Promise((resolve, reject) => {
        const timer = setTimeout(
          () => waiter.settle(new Error(`the call was not ${wanted} within ${timeoutMs} ms`)),
          timeoutMs,
        );
        const waiter: Waiter = {
          phase: wanted,
          settle(failure) {
            clearTimeout(timer);
            waiters.delete(waiter);
            if (failure) reject(failure);
            else resolve();
          },
        };
        waiters.add(waiter);
      });
    },
    times: () => ({ ...times }),
    endedBy: () => endedBy,
    status: () => status,
  };
}
