/**
 * Every story is placed once on real Asterisk beside the whole service: what the store keeps, and what `explain` makes of
 * the captured bytes, are each what the SIP agents lived through.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CallSummary } from '../../src/calls/call-summary.ts';
import type { CallView } from '../../src/web/protocol/call-view.ts';
import type { RecordView } from '../../src/web/protocol/record-view.ts';
import { type PostgresServer, startPostgres } from '../bed/postgres.ts';
import { STAGES, storiesFor } from '../bed/scenarios/all-stories.ts';
import { type CallTruth, SETUP, type Story } from '../bed/scenarios/story.ts';
import { explained } from '../cli/explained.ts';
import { asksForForm, type LanePlayed, type Placed, playLane } from './lane.ts';

const TOLERANCE_MS = 100;

/** Stories are mostly waiting: offices side by side share the time, each with its own addresses and its own service. */
const LANES = STAGES.flatMap((stage) => {
  const stories = storiesFor(stage.version, stage.dialplan);
  const count = stage.dialplan === 'plain' ? 2 : 1;
  return Array.from({ length: count }, (_, lane) => ({
    ...stage,
    store: 'SQLite',
    stories: stories.filter((_story, index) => index % count === lane),
  }));
});

/** The whole service on PostgreSQL: a handful, one for each way in which a call can be written. */
const ON_POSTGRES = [
  'inbound-answered',
  'inbound-abandoned-before-ringing',
  'inbound-recorded-by-dialplan',
  'inbound-two-at-once',
  'outbound-answered',
  'transfer-attended',
  'forward-302',
];
LANES.push({
  version: 22,
  dialplan: 'plain',
  store: 'PostgreSQL',
  stories: storiesFor(22, 'plain').filter(({ name }) => ON_POSTGRES.includes(name)),
});

const CASES = LANES.flatMap((lane) =>
  lane.stories.map((story) => ({ name: `${lane.version}-${story.name} on ${lane.store}`, lane, story })),
);

const played = new Map<(typeof LANES)[number], LanePlayed>();
const folder = mkdtempSync(join(tmpdir(), 'dutyline-stories-'));

let postgres: PostgresServer | undefined;
beforeAll(async () => {
  postgres = await startPostgres();
  // As an office writes it: with a host.
  const database = postgres.createDatabase('stories').replace('@/', '@localhost/');
  await Promise.all(
    LANES.map(async (lane) => {
      const onPostgres = lane.store === 'PostgreSQL';
      played.set(lane, await playLane(onPostgres ? { ...lane, database } : lane));
    }),
  );
}, 400_000);
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await postgres?.stop();
});

it('is kept on PostgreSQL where it shall be', () => {
  expect(
    LANES.at(-1)
      ?.stories.map(({ name }) => name)
      .toSorted(),
  ).toEqual(ON_POSTGRES.toSorted());
});

describe.each(CASES)('$name', ({ name, lane, story }) => {
  it('is kept as the agents lived it, each call once', () => {
    const { take, stored } = placed(lane, story);
    const { calls } = take.truth;
    const views = stored.views.filter((view) => view.joinedTo === null);
    expect(views.map((view, index) => told(seenIn(view), calls[index]))).toEqual(
      calls.map((call) => seenOf(call)),
    );
    for (const [index, view] of views.entries()) timesFit(view, calls[index]);
    const sounds = views.flatMap(({ recordings }) => recordings.map(({ state }) => state));
    expect(sounds.filter((state) => state !== 'attached' && state !== 'no-sound')).toEqual([]);
  });

  it('opens one form for a call that asks for one, and none for any other', () => {
    const { stored } = placed(lane, story);
    for (const view of stored.views) {
      const forms = stored.records.filter((record) => record.call === view.id);
      expect(forms.map(kindOfForm)).toEqual(formsOf(view));
      expect(view.record).toBe(forms[0]?.id ?? null);
    }
  });

  it('is explained from its capture as the agents lived it, and as it is kept', async () => {
    const { take, stored } = placed(lane, story);
    const file = join(folder, `${name}.ami`);
    writeFileSync(file, take.bytes);
    const summaries = await explain(file);
    expect(summaries.map((call, index) => told(counted(call), take.truth.calls[index]))).toEqual(
      take.truth.calls.map((call) => call.expect),
    );
    for (const [index, call] of summaries.entries()) timesFit(call, take.truth.calls[index]);
    expect(stored.summaries).toEqual(summaries);
  });
});

function placed(lane: (typeof LANES)[number], story: Story): Placed {
  const outcome = played.get(lane)?.get(story);
  if (outcome === undefined) throw new Error('it was not placed');
  if (outcome instanceof Error) throw outcome;
  return outcome;
}

async function explain(file: string): Promise<readonly CallSummary[]> {
  const options = {
    line: SETUP.line,
    dids: SETUP.dids.join(','),
    phones: SETUP.phones.join(','),
    trunks: SETUP.trunks.join(','),
  };
  const { calls } = await explained(options, file);
  return calls.toSorted((one, other) => one.startedAt - other.startedAt);
}

/** Only what the agents can tell: ids and the PBX's file names are not their business. */
function told(call: Readonly<Record<string, unknown>>, truth: CallTruth | undefined) {
  return Object.fromEntries(
    Object.entries(call).filter(([key]) => truth !== undefined && key in truth.expect),
  );
}

function counted(call: CallSummary): Readonly<Record<string, unknown>> {
  return { ...call, recordings: call.recordings.length };
}

/** A view in the words of the truth. What the directory knows of the caller is not the agents' business. */
function seenIn(view: CallView): Readonly<Record<string, unknown>> {
  const { number, name } = view.caller;
  return {
    ...view,
    caller: { number, name },
    recordings: view.recordings.length,
  };
}

/** A page is shown no number where there is none to read. */
function seenOf({ expect: truth }: CallTruth): CallTruth['expect'] {
  const unreadable = truth.caller.number === '\u{fffd}';
  return unreadable ? { ...truth, caller: { ...truth.caller, number: null } } : truth;
}

function kindOfForm({ direction, state, byHand }: RecordView): string {
  return `${direction} ${state}${byHand ? ' by hand' : ''}`;
}

/** A call that was joined leaves no form to do. */
function formsOf(view: CallView): readonly string[] {
  if (!asksForForm(view)) return [];
  return [`${view.direction} ${view.joinedTo === null ? 'draft' : 'merged'}`];
}

interface Times {
  readonly startedAt: number;
  readonly ringingAt: number | null;
  readonly answeredAt: number | null;
  readonly endedAt: number | null;
}

function timesFit(call: Times, truth: CallTruth | undefined): void {
  if (truth === undefined) return;
  const { times } = truth;
  expect(apart(call.startedAt, times.invite), 'begin').toBeLessThanOrEqual(TOLERANCE_MS);
  expect(apart(call.ringingAt, times.ringing), 'ringing').toBeLessThanOrEqual(TOLERANCE_MS);
  expect(apart(call.answeredAt, times.answered), 'answer').toBeLessThanOrEqual(TOLERANCE_MS);
  expect(apart(call.endedAt, times.ended), 'end').toBeLessThanOrEqual(TOLERANCE_MS);
}

/** Milliseconds between what was told and what the agents logged; 0 when both say that it never happened. */
function apart(said: number | null, logged: number | null): number {
  if (said === null && logged === null) return 0;
  return said !== null && logged !== null ? Math.abs(said - logged) : Number.POSITIVE_INFINITY;
}
