/** The calls in a stretch of CEL, by the same rules that read them live. Pure but for the tracker's own state. */
import type { CallFact, CallText } from '../calls/fact.ts';
import { type ExpectedProbe, OUTLIVES_MS } from '../calls/probe-arrival.ts';
import { emptyState } from '../calls/state.ts';
import { step } from '../calls/tracker.ts';
import type { TrackerInput } from '../calls/tracker-input.ts';
import type { PbxSetup } from '../lines/duty-line.ts';
import { createLineMatch } from '../lines/line-match.ts';
import type { CelGroup } from './group.ts';
import { retell } from './retell.ts';

/** What one group of rows came to. */
export type Recovered =
  | {
      readonly kind: 'call';
      /** First a `call-arrived` that says `history`. */
      readonly facts: readonly CallFact[];
      readonly texts: readonly CallText[];
      readonly drafts: readonly { readonly linkedid: string; readonly generation: number }[];
      /** False: the PBX died in it, or its last rows are missing. */
      readonly complete: boolean;
    }
  /** Touches no duty line and no duty phone; or it is a probe (拨测) of ours, by its id. */
  | { readonly kind: 'not-ours'; readonly probe: string | null }
  | { readonly kind: 'not-recoverable'; readonly why: WhyNotRecoverable };

/** `begin-missing`: the row of its first channel is not there. `unreadable`: our rules failed on it; `detail` is for the log. */
export type WhyNotRecoverable =
  | { readonly code: 'begin-missing' }
  | { readonly code: 'unreadable'; readonly detail: string };

/** Two empty lists this far apart tell the tracker that a channel is gone (D2). */
const SECOND_LIST_MS = 2_000;

/**
 * Recovers one call. Never throws: one broken group must not stop the others.
 *
 * @param offsetMs PBX clock minus our clock: facts are received, by our clock, when their rows were written
 * @param expected probes of ours that may be among the calls
 * @param from `cdr`: the rows are told from CDR; the call is then marked 需人工核对, because much of it is not known
 */
export function recoverGroup(
  group: CelGroup,
  setup: PbxSetup,
  offsetMs: number,
  from: 'cel' | 'cdr' = 'cel',
  expected: readonly ExpectedProbe[] = [],
): Recovered {
  try {
    const made = recoverByTracker(group, setup, offsetMs, expected);
    return from === 'cdr' && made.kind === 'call' ? { ...made, facts: made.facts.flatMap(fromCdr) } : made;
  } catch (mistake) {
    return { kind: 'not-recoverable', why: { code: 'unreadable', detail: String(mistake) } };
  }
}

function recoverByTracker(
  group: CelGroup,
  setup: PbxSetup,
  offsetMs: number,
  expected: readonly ExpectedProbe[],
): Recovered {
  const state = emptyState(createLineMatch(setup), setup.probePrefix ?? null);
  const facts: CallFact[] = [];
  const texts: CallText[] = [];
  const drafts: { readonly linkedid: string; readonly generation: number }[] = [];
  let probe: string | null = null;
  const take = (input: TrackerInput) => {
    const made = step(state, input);
    facts.push(...made.facts);
    texts.push(...made.texts);
    for (const effect of made.effects) {
      if (effect.kind === 'probe-arrived') probe = effect.probe;
      if (effect.kind !== 'open-draft') continue;
      drafts.push({ linkedid: effect.linkedid, generation: effect.generation });
    }
  };
  const last = (group.rows.at(-1)?.at ?? 0) - offsetMs;
  // What went on long after the probe was over was a real call, whatever number it showed.
  for (const one of expected.filter(({ until }) => last <= until + OUTLIVES_MS))
    take({ type: 'probe-expected', at: one.from, probe: one });
  for (const event of retell(group.rows)) {
    take({ type: 'event', receivedAt: (event.pbxAt ?? 0) - offsetMs, event });
  }
  // A channel without its end: the PBX was killed, and wrote nothing of it any more.
  const complete = state.channels.size === 0;
  for (const receivedAt of complete ? [] : [last, last + SECOND_LIST_MS]) {
    take({ type: 'channels-listed', receivedAt, channels: [], first: false });
  }
  if (facts.length > 0) return { kind: 'call', facts: facts.map(fromHistory), texts, drafts, complete };
  return hasBegin(group)
    ? { kind: 'not-ours', probe }
    : { kind: 'not-recoverable', why: { code: 'begin-missing' } };
}

function fromHistory(fact: CallFact): CallFact {
  return fact.kind === 'call-arrived' ? { ...fact, seen: 'history' } : fact;
}

/** Behind each arrival: a person should know how little the PBX kept of this call. */
function fromCdr(fact: CallFact): readonly CallFact[] {
  if (fact.kind !== 'call-arrived') return [fact];
  const { pbx, linkedid, uniqueid, generation, pbxAt, at, receivedAt } = fact;
  const stamp = { pbx, linkedid, uniqueid, generation, pbxAt, at, receivedAt };
  const factKey = `${fact.factKey} from-cdr`;
  return [fact, { ...stamp, factKey, kind: 'needs-attention', reason: 'from-cdr' }];
}

function hasBegin({ rows }: CelGroup): boolean {
  return rows.some((row) => row.eventType === 'CHAN_START' && row.uniqueId === row.linkedId);
}
