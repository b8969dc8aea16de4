/** Probes that wait and probes that run: by one trunk and of one line never two at once. */
import type { ProbeOrder } from '../diagnosis/probe.ts';
import { MINUTE_MS, type WantedProbe } from '../diagnosis/probe-plan.ts';
import type { RunningProbe } from './probe-run.ts';

export interface WaitingProbe {
  readonly order: ProbeOrder;
  readonly running: RunningProbe;
  readonly wanted: WantedProbe;
  /** ms UTC. */
  readonly since: number;
}

export interface ProbeQueue {
  wait(one: WaitingProbe): void;
  waiting(): readonly WaitingProbe[];
  /** Takes it out of those that wait; undefined: it waits no more. */
  leave(id: string): WaitingProbe | undefined;
  run(id: string, one: RunningProbe): void;
  running(): readonly RunningProbe[];
  /** Waits or runs. */
  holds(isMeant: (order: ProbeOrder) => boolean): boolean;
  runs(isMeant: (order: ProbeOrder) => boolean): boolean;
  isTaken(pbx: string, trunk: string): boolean;
}

/** One that nobody could place for so long is given up: the line talked all the while, or it is night by now. */
const WAITS_MS = 20 * MINUTE_MS;
/** Of one 抽查 all wait for each other. */
const ROUND_WAITS_MS = 6 * 60 * MINUTE_MS;

export function hasWaitedTooLong({ order, since }: WaitingProbe, at: number): boolean {
  return at - since >= (order.round === null ? WAITS_MS : ROUND_WAITS_MS);
}

export function createProbeQueue(): ProbeQueue {
  const waiting: WaitingProbe[] = [];
  const running = new Map<string, RunningProbe>();
  const runs: ProbeQueue['runs'] = (isMeant) =>
    [...running.values()].some((one) => isMeant(one.run().probe.order));

  return {
    wait: (one) => void waiting.push(one),
    waiting: () => [...waiting],
    leave(id) {
      const at = waiting.findIndex(({ order }) => order.id === id);
      return at === -1 ? undefined : waiting.splice(at, 1)[0];
    },
    run(id, one) {
      running.set(id, one);
      void one.done.then(() => running.delete(id));
    },
    running: () => [...running.values()],
    holds: (isMeant) => runs(isMeant) || waiting.some(({ order }) => isMeant(order)),
    runs,
    isTaken: (pbx, trunk) =>
      runs((order) => order.pbx === pbx && (order.trunk === trunk || order.occupier?.trunk === trunk)),
  };
}
