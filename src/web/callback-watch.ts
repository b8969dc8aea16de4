/**
 * Looks now and then at what waits for a call back, and tells it on: to all seats, then to 带班领导 and the receivers of
 * alerts. How far it was told is durable, so that a restart tells nothing twice and forgets nothing.
 */
import { randomUUID } from 'node:crypto';
import { type CallbackRule, levelDue } from '../duty/callback.ts';
import type { Intake } from '../intake.ts';
import type { OpenCallback } from '../storage/store/calls.ts';
import type { Store } from '../storage/store.ts';
import type { Alerts } from './alert-sender.ts';
import type { Log } from './log.ts';
import type { CallView } from './protocol/call-view.ts';

export interface CallbackWatchDeps {
  readonly store: Pick<Store, 'allOpenCallbacks' | 'callView' | 'roomView'>;
  readonly intake: Pick<Intake, 'work'>;
  readonly rule: CallbackRule;
  readonly alerts: Pick<Alerts, 'send'>;
  readonly clock: () => number;
  readonly log: Log;
  readonly lookMs?: number;
}

const LOOK_MS = 10_000;

export function startCallbackWatch(deps: CallbackWatchDeps): { close(): Promise<void> } {
  const { store, intake, rule, clock, log } = deps;
  let looking: Promise<void> = Promise.resolve();
  let busy = false;

  async function look(): Promise<void> {
    const at = clock();
    for (const waiting of await store.allOpenCallbacks()) {
      // Only what may be due is looked at closely: most waits are short.
      const soonest = levelDue({ ...waiting, superior: true }, at, rule);
      if (soonest <= waiting.level) continue;
      const call = await store.callView(waiting.call);
      if (call === undefined || call.shut !== null) continue;
      const level = levelDue({ ...waiting, superior: call.caller.class === 'superior' }, at, rule);
      if (level <= waiting.level) continue;
      const told = await intake.work({ type: 'callback-told', call: waiting.call, level, at });
      if (told.ok && told.changes.length > 0 && level === 2) await tellOutside(waiting, call, at);
    }
  }

  async function tellOutside(waiting: OpenCallback, call: CallView, at: number): Promise<void> {
    const room = await store.roomView(waiting.room, at);
    const minutes = Math.floor((at - waiting.since) / 60_000);
    const leaders = room?.onDuty.leaders.map((leader) => leader.name).join('、') ?? '';
    // A number and a name are the caller's own words: the receiver gets the room and the time, and looks at the page.
    const body = {
      id: randomUUID(),
      kind: 'callback-overdue',
      pbx: null,
      since: waiting.since,
      at,
      zh: `${room?.name ?? ''}有一个未接来电${call.caller.class === 'superior' ? '（上级单位）' : ''}已 ${minutes} 分钟没有回拨，请带班领导${leaders}督促。`,
      en: `A missed call of ${room?.name ?? 'a room'} was not called back for ${minutes} minutes.`,
    };
    deps.alerts.send(body, waiting.room);
  }

  const timer = setInterval(() => {
    if (busy) return;
    busy = true;
    looking = look()
      .catch((error: unknown) => log('error', 'callback-watch-failed', { error: String(error) }))
      .finally(() => {
        busy = false;
      });
  }, deps.lookMs ?? LOOK_MS);

  return {
    async close() {
      clearInterval(timer);
      await looking;
    },
  };
}
