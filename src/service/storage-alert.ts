/** Looks every hour whether the place of the sound is well; what gets worse or well again is logged and told outward. */
import { randomUUID } from 'node:crypto';
import type { Alerts } from '../web/alert-sender.ts';
import type { Log } from '../web/log.ts';
import type { StorageView } from '../web/protocol/recording-desk-view.ts';
import { type StorageTrouble, storageTroubles } from '../web/storage-troubles.ts';

export interface StorageAlertDeps {
  readonly look: () => Promise<StorageView>;
  readonly alerts: Pick<Alerts, 'send'>;
  readonly clock: () => number;
  readonly log: Log;
  readonly firstAfterMs?: number;
  readonly everyMs?: number;
}

export interface StorageAlert {
  /** Does not wait for a look that a mount holds up. */
  close(): void;
}

const A_MINUTE = 60_000;
const AN_HOUR = 60 * A_MINUTE;

type Known = StorageTrouble & { readonly since: number };

const WELL_AGAIN = {
  'sound-disk-filling': {
    kind: 'sound-disk-well',
    zh: '录音存储空间已恢复正常',
    en: 'The disk of the recordings has room again',
  },
  'second-copy-failing': {
    kind: 'second-copy-well',
    zh: '录音备份已恢复正常',
    en: 'The second copy is well again',
  },
} as const;

export function startStorageAlert(deps: StorageAlertDeps): StorageAlert {
  const { alerts, clock, log } = deps;
  const known = new Map<StorageTrouble['kind'], Known>();
  let timer: NodeJS.Timeout | undefined;
  let ended = false;

  async function look(): Promise<void> {
    const troubles = storageTroubles(await deps.look());
    if (ended) return;
    const at = clock();
    for (const trouble of troubles) {
      const before = known.get(trouble.kind);
      const since = before?.since ?? at;
      known.set(trouble.kind, { ...trouble, since });
      // Told once, and again when a warning becomes an alarm: an alert each hour is one that nobody reads.
      if (before === undefined || (before.level === 'warn' && trouble.level === 'alarm')) {
        tell('warn', trouble, since, at);
      }
    }
    for (const { kind, since } of [...known.values()]) {
      if (troubles.some((trouble) => trouble.kind === kind)) continue;
      known.delete(kind);
      tell('info', WELL_AGAIN[kind], since, at);
    }
  }

  function tell(
    level: 'warn' | 'info',
    { kind, zh, en }: { readonly kind: string; readonly zh: string; readonly en: string },
    since: number,
    at: number,
  ): void {
    log(level, kind, { since, zh, en });
    alerts.send({ id: randomUUID(), kind, pbx: null, since, at, zh, en });
  }

  function lookAfter(ms: number): void {
    if (ended) return;
    timer = setTimeout(() => {
      void look()
        .catch((error: unknown) => {
          if (!ended) log('error', 'storage-not-looked-at', { error: String(error) });
        })
        .finally(() => lookAfter(deps.everyMs ?? AN_HOUR));
    }, ms).unref();
  }

  lookAfter(deps.firstAfterMs ?? A_MINUTE);
  return {
    close() {
      ended = true;
      clearTimeout(timer);
    },
  };
}
