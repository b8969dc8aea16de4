/** One input's turn: gathers what happened, and folds every fact into its call at once. */

import { evolve } from './evolve.ts';
import type { CallFact, CallText, FactStamp, PbxFact } from './fact.ts';
import { changeTrack, markTold, type Track, type TrackerState } from './state.ts';
import type { Effect } from './step.ts';

export interface Turn {
  readonly state: TrackerState;
  readonly pbxAt: number | null;
  readonly receivedAt: number;
  /** Best time of this input: pbxAt, else receivedAt. */
  readonly at: number;
  readonly facts: CallFact[];
  readonly pbxFacts: PbxFact[];
  readonly texts: CallText[];
  readonly effects: Effect[];
}

export function newTurn(state: TrackerState, pbxAt: number | null, receivedAt: number): Turn {
  return {
    state,
    pbxAt,
    receivedAt,
    at: pbxAt ?? receivedAt,
    facts: [],
    pbxFacts: [],
    texts: [],
    effects: [],
  };
}

type Unstamped<F> = F extends CallFact ? Omit<F, Exclude<keyof FactStamp, 'uniqueid'>> : never;
/** A fact as a rule writes it: what happened on which channel. */
export type Told = Unstamped<CallFact>;

/** A call that makes more facts than a day of transfers is broken or under attack; only what ends it is still told. */
const MAX_FACTS = 5_000;
/** Held back before a call is ours; beyond, one summary of its legs takes their place. */
const MAX_HELD = 256;

const ALWAYS_TOLD: ReadonlySet<CallFact['kind']> = new Set([
  'leg-answered',
  'leg-closed',
  'legs-adopted',
  'calls-joined',
  'call-ended',
  'call-lost-from-sight',
  'needs-attention',
]);

/**
 * Something happened to a call. Folds it, and sends it out (or holds it back while the call is not ours). The same
 * happening told again (same channel, kind, PBX time and `detail`) is not told twice.
 */
export function tell(turn: Turn, track: Track, told: Told, detail = ''): void {
  if (track.call.factCount >= MAX_FACTS && !ALWAYS_TOLD.has(told.kind)) {
    if (track.call.attention.includes('too-many-facts')) return;
    tell(turn, track, { kind: 'needs-attention', uniqueid: '', reason: 'too-many-facts' });
    return;
  }
  const fact = stamped(turn, track.call, told, turn.at, detail);
  if (track.told.has(fact.factKey)) return;
  markTold(turn.state, track, fact.factKey);
  if (track.ours) {
    changeTrack(turn.state, track, { call: evolve(track.call, fact) });
    turn.facts.push(fact);
    return;
  }
  const held = track.held.length < MAX_HELD ? [...track.held, fact] : track.held.slice(0, 1);
  changeTrack(turn.state, track, { call: evolve(track.call, fact), held });
}

/** Puts on a fact what every fact says. `at` is the best time of the happening. */
export function stamped(
  turn: Turn,
  call: { readonly linkedid: string; readonly generation: number },
  told: Told,
  at: number,
  detail = '',
): CallFact {
  const pbx = turn.state.pbx;
  const key = `${pbx}|${told.uniqueid || call.linkedid}|${told.kind}|${at}`;
  return {
    ...told,
    pbx,
    linkedid: call.linkedid,
    generation: call.generation,
    pbxAt: turn.pbxAt,
    at,
    receivedAt: turn.receivedAt,
    factKey: detail === '' ? key : `${key}|${detail}`,
  };
}
