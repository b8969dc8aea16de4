/** Every story is placed on real Asterisk, and `explain` tells each as the SIP agents lived it. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CallSummary } from '../../src/calls/call-summary.ts';
import { explained } from '../cli/explained.ts';
import { startOffice } from './office.ts';
import { STAGES, storiesFor } from './scenarios/all-stories.ts';
import type { PlayedStory } from './scenarios/play-story.ts';
import { type CallTruth, SETUP, type Story } from './scenarios/story.ts';
import { playUndisturbed } from './scenarios/undisturbed.ts';

const TOLERANCE_MS = 100;

/** Stories are mostly waiting: offices side by side share the time, each with its own addresses. */
const LANES = STAGES.flatMap((stage) => {
  const stories = storiesFor(stage.version, stage.dialplan);
  const count = stage.dialplan === 'plain' ? 2 : 1;
  return Array.from({ length: count }, (_, lane) => ({
    ...stage,
    stories: stories.filter((_story, index) => index % count === lane),
  }));
});

const played = new Map<string, Promise<PlayedStory>>();
const folder = mkdtempSync(join(tmpdir(), 'dutyline-stories-'));

beforeAll(async () => {
  await Promise.all(LANES.map(playLane));
}, 400_000);
afterAll(() => rmSync(folder, { recursive: true }));

/** A story that fails is told by its own test; the others go on. */
async function playLane(lane: (typeof LANES)[number]): Promise<void> {
  const office = await startOffice(lane);
  for (const story of lane.stories) {
    const take = playUndisturbed(office, story);
    played.set(nameOf(lane.version, story), take);
    await Promise.allSettled([take]);
  }
  await office.stop();
}

function nameOf(version: number, story: Story): string {
  return `${version}-${story.name}`;
}

describe('explain of a story just placed', () => {
  it.each(LANES.flatMap((lane) => lane.stories.map((story) => nameOf(lane.version, story))))(
    '%s',
    async (name) => {
      const take = await played.get(name);
      if (take === undefined) throw new Error('it was not placed');
      const file = join(folder, `${name}.ami`);
      writeFileSync(file, take.bytes);
      const options = {
        line: SETUP.line,
        dids: SETUP.dids.join(','),
        phones: SETUP.phones.join(','),
        trunks: SETUP.trunks.join(','),
      };
      const calls = [...(await explained(options, file)).calls].sort((a, b) => a.startedAt - b.startedAt);
      expect(calls.map((call, index) => onlyToldByAgents(call, take.truth.calls[index]))).toEqual(
        take.truth.calls.map((call) => call.expect),
      );
      take.truth.calls.forEach(({ times }, index) => {
        const call = calls[index];
        expect(apart(call?.startedAt, times.invite), 'begin').toBeLessThanOrEqual(TOLERANCE_MS);
        expect(apart(call?.ringingAt, times.ringing), 'ringing').toBeLessThanOrEqual(TOLERANCE_MS);
        expect(apart(call?.answeredAt, times.answered), 'answer').toBeLessThanOrEqual(TOLERANCE_MS);
        expect(apart(call?.endedAt, times.ended), 'end').toBeLessThanOrEqual(TOLERANCE_MS);
      });
    },
  );
});

/** Milliseconds between what was told and what the agents logged; 0 when both say that it never happened. */
function apart(told: number | null | undefined, logged: number | null): number {
  if (told === null && logged === null) return 0;
  return typeof told === 'number' && logged !== null ? Math.abs(told - logged) : Number.POSITIVE_INFINITY;
}

/** The truth counts recordings; ids and the PBX's file names are not the agents' business. */
function onlyToldByAgents(call: CallSummary, truth: CallTruth | undefined): Record<string, unknown> {
  const counted = { ...call, recordings: call.recordings.length };
  return Object.fromEntries(
    Object.entries(counted).filter(([key]) => truth !== undefined && key in truth.expect),
  );
}
