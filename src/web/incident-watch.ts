/**
 * Looks now and then at the clocks of 突发事件 and tells what warns or is over to the office's receivers, once each: the alert's
 * id is the clock's and the alarm's, so that a restart tells nothing twice. What ran out while the service stood still is
 * told at its start, as late.
 */
import { type Clock, tellingOf } from '../duty/incident-clock.ts';
import { clockName } from '../duty/incident-names.ts';
import { wallTextIn } from '../duty/time-zone.ts';
import type { RunningClocks } from '../storage/incident-clocks.ts';
import type { Store } from '../storage/store.ts';
import type { Alerts } from './alert-sender.ts';
import type { Log } from './log.ts';
import type { AlertBody } from './protocol/alert-view.ts';

export interface IncidentWatchDeps {
  readonly store: Pick<Store, 'runningClocks' | 'roomView'>;
  readonly alerts: Pick<Alerts, 'send'>;
  readonly timeZone: string;
  readonly clock: () => number;
  readonly log: Log;
  readonly lookMs?: number;
}

const LOOK_MS = 5_000;

export function startIncidentWatch(deps: IncidentWatchDeps): { close(): Promise<void> } {
  const { store, alerts, timeZone, clock, log } = deps;
  const startedAt = clock();
  const told = new Set<string>();
  let looking: Promise<void> = Promise.resolve();
  let busy = false;

  async function look(): Promise<void> {
    const at = clock();
    for (const running of await store.runningClocks(at))
      for (const one of running.clocks) if (one.alarming) await tell(running, one, at);
  }

  async function tell({ incident }: RunningClocks, one: Clock, at: number): Promise<void> {
    const id = tellingOf(incident, one);
    if (told.has(id)) return;
    const room = await store.roomView(incident.room, at);
    if (room === undefined) return;
    told.add(id);
    const leaders = room.onDuty.leaders.map(({ name }) => name).join('、');
    // Entered after this process began, it fell due before anybody had written it down.
    const stoodUntil = incident.openedAt < startedAt ? startedAt : null;
    const said = wordsOf(one, { room: room.name, leaders, at, stoodUntil, timeZone });
    const kind = one.phase === 'over' ? 'report-overdue' : 'report-due-soon';
    alerts.send({ id, kind, pbx: null, since: one.startedAt, at, ...said }, incident.room);
  }

  function lookAgain(): void {
    if (busy) return;
    busy = true;
    looking = look()
      .catch((error: unknown) => log('error', 'incident-watch-failed', { error: String(error) }))
      .finally(() => {
        busy = false;
      });
  }
  lookAgain();
  const timer = setInterval(lookAgain, deps.lookMs ?? LOOK_MS);

  return {
    async close() {
      clearInterval(timer);
      await looking;
    },
  };
}

interface Telling {
  readonly room: string;
  readonly leaders: string;
  readonly at: number;
  /** When this process began to look, for what it should have told before; null: it was not known then. */
  readonly stoodUntil: number | null;
  readonly timeZone: string;
}

/** What happened is told nowhere outside: the receiver gets room, clock and time, and looks at the page. */
function wordsOf(
  { what, dueAt, phase }: Clock,
  { room, leaders, at, stoodUntil, timeZone }: Telling,
): Pick<AlertBody, 'zh' | 'en'> {
  const name = clockName(what);
  const please = `请带班领导${leaders}督促。`;
  if (dueAt === null)
    return {
      zh: `${room}有突发事件须第一时间${name}，尚未报告。${please}`,
      en: `An incident of ${room} is to be reported at once and was not yet.`,
    };
  const due = wallTextIn(timeZone, dueAt);
  const minutes = Math.max(1, Math.ceil(Math.abs(dueAt - at) / 60_000));
  if (phase !== 'over')
    return {
      zh: `${room}有突发事件距${name}时限还有 ${minutes} 分钟（时限 ${due}）。${please}`,
      en: `A report of an incident of ${room} is due in ${minutes} minutes.`,
    };
  const stood = stoodUntil !== null && dueAt < stoodUntil ? '，届满时本系统未运行' : '';
  return {
    zh: `${room}有突发事件${name}已超过时限 ${minutes} 分钟（时限 ${due}${stood}）。${please}`,
    en: `A report of an incident of ${room} is ${minutes} minutes overdue${stood === '' ? '' : '; it fell due while the service stood still'}.`,
  };
}
