/** How a probe ends: by itself, by us, or not at all. */
import { conclude } from './probe-conclusion.ts';
import { endingOf } from './probe-ending.ts';
import { type Turn, tell } from './probe-turn.ts';

/** The first event of the arriving leg may come a moment behind. */
const ARRIVES_MS = 3_000;
/** One that outlives the probe turns out to be somebody else's call by then (`calls/probe-arrival.ts`). */
const STANDS_MS = 7_000;

/** The first call no longer keeps the line busy. */
export function occupierGone(turn: Turn, at: number): void {
  const wasBusy = turn.run.occupier === 'rings';
  turn.run = { ...turn.run, occupier: 'over' };
  turn.effects.push({ do: 'say-over', end: 'occupier' });
  // The line is free again, or it never was busy: what the second call meets now proves nothing of 遇忙.
  if (!wasBusy) fail(turn, at);
  else if (turn.run.probe.end === null) stop(turn, at);
}

/** The call itself is over. */
export function end(turn: Turn, at: number, cause: number | null, sip: string | null): void {
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
export function fail(turn: Turn, at: number): void {
  if (turn.run.probe.end !== null) return;
  tell(turn, { kind: 'probe-ended', at, ending: 'failed', cause: null, sip: null });
  tell(turn, { kind: 'probe-heard', at, hearing: null, soundSeconds: null });
  // What may still stand is over only when it is hung up.
  turn.effects.push({ do: turn.run.probe.placedAt === null ? 'say-over' : 'hang-up', end: 'main' });
  if (turn.run.occupier === 'placed' || turn.run.occupier === 'rings')
    turn.effects.push({ do: 'hang-up', end: 'occupier' });
}

/** We hang up; what never went out has failed. */
export function stop(turn: Turn, at: number): void {
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
export function interrupted(turn: Turn, at: number): void {
  turn.run = { ...turn.run, inSight: false };
  const { end: ended, hearing, order } = turn.run.probe;
  if (ended === null) fail(turn, at);
  else if (hearing === undefined) tell(turn, { kind: 'probe-heard', at, hearing: null, soundSeconds: null });
  if (order.occupier !== null) turn.effects.push({ do: 'hang-up', end: 'occupier' });
}

/** Concluded once it was listened to and the arriving leg has had its time. */
export function lookIfOver(turn: Turn, at: number): void {
  const { probe, inSight } = turn.run;
  const { end: ended, hearing, arrival, order } = probe;
  if (ended === null || hearing === undefined || probe.conclusion !== null) return;
  const longest = arrival === null ? ARRIVES_MS : STANDS_MS;
  const cannotArrive = order.line === null || probe.placedAt === null || !inSight;
  const isSettled = cannotArrive || arrival?.over === true || at - ended.at >= longest;
  if (isSettled) tell(turn, { kind: 'probe-concluded', at, conclusion: conclude(probe, inSight, at) });
}
