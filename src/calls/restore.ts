/** A tracker that stands up again: open calls are folded back from what was written, gaps are told by what was kept beside. */
import type { LineMatch } from '../lines/line-match.ts';
import type { Call } from './call.ts';
import { callOf, evolve } from './evolve.ts';
import type { CallFact, CallText } from './fact.ts';
import type { Leg } from './leg.ts';
import {
  addChannel,
  type Channel,
  emptyState,
  rememberEnded,
  setTrackUnder,
  type Track,
  type TrackerState,
  type Watch,
} from './state.ts';
import { compareAge } from './uniqueid.ts';

/** What the shell keeps of a PBX beside the facts: JSON, written now and then. */
export interface KeptWatch extends Watch {
  readonly heardAt: number | null;
}

export interface Restored {
  /** Of open calls, and of those that ended within the last hour, in order of their writing. */
  readonly facts: readonly CallFact[];
  readonly texts: readonly CallText[];
  /** Null when nothing was kept: the gap then has no begin and is not told. */
  readonly watch: KeptWatch | null;
}

/** What to keep, so that a killed service can say from when on it saw nothing. */
export function watchOf(state: TrackerState): KeptWatch {
  return { ...state.watch, heardAt: state.heardAt };
}

/** The state of a tracker from what was kept. The next `link-up` and `channels-listed` bring it up to date. */
export function restoreTracker(lines: LineMatch, probePrefix: string | null, kept: Restored): TrackerState {
  const state = emptyState(lines, probePrefix);
  for (const [key, facts] of byCall(kept.facts)) restoreCall(state, facts, nameOf(kept.texts, key));
  restoreJoined(state, kept.facts);
  if (kept.watch !== null) {
    const { heardAt, ...watch } = kept.watch;
    state.heardAt = heardAt;
    state.watch = { ...watch, linkUp: null, stoppedAt: heardAt };
  }
  state.undo = [];
  return state;
}

function restoreCall(state: TrackerState, facts: readonly CallFact[], name: string | null): void {
  const [first, ...later] = facts;
  if (first?.kind !== 'call-arrived') return;
  const call: Call = { ...later.reduce(evolve, callOf(first)), callerName: name };
  const { linkedid, generation } = call;
  const known = state.ended.get(linkedid)?.generation ?? 0;
  if (call.ending !== null) {
    if (generation >= known)
      rememberEnded(state, linkedid, {
        generation,
        at: call.ending.kind === 'lost' ? call.ending.knownAt : call.ending.at,
      });
    for (const leg of call.legs) state.closed.remember(leg.uniqueid, leg.closedAt ?? call.lastFactAt);
    return;
  }
  const track: Track = {
    call,
    ours: true,
    held: [],
    name,
    drafted: call.direction === 'inbound' || later.some((fact) => fact.kind === 'leg-answered'),
    attempt: 'none',
    sentOn: false,
    earlySound: false,
    originated: false,
    probe: null,
    channels: new Set(),
    told: new Set(facts.map((fact) => fact.factKey)),
  };
  setTrackUnder(state, linkedid, track);
  for (const leg of call.legs) {
    if (leg.closedAt === null) addChannel(state, channelOf(track, leg));
    else state.closed.remember(leg.uniqueid, leg.closedAt);
  }
}

/** A joined call's Linkedid leads to its survivor, and what was told of it is not told again. */
function restoreJoined(state: TrackerState, facts: readonly CallFact[]): void {
  const survivors = new Map(
    facts.flatMap((fact) => (fact.kind === 'calls-joined' ? [[fact.joined, fact.survivor] as const] : [])),
  );
  for (const joined of survivors.keys()) {
    const track = survivorOf(state, survivors, joined);
    if (track === undefined) continue;
    setTrackUnder(state, joined, track);
    for (const fact of facts) if (fact.linkedid === joined) track.told.add(fact.factKey);
  }
}

/** Follows the chain of joins to a call that stands; the older survives, so it cannot run in a circle. */
function survivorOf(
  state: TrackerState,
  survivors: ReadonlyMap<string, string>,
  joined: string,
): Track | undefined {
  const next = survivors.get(joined);
  if (next === undefined || compareAge(next, joined) >= 0) return undefined;
  return state.tracks.get(next) ?? survivorOf(state, survivors, next);
}

function channelOf(track: Track, leg: Leg): Channel {
  return {
    uniqueid: leg.uniqueid,
    name: leg.channel,
    endpoint: leg.endpoint,
    role: leg.role,
    openedAt: leg.openedAt,
    track,
    linkedid: track.call.linkedid,
    missingSince: null,
  };
}

function byCall(facts: readonly CallFact[]): ReadonlyMap<string, readonly CallFact[]> {
  return Map.groupBy(facts, (fact) => `${fact.linkedid}|${fact.generation}`);
}

function nameOf(texts: readonly CallText[], key: string): string | null {
  return texts.findLast((text) => `${text.linkedid}|${text.generation}` === key)?.callerName ?? null;
}
