/** Who asks for a probe: a person of one line, a supervisor of many (抽查), the clock. What may be is written down and waits. */
import type { ProbeConfig, ProbeTrunk } from '../config/config.ts';
import type { ProbeOrder } from '../diagnosis/probe.ts';
import type { WantedProbe } from '../diagnosis/probe-plan.ts';
import { askProbe } from '../diagnosis/probe-step.ts';
import type { Scope } from '../diagnosis/suspicion.ts';
import type { OfficeLine } from '../duty/office.ts';
import type { Refusal } from '../records/command.ts';
import { newId } from '../storage/new-id.ts';
import type { Work, WorkResult } from '../storage/work.ts';
import type { AskedProbe, AskedRound, ProbeOffice, RoundWanted } from '../web/probe-desk.ts';
import type { ProbeQueue } from './probe-queue.ts';
import { PROBE_REFUSALS } from './probe-refusals.ts';
import { followProbe, type ProbeRunDeps } from './probe-run.ts';
import type { ProbeStanding } from './probe-standing.ts';

export interface ProbeAskingDeps {
  readonly rules: ProbeConfig | null;
  readonly standing: ProbeStanding;
  readonly queue: ProbeQueue;
  readonly follow: ProbeRunDeps;
  readonly work: (work: Work) => Promise<WorkResult>;
  readonly now: () => number;
}

type Asked = Awaited<ReturnType<ProbeOffice['ask']>>;

export interface ProbeAsking {
  ask(wanted: AskedProbe): Promise<Asked>;
  askRound(wanted: RoundWanted): Promise<AskedRound>;
  wantByClock(line: OfficeLine): Promise<void>;
}

const PLAIN: WantedProbe = { scope: 'always', consent: false };

export function createProbeAsking(deps: ProbeAskingDeps): ProbeAsking {
  const { rules, standing, queue, follow, work, now } = deps;
  /** Who asks is looked at one after the other: two at the same moment must not both be the last of the day. */
  let asking: Promise<unknown> = Promise.resolve();

  function inTurn<T>(act: () => Promise<T>): Promise<T> {
    const done = asking.then(act);
    asking = done.catch(() => undefined);
    return done;
  }

  async function ask({ line: id, account, ...wanted }: AskedProbe): Promise<Asked> {
    const line = standing.lineOf(id);
    const not = line === null ? 'probe-no-second-trunk' : await standing.mayNot(line, wanted);
    const order = line === null || not !== null ? null : orderOf(line, line.number, wanted.scope, null);
    if (order === null) return { ok: false, refusal: PROBE_REFUSALS[not ?? 'probe-no-second-trunk'] };
    const refusal = await add(order, account, wanted);
    return refusal === null ? { ok: true, id: order.id } : { ok: false, refusal };
  }

  /** Whoever talks or is probed already is called when that is over: nothing of it is asked beforehand. */
  async function askRound({ account, targets }: RoundWanted): Promise<AskedRound> {
    const round = newId();
    const askedToday = await standing.countToday();
    // Made within one millisecond they would be in no order; a round is shown in the order in which it is placed.
    const ids = targets.map(() => newId()).toSorted();
    const asked = targets.map(async ({ line: id, number }, nth) => {
      const line = standing.lineOf(id);
      const today = askedToday(line, number);
      const not = standing.whyNot({ ...standing.of(line), today }, PLAIN);
      const order = not !== null ? null : orderOf(line, number, 'always', round, ids[nth]);
      const refusal =
        order === null ? PROBE_REFUSALS[not ?? 'probe-no-second-trunk'] : await add(order, account, PLAIN);
      return refusal === null ? [] : [{ number, refusal }];
    });
    return { round, left: (await Promise.all(asked)).flat() };
  }

  async function wantByClock(line: OfficeLine): Promise<void> {
    if ((await standing.mayNot(line, PLAIN)) !== null) return;
    const order = orderOf(line, line.number, 'always', null);
    if (order !== null) await add(order, null, PLAIN);
  }

  /** Null: durable, and placed as soon as it may be. A probe that the store does not take is not placed. */
  async function add(
    order: ProbeOrder,
    askedBy: string | null,
    wanted: WantedProbe,
  ): Promise<Refusal | null> {
    const at = now();
    const { run, facts } = askProbe({ type: 'asked', at, order, askedBy });
    const kept = await work({ type: 'probe-facts', probe: order.id, facts });
    if (!kept.ok) return kept.refusal;
    queue.wait({ order, running: followProbe(follow, run), wanted, since: at });
    return null;
  }

  function orderOf(
    line: OfficeLine | null,
    number: string,
    scope: Scope,
    round: string | null,
    id = newId(),
  ): ProbeOrder | null {
    const [first, second] = standing.waysTo(line).toSorted((one, other) => taken(one) - taken(other));
    if (rules === null || first === undefined) return null;
    const other = scope === 'busy' ? second : undefined;
    if (scope === 'busy' && other?.pbx !== first.pbx) return null;
    return {
      ...{ id, line: line?.id ?? null, number, round, scope },
      ...{ pbx: first.pbx, trunk: first.trunk, shows: first.shows },
      ringMs: scope === 'no-answer' ? rules.noAnswerMs : rules.ringMs,
      occupier: other === undefined ? null : { id: newId(), trunk: other.trunk, shows: other.shows },
    };
  }

  function taken({ pbx, trunk }: ProbeTrunk): number {
    return Number(queue.isTaken(pbx, trunk));
  }

  return {
    ask: (wanted) => inTurn(() => ask(wanted)),
    askRound: (wanted) => inTurn(() => askRound(wanted)),
    wantByClock: (line) => inTurn(() => wantByClock(line)),
  };
}
