/** How a line stands for a probe now: by which trunks it is reached, whether it talks or is probed, how often it was asked for today. */
import type { Config, ProbeTrunk } from '../config/config.ts';
import { type LineNow, type MayNot, mayNotProbe, type WantedProbe } from '../diagnosis/probe-plan.ts';
import type { Office, OfficeLine } from '../duty/office.ts';
import { dayStartIn } from '../duty/time-zone.ts';
import type { Store } from '../storage/store.ts';
import type { ProbeQueue } from './probe-queue.ts';
import { type ProbedPbx, waysTo } from './probe-ways.ts';
import { probesSince } from './probes-today.ts';

export interface ProbeStandingDeps {
  readonly config: Pick<Config, 'watch' | 'probe'> & { readonly pbxs: readonly ProbedPbx[] };
  readonly office: Office;
  readonly store: Pick<Store, 'probeTally' | 'probedElsewhere' | 'livingCalls'>;
  readonly inSight: (pbx: string) => boolean;
  readonly now: () => number;
}

/** Null as line: a number of another office, of which nothing more is known. */
export interface ProbeStanding {
  lineOf(id: string | null): OfficeLine | null;
  waysTo(line: OfficeLine | null): readonly ProbeTrunk[];
  /** What is known without asking anybody. */
  of(line: OfficeLine | null): LineNow;
  whyNot(line: LineNow, wanted: WantedProbe): MayNot | null;
  /** Everything looked at, also what costs a read. */
  mayNot(line: OfficeLine, wanted: WantedProbe): Promise<MayNot | null>;
  /** How often a line, or a number of another office, was asked for since midnight of the office. */
  countToday(): ReturnType<typeof probesSince>;
  /** It talks, or rings. */
  isBusy(line: OfficeLine): Promise<boolean>;
}

export function createProbeStanding(
  { config, office, store, inSight, now }: ProbeStandingDeps,
  queue: Pick<ProbeQueue, 'holds'>,
): ProbeStanding {
  const rules = config.probe;

  const standing: ProbeStanding = {
    lineOf: (id) => office.lines.find((line) => line.id === id) ?? null,
    waysTo: (line) => (rules === null ? [] : waysTo(line, rules, config.pbxs)),
    of: (line) => ({
      ...{ busy: false, probing: false, today: 0 },
      waysIn: standing.waysTo(line).length,
      inSight: line === null || inSight(line.pbx),
    }),
    whyNot: (line, wanted) =>
      rules === null ? 'probe-no-second-trunk' : mayNotProbe(rules.plan, line, wanted, now()),
    async mayNot(line, wanted) {
      const today = (await standing.countToday())(line, line.number);
      const probing = queue.holds((order) => order.line === line.id);
      const busy = await standing.isBusy(line);
      return standing.whyNot({ ...standing.of(line), today, probing, busy }, wanted);
    },
    countToday() {
      const midnight = dayStartIn(rules?.plan.timeZone ?? 'UTC', now());
      return probesSince(store, midnight, config.watch.areaCode);
    },
    isBusy: async (line) => (await store.livingCalls(line.room)).some((call) => call.line === line.number),
  };
  return standing;
}
