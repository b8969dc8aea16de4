/**
 * Lists of channels (CoreShowChannels) bring calls up to date after a gap. A row adds or confirms; a channel whose Hangup
 * was read is never revived; one that is missing is gone only when a second list, two seconds or more later, misses it too:
 * the first may have been made while the channel was being created (D2).
 */
import { numberDialled } from '../lines/endpoint.ts';
import { addToCall, beginCall, isEcho, release, roleOf, unseenStart } from './arrival.ts';
import { endEmptyCalls, loseChannel } from './ending.ts';
import { follow } from './joining.ts';
import { leavePremises } from './legs.ts';
import { isProbeArrival } from './probe-arrival.ts';
import { type Channel, changeChannel, changeTrack, type Track } from './state.ts';
import type { ListedChannel } from './tracker-input.ts';
import { type Turn, tell } from './turn.ts';
import { compareAge } from './uniqueid.ts';
import { isProbe } from './unseen.ts';

const SECOND_LOOK_MS = 2_000;

/** Applies one whole list. Gives back how many calls it found that nobody had seen. */
export function onChannelsListed(turn: Turn, rows: readonly ListedChannel[]): number {
  const listed = new Set(rows.map((row) => row.uniqueid));
  const found = rows
    .filter((row) => !turn.state.channels.has(row.uniqueid) && !isEcho(turn, row) && !isProbe(turn, row))
    .sort((a, b) => compareAge(a.uniqueid, b.uniqueid));
  for (const row of rows) confirm(turn, row);
  for (const row of found) addFound(turn, row);
  for (const row of found) recognise(turn, turn.state.channels.get(row.uniqueid)?.track);
  missing(turn, listed);
  endEmptyCalls(turn);
  return found.filter((row) => row.uniqueid === row.linkedid && row.state !== 'Down').length;
}

/** The PBX restarted: every channel it had is gone with it. */
export function onPbxRestarted(turn: Turn): void {
  for (const channel of [...turn.state.channels.values()]) loseChannel(turn, channel, 'pbx-restarted');
}

function confirm(turn: Turn, row: ListedChannel): void {
  const channel = turn.state.channels.get(row.uniqueid);
  if (channel === undefined) return;
  if (channel.missingSince !== null) changeChannel(turn.state, channel, { missingSince: null });
  follow(turn, channel, row.linkedid);
  const { track } = channel;
  if (track.call.caller === row.uniqueid) completeCaller(turn, track, row);
  foundInBridge(turn, channel, row);
}

function addFound(turn: Turn, row: ListedChannel): void {
  const { state } = turn;
  const track = state.tracks.get(row.linkedid);
  if (track === undefined) {
    beginCall(turn, {
      ref: row,
      role: roleOf(state, row.channel, row.uniqueid === row.linkedid ? row.exten : null),
      callerNumber: row.callerNumber,
      callerName: row.callerName,
      exten: dialledBy(row),
      seen: 'list',
      startedAt: unseenStart(turn, row.linkedid),
      originated: row.uniqueid === row.linkedid && row.state === 'Down',
    });
  } else {
    const role = roleOf(state, row.channel, null);
    const channel = addToCall(turn, track, row, role, unseenStart(turn, row.uniqueid));
    const { uniqueid, name, endpoint } = channel;
    if (role !== 'local') {
      tell(turn, track, { kind: 'leg-opened', uniqueid, channel: name, endpoint, role, seen: 'list' });
    }
  }
  const channel = state.channels.get(row.uniqueid);
  if (channel !== undefined) foundInBridge(turn, channel, row);
}

/**
 * A dialplan that jumps (FreePBX, any `Goto(…,s,1)`) leaves no digit in Exten; what Dial was told still names the number,
 * only without the access digit (16.28, 22.10).
 */
function dialledBy(row: ListedChannel): string {
  if (row.exten !== 's' || row.application !== 'Dial') return row.exten;
  const [first = ''] = row.appData.split(/[,&]/);
  return numberDialled(first);
}

function foundInBridge(turn: Turn, channel: Channel, row: ListedChannel): void {
  const { uniqueid, track } = channel;
  const leg = track.call.legs.find((known) => known.uniqueid === uniqueid);
  if (row.bridge === null || row.bridge === '' || leg === undefined || leg.bridge !== null) return;
  const bridge = row.bridge;
  tell(turn, track, { kind: 'leg-bridged', uniqueid, bridge, bridgeType: '', seen: 'list' }, bridge);
}

/** A call begun from a dial event alone learns its caller from the list. */
function completeCaller(turn: Turn, track: Track, row: ListedChannel): void {
  if (track.call.begin !== 'list' || track.call.callerNumber !== null || row.callerNumber === null) return;
  const { pbx } = turn.state;
  const { linkedid, generation, dialled } = track.call;
  tell(turn, track, {
    kind: 'caller-identified',
    uniqueid: row.uniqueid,
    number: row.callerNumber,
    dialled: dialled === '' ? dialledBy(row) : null,
  });
  if (row.callerName === null) return;
  changeTrack(turn.state, track, { name: row.callerName });
  if (track.ours) turn.texts.push({ pbx, linkedid, generation, callerName: row.callerName });
}

/** Ours are calls found on a duty line, and those in which a duty phone is together with somebody. */
function recognise(turn: Turn, track: Track | undefined): void {
  if (track === undefined) return;
  const { lines } = turn.state;
  const { call } = track;
  const legs = call.legs.filter((leg) => leg.role !== 'local');
  const caller = legs.find((leg) => leg.uniqueid === call.caller);
  if (!track.ours) {
    const phone = legs.length > 1 ? legs.find((leg) => leg.role === 'duty-phone') : undefined;
    const arrival =
      call.direction === 'inbound' && caller !== undefined
        ? lines.lineForArrival(caller.channel, call.dialled)
        : null;
    if (arrival !== null && isProbeArrival(turn, track, arrival)) return;
    const line = arrival ?? (phone === undefined ? null : lines.lineForPhone(phone.channel));
    if (line !== null) release(turn, track, line);
  }
  if (track.call.direction !== 'inbound') return;
  for (const leg of legs) {
    const channel = turn.state.channels.get(leg.uniqueid);
    const known = track.call.left.some((left) => left.uniqueid === leg.uniqueid);
    if (leg.role === 'trunk' && leg !== caller && channel !== undefined && !known) {
      leavePremises(turn, track, channel, leg.number ?? '');
    }
  }
}

function missing(turn: Turn, listed: ReadonlySet<string>): void {
  const now = turn.receivedAt;
  let lookAgain = false;
  for (const channel of [...turn.state.channels.values()]) {
    if (listed.has(channel.uniqueid)) continue;
    if (channel.missingSince === null) {
      changeChannel(turn.state, channel, { missingSince: now });
      lookAgain = true;
    } else if (now - channel.missingSince >= SECOND_LOOK_MS) {
      loseChannel(turn, channel, 'missing-from-lists');
    } else {
      lookAgain = true;
    }
  }
  if (lookAgain) turn.effects.push({ kind: 'list-channels-again', notBefore: now + SECOND_LOOK_MS });
}
