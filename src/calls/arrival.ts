/**
 * The begin of a call, and the moment it becomes ours (D4). Every Linkedid is followed from its first channel on, with its
 * facts held back; it is ours when it arrives on a duty line, when a phone of a line dials somebody, or when one is dialled.
 * A call to another number that never rings a duty phone, a feature code, a phantom channel of ChanIsAvail: nothing is told.
 */
import type { DutyLine } from '../lines/duty-line.ts';
import { endpointOf, isLocal } from '../lines/endpoint.ts';
import { askDiversion, openDraft, recordTrunks, startRecording } from './asking.ts';
import type { Direction } from './call-summary.ts';
import type { ChannelRef } from './channel-event.ts';
import { callOf } from './evolve.ts';
import type { CallArrived } from './fact.ts';
import type { LegRole, Seen } from './leg.ts';
import { addChannel, addTrack, type Channel, changeTrack, type Track, type TrackerState } from './state.ts';
import { stamped, type Turn, tell } from './turn.ts';
import { startOf } from './uniqueid.ts';

/** A Linkedid or Uniqueid seen again within this time of its end is an echo; after it, the counter was set back (D3). */
const SAME_CALL_MS = 3_600_000;

export interface FirstSight {
  readonly ref: ChannelRef;
  readonly role: LegRole;
  readonly callerNumber: string | null;
  readonly callerName: string | null;
  readonly exten: string;
  readonly seen: Seen;
  readonly startedAt: number;
  readonly originated: boolean;
}

/** What kind of party a channel is. `exten` counts only for a channel that calls in. */
export function roleOf(state: TrackerState, channel: string, exten: string | null): LegRole {
  if (isLocal(channel)) return 'local';
  if (state.lines.lineForPhone(channel)) return 'duty-phone';
  if (state.lines.isTrunk(channel)) return 'trunk';
  const arrives =
    !state.lines.knowsTrunks && exten !== null && state.lines.lineForArrival(channel, exten) !== null;
  return arrives ? 'trunk' : 'phone';
}

/** Is this an echo of a channel or call that has ended? */
export function isEcho(turn: Turn, ref: ChannelRef): boolean {
  const closedAt = turn.state.closed.get(ref.uniqueid);
  if (closedAt !== undefined && Math.abs(turn.at - closedAt) <= SAME_CALL_MS) return true;
  if (turn.state.tracks.has(ref.linkedid)) return false;
  const ended = turn.state.ended.get(ref.linkedid);
  return ended !== undefined && Math.abs(turn.at - ended.at) <= SAME_CALL_MS;
}

/** Begins to follow a call; its facts are held back. */
export function beginCall(turn: Turn, sight: FirstSight): Track {
  const { state } = turn;
  const generation = (state.ended.get(sight.ref.linkedid)?.generation ?? 0) + 1;
  const key = { linkedid: sight.ref.linkedid, generation };
  const told = {
    kind: 'call-arrived',
    uniqueid: sight.ref.uniqueid,
    direction: provisionalDirection(sight),
    line: null,
    lineNumber: null,
    callerNumber: sight.callerNumber,
    dialled: sight.exten,
    channel: sight.ref.channel,
    endpoint: endpointOf(sight.ref.channel),
    role: sight.role,
    seen: sight.seen,
  } as const;
  const arrived = stamped(turn, key, told, sight.startedAt) as CallArrived;
  const track: Track = {
    call: callOf(arrived),
    ours: false,
    held: [arrived],
    name: sight.callerName,
    drafted: false,
    attempt: 'none',
    sentOn: false,
    earlySound: false,
    originated: sight.originated,
    probe: null,
    channels: new Set(),
    told: new Set([arrived.factKey]),
  };
  addTrack(state, track);
  addToCall(turn, track, sight.ref, sight.role, sight.startedAt);
  if (generation > 1)
    tell(turn, track, { kind: 'needs-attention', uniqueid: '', reason: 'linkedid-used-again' });
  return track;
}

/** Counts a channel among the living ones of a call. Its leg is told when it is dialled or talks. */
export function addToCall(
  turn: Turn,
  track: Track,
  ref: ChannelRef,
  role: LegRole,
  openedAt: number,
): Channel {
  const channel: Channel = {
    uniqueid: ref.uniqueid,
    name: ref.channel,
    endpoint: endpointOf(ref.channel),
    role,
    openedAt,
    track,
    linkedid: ref.linkedid,
    missingSince: null,
  };
  addChannel(turn.state, channel);
  return channel;
}

/** The call is ours: everything held back goes out, beginning with its arrival. A probe of our own stays held back. */
export function release(turn: Turn, track: Track, line: DutyLine | null): void {
  if (track.ours || track.probe !== null) return;
  const [first, ...later] = track.held;
  if (first?.kind !== 'call-arrived') return;
  const known = {
    direction: finalDirection(track),
    line: line?.id ?? null,
    lineNumber: line?.number || null,
  };
  const arrived: CallArrived = { ...first, ...known };
  turn.facts.push(arrived, ...later);
  changeTrack(turn.state, track, { ours: true, held: [], call: { ...track.call, ...known } });
  if (track.call.factCount > later.length + 1) tellLegsAgain(turn, track);
  if (track.name !== null) {
    turn.texts.push({
      pbx: turn.state.pbx,
      linkedid: first.linkedid,
      generation: first.generation,
      callerName: track.name,
    });
    changeTrack(turn.state, track, { call: { ...track.call, callerName: track.name } });
  }
  if (known.direction === 'inbound') greet(turn, track, line);
  else recordTrunks(turn, track, track.channels);
}

/** Begin of a channel nobody saw begin. */
export function unseenStart(turn: Turn, uniqueid: string): number {
  return Math.min(startOf(uniqueid) ?? turn.at, turn.at);
}

function greet(turn: Turn, track: Track, line: DutyLine | null): void {
  openDraft(turn, track);
  askDiversion(turn, track);
  const caller = turn.state.channels.get(track.call.caller);
  if (line !== null && caller !== undefined) startRecording(turn, track, caller);
}

function tellLegsAgain(turn: Turn, track: Track): void {
  const { legs, transfers, recordings, linkedid } = track.call;
  tell(turn, track, { kind: 'legs-adopted', uniqueid: '', from: linkedid, legs, transfers, recordings });
}

function provisionalDirection(sight: FirstSight): Direction {
  if (sight.role !== 'trunk') return 'internal';
  return sight.originated ? 'outbound' : 'inbound';
}

/** A phone's call is outbound when the first party it reached for is outside. */
function finalDirection(track: Track): Direction {
  if (track.call.direction !== 'internal') return track.call.direction;
  const reached = track.call.legs.find((leg) => leg.uniqueid !== track.call.caller && leg.role !== 'local');
  if (reached !== undefined) return reached.role === 'trunk' ? 'outbound' : 'internal';
  return track.attempt === 'outbound' ? 'outbound' : 'internal';
}
