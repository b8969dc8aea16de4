/** PURE. What of a call leads to its sound: every channel it had, every file the PBX named, its numbers and times. */
import type { RecordingMode } from '../lines/duty-line.ts';
import type { Call } from './call.ts';
import { answeredAt } from './leg.ts';
import { answeredLegs } from './outcome.ts';
import { summaryOf } from './summary.ts';

/** A call with those that were joined to it, as its files are looked for. Times are PBX time, integer ms UTC. */
export interface SoundTrail {
  /** Id of the call in the store. */
  readonly call: string;
  readonly pbx: string;
  readonly linkedid: string;
  readonly generation: number;
  readonly room: string | null;
  /** Null: only a phone ties the call to us, and nobody promised its sound. */
  readonly line: string | null;
  readonly mode: RecordingMode | null;
  readonly direction: Call['direction'];
  /** Uniqueids and Linkedids of all its channels, each once. */
  readonly uniqueids: readonly string[];
  /** Paths the PBX named: hostile. */
  readonly named: readonly string[];
  /** Numbers of both sides as they came: hostile. */
  readonly numbers: readonly string[];
  readonly startedAt: number;
  /** Null while it lasts. */
  readonly endedAt: number | null;
  readonly lastTransferAt: number | null;
  /** PBX clock minus ours. */
  readonly offsetMs: number;
  /** 0 when no person answered. */
  readonly talkSeconds: number;
}

/** What the store knows of a call beside its facts. */
export interface TrailContext {
  readonly call: string;
  readonly room: string | null;
  readonly mode: RecordingMode | null;
  readonly offsetMs: number;
  /** Channels of legs that are no longer kept in the call itself. */
  readonly otherUniqueids: readonly string[];
}

/** The trail of a call; `joined` are the calls that became part of it. */
export function soundTrailOf(call: Call, joined: readonly Call[], context: TrailContext): SoundTrail {
  const all = [call, ...joined];
  const { otherUniqueids, ...known } = context;
  return {
    ...known,
    pbx: call.pbx,
    linkedid: call.linkedid,
    generation: call.generation,
    line: call.line,
    direction: call.direction,
    uniqueids: distinct([
      ...all.flatMap((each) => [
        each.linkedid,
        each.caller,
        ...each.joined,
        ...each.legs.map((leg) => leg.uniqueid),
        ...each.recordings.map((name) => name.uniqueid),
      ]),
      ...otherUniqueids,
    ]),
    named: distinct(all.flatMap((each) => each.recordings.map((name) => name.path))),
    numbers: distinct(all.flatMap(numbersOf)),
    startedAt: Math.min(...all.map((each) => each.startedAt)),
    endedAt: endOf(call),
    lastTransferAt: latest(all.flatMap((each) => each.transfers.map((transfer) => transfer.at))),
    talkSeconds: talkSecondsOf(call),
  };
}

/** Of a call whose end nobody saw, until it was last seen. */
function talkSecondsOf(call: Call): number {
  const { talkSeconds } = summaryOf(call);
  if (talkSeconds !== null) return talkSeconds;
  const answers = answeredLegs(call).flatMap((leg) => answeredAt(leg) ?? []);
  if (call.ending?.kind !== 'lost' || answers.length === 0) return 0;
  return Math.max(0, call.ending.lastSeenAt - Math.min(...answers)) / 1_000;
}

function numbersOf(call: Call): readonly string[] {
  const numbers = [
    call.callerNumber,
    call.dialled,
    call.lineNumber,
    ...call.legs.map((leg) => leg.number),
    ...call.transfers.map((transfer) => transfer.to),
    ...call.left.map((left) => left.to),
  ];
  return numbers.filter((number): number is string => number !== null && number !== '');
}

/** Until we knew that it was over: a file may still have grown then. */
function endOf(call: Call): number | null {
  if (call.ending === null) return null;
  return call.ending.kind === 'lost' ? call.ending.knownAt : call.ending.at;
}

function latest(times: readonly number[]): number | null {
  return times.length === 0 ? null : Math.max(...times);
}

function distinct(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)];
}
