/** Tells the office's receivers when a line has been unwatched for so long, and again when it is watched. */
import { randomUUID } from 'node:crypto';
import type { Alerts } from './alert-sender.ts';
import type { LinkBoard } from './link-board.ts';
import type { AlertBody } from './protocol/alert-view.ts';
import type { LinkView } from './protocol/room-view.ts';
import type { AlertKind, Watch } from './unwatched.ts';
import { dueIn, look, newWatch } from './unwatched.ts';

export interface UnwatchedAlertDeps {
  readonly alerts: Pick<Alerts, 'send'>;
  readonly links: LinkBoard;
  readonly clock: () => number;
  readonly afterMs: number;
}

export interface UnwatchedAlert {
  close(): void;
}

export function startUnwatchedAlert({ alerts, links, clock, afterMs }: UnwatchedAlertDeps): UnwatchedAlert {
  const watches = new Map<string, Watch>();
  const timers = new Map<string, NodeJS.Timeout>();

  function check(link: LinkView): void {
    const before = watches.get(link.pbx) ?? newWatch(link.pbx);
    const at = clock();
    const { watch, alert } = look(before, link, at, afterMs);
    watches.set(link.pbx, watch);
    clearTimeout(timers.get(link.pbx));
    const due = dueIn(watch, at, afterMs);
    if (due !== null) timers.set(link.pbx, setTimeout(() => checkAgain(link.pbx), due).unref());
    if (alert === null) return;
    const since = watch.downSince ?? before.downSince ?? at;
    alerts.send(bodyOf(alert, link.pbx, since, at));
  }

  function checkAgain(pbx: string): void {
    const link = links.get(pbx);
    if (link !== undefined) check(link);
  }

  const stop = links.subscribe(check);
  for (const link of links.all()) check(link);

  return {
    close: () => {
      stop();
      for (const timer of timers.values()) clearTimeout(timer);
    },
  };
}

function bodyOf(kind: AlertKind, pbx: string, since: number, at: number): AlertBody {
  const seconds = Math.round((at - since) / 1_000);
  const texts =
    kind === 'line-unwatched'
      ? {
          zh: `电话交换机（${pbx}）的来电已 ${seconds} 秒无人监听（连接中断，或账号听不到通话），不会自动登记，请先人工补记。`,
          en: `Nobody has heard the calls of the PBX ${pbx} for ${seconds} s (no connection, or an account that hears none): they are not recorded by themselves.`,
        }
      : {
          zh: `电话交换机（${pbx}）的来电已恢复监听，中断共 ${seconds} 秒。`,
          en: `The calls of the PBX ${pbx} are heard again after ${seconds} s.`,
        };
  return { id: randomUUID(), kind, pbx, since, at, ...texts };
}
