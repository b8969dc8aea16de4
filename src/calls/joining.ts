/**
 * Two calls become one: Asterisk gives channels that come together the older Linkedid (attended transfer, a parked call
 * taken back, pickup). Both keep their rows; the older one goes on with all legs (D3).
 */
import { release } from './arrival.ts';
import { recordTrunks } from './asking.ts';
import { recordPartiesInBridge } from './further-party.ts';
import { leavePremises } from './legs.ts';
import {
  type Channel,
  changeChannel,
  changeTrack,
  markTold,
  moveChannel,
  rememberEnded,
  setTrackUnder,
  type Track,
} from './state.ts';
import { type Turn, tell } from './turn.ts';
import { compareAge } from './uniqueid.ts';

/** A channel carries this Linkedid now; when that is another living call, the two are joined. */
export function follow(turn: Turn, channel: Channel, linkedid: string): void {
  if (channel.linkedid === linkedid || linkedid === '') return;
  changeChannel(turn.state, channel, { linkedid });
  const other = turn.state.tracks.get(linkedid);
  if (other !== undefined && other !== channel.track) join(turn, channel.track, other);
}

/** Makes the younger call part of the older one, which is given back. */
export function join(turn: Turn, one: Track, two: Track): Track {
  if (one === two) return one;
  const oneIsOlder = compareAge(one.call.linkedid, two.call.linkedid) <= 0;
  const survivor = oneIsOlder ? one : two;
  const joined = oneIsOlder ? two : one;
  // A real call that meets a probe stays one; a colleague who picks a probe up makes it none.
  if (one.ours || two.ours) for (const track of [one, two]) changeTrack(turn.state, track, { probe: null });
  else if (joined.probe !== null) changeTrack(turn.state, survivor, { probe: joined.probe });
  if (joined.ours && !survivor.ours) {
    const line = joined.call.line;
    release(turn, survivor, line === null ? null : turn.state.lines.lineById(line));
  }
  if (joined.ours) {
    tell(turn, joined, {
      kind: 'calls-joined',
      uniqueid: joined.call.caller,
      survivor: survivor.call.linkedid,
      survivorGeneration: survivor.call.generation,
      joined: joined.call.linkedid,
    });
  }
  const brought = [...joined.channels];
  adopt(turn, survivor, joined);
  if (!joined.ours) recordTrunks(turn, survivor, brought);
  recordPartiesInBridge(turn, survivor);
  return survivor;
}

function adopt(turn: Turn, survivor: Track, joined: Track): void {
  const { state } = turn;
  const { call } = joined;
  tell(
    turn,
    survivor,
    {
      kind: 'legs-adopted',
      uniqueid: call.caller,
      from: call.linkedid,
      legs: call.legs,
      transfers: call.transfers,
      recordings: call.recordings,
    },
    call.linkedid,
  );
  for (const key of joined.told) if (!survivor.told.has(key)) markTold(state, survivor, key);
  if (call.tampered && !survivor.call.tampered) {
    tell(turn, survivor, { kind: 'call-tampered', uniqueid: call.caller });
  }
  for (const channel of [...joined.channels]) moveChannel(state, channel, survivor);
  for (const linkedid of [call.linkedid, ...call.joined]) setTrackUnder(state, linkedid, survivor);
  rememberEnded(state, call.linkedid, { generation: call.generation, at: turn.at });
  if (survivor.call.direction !== 'inbound') return;
  for (const leg of call.legs) {
    const channel = state.channels.get(leg.uniqueid);
    if (leg.role !== 'trunk' || leg.number === null || channel === undefined) continue;
    leavePremises(turn, survivor, channel, leg.number);
  }
}
