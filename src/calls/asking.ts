/** What the tracker asks the shell to do for a call: open a draft, record, ask a channel. */
import type { DutyLine } from '../lines/duty-line.ts';
import { type Channel, changeTrack, type Track } from './state.ts';
import type { Turn } from './turn.ts';

/** Opens the draft of a call; once. */
export function openDraft(turn: Turn, track: Track): void {
  if (track.drafted) return;
  changeTrack(turn.state, track, { drafted: true });
  turn.effects.push({ kind: 'open-draft', ...keyOf(track), line: track.call.line });
}

/** Asks where the call had been diverted from: no call event says it (Asterisk 16 and 22). */
export function askDiversion(turn: Turn, track: Track): void {
  if (track.call.divertedFrom !== undefined || track.call.direction !== 'inbound') return;
  const caller = turn.state.channels.get(track.call.caller);
  if (caller === undefined) return;
  turn.effects.push({
    kind: 'read-variable',
    ...keyOf(track),
    channel: caller.name,
    uniqueid: caller.uniqueid,
    variables: ['REDIRECTING(from-num)', 'CALLERID(rdnis)'],
  });
}

/** Asks for the sound of one channel at whose end the party outside sits, where the line is recorded by us (D5, mode `ami`). */
export function startRecording(turn: Turn, track: Track, channel: Channel): void {
  if (lineOf(turn, track)?.recording === 'ami') addRecording(turn, track, channel, 'outside');
}

/**
 * Asks for the sound of one channel more, in every mode: what a PBX that records by itself loses is added where we can, to
 * the calls that it does record: one it leaves alone stays alone.
 * `end`: who sits at this channel's end, the party outside or our room.
 */
export function addRecording(turn: Turn, track: Track, channel: Channel, end: 'outside' | 'room'): void {
  const line = lineOf(turn, track);
  if (line === null || line.recording === 'none') return;
  if (line.recording !== 'ami' && track.call.recordings.length === 0) return;
  turn.effects.push({
    kind: 'start-recording',
    ...keyOf(track),
    channel: channel.name,
    uniqueid: channel.uniqueid,
    line: line.id,
    end,
  });
}

/** The duty line of a call; null when it has none, or its line is no longer configured. */
export function lineOf(turn: Turn, track: Track): DutyLine | null {
  return track.call.line === null ? null : (turn.state.lines.lineById(track.call.line) ?? null);
}

/**
 * Asks for the sound of every trunk among these channels: of a call that became ours, or was joined to one of ours, only
 * after its trunk had been dialled (another room's outbound call handed to a duty phone, a call found standing).
 */
export function recordTrunks(turn: Turn, track: Track, channels: Iterable<Channel>): void {
  if (!track.ours || track.call.direction === 'inbound') return;
  for (const channel of channels) if (channel.role === 'trunk') startRecording(turn, track, channel);
}

function keyOf(track: Track): { readonly linkedid: string; readonly generation: number } {
  return { linkedid: track.call.linkedid, generation: track.call.generation };
}

/**
 * Modes `pbx` and `snippet`: when no file name came by VarSet, the channel can be asked. Our snippet records an outbound
 * call on the trunk that answered, a FreePBX on the channel that calls.
 */
export function askRecording(turn: Turn, track: Track, answered: Channel): void {
  const line = lineOf(turn, track);
  const bySnippet = line?.recording === 'snippet';
  const caller =
    bySnippet && answered.role === 'trunk' && track.call.direction !== 'inbound'
      ? answered
      : turn.state.channels.get(track.call.caller);
  if ((line?.recording !== 'pbx' && !bySnippet) || caller === undefined) return;
  if (track.call.recordings.some((recording) => recording.source === 'variable')) return;
  turn.effects.push({
    kind: 'read-variable',
    linkedid: track.call.linkedid,
    generation: track.call.generation,
    channel: caller.name,
    uniqueid: caller.uniqueid,
    variables: ['MIXMONITOR_FILENAME'],
  });
}
