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
  /** Of those, calls that died with the PBX. */
  readonly cut: number;
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
  const cut = new Set(blow === 'pbx' ? owed.filter(({ mark }) => atBlow.has(mark)) : []);
  const losses = await reckon(service.database, calls.all(), { owed, cut, inSightFrom: backAt });
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
    cut: cut.size,
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

interface Reckoned {
  readonly owed: readonly StandingCall[];
  /** Died with the PBX. */
  readonly cut: ReadonlySet<StandingCall>;
  /** Calls placed after this were seen from begin to end. */
  readonly inSightFrom: number;
}

/**
 * Waits until every kept call has ended, then counts: one record each for what is owed, never two for any; and what each
 * record says of its end.
 */
async function reckon(
  database: string,
  all: readonly StandingCall[],
  { owed, cut, inSightFrom }: Reckoned,
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
  for (const standing of all) {
    const { mark, story, direction } = standing;
    const found = kept.filter((call) => carries(call, mark));
    const what = `${direction} ${story} ${mark}`;
    if (found.length > 1) losses.push(`${what}: ${found.length} records`);
    if (found.length === 0 && owedMarks.has(mark)) losses.push(`${what}: no record`);
    for (const call of found) {
      if (!call.ended) losses.push(`${what}: never ended`);
      if (call.direction === 'inbound' && call.drafts !== 1) losses.push(`${what}: ${call.drafts} drafts`);
      const wrong = cut.has(standing) ? saysOfCut(call) : saysOfEnded(call, standing, inSightFrom);
      if (wrong !== null) losses.push(`${what}: ${wrong}`);
    }
  }
  return losses;
}

/** Nobody saw its end: the record must not claim one, nor who hung up. */
function saysOfCut({ summary }: KeptCall): string | null {
  const { complete, endedAt, hungUpBy, talkSeconds } = summary;
  const isHonest = !complete && endedAt === null && hungUpBy === 'unknown' && talkSeconds === null;
  return isHonest ? null : `died with the PBX, and says ${JSON.stringify({ complete, endedAt, hungUpBy })}`;
}

/** How far the PBX's Hangup may be from the agent's BYE while twenty calls end at once. */
const LATE_MS = 2_000;

/** It outlived the blow, or came after it: if it claims to be whole, it ends when and as the agents ended it. */
function saysOfEnded({ summary }: KeptCall, { call }: StandingCall, inSightFrom: number): string | null {
  const { complete, endedAt, hungUpBy } = summary;
  const { invite, ended } = call.times();
  if (!complete && invite > inSightFrom) return 'was seen from begin to end, and is not complete';
  if (!complete || ended === null || call.endedBy() !== 'us') return null;
  const isRight = endedAt !== null && Math.abs(endedAt - ended) < LATE_MS && hungUpBy === 'caller';
  return isRight
    ? null
    : `ended by the caller at ${ended}, and says ${JSON.stringify({ endedAt, hungUpBy })}`;
}
