/**
 * A call of our own (拨测) that comes in on a duty line (到达核对). It is known beforehand: which line, from which numbers, within
 * which seconds. Such a call is followed like any other, but held back: no draft, no call, no statistic.
 *
 * A real call must never be swallowed. Only the first that fits is taken for the probe; a forged packet never is; and one that
 * still stands when the probe has been over for some seconds was somebody else's: it is told then, from its begin on.
 */
import type { DutyLine } from '../lines/duty-line.ts';
import { release } from './arrival.ts';
import { changeAwaited, changeTrack, forgetAwaited, type Track, type TrackerState } from './state.ts';
import type { Turn } from './turn.ts';

export interface ExpectedProbe {
  readonly probe: string;
  readonly line: string;
  /** Numbers it may show, in any way of writing: those of the trunk it leaves by. */
  readonly callers: readonly string[];
  /** Our clock, integer ms UTC: not placed before, and gone after. */
  readonly from: number;
  readonly until: number;
}

/** One that was told to come. */
export interface AwaitedProbe extends ExpectedProbe {
  /** Our clock; null while it runs. */
  readonly overAt: number | null;
  readonly arrived: boolean;
}

/** The outgoing and the arriving end of one call are gone within a second of each other; a slow gateway gets some more. */
export const OUTLIVES_MS = 5_000;
/** How much behind its hang-up a call may come in. */
const CROSSES_MS = 2_000;
/** What nobody asks for any more is forgotten. */
const FORGOTTEN_MS = 60_000;

/** Whether a call that begins on this line is the awaited probe; then it is followed as that. */
export function isProbeArrival(turn: Turn, track: Track, line: DutyLine): boolean {
  const at = turn.receivedAt;
  const awaited = [...turn.state.probes.values()]
    .filter((one) => one.line === line.id && one.from <= at && at <= lastOf(one))
    // The one that runs before one that has just ended; then the one placed last: what a crash left may not yet be known as over.
    .toSorted(
      (one, other) => Number(one.overAt !== null) - Number(other.overAt !== null) || other.from - one.from,
    );
  const { callerNumber } = track.call;
  const isFrom = ({ callers }: AwaitedProbe) =>
    callers.some((caller) => isSameNumber(caller, callerNumber ?? ''));
  const itself = awaited.find((one) => !one.arrived && isFrom(one));
  if (itself === undefined) {
    for (const { probe } of awaited.filter((one) => one.overAt === null))
      turn.effects.push({ kind: 'probe-crossed', probe, caller: callerNumber });
    return false;
  }
  changeAwaited(turn.state, { ...itself, arrived: true });
  changeTrack(turn.state, track, { probe: itself.probe });
  tellArrival(turn, track);
  return true;
}

/** Until when it may still come in: hung up at once, it may cross our hang-up on the way. */
function lastOf({ until, overAt }: AwaitedProbe): number {
  return overAt === null ? until : overAt + CROSSES_MS;
}

/** Says how far the arriving leg has got; nothing for any other call. */
export function tellArrival(turn: Turn, track: Track, over = false): void {
  if (track.probe === null) return;
  turn.effects.push({ kind: 'probe-arrived', probe: track.probe, call: track.call, over });
}

/** The outgoing end is gone. */
export function onProbeOver(turn: Turn, probe: string): void {
  const awaited = turn.state.probes.get(probe);
  if (awaited !== undefined && awaited.overAt === null)
    changeAwaited(turn.state, { ...awaited, overAt: turn.receivedAt });
}

/** Once a second: a call that outlives its probe was a real one. */
export function lookAtProbes(turn: Turn): void {
  const { state, receivedAt: at } = turn;
  for (const awaited of state.probes.values()) {
    const since = awaited.overAt ?? awaited.until;
    if (at - since < OUTLIVES_MS) continue;
    for (const track of tracksOf(state, awaited.probe)) disown(turn, track);
    if (at - since >= FORGOTTEN_MS) forgetAwaited(state, awaited.probe);
  }
}

/** It was no probe: everything held back goes out, as of any call on a duty line. */
function disown(turn: Turn, track: Track): void {
  const { probe, call } = track;
  if (probe === null) return;
  changeTrack(turn.state, track, { probe: null });
  turn.effects.push({ kind: 'probe-crossed', probe, caller: call.callerNumber });
  const caller = call.legs.find((leg) => leg.uniqueid === call.caller);
  const line = caller === undefined ? null : turn.state.lines.lineForArrival(caller.channel, call.dialled);
  release(turn, track, line);
}

function tracksOf(state: TrackerState, probe: string): readonly Track[] {
  return [...new Set(state.tracks.values())].filter((track) => track.probe === probe);
}

/**
 * `2035679`, `0954-2035679` and `+869542035679` are one number; what is shorter than a local number ends many, and is itself
 * alone (a trunk that shows an extension).
 */
function isSameNumber(one: string, other: string): boolean {
  const [a, b] = [bare(one), bare(other)];
  if (a === b) return a !== '';
  return Math.min(a.length, b.length) >= LOCAL_DIGITS && (a.endsWith(b) || b.endsWith(a));
}

const LOCAL_DIGITS = 7;

function bare(number: string): string {
  const digits = number.replace(/[\s().-]/g, '');
  if (!/^\+?\d+$/.test(digits)) return '';
  return digits.replace(/^(\+|00)?86(?=\d{9,11}$)/, '').replace(/^\+?0?/, '');
}
