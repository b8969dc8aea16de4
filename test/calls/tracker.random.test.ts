/** Seeded damage to real traffic: packets repeated, dropped, out of order, links and services cut. */
import { describe, expect, it } from 'vitest';
import type { ChannelEvent } from '../../src/calls/channel-event.ts';
import { foldCall, MAX_LEGS } from '../../src/calls/evolve.ts';
import type { CallFact } from '../../src/calls/fact.ts';
import { type Chance, seeded } from '../support/seeded.ts';
import { captureFiles, eventsOf } from './captured.ts';
import { aSetup, type Watched, watched } from './given.ts';

const DIDS = ['09542035678', '09542035601', '09542035605', '09542035607', '09542035609', '09542035613'];
const setup = aSetup({
  dids: [...DIDS, ...Array.from({ length: 30 }, (_, n) => `095420300${String(n + 1).padStart(2, '0')}`)],
  phones: ['PJSIP/1001', 'PJSIP/1002', 'PJSIP/1003', 'PJSIP/1009'],
});

const ENDINGS: ReadonlySet<string> = new Set(['call-ended', 'call-lost-from-sight', 'calls-joined']);
/** What may still be said about a call after its end: CEL lags. */
const AFTERTHOUGHTS: ReadonlySet<string> = new Set(['diversion-read']);

const BEGIN = 1_795_000_000_000;

function atSameTime(events: readonly ChannelEvent[]): readonly ChannelEvent[] {
  const first = events.find((event) => event.pbxAt !== null)?.pbxAt ?? 0;
  return events.map((event) =>
    event.pbxAt === null ? event : { ...event, pbxAt: event.pbxAt - first + BEGIN },
  );
}

/** Real calls, each as long as it was, begun within the same minute so that they run into one another. */
function traffic(chance: Chance, files: readonly (readonly ChannelEvent[])[]): ChannelEvent[] {
  return Array.from({ length: 6 }, () => chance.pick(files))
    .flat()
    .filter(() => chance.next() > 0.03)
    .flatMap((event) => (chance.next() < 0.05 ? [event, event] : [event]));
}

function shuffled(chance: Chance, events: ChannelEvent[]): ChannelEvent[] {
  for (let at = 0; at < events.length; at++) {
    if (chance.next() > 0.04) continue;
    const other = Math.min(events.length - 1, at + chance.between(1, 12));
    const [one, two] = [events[at], events[other]];
    if (one === undefined || two === undefined) continue;
    events[at] = two;
    events[other] = one;
  }
  return events;
}

function run(seed: number, files: readonly (readonly ChannelEvent[])[]): Watched {
  const chance = seeded(seed);
  const tracker = watched(setup);
  let at = BEGIN;
  for (const event of shuffled(chance, traffic(chance, files))) {
    at = Math.max(at, event.pbxAt ?? at);
    tracker.give({ type: 'event', receivedAt: at, event });
    const cut = chance.next();
    if (cut < 0.002) tracker.restart();
    else if (cut < 0.004) tracker.give({ type: 'link-down', at, reason: 'test' });
    else if (cut < 0.006) tracker.give({ type: 'link-up', at, processedCalls: 10, pbxStartedAt: BEGIN });
    else if (cut < 0.008)
      tracker.give({ type: 'channels-listed', receivedAt: at, channels: [], first: true });
    else if (cut < 0.009) tracker.give({ type: 'link-up', at, processedCalls: null, pbxStartedAt: at });
  }
  const standing = [...tracker.state.tracks.values()].filter((track) => track.ours);
  for (const { call } of standing) {
    const told = tracker.facts.filter(
      (f) => f.linkedid === call.linkedid && f.generation === call.generation,
    );
    expect({ ...foldCall(told), callerName: null }, 'state is the fold of the facts').toEqual({
      ...call,
      callerName: null,
    });
  }
  tracker.seeNothing(at + 10_000);
  return tracker;
}

function brokenPromises(tracker: Watched): readonly string[] {
  const broken: string[] = [];
  const keys = new Set<string>();
  const ended = new Map<string, CallFact>();
  const begun = new Set<string>();
  for (const fact of tracker.facts) {
    const call = `${fact.linkedid}|${fact.generation}`;
    if (keys.has(fact.factKey)) broken.push(`told twice: ${fact.factKey}`);
    keys.add(fact.factKey);
    if (fact.kind === 'call-arrived') begun.add(call);
    if (!begun.has(call)) broken.push(`before its arrival: ${fact.factKey}`);
    if (ended.has(call) && !AFTERTHOUGHTS.has(fact.kind)) broken.push(`after its end: ${fact.factKey}`);
    if (ENDINGS.has(fact.kind)) ended.set(call, fact);
  }
  for (const call of begun) if (!ended.has(call)) broken.push(`never ended: ${call}`);
  for (const call of tracker.calls()) if (call.legs.length > MAX_LEGS) broken.push('too many legs');
  for (const seen of tracker.summaries()) {
    if ((seen.ringSeconds ?? 0) < 0 || (seen.talkSeconds ?? 0) < 0) broken.push('negative seconds');
    if (seen.endedAt !== null && seen.endedAt < seen.startedAt) broken.push('ended before it started');
  }
  if (tracker.state.channels.size + tracker.state.tracks.size > 0) broken.push('something stands');
  return broken;
}

describe('the tracker under damage', () => {
  const files = captureFiles().map((file) => atSameTime(eventsOf(file)));

  it.each([0, 100, 200, 300, 400, 500, 600, 700])('keeps its promises, 100 seeds from %i on', (first) => {
    for (let seed = first; seed < first + 100; seed++) {
      expect(brokenPromises(run(seed, files)), `seed ${seed}`).toEqual([]);
    }
  });
});
