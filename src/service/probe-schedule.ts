/** Which lines the clock wants probed, and which nobody can probe: both looked at now and then. */
import { createHash, randomBytes } from 'node:crypto';
import { isDue, MINUTE_MS, type ProbePlan } from '../diagnosis/probe-plan.ts';
import type { LineCheck } from '../diagnosis/verdict.ts';
import type { Office, OfficeLine } from '../duty/office.ts';
import type { Store } from '../storage/store.ts';
import type { Work, WorkResult } from '../storage/work.ts';

export interface ProbeScheduleDeps {
  readonly plan: ProbePlan;
  readonly office: Office;
  readonly store: Pick<Store, 'probeTally' | 'setting'>;
  readonly work: (work: Work) => Promise<WorkResult>;
  readonly hasWayTo: (line: OfficeLine) => boolean;
  /** Asks for a probe of the line in nobody's name, if it may be. */
  readonly want: (line: OfficeLine) => Promise<void>;
  readonly now: () => number;
}

/** The schedule's last probe of a line is looked for no further back. */
const LOOKS_BACK_MS = 48 * 60 * MINUTE_MS;
const TOLD_EVERY_MS = 12 * 60 * MINUTE_MS;
const SEED = 'probe-seed';

/** Gives the look, to be had about every half a minute. */
export function createProbeSchedule(deps: ProbeScheduleDeps): () => Promise<void> {
  const { plan, office, store, work, now } = deps;
  let seed: string | null = null;
  let toldAt = Number.NEGATIVE_INFINITY;

  return async () => {
    const at = now();
    seed ??= await seedOf();
    const known = seed;
    const tally = await store.probeTally(at - LOOKS_BACK_MS);
    for (const line of office.lines) {
      const ends = office.shifts.flatMap(({ room, to }) => (room === line.room && to !== null ? [to] : []));
      const last = tally.find((one) => one.line === line.id)?.scheduledAt ?? null;
      if (isDue(plan, line.id, ends, last, (text) => chance(known, text), at)) await deps.want(line);
    }
    if (at - toldAt < TOLD_EVERY_MS) return;
    toldAt = at;
    for (const line of office.lines) if (!deps.hasWayTo(line)) tellNoWay(line, at);
  };

  /** 无法自查, said as such. It waits for a store that fails, and nothing here waits for it. */
  function tellNoWay(line: OfficeLine, at: number): void {
    const check = (topic: LineCheck['topic']): LineCheck => ({
      ...{ topic, scope: 'always', source: 'probe', at, result: 'unknown', why: 'no-second-trunk' },
    });
    const checks = [check('forwarding'), check('ringback')];
    void work({ type: 'line-looked-at', line: line.id, suspicions: [], checks, at });
  }

  /** Made once for this office: nobody who knows the program knows the moments. */
  async function seedOf(): Promise<string> {
    const kept = await store.setting(SEED);
    if (kept !== undefined) return kept;
    const value = randomBytes(16).toString('hex');
    await work({ type: 'setting', key: SEED, value });
    return value;
  }
}

/** 0 ≤ x < 1, always the same for the same text. */
function chance(seed: string, text: string): number {
  return createHash('sha256').update(`${seed} ${text}`).digest().readUInt32BE(0) / 2 ** 32;
}
