/** When the office must be told that nobody listens to a PBX (pure; time is an input, ms UTC). */
import type { LinkView } from './protocol/room-view.ts';

export interface Watch {
  readonly pbx: string;
  readonly downSince: number | null;
  /** The alert of this outage went out. */
  readonly alerted: boolean;
}

export type AlertKind = 'line-unwatched' | 'line-watched-again';

export interface WatchStep {
  readonly watch: Watch;
  readonly alert: AlertKind | null;
}

export function newWatch(pbx: string): Watch {
  return { pbx, downSince: null, alerted: false };
}

/** What follows from the state of the link at `at`; asked at every change and when the time is up. */
export function look(watch: Watch, link: Pick<LinkView, 'state'>, at: number, afterMs: number): WatchStep {
  if (link.state === 'up') {
    return { watch: newWatch(watch.pbx), alert: watch.alerted ? 'line-watched-again' : null };
  }
  // From the first moment without a link: 'connecting' and 'down' take turns all the while.
  const downSince = watch.downSince ?? at;
  const due = !watch.alerted && at - downSince >= afterMs;
  return {
    watch: { pbx: watch.pbx, downSince, alerted: watch.alerted || due },
    alert: due ? 'line-unwatched' : null,
  };
}

/** Milliseconds until `look` would say something new; null when only a change of the link can. */
export function dueIn(watch: Watch, at: number, afterMs: number): number | null {
  return watch.downSince === null || watch.alerted ? null : Math.max(0, watch.downSince + afterMs - at);
}
