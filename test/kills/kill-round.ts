import { setTimeout as delay } from 'node:timers/promises';
import type { Office } from '../bed/office.ts';
import type { ServiceProcess } from '../bed/service.ts';
import type { Chance } from '../support/seeded.ts';
import type { FlakyProxy } from './flaky-proxy.ts';
import { type KeptCall, keptCalls, keptGaps, keptTexts } from './kept-calls.ts';
import { createStandingCalls, type StandingCall } from './standing-calls.ts';
import type { Typist } from './typist.ts';

/** What can be torn away in the middle of calls. */
export const BLOWS = ['service', 'pbx', 'link-reset', 'link-finish', 'link-silent'] as const;
export type Blow = (typeof BLOWS)[number];

export interface KillScene {
  readonly office: Office;
  readonly proxy: FlakyProxy;
  readonly service: ServiceProcess;
  readonly typist: Typist;
}

/** What one blow did. An empty `losses` is what every round must show. */
export interface KillReport {
  readonly blow: Blow;
  readonly standing: number;
  readonly placed: number;
  /** Calls that had to have exactly one record. */
  readonly owed: number;
  readonly losses: readonly string[];
  readonly texts: number;
  readonly gapMs: number | null;
  readonly missedByCounter: number | null;
}

const STANDING = 20;
/** A call whose INVITE left this shortly before the blow may not have reached the PBX: it is owed nothing. */
const ON_THE_WAY_MS = 150;

/** One round: ≥ 20 calls in mixed phases, a blow at a random moment, recovery, new calls, and the reckoning. */
export async function killRound(
  scene: KillScene,
  blow: Blow,
  chance: Chance,
  series: number,
): Promise<KillReport> {
  const { office, service, typist } = scene;
  const calls = createStandingCalls(office, chance, series);
  const gapsBefore = keptGaps(service.database).length;
  while (calls.alive().length < STANDING + chance.between(0, 4)) {
    await calls.place();
    await delay(chance.between(10, 120));
  }
  await delay(chance.between(0, 1_500));

  const standing = calls.alive().length;
  const blowAt = Date.now();
  const atBlow = new Set(calls.alive().map(({ mark }) => mark));
  await strike(scene, blow, chance);
  await service.watching(60_000);
  const backAt = Date.now();

  for (let more = 0; more < 5; more++) await calls.place();
  await delay(1_500);
  calls.hangUpAll();
  await typist.allAcknowledged();
  const owed = calls
    .all()
    .filter(({ mark, call }) =>
      atBlow.has(mark) ? call.times().invite < blowAt - ON_THE_WAY_MS : call.times().invite > backAt,
    );
  const losses = await reckon(service.database, calls.all(), owed);
  const kept = keptTexts(service.database);
  for (const [record, text] of typist.acknowledged()) {
    if (kept.get(record) !== text) losses.push(`text of record ${record} was acknowledged and is gone`);
  }
  const gaps = keptGaps(service.database);
  const gap = gaps.at(-1);
  if (gaps.length <= gapsBefore || gap === undefined) losses.push(`no gap was written down for ${blow}`);
  else if (gap.to === null) losses.push(`the gap since ${gap.from} was never closed`);
  return {
    blow,
    standing,
    placed: calls.all().length,
    owed: owed.length,
    losses,
    texts: typist.acknowledged().size,
    gapMs: gap?.to ? gap.to - gap.from : null,
    missedByCounter: gap?.missed ?? null,
  };
}

async function strike({ office, proxy, service }: KillScene, blow: Blow, chance: Chance): Promise<void> {
  const outageMs = chance.between(200, 2_000);
  switch (blow) {
    case 'service':
      await service.kill9();
      await delay(outageMs);
      return service.start();
    case 'pbx':
      await office.kill9();
      await delay(outageMs);
      return office.restart();
    case 'link-reset':
      proxy.refuse();
      proxy.reset();
      break;
    case 'link-finish':
      proxy.refuse();
      proxy.finish();
      break;
    case 'link-silent':
      proxy.refuse();
      proxy.swallow();
      break;
  }
  await service.unwatched();
  await delay(outageMs);
  proxy.heal();
}

/** A call first seen in a list is known by what Dial was told, which has no access digit. */
function carries(call: KeptCall, mark: string): boolean {
  return call.mark === mark || (call.direction === 'outbound' && `9${call.mark}` === mark);
}

/** Waits until every kept call has ended, then counts: one record each for what is owed, never two for any. */
async function reckon(
  database: string,
  all: readonly StandingCall[],
  owed: readonly StandingCall[],
): Promise<string[]> {
  const marks = all.map(({ mark }) => mark);
  const deadline = Date.now() + 20_000;
  let kept: readonly KeptCall[] = [];
  do {
    await delay(200);
    kept = keptCalls(database).filter((call) => marks.some((mark) => carries(call, mark)));
  } while ((kept.some(({ ended }) => !ended) || kept.length < owed.length) && Date.now() < deadline);

  const losses: string[] = [];
  const owedMarks = new Set(owed.map(({ mark }) => mark));
  for (const { mark, story, direction } of all) {
    const found = kept.filter((call) => carries(call, mark));
    const what = `${direction} ${story} ${mark}`;
    if (found.length > 1) losses.push(`${what}: ${found.length} records`);
    if (found.length === 0 && owedMarks.has(mark)) losses.push(`${what}: no record`);
    for (const call of found) {
      if (!call.ended) losses.push(`${what}: never ended`);
      if (call.direction === 'inbound' && call.drafts !== 1) losses.push(`${what}: ${call.drafts} drafts`);
    }
  }
  return losses;
}
