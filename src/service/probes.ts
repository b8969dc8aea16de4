/**
 * 拨测: who is probed next, and never two at once by one trunk or of one line. On demand, by schedule, and as a 抽查 of many
 * lines one after another. What a crash left standing is hung up and told as failed at the next start.
 */
import { createHash, randomBytes } from 'node:crypto';
import type { ExpectedProbe } from '../calls/probe-arrival.ts';
import type { Effect } from '../calls/step.ts';
import type { TrackerInput } from '../calls/tracker-input.ts';
import type { Config, ProbeConfig, ProbeTrunk } from '../config/config.ts';
import { arrivalOf } from '../diagnosis/arrival-check.ts';
import type { Probe, ProbeEnd, ProbeOrder } from '../diagnosis/probe.ts';
import {
  isDue,
  type LineNow,
  type MayNot,
  MINUTE_MS,
  mayNotProbe,
  type WantedProbe,
} from '../diagnosis/probe-plan.ts';
import { askProbe, runOf } from '../diagnosis/probe-step.ts';
import type { Scope } from '../diagnosis/suspicion.ts';
import type { LineCheck } from '../diagnosis/verdict.ts';
import type { Office, OfficeLine } from '../duty/office.ts';
import { dayStartIn } from '../duty/time-zone.ts';
import { PROBE_PREFIX } from '../lines/probe-channel.ts';
import type { Refusal } from '../records/command.ts';
import { newId } from '../storage/new-id.ts';
import type { Store } from '../storage/store.ts';
import type { Work, WorkResult } from '../storage/work.ts';
import type { Log } from '../web/log.ts';
import type { AskedProbe, AskedRound, ProbeOffice, RoundWanted } from '../web/probe-desk.ts';
import { PROBE_REFUSALS } from './probe-refusals.ts';
import { followProbe, type ProbeRunDeps, type RunningProbe } from './probe-run.ts';
import { type ProbedPbx, waysTo } from './probe-ways.ts';

export interface ProbesDeps extends Pick<ProbeRunDeps, 'sessionOf' | 'listen'> {
  readonly config: Pick<Config, 'watch' | 'probe'> & { readonly pbxs: readonly ProbedPbx[] };
  readonly office: Office;
  readonly store: Pick<Store, 'openProbes' | 'probeTally' | 'livingCalls' | 'setting'>;
  readonly work: (work: Work) => Promise<WorkResult>;
  /** To the tracker of a PBX. */
  readonly receive: (pbx: string, input: TrackerInput) => void;
  readonly inSight: (pbx: string) => boolean;
  readonly now: () => number;
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

interface Waiting {
  readonly order: ProbeOrder;
  readonly running: RunningProbe;
  readonly wanted: WantedProbe;
  readonly since: number;
}

const LOOK_MS = 1_000;
/** The schedule is looked at less often than what runs. */
const SCHEDULE_EVERY = 30;
/** One that nobody could place for so long is given up: the line talked all the while, or it is night by now. */
const WAITS_MS = 20 * MINUTE_MS;
/** Of one 抽查 all wait for each other. */
const ROUND_WAITS_MS = 6 * 60 * MINUTE_MS;
const TOLD_EVERY_MS = 12 * 60 * MINUTE_MS;
const SEED = 'probe-seed';

export function createProbes(deps: ProbesDeps): Probes {
  const { config, office, store, now, log } = deps;
  const { probe: rules } = config;
  const waiting: Waiting[] = [];
  const running = new Map<string, RunningProbe>();
  let seed = '';
  let looks = 0;
  let looking: Promise<void> = Promise.resolve();
  let busy = false;
  let toldAt = Number.NEGATIVE_INFINITY;
  let timer: NodeJS.Timeout | undefined;

  const lineOf = (id: string | null) => office.lines.find((line) => line.id === id) ?? null;
  const ways = (line: OfficeLine | null) => (rules === null ? [] : waysTo(line, rules, config.pbxs));

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
    now,
    log,
  };

  function toTracker(line: string, input: TrackerInput): void {
    const pbx = lineOf(line)?.pbx;
    if (pbx !== undefined) deps.receive(pbx, input);
  }

  /** Asked for: it is durable, and placed as soon as it may be. */
  async function add(order: ProbeOrder, askedBy: string | null, wanted: WantedProbe): Promise<void> {
    const at = now();
    const one = followProbe(follow, askProbe({ type: 'asked', at, order, askedBy }));
    waiting.push({ order, running: one, wanted, since: at });
    void one.done.then(() => running.delete(order.id));
    await one.settled();
  }

  function orderOf(
    line: OfficeLine | null,
    number: string,
    scope: Scope,
    round: string | null,
  ): ProbeOrder | null {
    const [first, second] = freeFirst(ways(line));
    if (rules === null || first === undefined) return null;
    const other = scope === 'busy' ? second : undefined;
    if (scope === 'busy' && other?.pbx !== first.pbx) return null;
    return {
      id: newId(),
      line: line?.id ?? null,
      number,
      round,
      scope,
      pbx: first.pbx,
      trunk: first.trunk,
      ringMs: scope === 'no-answer' ? rules.noAnswerMs : rules.ringMs,
      occupier: other === undefined ? null : { id: newId(), trunk: other.trunk },
    };
  }

  function freeFirst(trunks: readonly ProbeTrunk[]): readonly ProbeTrunk[] {
    return trunks.toSorted((one, other) => Number(isTaken(one)) - Number(isTaken(other)));
  }

  function isTaken({ pbx, trunk }: Pick<ProbeTrunk, 'pbx' | 'trunk'>): boolean {
    return [...running.values()].some(({ run }) => {
      const { order } = run().probe;
      return order.pbx === pbx && (order.trunk === trunk || order.occupier?.trunk === trunk);
    });
  }

  async function lineNow(line: OfficeLine): Promise<LineNow> {
    const today = dayStartIn(rules?.plan.timeZone ?? 'UTC', now());
    const tally = (await store.probeTally(today)).find((one) => one.line === line.id);
    return {
      busy: await isBusy(line),
      probing: [...running.values(), ...waiting.map((one) => one.running)].some(
        (one) => one.run().probe.order.line === line.id,
      ),
      today: tally?.asked ?? 0,
      waysIn: ways(line).length,
      inSight: deps.inSight(line.pbx),
    };
  }

  async function isBusy(line: OfficeLine): Promise<boolean> {
    return (await store.livingCalls(line.room)).some((call) => call.line === line.number);
  }

  async function mayNot(line: OfficeLine, wanted: WantedProbe): Promise<MayNot | null> {
    if (rules === null) return 'probe-no-second-trunk';
    return mayNotProbe(rules.plan, await lineNow(line), wanted, now());
  }

  /** The first of those that wait whose turn it may be. */
  async function begin(): Promise<void> {
    for (const one of [...waiting]) {
      const { order, wanted, since } = one;
      const at = now();
      if (at - since >= (order.round === null ? WAITS_MS : ROUND_WAITS_MS)) {
        leave(one);
        one.running.give({ type: 'stop', at });
        continue;
      }
      if (isTaken(order) || (order.occupier !== null && isTaken({ ...order, trunk: order.occupier.trunk })))
        continue;
      const line = lineOf(order.line);
      if (!(await mayBegin(order, line, wanted))) continue;
      leave(one);
      running.set(order.id, one.running);
      one.running.give({ type: 'begin', at: now(), inSight: line === null || deps.inSight(line.pbx) });
    }
  }

  async function mayBegin(order: ProbeOrder, line: OfficeLine | null, wanted: WantedProbe): Promise<boolean> {
    if (rules === null || (order.line !== null && line === null)) return false;
    const standing = line === null ? ELSEWHERE : await lineNow(line);
    // It counts itself among those that wait, and was counted when it was asked for.
    const others = [...running.values()].some(({ run }) => isSameLine(run().probe.order, order));
    const itself = { ...standing, probing: others, today: 0 };
    return mayNotProbe(rules.plan, itself, wanted, now()) === null;
  }

  function leave(one: Waiting): void {
    waiting.splice(waiting.indexOf(one), 1);
  }

  async function look(): Promise<void> {
    const at = now();
    looks += 1;
    for (const one of running.values()) {
      one.give({ type: 'time-passed', at });
      await watchLine(one);
    }
    if (rules === null) return;
    if (looks % SCHEDULE_EVERY === 1) await schedule(rules);
    await begin();
  }

  /** Somebody calls out from the line, or a call that began before ours stands there after all. */
  async function watchLine(one: RunningProbe): Promise<void> {
    const { probe } = one.run();
    const line = lineOf(probe.order.line);
    if (line !== null && probe.end === null && (await isBusy(line))) one.give({ type: 'crossed', at: now() });
  }

  async function schedule({ plan }: ProbeConfig): Promise<void> {
    const at = now();
    const tally = await store.probeTally(at - 2 * 1_440 * MINUTE_MS);
    for (const line of office.lines) {
      const ends = office.shifts.flatMap((shift) =>
        shift.room === line.room && shift.to !== null ? [shift.to] : [],
      );
      const last = tally.find((one) => one.line === line.id)?.scheduledAt ?? null;
      if (!isDue(plan, line.id, ends, last, chance, at)) continue;
      const wanted = { scope: 'always', consent: false } as const;
      if ((await mayNot(line, wanted)) !== null) continue;
      const order = orderOf(line, line.number, 'always', null);
      if (order !== null) await add(order, null, wanted);
    }
    if (at - toldAt < TOLD_EVERY_MS) return;
    toldAt = at;
    for (const line of office.lines.filter((one) => ways(one).length === 0)) await tellNoWay(line, at);
  }

  /** 无法自查, said as such. */
  async function tellNoWay(line: OfficeLine, at: number): Promise<void> {
    const check = (topic: LineCheck['topic']): LineCheck => ({
      ...{ topic, scope: 'always', source: 'probe', at, result: 'unknown', why: 'no-second-trunk' },
    });
    const checks = [check('forwarding'), check('ringback')];
    await deps.work({ type: 'line-looked-at', line: line.id, suspicions: [], checks, at });
  }

  function chance(text: string): number {
    return createHash('sha256').update(`${seed} ${text}`).digest().readUInt32BE(0) / 2 ** 32;
  }

  function endOf(id: string): { readonly one: RunningProbe; readonly end: ProbeEnd } | undefined {
    for (const one of running.values()) {
      const { order } = one.run().probe;
      if (order.id === id) return { one, end: 'main' };
      if (order.occupier?.id === id) return { one, end: 'occupier' };
    }
    return undefined;
  }

  async function seedOf(): Promise<string> {
    const kept = await store.setting(SEED);
    if (kept !== undefined) return kept;
    const value = randomBytes(16).toString('hex');
    await deps.work({ type: 'setting', key: SEED, value });
    return value;
  }

  async function ask(wanted: AskedProbe): Promise<Asked> {
    const line = lineOf(wanted.line);
    if (line === null) return refused('probe-no-second-trunk');
    const not = await mayNot(line, wanted);
    if (not !== null) return refused(not);
    const order = orderOf(line, line.number, wanted.scope, null);
    if (order === null) return refused('probe-no-second-trunk');
    await add(order, wanted.account, wanted);
    return { ok: true, id: order.id };
  }

  async function askRound({ account, targets }: RoundWanted): Promise<AskedRound> {
    const round = newId();
    const wanted = { scope: 'always', consent: false } as const;
    const left: { readonly number: string; readonly refusal: Refusal }[] = [];
    for (const { line: id, number } of targets) {
      const line = lineOf(id);
      const not = line === null ? mayNotElsewhere() : await mayNot(line, wanted);
      const order = not === null || PASSING.has(not) ? orderOf(line, number, 'always', round) : null;
      if (order === null) left.push({ number, refusal: PROBE_REFUSALS[not ?? 'probe-no-second-trunk'] });
      else await add(order, account, wanted);
    }
    return { round, left };
  }

  function mayNotElsewhere(): MayNot | null {
    if (rules === null) return 'probe-no-second-trunk';
    const here = { ...ELSEWHERE, waysIn: ways(null).length };
    return mayNotProbe(rules.plan, here, { scope: 'always', consent: false }, now());
  }

  return {
    ask,
    askRound,
    async end(id) {
      const one = waiting.find(({ order }) => order.id === id);
      if (one !== undefined) leave(one);
      (one?.running ?? running.get(id))?.give({ type: 'stop', at: now() });
    },
    see(pbx, input) {
      if (running.size === 0) return;
      if (input.type === 'link-down') {
        for (const one of running.values()) {
          const { order } = one.run().probe;
          if (order.pbx === pbx || lineOf(order.line)?.pbx === pbx)
            one.give({ type: 'out-of-sight', at: now() });
        }
      }
      if (input.type !== 'event' || !isOfProbe(input.event)) return;
      for (const one of running.values())
        one.give({ type: 'event', at: input.receivedAt, event: input.event });
    },
    handle(effect) {
      const found = endOf(effect.probe);
      if (found === undefined) return;
      const { one, end } = found;
      if (effect.kind === 'probe-crossed') {
        one.give({ type: 'crossed', at: now() });
        return;
      }
      const { line } = one.run().probe.order;
      if (line === null) return;
      const arrival = arrivalOf(effect.call, line, config.watch, effect.over);
      one.give({ type: 'arrived', at: now(), end, arrival });
    },
    async restore() {
      for (const probe of await store.openProbes()) {
        takeUp(probe);
      }
    },
    start() {
      // Nothing to place, and what a crash left has been told already.
      if (rules === null) return;
      timer = setInterval(() => {
        if (busy) return;
        busy = true;
        looking = (seed === '' ? seedOf().then((made) => (seed = made)) : Promise.resolve(seed))
          .then(look)
          .catch((error: unknown) => log('error', 'probes-failed', { error: String(error) }))
          .finally(() => {
            busy = false;
          });
      }, deps.lookMs ?? LOOK_MS);
    },
    async stop() {
      clearInterval(timer);
      await looking;
      // Nobody listens from now on: what rings for us is hung up, and what was found so far is kept.
      const at = now();
      for (const one of [...waiting.map(({ running: its }) => its), ...running.values()])
        one.give({ type: 'interrupted', at });
      await Promise.race([
        Promise.all([...running.values()].map(({ done }) => done)),
        new Promise((resolve) => setTimeout(resolve, STOPS_WITHIN_MS).unref()),
      ]);
    },
  };

  /** Nobody knows what became of it: whatever still stands is hung up, and its arriving end is no call. */
  function takeUp(probe: Probe): void {
    const { order, askedAt, placedAt } = probe;
    const ids = [{ id: order.id, trunk: order.trunk }, ...(order.occupier === null ? [] : [order.occupier])];
    for (const { id, trunk } of order.line === null ? [] : ids) {
      const from = placedAt ?? askedAt;
      const expected: ExpectedProbe = {
        ...{
          probe: id,
          line: order.line ?? '',
          callers: follow.trunkOf(order.pbx, trunk)?.shows ?? [],
          from,
        },
        until: Math.max(from + order.ringMs * 2, now()) + STANDS_MS,
      };
      follow.expect(expected.line, expected);
    }
    const one = followProbe(follow, { run: runOf(probe), facts: [], effects: [] });
    running.set(order.id, one);
    void one.done.then(() => running.delete(order.id));
    log('warn', 'probe-interrupted', { probe: order.id });
    one.give({ type: 'interrupted', at: now() });
  }
}

/** What was rung by a probe that a crash interrupted is found standing within so long after the start. */
const STANDS_MS = 30_000;
const STOPS_WITHIN_MS = 2_000;

type Asked = Awaited<ReturnType<ProbeOffice['ask']>>;

function refused(why: MayNot): { readonly ok: false; readonly refusal: Refusal } {
  return { ok: false, refusal: PROBE_REFUSALS[why] };
}

/** What passes while a round goes on. */
const PASSING: ReadonlySet<MayNot> = new Set(['probe-line-busy', 'probe-line-probed']);

/** Of a number that is not ours nothing more is known. */
const ELSEWHERE: LineNow = { busy: false, probing: false, today: 0, waysIn: 1, inSight: true };

function isSameLine(one: ProbeOrder, other: ProbeOrder): boolean {
  return one.line === null ? one.number === other.number : one.line === other.line;
}

/** By the channel that an event of Originate names. */
function isOfProbe(event: Extract<TrackerInput, { type: 'event' }>['event']): boolean {
  const uniqueid = 'to' in event ? event.to.uniqueid : 'uniqueid' in event ? event.uniqueid : '';
  return uniqueid.startsWith(PROBE_PREFIX);
}
