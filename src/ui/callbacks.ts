/** What waits for a call back, the most urgent first. Pure. */
import type { CallView } from '../web/protocol/call-view.ts';

/** One that is told on every seat. */
export interface ToldCallback {
  readonly call: CallView;
  readonly minutes: number;
  /** 带班领导 was told: red for him. */
  readonly leader: boolean;
}

/** How far each call that still waits was told, by call id. */
export function callbackLevels(calls: readonly CallView[]): ReadonlyMap<string, number> {
  const levels = new Map<string, number>();
  for (const { id, callback, shut } of calls)
    if (callback !== null && callback.closed === null && shut === null) levels.set(id, callback.level);
  return levels;
}

/** Those that are told on every seat, highest level and longest wait first; `now` in ms UTC. */
export function toldCallbacks(calls: Iterable<CallView>, now: number): readonly ToldCallback[] {
  const told: ToldCallback[] = [];
  for (const call of calls) {
    const { callback } = call;
    if (callback === null || callback.closed !== null || callback.level === 0 || call.shut !== null) continue;
    const minutes = Math.max(0, Math.floor((now - callback.since) / 60_000));
    told.push({ call, minutes, leader: callback.level >= 2 });
  }
  return told.sort((a, b) => Number(b.leader) - Number(a.leader) || sinceOf(a) - sinceOf(b));
}

function sinceOf({ call }: ToldCallback): number {
  return call.callback?.since ?? call.startedAt;
}
