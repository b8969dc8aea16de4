/**
 * One probe on its way: what its steps ask for is done here, in their order. That it is placed is durable before it is, so that
 * a crash leaves no call that is not known at the next start, and one whose placing cannot be kept is not placed. Everything
 * else waits for no store: a probe is hung up at once also when the disk is full.
 */
import type { ProbeSession } from '../asterisk/control/probe-session.ts';
import type { ExpectedProbe } from '../calls/probe-arrival.ts';
import type { ProbeTrunk } from '../config/config.ts';
import type { Hearing } from '../diagnosis/hearing.ts';
import type { Probe, ProbeEnd, ProbeFact } from '../diagnosis/probe.ts';
import type { ProbeEffect, ProbeInput } from '../diagnosis/probe-input.ts';
import { stepProbe } from '../diagnosis/probe-step.ts';
import type { ProbeRun, ProbeStepped } from '../diagnosis/probe-turn.ts';
import type { PassedOn } from '../diagnosis/suspicion.ts';
import { probeChannelOf } from '../lines/probe-channel.ts';
import type { Log } from '../web/log.ts';
import { expectedEnd, ringMsOf } from './expected-end.ts';

export interface ProbeRunDeps {
  /** Null: from this PBX nothing can be placed. */
  readonly sessionOf: (pbx: string) => ProbeSession | null;
  readonly trunkOf: (pbx: string, trunk: string) => ProbeTrunk | undefined;
  /** The tracker of the line's PBX is told what is about to come in, and that it is over. */
  readonly expect: (line: string, probe: ExpectedProbe) => void;
  readonly over: (line: string, probe: string) => void;
  /** Resolves when they are durable. Rejects when they never will be. */
  readonly keep: (probe: string, facts: readonly ProbeFact[]) => Promise<void>;
  /** Fetches what was recorded and listens. Never rejects. */
  readonly listen: (probe: Probe) => Promise<HeardProbe>;
  /** Whether the network says of this channel that it passes the call on; null: no, or nobody could ask. Never rejects. */
  readonly passedOn: (pbx: string, channelId: string) => Promise<PassedOn | null>;
  readonly now: () => number;
  readonly log: Log;
}

export interface HeardProbe {
  readonly hearing: Hearing | null;
  /** Null: there was no sound. */
  readonly soundSeconds: number | null;
}

export interface RunningProbe {
  run(): ProbeRun;
  give(input: Exclude<ProbeInput, { type: 'asked' }>): void;
  /** Resolves when it is concluded and everything about it is kept. */
  readonly done: Promise<Probe>;
}

/** A hang-up that the PBX did not hear is said again: only its own time would end the call. */
const HANG_UP_TRIES = 60;
const HANG_UP_AGAIN_MS = 1_000;

/** Follows a probe that was asked for, or what a crash left of one. */
export function followProbe(deps: ProbeRunDeps, begin: ProbeRun): RunningProbe {
  const { now, log } = deps;
  const finished = Promise.withResolvers<Probe>();
  let current = begin;
  let acting: Promise<void> = Promise.resolve();

  function take({ run, facts, effects }: ProbeStepped): void {
    current = run;
    const kept = facts.length === 0 ? Promise.resolve(true) : keep(run.probe.order.id, facts);
    for (const effect of effects) {
      if (effect.do === 'monitor') void monitor();
      else acting = acting.then(async () => carryOut(effect, effect.do !== 'place' || (await kept)));
    }
    if (run.probe.conclusion !== null) void kept.then(() => finished.resolve(run.probe));
  }

  async function keep(probe: string, facts: readonly ProbeFact[]): Promise<boolean> {
    try {
      await deps.keep(probe, facts);
      return true;
    } catch (error) {
      log('error', 'probe-not-kept', { probe, error: String(error) });
      return false;
    }
  }

  function carryOut(effect: ProbeEffect, isKnown: boolean): void {
    switch (effect.do) {
      case 'place':
        if (isKnown) void place(effect.end);
        else give({ type: 'not-placed', at: now(), end: effect.end });
        return;
      case 'hang-up':
        void hangUp(effect.end);
        return;
      case 'say-over':
        sayOver(effect.end);
        return;
      case 'ask-passed-on':
        void askPassedOn();
        return;
      case 'listen':
        void deps.listen(current.probe).then((heard) => give({ type: 'heard', at: now(), ...heard }));
        return;
      case 'monitor':
        return;
    }
  }

  async function place(end: ProbeEnd): Promise<void> {
    const { order } = current.probe;
    const id = idOf(end);
    const name = end === 'main' ? order.trunk : order.occupier?.trunk;
    const trunk = name === undefined ? undefined : deps.trunkOf(order.pbx, name);
    const session = deps.sessionOf(order.pbx);
    if (id === null || trunk === undefined || session === null)
      return give({ type: 'not-placed', at: now(), end });
    const expected = expectedEnd(order, end, trunk.shows, now());
    if (expected !== null) deps.expect(expected.line, expected);
    const placed = await session.place({
      trunk: trunk.trunk,
      digits: `${trunk.prefix}${digitsOf(order.number)}`,
      caller: digitsOf(trunk.shows[0] ?? '') || null,
      channelId: probeChannelOf(id),
      ringMs: ringMsOf(order, end),
    });
    if (placed.ok) return;
    log('warn', 'probe-not-placed', { probe: id, trouble: placed.trouble.en });
    give({ type: 'not-placed', at: now(), end });
  }

  /** At the channel's first event: everything it is sent before the answer is the evidence. */
  async function monitor(): Promise<void> {
    const { order } = current.probe;
    const recorded = await deps.sessionOf(order.pbx)?.record(probeChannelOf(order.id));
    if (recorded !== undefined && !recorded.ok)
      log('warn', 'probe-not-recorded', { probe: order.id, trouble: recorded.trouble.en });
  }

  async function askPassedOn(): Promise<void> {
    const { order } = current.probe;
    const passedOn = await deps.passedOn(order.pbx, probeChannelOf(order.id));
    if (passedOn !== null) give({ type: 'passed-on', at: now(), passedOn });
  }

  async function hangUp(end: ProbeEnd): Promise<void> {
    const id = idOf(end);
    const session = deps.sessionOf(current.probe.order.pbx);
    if (id === null || session === null) return;
    for (let tries = 0; tries < HANG_UP_TRIES; tries += 1) {
      const done = await session.hangUp(probeChannelOf(id));
      if (done.ok && current.probe.end !== null) sayOver(end);
      if (done.ok || done.trouble.code === 'ami-unsafe-value') return;
      await new Promise((resolve) => setTimeout(resolve, HANG_UP_AGAIN_MS).unref());
    }
    log('error', 'probe-not-hung-up', { probe: id });
  }

  function sayOver(end: ProbeEnd): void {
    const { line } = current.probe.order;
    const id = idOf(end);
    if (line !== null && id !== null) deps.over(line, id);
  }

  function idOf(end: ProbeEnd): string | null {
    const { order } = current.probe;
    return end === 'main' ? order.id : (order.occupier?.id ?? null);
  }

  function give(input: Exclude<ProbeInput, { type: 'asked' }>): void {
    take(stepProbe(current, input));
  }

  return { run: () => current, give, done: finished.promise };
}

/** `0954-2035678` as it is dialled. */
function digitsOf(number: string): string {
  return number.replace(/[^0-9*#+]/g, '');
}
