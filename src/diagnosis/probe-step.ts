/**
 * One probe from the order to what may be concluded: 拨出 → 振铃 → 回铃音 → 到达核对. Inputs in, facts and effects out; pure.
 *
 * What it holds to be true of Asterisk (measured on 16.28 and 22.10): a channel of Originate carries the Uniqueid we
 * give it; MixMonitor at its Newchannel hears the early media; Timeout ends it whatever becomes of us; 180 is DialState
 * RINGING, sound is PROGRESS; a far end that answers is DialEnd ANSWER; cause 17 is busy; a 302 is DialEnd with Forward.
 */
import type { ChannelEvent } from '../calls/channel-event.ts';
import { probeChannelOf } from '../lines/probe-channel.ts';
import type { ProbeArrival } from './arrival-check.ts';
import { foldProbe, type Probe, type ProbeEnd, type ProbeFact } from './probe.ts';
import { conclude } from './probe-conclusion.ts';
import { endingOf } from './probe-ending.ts';
import type { ProbeEffect, ProbeInput } from './probe-input.ts';
import { passedOnBy } from './probe-passed-on.ts';
import type { PassedOn } from './suspicion.ts';

export interface ProbeRun {
  readonly probe: Probe;
  readonly inSight: boolean;
  /** We hung up ourselves. */
  readonly stopped: boolean;
  /** Its DialBegin was seen: what is told of its number before that is our own. */
  readonly dialling: boolean;
  /** The first call that keeps the line busy. */
  readonly occupier: 'none' | 'placed' | 'rings' | 'over';
}

export interface ProbeStepped {
  readonly run: ProbeRun;
  readonly facts: readonly ProbeFact[];
  readonly effects: readonly ProbeEffect[];
}

/** A channel that does not come up in so long never will: the trunk is away, or the PBX deaf. */
const COMES_UP_MS = 10_000;
/** After an answer an announcement is played; longer than this nobody's notice is. */
const TALKS_MS = 30_000;
/** After our own hang-up the PBX says Hangup at once; a lost one is not waited for. */
const GONE_MS = 5_000;
/** The first event of the arriving leg may come a moment behind. */
const ARRIVES_MS = 3_000;
/** One that outlives the probe turns out to be somebody else's call by then (`calls/probe-arrival.ts`). */
const STANDS_MS = 7_000;
/** Fetching and listening is over by then, or never. */
const HEARD_MS = 60_000;

export function askProbe(input: Extract<ProbeInput, { type: 'asked' }>): ProbeStepped {
  const { at, order, askedBy } = input;
  const fact: ProbeFact = { kind: 'probe-asked', at, order, askedBy };
  const probe = foldProbe(undefined, fact);
  if (probe === undefined) throw new Error('a probe begins with its order');
  return { run: runOf(probe), facts: [fact], effects: [] };
}

export function runOf(probe: Probe): ProbeRun {
  return { probe, inSight: true, stopped: false, dialling: false, occupier: 'none' };
}

/** One more input. A run that is concluded changes no more. */
export function stepProbe(run: ProbeRun, input: Exclude<ProbeInput, { type: 'asked' }>): ProbeStepped {
  if (run.probe.conclusion !== null) return { run, facts: [], effects: [] };
  const turn: Turn = { run, facts: [], effects: [] };
  act(turn, input);
  lookIfOver(turn, input.at);
  return turn;
}

interface Turn {
  run: ProbeRun;
  readonly facts: ProbeFact[];
  readonly effects: ProbeEffect[];
}

function tell(turn: Turn, fact: ProbeFact): void {
  const probe = foldProbe(turn.run.probe, fact);
  if (probe === undefined) return;
  turn.run = { ...turn.run, probe };
  turn.facts.push(fact);
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

function placeMain(turn: Turn, at: number): void {
  if (turn.run.probe.placedAt !== null) return;
  tell(turn, { kind: 'probe-placed', at });
  turn.effects.push({ do: 'place', end: 'main' });
}

function placeOccupier(turn: Turn, at: number): void {
  if (turn.run.occupier !== 'none') return;
  turn.run = { ...turn.run, occupier: 'placed' };
  tell(turn, { kind: 'probe-occupier-placed', at });
  turn.effects.push({ do: 'place', end: 'occupier' });
}

function onEvent(turn: Turn, event: ChannelEvent, at: number): void {
  const { order } = turn.run.probe;
  const uniqueid = uniqueidOf(event);
  if (order.occupier !== null && uniqueid === probeChannelOf(order.occupier.id)) {
    if (event.type === 'Hangup') occupierGone(turn, at);
    return;
  }
  if (uniqueid !== probeChannelOf(order.id)) return;
  const { probe } = turn.run;
  if (event.type === 'DialBegin') turn.run = { ...turn.run, dialling: true };
  const passedOn = turn.run.dialling ? passedOnBy(event, order.number) : null;
  if (passedOn !== null) tellPassedOn(turn, passedOn, at);
  switch (event.type) {
    case 'Newchannel':
      if (probe.dialledAt !== null) return;
      tell(turn, { kind: 'probe-dialled', at });
      turn.effects.push({ do: 'monitor' });
      return;
    case 'Newstate':
      if (event.state === 'Ringing' && probe.rangAt === null) tell(turn, { kind: 'probe-rang', at });
      if (event.state === 'Up' && probe.answeredAt === null) tell(turn, { kind: 'probe-answered', at });
      return;
    case 'DialState':
      if (event.dialStatus === 'RINGING' && probe.rangAt === null) tell(turn, { kind: 'probe-rang', at });
      if (event.dialStatus === 'PROGRESS' && probe.soundedAt === null)
        tell(turn, { kind: 'probe-sounded', at });
      return;
    case 'DialEnd':
      if (event.dialStatus === 'ANSWER' && probe.answeredAt === null)
        tell(turn, { kind: 'probe-answered', at });
      return;
    case 'Hangup':
      end(turn, at, event.cause, event.techCause);
      return;
    default:
      return;
  }
}

/** The channel an event of Originate is about: it is the one that is dialled, and nobody dials it. */
function uniqueidOf(event: ChannelEvent): string | null {
  switch (event.type) {
    case 'DialBegin':
    case 'DialState':
    case 'DialEnd':
      return event.to.uniqueid;
    case 'Newchannel':
    case 'Newstate':
    case 'NewCallerid':
    case 'Hangup':
      return event.uniqueid;
    default:
      return null;
  }
}

function tellPassedOn(turn: Turn, passedOn: PassedOn, at: number): void {
  const { probe } = turn.run;
  if (probe.passedOn === undefined || (probe.passedOn.number === null && passedOn.number !== null))
    tell(turn, { kind: 'probe-passed-on', at, passedOn });
}

function onArrival(turn: Turn, which: ProbeEnd, arrival: ProbeArrival, at: number): void {
  if (which === 'main') {
    tell(turn, { kind: 'probe-arrived', at, arrival });
    return;
  }
  if (turn.run.probe.occupied?.linkedid == null)
    tell(turn, { kind: 'probe-occupier-arrived', at, linkedid: arrival.linkedid });
  if (!arrival.phoneRang || turn.run.occupier !== 'placed') return;
  turn.run = { ...turn.run, occupier: 'rings' };
  placeMain(turn, at);
}

function occupierGone(turn: Turn, at: number): void {
  const wasBusy = turn.run.occupier === 'rings';
  turn.run = { ...turn.run, occupier: 'over' };
  turn.effects.push({ do: 'say-over', end: 'occupier' });
  // The line is free again, or it never was busy: what the second call meets now proves nothing of 遇忙.
  if (!wasBusy) fail(turn, at);
  else if (turn.run.probe.end === null) stop(turn, at);
}

function end(turn: Turn, at: number, cause: number | null, sip: string | null): void {
  const { probe } = turn.run;
  if (probe.end !== null) return;
  tell(turn, {
    kind: 'probe-ended',
    at,
    ending: turn.run.stopped ? 'stopped' : endingOf(probe, at, cause),
    cause,
    sip,
  });
  turn.effects.push({ do: 'say-over', end: 'main' });
  if (turn.run.occupier === 'placed' || turn.run.occupier === 'rings')
    turn.effects.push({ do: 'hang-up', end: 'occupier' });
  const mayHold = probe.soundedAt !== null || probe.answeredAt !== null;
  if (mayHold) turn.effects.push({ do: 'listen' });
  else tell(turn, { kind: 'probe-heard', at, hearing: null, soundSeconds: null });
}

/** It never came to a call. */
function fail(turn: Turn, at: number): void {
  if (turn.run.probe.end !== null) return;
  tell(turn, { kind: 'probe-ended', at, ending: 'failed', cause: null, sip: null });
  tell(turn, { kind: 'probe-heard', at, hearing: null, soundSeconds: null });
  // What may still stand is over only when it is hung up.
  turn.effects.push({ do: turn.run.probe.placedAt === null ? 'say-over' : 'hang-up', end: 'main' });
  if (turn.run.occupier === 'placed' || turn.run.occupier === 'rings')
    turn.effects.push({ do: 'hang-up', end: 'occupier' });
}

function stop(turn: Turn, at: number): void {
  const { probe, stopped } = turn.run;
  if (probe.end !== null || stopped) return;
  if (probe.placedAt === null) {
    fail(turn, at);
    return;
  }
  turn.run = { ...turn.run, stopped: true };
  turn.effects.push({ do: 'hang-up', end: 'main' });
  if (turn.run.occupier !== 'none') turn.effects.push({ do: 'hang-up', end: 'occupier' });
}

/** After a crash nobody knows what became of it: whatever still stands is hung up. */
function interrupted(turn: Turn, at: number): void {
  turn.run = { ...turn.run, inSight: false };
  const { end: ended, hearing, order } = turn.run.probe;
  if (ended === null) fail(turn, at);
  else if (hearing === undefined) tell(turn, { kind: 'probe-heard', at, hearing: null, soundSeconds: null });
  if (order.occupier !== null) turn.effects.push({ do: 'hang-up', end: 'occupier' });
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

/** Concluded once it was listened to and the arriving leg has had its time. */
function lookIfOver(turn: Turn, at: number): void {
  const { probe, inSight } = turn.run;
  const { end: ended, hearing, arrival, order } = probe;
  if (ended === null || hearing === undefined || probe.conclusion !== null) return;
  const longest = arrival === null ? ARRIVES_MS : STANDS_MS;
  const cannotArrive = order.line === null || probe.placedAt === null || !inSight;
  const isSettled = cannotArrive || arrival?.over === true || at - ended.at >= longest;
  if (isSettled) tell(turn, { kind: 'probe-concluded', at, conclusion: conclude(probe, inSight, at) });
}
