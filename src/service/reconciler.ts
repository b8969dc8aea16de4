/** Reconciling on demand and every night: one at a time, its progress to be seen, its trouble to be read. */

import { sftpWords } from '../recordings/sftp-trouble.ts';
import type { Log } from '../web/log.ts';
import type { ReconcileView } from '../web/protocol/recording-desk-view.ts';
import { nextTimeOfDay } from './nightly.ts';
import type { ReconcileProgress, ReconcileReport } from './reconcile.ts';

export interface ReconcilerDeps {
  readonly run: (
    from: number,
    to: number,
    progress: (at: ReconcileProgress) => void,
  ) => Promise<ReconcileReport>;
  /** What else a night does, after it: checks, retention. */
  readonly night: () => Promise<void>;
  readonly now: () => number;
  readonly log: Log;
  /** `02:30` in this zone. */
  readonly at: string;
  readonly timeZone: string;
}

export interface Reconciler {
  view(): ReconcileView;
  /** Begins unless one runs. */
  begin(): void;
  startNights(): void;
  /** Resolves when nothing runs any more. */
  stop(): Promise<void>;
}

const A_DAY = 86_400_000;
/** Files may turn up late: a share that was away over a weekend. */
const NIGHT_LOOKS_BACK = 3 * A_DAY;
const DEMAND_LOOKS_BACK = 30 * A_DAY;

/** Why a distant place cannot be asked stands on the page in a sentence of its own. */
function awayWords(pbx: string, code: string): string {
  return sftpWords(code) === null ? `${pbx}: ${code}` : pbx;
}

export function createReconciler(deps: ReconcilerDeps): Reconciler {
  const { now, log } = deps;
  let running: Promise<void> | null = null;
  let progress: ReconcileProgress | null = null;
  let lastEndedAt: number | null = null;
  let trouble: string | null = null;
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;

  async function run(lookBack: number): Promise<void> {
    try {
      const report = await deps.run(now() - lookBack, now(), (at) => {
        progress = at;
      });
      const away = report.pbxs.flatMap((pbx) =>
        pbx.state === 'cannot-look' ? [awayWords(pbx.pbx, pbx.trouble)] : [],
      );
      trouble = away.length === 0 ? null : `录音目录打不开 ${away.join('，')}`;
    } catch (error) {
      trouble = stopped ? null : '核对没有完成，已记入日志。';
      if (!stopped) log('error', 'reconcile-failed', { error: String(error) });
    } finally {
      lastEndedAt = now();
      progress = null;
    }
  }

  function begin(lookBack: number): Promise<void> {
    running ??= run(lookBack).finally(() => {
      running = null;
    });
    return running;
  }

  function waitForNight(): void {
    if (stopped) return;
    const dueAt = nextTimeOfDay(now(), deps.at, deps.timeZone);
    timer = setTimeout(() => {
      void begin(NIGHT_LOOKS_BACK)
        .then(deps.night)
        .catch((error: unknown) => log('error', 'night-failed', { error: String(error) }))
        .finally(waitForNight);
    }, dueAt - now());
    timer.unref();
  }

  return {
    view: () => ({
      running: running !== null,
      stage: progress?.stage ?? null,
      done: progress?.done ?? 0,
      total: progress?.total ?? null,
      lastEndedAt,
      trouble,
    }),
    begin: () => void begin(DEMAND_LOOKS_BACK),
    startNights: waitForNight,
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
