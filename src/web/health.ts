/** `/health`: is every line watched and can everything be kept? 200 or 503, for monitors; details for people who may see them. */
import type { Intake, IntakeHealth } from '../intake.ts';
import type { JobsState } from '../jobs/carrier.ts';
import type { Refusal } from '../records/command.ts';
import type { Store } from '../storage/store.ts';
import type { Alerts } from './alert-sender.ts';
import type { LinkBoard } from './link-board.ts';
import type { ChannelView } from './protocol/alert-view.ts';
import type { StorageView } from './protocol/recording-desk-view.ts';
import type { LinkView } from './protocol/room-view.ts';
import type { RecordingOffice } from './recording-desk.ts';
import { type StorageTrouble, storageTroubles } from './storage-troubles.ts';

export interface Health {
  readonly ok: boolean;
  readonly demo: boolean;
  readonly database: 'ok' | 'failing';
  readonly recordings: 'ok' | 'failing';
  /** Whether the disk of the sound will be full soon, and the second copy fails; null: not known here, or not in time. */
  readonly storage: 'ok' | 'warn' | 'alarm' | null;
  /** Since when at least one PBX is not listened to, ms UTC; null when all are. */
  readonly unwatchedSince: number | null;
  readonly links: readonly {
    readonly pbx: string;
    readonly state: LinkView['state'];
    readonly since: number;
  }[];
  readonly detail?: HealthDetail;
}

interface HealthDetail {
  readonly links: readonly LinkView[];
  readonly intake: IntakeHealth | null;
  readonly recordings: Refusal | null;
  /** Null as above. */
  readonly storage: StorageView | null;
  readonly storageTroubles: readonly StorageTrouble[];
  /** Null: as above. */
  readonly jobs: JobsState | null;
  /** How each receiver of alerts fares; null: not known in time. */
  readonly alerts: readonly ChannelView[] | null;
}

export interface HealthDeps {
  readonly store: Pick<Store, 'lastPosition'>;
  readonly intake: Pick<Intake, 'health'>;
  readonly links: LinkBoard;
  /** Null when the recordings folder can be written; else why not. */
  readonly checkRecordings: () => Promise<Refusal | null>;
  /** Null where another process looks after the sound. */
  readonly sound: Pick<RecordingOffice, 'storage' | 'jobs'> | null;
  readonly alerts: Pick<Alerts, 'standing'>;
  readonly demo: boolean;
}

const PATIENCE_MS = 3_000;

/** `detailed`: with reasons and counts, for those who are logged in or sit at the machine. */
export async function healthOf(deps: HealthDeps, detailed: boolean): Promise<Health> {
  const [position, recordings, storage, jobs, alerts] = await Promise.all([
    inTime(deps.store.lastPosition()),
    deps.checkRecordings(),
    inTime(deps.sound?.storage() ?? null),
    inTime(detailed ? (deps.sound?.jobs() ?? null) : null),
    inTime(detailed ? deps.alerts.standing() : null),
  ]);
  const troubles = storage === null ? [] : storageTroubles(storage);
  const intake = deps.intake.health();
  const links = deps.links.all();
  const down = links.filter((link) => link.state !== 'up').map((link) => link.since);
  const database = position !== null && intake.storeFailing === null ? 'ok' : 'failing';
  return {
    ok: database === 'ok' && recordings === null && down.length === 0,
    demo: deps.demo,
    database,
    recordings: recordings === null ? 'ok' : 'failing',
    storage: storage === null ? null : worstOf(troubles),
    unwatchedSince: down.length === 0 ? null : Math.min(...down),
    links: links.map(({ pbx, state, since }) => ({ pbx, state, since })),
    ...(detailed
      ? { detail: { links, intake, recordings, storage, storageTroubles: troubles, jobs, alerts } }
      : {}),
  };
}

function worstOf(troubles: readonly StorageTrouble[]): 'ok' | 'warn' | 'alarm' {
  if (troubles.length === 0) return 'ok';
  return troubles.some(({ level }) => level === 'alarm') ? 'alarm' : 'warn';
}

/** Null when it fails or takes too long: a monitor must hear something, also when a disk or a database hangs. */
async function inTime<T>(asked: Promise<T> | null): Promise<T | null> {
  const late = Promise.withResolvers<null>();
  const timer = setTimeout(() => late.resolve(null), PATIENCE_MS);
  try {
    return await Promise.race([Promise.resolve(asked).catch(() => null), late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
