/**
 * What the tracker of one PBX remembers between two inputs. Everything about calls in it is a fold of facts; the rest
 * (which channel belongs where, what was missing from the last list) is index and may be lost.
 *
 * The tracker owns and changes it. Every change goes through the functions here and can be taken back, so that an input
 * that fails half-way leaves it as it was.
 */
import type { LineMatch } from '../lines/line-match.ts';
import type { Call } from './call.ts';
import type { CallFact } from './fact.ts';
import type { LegRole } from './leg.ts';
import type { AwaitedProbe } from './probe-arrival.ts';
import { createRecent, type Recent } from './recent.ts';

export interface TrackerState {
  readonly pbx: string;
  readonly lines: LineMatch;
  readonly probePrefix: string | null;
  /** Living channels by Uniqueid. Events about any other channel are not for us. */
  readonly channels: Map<string, Channel>;
  /** Living calls by Linkedid; a joined call's Linkedid leads to its survivor. */
  readonly tracks: Map<string, Track>;
  /** Channels whose Hangup was read: never revived by a list (D2). */
  readonly closed: Recent<number>;
  /** The last calls of ours that ended, by their caller's Uniqueid: CEL lags behind the Hangup. */
  readonly overLately: Recent<Track>;
  /** Where calls that have no channel yet were diverted from, by their caller's Uniqueid: CEL may overtake Newchannel. */
  readonly toldEarly: Recent<string | null>;
  /** Calls that ended lately: their Linkedid may come again only much later (D3). */
  readonly ended: Recent<EndedCall>;
  /** Calls of our own that are to come in, by their id (`probe-arrival.ts`). */
  readonly probes: Map<string, AwaitedProbe>;
  watch: Watch;
  /** Last sign of the PBX, our clock; null before the first. */
  heardAt: number | null;
  undo: (() => void)[];
}

/** A living channel. */
export interface Channel {
  readonly uniqueid: string;
  readonly name: string;
  readonly endpoint: string;
  readonly role: LegRole;
  readonly openedAt: number;
  track: Track;
  /** The Linkedid it carried last. */
  linkedid: string;
  /** When a list did not hold it, our clock; null after any sign of life. */
  missingSince: number | null;
}

/** A call in the making. Its facts are held back until it touches a duty line: then it is ours from its begin. */
export interface Track {
  call: Call;
  ours: boolean;
  held: readonly CallFact[];
  name: string | null;
  /** Was told a `open-draft` effect. */
  drafted: boolean;
  /** What a Dial that made no channel (yet) would have reached. */
  attempt: 'none' | 'outbound' | 'internal';
  /** The PBX itself sent the call on (302): from then on CEL names whom it was sent on from. */
  sentOn: boolean;
  /** Something was heard before any answer, the PBX's own included (`further-party.ts`). */
  earlySound: boolean;
  /** The PBX itself placed the first channel (Originate, call file). */
  originated: boolean;
  /** Id of the probe of ours that it is; held back then. */
  probe: string | null;
  readonly channels: Set<Channel>;
  /** Facts already told: AMI may repeat itself after a reconnect. */
  readonly told: Set<string>;
}

export interface EndedCall {
  readonly generation: number;
  readonly at: number;
}

/** How well the PBX is in sight. A small JSON object the shell may keep, so that a killed service can name its gap. */
export interface Watch {
  /** Last sign of the PBX when the service stopped without a word; told as a gap when the link is back. */
  readonly stoppedAt: number | null;
  /** Since when nobody listens; null while the link is up. */
  readonly gapFrom: number | null;
  readonly pbxStartedAt: number | null;
  /** CoreProcessedCalls as it should read now: last reading plus the dialplan runs seen since. */
  readonly processedCalls: number | null;
  /** What the counter read when the link came back; the gap closes with the first list. */
  readonly linkUp: {
    readonly at: number;
    readonly missed: number | null;
    readonly restarted: boolean;
  } | null;
}

const CHANNELS_REMEMBERED = 20_000;
const CALLS_WITH_LATE_WORDS = 256;
const CALLS_WITH_EARLY_WORDS = 256;
const CALLS_REMEMBERED = 10_000;

/** A tracker that has seen nothing. */
export function emptyState(lines: LineMatch, probePrefix: string | null): TrackerState {
  return {
    pbx: lines.pbx,
    lines,
    probePrefix,
    channels: new Map(),
    tracks: new Map(),
    overLately: createRecent(CALLS_WITH_LATE_WORDS),
    toldEarly: createRecent(CALLS_WITH_EARLY_WORDS),
    closed: createRecent(CHANNELS_REMEMBERED),
    ended: createRecent(CALLS_REMEMBERED),
    probes: new Map(),
    watch: {
      stoppedAt: null,
      gapFrom: null,
      pbxStartedAt: null,
      processedCalls: null,
      linkUp: null,
    },
    heardAt: null,
    undo: [],
  };
}

export function addTrack(state: TrackerState, track: Track): void {
  setTrackUnder(state, track.call.linkedid, track);
}

/** Lets a Linkedid lead to this call; null: to none. */
export function setTrackUnder(state: TrackerState, linkedid: string, track: Track | null): void {
  const before = state.tracks.get(linkedid);
  if (track) state.tracks.set(linkedid, track);
  else state.tracks.delete(linkedid);
  state.undo.push(() => {
    if (before) state.tracks.set(linkedid, before);
    else state.tracks.delete(linkedid);
  });
}

export function addChannel(state: TrackerState, channel: Channel): void {
  state.channels.set(channel.uniqueid, channel);
  channel.track.channels.add(channel);
  state.undo.push(() => {
    state.channels.delete(channel.uniqueid);
    channel.track.channels.delete(channel);
  });
}

/** The channel is gone for good: remembered as closed at `at` (best time). */
export function removeChannel(state: TrackerState, channel: Channel, at: number): void {
  const { track } = channel;
  state.channels.delete(channel.uniqueid);
  track.channels.delete(channel);
  const forget = state.closed.remember(channel.uniqueid, at);
  state.undo.push(() => {
    state.channels.set(channel.uniqueid, channel);
    track.channels.add(channel);
    forget();
  });
}

export function moveChannel(state: TrackerState, channel: Channel, to: Track): void {
  const from = channel.track;
  from.channels.delete(channel);
  to.channels.add(channel);
  channel.track = to;
  state.undo.push(() => {
    to.channels.delete(channel);
    from.channels.add(channel);
    channel.track = from;
  });
}

export function changeChannel(
  state: TrackerState,
  channel: Channel,
  change: Partial<Pick<Channel, 'linkedid' | 'missingSince'>>,
): void {
  const before = { linkedid: channel.linkedid, missingSince: channel.missingSince };
  Object.assign(channel, change);
  state.undo.push(() => Object.assign(channel, before));
}

export type TrackChange = Partial<Omit<Track, 'channels' | 'told'>>;

export function changeTrack(state: TrackerState, track: Track, change: TrackChange): void {
  const { call, ours, held, name, drafted, attempt, sentOn, earlySound, originated, probe } = track;
  Object.assign(track, change);
  const before = { call, ours, held, name, drafted, attempt, sentOn, earlySound, originated, probe };
  state.undo.push(() => Object.assign(track, before));
}

export function markTold(state: TrackerState, track: Track, factKey: string): void {
  track.told.add(factKey);
  state.undo.push(() => track.told.delete(factKey));
}

export function changeAwaited(state: TrackerState, awaited: AwaitedProbe): void {
  const before = state.probes.get(awaited.probe);
  state.probes.set(awaited.probe, awaited);
  state.undo.push(() => {
    if (before) state.probes.set(awaited.probe, before);
    else state.probes.delete(awaited.probe);
  });
}

export function forgetAwaited(state: TrackerState, probe: string): void {
  const before = state.probes.get(probe);
  if (before === undefined) return;
  state.probes.delete(probe);
  state.undo.push(() => state.probes.set(probe, before));
}

export function rememberOver(state: TrackerState, track: Track): void {
  state.undo.push(state.overLately.remember(track.call.caller, track));
}

export function rememberToldEarly(state: TrackerState, uniqueid: string, from: string | null): void {
  state.undo.push(state.toldEarly.remember(uniqueid, from));
}

export function rememberEnded(state: TrackerState, linkedid: string, ended: EndedCall): void {
  state.undo.push(state.ended.remember(linkedid, ended));
}

export function setWatch(state: TrackerState, watch: Watch): void {
  const before = state.watch;
  state.watch = watch;
  state.undo.push(() => {
    state.watch = before;
  });
}
