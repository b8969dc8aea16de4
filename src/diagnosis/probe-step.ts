/**
 * One probe from the order to what may be concluded: 拨出 → 振铃 → 回铃音 → 到达核对. Inputs in, facts and effects out; pure.
 *
 * What it holds to be true of Asterisk (measured on 16.28 and 22.10): a channel of Originate carries the Uniqueid we
 * give it; MixMonitor at its Newchannel hears the early media; Timeout ends it whatever becomes of us; 180 is DialState
 * RINGING, sound is PROGRESS; a far end that answers is DialEnd ANSWER; cause 17 is busy; a 302 is DialEnd with Forward.
 */
import { foldProbe, type ProbeFact } from './probe.ts';
import { onArrival, onEvent, tellPassedOn } from './probe-event.ts';
import type { ProbeInput } from './probe-input.ts';
import { end, fail, interrupted, lookIfOver, stop } from './probe-over.ts';
import {
  type ProbeRun,
  type ProbeStepped,
  placeMain,
  placeOccupier,
  runOf,
  type Turn,
  tell,
} from './probe-turn.ts';

/** A channel that does not come up in so long never will: the trunk is away, or the PBX deaf. */
const COMES_UP_MS = 10_000;
/** After an answer an announcement is played; longer than this nobody's notice is. */
const TALKS_MS = 30_000;
/** After our own hang-up the PBX says Hangup at once; a lost one is not waited for. */
const GONE_MS = 5_000;
/** Fetching and listening is over by then, or never. */
const HEARD_MS = 60_000;

export function askProbe(input: Extract<ProbeInput, { type: 'asked' }>): ProbeStepped {
  const { at, order, askedBy } = input;
  const fact: ProbeFact = { kind: 'probe-asked', at, order, askedBy };
  const probe = foldProbe(undefined, fact);
  if (probe === undefined) throw new Error('a probe begins with its order');
  return { run: runOf(probe), facts: [fact], effects: [] };
}

/** One more input. A run that is concluded changes no more. */
export function stepProbe(run: ProbeRun, input: Exclude<ProbeInput, { type: 'asked' }>): ProbeStepped {
  if (run.probe.conclusion !== null) return { run, facts: [], effects: [] };
  const turn: Turn = { run, facts: [], effects: [] };
  act(turn, input);
  lookIfOver(turn, input.at);
  return turn;
}

function act(turn: Turn, input: Exclude<ProbeInput, { type: 'asked' }>): void {
  const { at } = input;
  switch (input.type) {
    case 'begin':
      turn.run = { ...turn.run, inSight: input.inSight };
      if (turn.run.probe.order.occupier === null) placeMain(turn, at);
      else placeOccupier(turn, at);
      return;
    case 'not-placed':
      fail(turn, at);
      return;
    case 'event':
      onEvent(turn, input.event, at);
      return;
    case 'arrived':
      onArrival(turn, input.end, input.arrival, at);
      return;
    case 'crossed':
      if (!turn.run.probe.crossed) tell(turn, { kind: 'probe-crossed', at });
      stop(turn, at);
      return;
    case 'out-of-sight':
      turn.run = { ...turn.run, inSight: false };
      return;
    case 'stop':
      stop(turn, at);
      return;
    case 'interrupted':
      interrupted(turn, at);
      return;
    case 'passed-on':
      tellPassedOn(turn, input.passedOn, at);
      return;
    case 'heard':
      if (turn.run.probe.hearing !== undefined) return;
      tell(turn, { kind: 'probe-heard', at, hearing: input.hearing, soundSeconds: input.soundSeconds });
      return;
    case 'time-passed':
      onTime(turn, at);
      return;
  }
}

function onTime(turn: Turn, at: number): void {
  const { probe, occupier } = turn.run;
  if (probe.end !== null) {
    if (probe.hearing === undefined && at - probe.end.at >= HEARD_MS)
      tell(turn, { kind: 'probe-heard', at, hearing: null, soundSeconds: null });
    return;
  }
  if (occupier === 'placed' && at - (probe.occupied?.placedAt ?? at) >= probe.order.ringMs + GONE_MS)
    fail(turn, at);
  if (probe.placedAt === null) return;
  if (probe.dialledAt === null) {
    if (at - probe.placedAt >= COMES_UP_MS) fail(turn, at);
    return;
  }
  if (probe.passedOn === undefined) turn.effects.push({ do: 'ask-passed-on' });
  const longest = probe.order.ringMs + (probe.answeredAt === null ? GONE_MS : TALKS_MS);
  if (at - probe.dialledAt < longest) return;
  if (!turn.run.stopped) stop(turn, at);
  if (at - probe.dialledAt >= longest + GONE_MS) end(turn, at, null, null);
}
