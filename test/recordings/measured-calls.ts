import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pause } from '../bed/scenarios/story.ts';
import { type Coverage, coverageOf, keptVoices } from './coverage.ts';
import type { RecordedOffice } from './recorded-office.ts';
import { giveVoices, MANNERS, type Spoken, type SpokenPlan } from './spoken-call.ts';

/** What the issue allows: a tenth of a second of all talks of a call. */
const MAY_MISS = 0.1;
/** The room is in the bridge some packets before the caller's telephone has heard that it is answered. */
const MAY_BE_APART = 0.2;

/** Plays waves of calls, each wave side by side, and measures every call when all of them are over. */
export async function measureCalls(
  bed: RecordedOffice,
  waves: readonly (readonly Spoken[])[],
  talkMs = 1_500,
): Promise<ReadonlyMap<string, Coverage>> {
  const plan: SpokenPlan = {
    talkMs,
    parking:
      bed.office.dialplan === 'plain' ? { extension: '700', space: '701' } : { extension: '70', space: '71' },
  };
  giveVoices(bed.office, MANNERS);
  const measured = new Map<string, Coverage>();
  const calls = [];
  for (const wave of waves) calls.push(...(await Promise.all(wave.map((play) => play(bed.office, plan)))));
  await allOver(bed);
  for (const call of calls) measured.set(call.name, coverageOf(call, await keptVoices(bed, call)));
  return measured;
}

/** Every call that arrived has ended, and all its files are kept. */
async function allOver(bed: RecordedOffice): Promise<void> {
  const open = () => {
    const over = bed.facts.flatMap((fact) => {
      if (fact.kind === 'call-ended' || fact.kind === 'call-lost-from-sight') return [fact.linkedid];
      return fact.kind === 'calls-joined' ? [fact.joined] : [];
    });
    return bed.facts.filter((fact) => fact.kind === 'call-arrived' && !over.includes(fact.linkedid)).length;
  };
  const deadline = performance.now() + 15_000;
  while (open() > 0) {
    if (performance.now() > deadline) throw new Error(`${open()} calls do not end`);
    await pause(30);
  }
  await bed.recorder().idle();
}

/** What is wrong with a coverage; nothing when every second of talk is there, each voice on its side and no other. */
export function faultsOf(coverage: Coverage | undefined): readonly string[] {
  if (coverage === undefined || coverage.recordings === 0) return ['no recording'];
  const { missing, misplaced, apart } = coverage;
  return [
    ...(missing > MAY_MISS ? [`${missing} s are missing`] : []),
    ...(misplaced > 0 ? [`${misplaced} s are on the wrong side`] : []),
    ...(apart > MAY_BE_APART ? [`${apart} s of the room stand alone`] : []),
  ];
}

/** So long before midnight a call has to be placed, for it to be answered before. */
const BEFORE_MIDNIGHT_MS = 3_000;

/**
 * An office whose day ends about so long after it was begun with (`midnight`, ms UTC). One that a loaded machine took too long
 * to open is opened again, its midnight twice as far away.
 */
export async function officeBeforeMidnight(
  aheadMs: number,
  open: (timeZone: number) => Promise<RecordedOffice>,
): Promise<{ readonly bed: RecordedOffice; readonly midnight: number }> {
  for (let ahead = aheadMs; ; ahead *= 2) {
    const midnight = Date.now() + ahead;
    const bed = await open(zoneWithMidnightAt(midnight));
    if (midnight - Date.now() > BEFORE_MIDNIGHT_MS) return { bed, midnight };
    await bed.stop();
  }
}

/** Seconds east of UTC where the day ends at this moment (ms UTC). */
function zoneWithMidnightAt(at: number): number {
  const sinceMidnight = Math.round(at / 1_000) % 86_400;
  return sinceMidnight <= 43_200 ? -sinceMidnight : 86_400 - sinceMidnight;
}

/** The local days of answer and end in the CDR of the call from this number: the PBX's own word for a midnight between them. */
export function daysOf(bed: RecordedOffice, number: string): readonly string[] {
  const rows = readFileSync(join(bed.office.pbx.folders.log, 'cdr-csv/Master.csv'), 'utf8').split('\n');
  const row = rows.find((line) => line.includes(`"${number}"`)) ?? '';
  return [...row.matchAll(/"(\d{4}-\d{2}-\d{2}) \d{2}:\d{2}:\d{2}"/g)].map((found) => found[1] ?? '');
}
