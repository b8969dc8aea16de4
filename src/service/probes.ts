/**
 * 拨测 as they run: one that was asked for (`probe-asking.ts`) is placed as soon as its line and trunk may be, and followed to its
 * end. What a crash left standing is hung up and told as failed at the next start.
 */
import type { Effect } from '../calls/step.ts';
import type { TrackerInput } from '../calls/tracker-input.ts';
import { arrivalOf } from '../diagnosis/arrival-check.ts';
import type { Probe, ProbeEnd, ProbeOrder } from '../diagnosis/probe.ts';
import type { WantedProbe } from '../diagnosis/probe-plan.ts';
import { runOf } from '../diagnosis/probe-turn.ts';
import type { OfficeLine } from '../duty/office.ts';
import { PROBE_PREFIX } from '../lines/probe-channel.ts';
import type { Store } from '../storage/store.ts';
import type { Work, WorkResult } from '../storage/work.ts';
import type { Log } from '../web/log.ts';
import type { ProbeOffice } from '../web/probe-desk.ts';
import { createProbeAsking } from './probe-asking.ts';
import { expectedOf } from './probe-history.ts';
import { createProbeQueue, hasWaitedTooLong } from './probe-queue.ts';
import { followProbe, type ProbeRunDeps, type RunningProbe } from './probe-run.ts';
import { createProbeSchedule } from './probe-schedule.ts';
import { createProbeStanding, type ProbeStandingDeps } from './probe-standing.ts';

export interface ProbesDeps
  extends Pick<ProbeRunDeps, 'sessionOf' | 'listen' | 'passedOn'>,
    Omit<ProbeStandingDeps, 'store'> {
  readonly store: Pick<Store, 'openProbes' | 'probeTally' | 'probedElsewhere' | 'livingCalls' | 'setting'>;
  readonly work: (work: Work) => Promise<WorkResult>;
  /** To the tracker of a PBX. */
  readonly receive: (pbx: string, input: TrackerInput) => void;
  readonly log: Log;
  readonly lookMs?: number;
}

export interface Probes extends ProbeOffice {
  /** What a PBX says, beside the tracker. */
  see(pbx: string, input: TrackerInput): void;
  /** What the tracker saw of a probe. */
  handle(effect: Extract<Effect, { kind: 'probe-arrived' | 'probe-crossed' }>): void;
  /** Takes up what a crash left. Before anybody listens: what comes in then must be known for what it is. */
  restore(): Promise<void>;
  start(): void;
  stop(): Promise<void>;
}

const LOOK_MS = 1_000;
/** The schedule is looked at less often than what runs. */
const SCHEDULE_EVERY = 30;
/** What was rung by a probe that a crash interrupted is found standing within so long after the start. */
const STANDS_MS = 30_000;
const STOPS_WITHIN_MS = 2_000;

export function createProbes(deps: ProbesDeps): Probes {
  const { config, office, store, now, log } = deps;
  const { probe: rules } = config;
  const queue = createProbeQueue();
  let looks = 0;
  let looking: Promise<void> = Promise.resolve();
  let isLooking = false;
  let timer: NodeJS.Timeout | undefined;

  const standing = createProbeStanding(deps, queue);
  const { lineOf } = standing;

  const follow: ProbeRunDeps = {
    sessionOf: deps.sessionOf,
    trunkOf: (pbx, trunk) => rules?.trunks.find((one) => one.pbx === pbx && one.trunk === trunk),
    expect: (line, probe) => toTracker(line, { type: 'probe-expected', at: now(), probe }),
    over: (line, probe) => toTracker(line, { type: 'probe-over', at: now(), probe }),
    async keep(probe, facts) {
      const kept = await deps.work({ type: 'probe-facts', probe, facts });
      if (!kept.ok) throw new Error(kept.refusal.en);
    },
    listen: deps.listen,
    passedOn: deps.passedOn,
    now,
    log,
  };

  const asking = createProbeAsking({ rules, standing, queue, follow, work: deps.work, now });
  const schedule =
    rules === null
      ? null
      : createProbeSchedule({
          ...{ plan: rules.plan, office, store, work: deps.work, now },
          hasWayTo: (line) => standing.waysTo(line).length > 0,
          want: asking.wantByClock,
        });

  function toTracker(line: string, input: TrackerInput): void {
    const pbx = lineOf(line)?.pbx;
    if (pbx !== undefined) deps.receive(pbx, input);
  }

  async function look(): Promise<void> {
    looks += 1;
    for (const one of queue.running()) {
      one.give({ type: 'time-passed', at: now() });
      await watchLine(one);
    }
    if (looks % SCHEDULE_EVERY === 1) await schedule?.();
    for (const { order } of queue.waiting()) await beginIfItMay(order);
  }

  /** Somebody calls out from the line, or a call that began before ours stands there after all. */
  async function watchLine(one: RunningProbe): Promise<void> {
    const { probe } = one.run();
    const line = lineOf(probe.order.line);
    if (line !== null && probe.end === null && (await standing.isBusy(line)))
      one.give({ type: 'crossed', at: now() });
  }

  async function beginIfItMay(order: ProbeOrder): Promise<void> {
    const one = queue.waiting().find((waiting) => waiting.order === order);
    if (one === undefined) return;
    if (hasWaitedTooLong(one, now())) {
      queue.leave(order.id)?.running.give({ type: 'stop', at: now() });
      return;
    }
    const line = lineOf(order.line);
    if (isItsTrunkTaken(order) || !(await mayBegin(order, line, one.wanted))) return;
    // Taken back while it was looked at.
    if (queue.leave(order.id) === undefined) return;
    queue.run(order.id, one.running);
    one.running.give({ type: 'begin', at: now(), inSight: line === null || deps.inSight(line.pbx) });
  }

  function isItsTrunkTaken({ pbx, trunk, occupier }: ProbeOrder): boolean {
    return queue.isTaken(pbx, trunk) || (occupier !== null && queue.isTaken(pbx, occupier.trunk));
  }

  /** It was counted when it was asked for, and is itself among those that wait. What costs a read is looked at last. */
  async function mayBegin(order: ProbeOrder, line: OfficeLine | null, wanted: WantedProbe): Promise<boolean> {
    if (order.line !== null && line === null) return false;
    const probing = queue.runs((other) => isSameLine(other, order));
    if (standing.whyNot({ ...standing.of(line), probing }, wanted) !== null) return false;
    return line === null || !(await standing.isBusy(line));
  }

  function endOf(id: string): { readonly one: RunningProbe; readonly end: ProbeEnd } | undefined {
    for (const one of queue.running()) {
      const { order } = one.run().probe;
      if (order.id === id) return { one, end: 'main' };
      if (order.occupier?.id === id) return { one, end: 'occupier' };
    }
    return undefined;
  }

  /** Nobody knows what became of it: whatever still stands is hung up, and its arriving end is no call. */
  function takeUp(probe: Probe): void {
    const { order } = probe;
    for (const expected of expectedOf(probe, rules?.trunks ?? []))
      follow.expect(expected.line, { ...expected, until: Math.max(expected.until, now() + STANDS_MS) });
    const one = followProbe(follow, runOf(probe));
    queue.run(order.id, one);
    log('warn', 'probe-interrupted', { probe: order.id });
    one.give({ type: 'interrupted', at: now() });
  }

  return {
    reaches(id) {
      const line = lineOf(id);
      return line !== null && standing.waysTo(line).length > 0;
    },
    ask: asking.ask,
    askRound: asking.askRound,
    end(id) {
      const one = queue.leave(id)?.running ?? endOf(id)?.one;
      one?.give({ type: 'stop', at: now() });
      return Promise.resolve();
    },
    see(pbx, input) {
      const running = queue.running();
      if (running.length === 0) return;
      if (input.type === 'link-down') {
        for (const one of running) {
          const { order } = one.run().probe;
          const isHere = order.pbx === pbx || lineOf(order.line)?.pbx === pbx;
          if (isHere) one.give({ type: 'out-of-sight', at: now() });
        }
      }
      if (input.type !== 'event' || !isOfProbe(input.event)) return;
      for (const one of running) one.give({ type: 'event', at: input.receivedAt, event: input.event });
    },
    handle(effect) {
      const found = endOf(effect.probe);
      if (found === undefined) return;
      const { one, end } = found;
      const { line } = one.run().probe.order;
      if (effect.kind === 'probe-crossed') one.give({ type: 'crossed', at: now() });
      else if (line !== null) {
        const arrival = arrivalOf(effect.call, line, config.watch, effect.over);
        one.give({ type: 'arrived', at: now(), end, arrival });
      }
    },
    async restore() {
      for (const probe of await store.openProbes()) takeUp(probe);
    },
    start() {
      // Nothing to place, and what a crash left has been told already.
      if (rules === null) return;
      timer = setInterval(() => {
        if (isLooking) return;
        isLooking = true;
        looking = look()
          .catch((error: unknown) => log('error', 'probes-failed', { error: String(error) }))
          .finally(() => {
            isLooking = false;
          });
      }, deps.lookMs ?? LOOK_MS);
    },
    async stop() {
      clearInterval(timer);
      await looking;
      // Nobody listens from now on: what rings for us is hung up, and what was found so far is kept.
      const all = [...queue.waiting().map(({ running }) => running), ...queue.running()];
      for (const one of all) one.give({ type: 'interrupted', at: now() });
      await Promise.race([
        Promise.all(all.map(({ done }) => done)),
        new Promise((resolve) => setTimeout(resolve, STOPS_WITHIN_MS).unref()),
      ]);
    },
  };
}

function isSameLine(one: ProbeOrder, other: ProbeOrder): boolean {
  return one.line === null ? one.number === other.number : one.line === other.line;
}

/** By the channel that an event of Originate names. */
function isOfProbe(event: Extract<TrackerInput, { type: 'event' }>['event']): boolean {
  const uniqueid = 'to' in event ? event.to.uniqueid : 'uniqueid' in event ? event.uniqueid : '';
  return uniqueid.startsWith(PROBE_PREFIX);
}
