/** Follows the calls of one PBX from a capture and says each one when nothing more can come to it. */
import type { Call } from '../calls/call.ts';
import type { CallSummary } from '../calls/call-summary.ts';
import { callOf, evolve } from '../calls/evolve.ts';
import type { CallFact } from '../calls/fact.ts';
import { emptyState } from '../calls/state.ts';
import { summaryOf } from '../calls/summary.ts';
import { step } from '../calls/tracker.ts';
import type { TrackerInput } from '../calls/tracker-input.ts';
import type { PbxSetup } from '../lines/duty-line.ts';
import { createLineMatch } from '../lines/line-match.ts';

export interface CallBook {
  take(input: TrackerInput): void;
  /** The capture is over: says what has ended, then what is still open. */
  close(): void;
}

/** CEL lags behind the Hangup by up to this, under load. */
const LATE_WORDS_MS = 10_000;

/** @param say called once per call, joined calls as one */
export function createCallBook(setup: PbxSetup, say: (summary: CallSummary) => void): CallBook {
  const state = emptyState(createLineMatch(setup), setup.probePrefix ?? null);
  const open = new Map<string, Call>();
  const over = new Map<string, Call>();

  return {
    take(input) {
      const { facts, texts } = step(state, input);
      for (const fact of facts) note(fact);
      for (const { linkedid, generation, callerName } of texts) {
        const key = `${linkedid}|${generation}`;
        const call = open.get(key);
        if (call !== undefined) open.set(key, { ...call, callerName });
      }
      if (over.size > 0)
        sayOver('receivedAt' in input ? input.receivedAt - LATE_WORDS_MS : Number.NEGATIVE_INFINITY);
    },
    close() {
      sayOver(Number.POSITIVE_INFINITY);
      for (const call of open.values()) say(summaryOf(call));
      open.clear();
    },
  };

  function note(fact: CallFact): void {
    const key = `${fact.linkedid}|${fact.generation}`;
    const before = open.get(key) ?? over.get(key);
    const call = fact.kind === 'call-arrived' ? callOf(fact) : before && evolve(before, fact);
    if (call === undefined) return;
    if (call.ending === null) {
      open.set(key, call);
      return;
    }
    open.delete(key);
    if (call.ending.kind !== 'joined') over.set(key, call);
  }

  function sayOver(endedBefore: number): void {
    for (const [key, call] of over) {
      if (call.lastFactAt > endedBefore) return;
      over.delete(key);
      say(summaryOf(call));
    }
  }
}
