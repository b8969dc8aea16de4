/** A probe on its way, and one turn of it: what has happened so far, what is told, what is to be done. */
import { foldProbe, type Probe, type ProbeFact } from './probe.ts';
import type { ProbeEffect } from './probe-input.ts';

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

/** A probe as a process takes it up. */
export function runOf(probe: Probe): ProbeRun {
  return { probe, inSight: true, stopped: false, dialling: false, occupier: 'none' };
}

export interface Turn {
  run: ProbeRun;
  readonly facts: ProbeFact[];
  readonly effects: ProbeEffect[];
}

/** One more fact, and what it makes of the probe. */
export function tell(turn: Turn, fact: ProbeFact): void {
  const probe = foldProbe(turn.run.probe, fact);
  if (probe === undefined) return;
  turn.run = { ...turn.run, probe };
  turn.facts.push(fact);
}

export function placeMain(turn: Turn, at: number): void {
  if (turn.run.probe.placedAt !== null) return;
  tell(turn, { kind: 'probe-placed', at });
  turn.effects.push({ do: 'place', end: 'main' });
}

export function placeOccupier(turn: Turn, at: number): void {
  if (turn.run.occupier !== 'none') return;
  turn.run = { ...turn.run, occupier: 'placed' };
  tell(turn, { kind: 'probe-occupier-placed', at });
  turn.effects.push({ do: 'place', end: 'occupier' });
}
