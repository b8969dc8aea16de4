/** `/health`: is every line watched and can everything be kept? 200 or 503, for monitors; details for people who may see them. */
import type { Intake, IntakeHealth } from '../intake.ts';
import type { Refusal } from '../records/command.ts';
import type { Store } from '../storage/store.ts';
import type { LinkBoard } from './link-board.ts';
import type { LinkView } from './protocol/room-view.ts';

export interface Health {
  readonly ok: boolean;
  readonly demo: boolean;
  readonly database: 'ok' | 'failing';
  readonly recordings: 'ok' | 'failing';
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
}

export interface HealthDeps {
  readonly store: Pick<Store, 'lastPosition'>;
  readonly intake: Pick<Intake, 'health'>;
  readonly links: LinkBoard;
  /** Null when the recordings folder can be written; else why not. */
  readonly checkRecordings: () => Promise<Refusal | null>;
  readonly demo: boolean;
}

const PATIENCE_MS = 3_000;

/** `detailed`: with reasons and counts, for those who are logged in or sit at the machine. */
export async function healthOf(deps: HealthDeps, detailed: boolean): Promise<Health> {
  const [readable, recordings] = await Promise.all([answersInTime(deps.store), deps.checkRecordings()]);
  const intake = deps.intake.health();
  const links = deps.links.all();
  const down = links.filter((link) => link.state !== 'up').map((link) => link.since);
  const database = readable && intake.storeFailing === null ? 'ok' : 'failing';
  return {
    ok: database === 'ok' && recordings === null && down.length === 0,
    demo: deps.demo,
    database,
    recordings: recordings === null ? 'ok' : 'failing',
    unwatchedSince: down.length === 0 ? null : Math.min(...down),
    links: links.map(({ pbx, state, since }) => ({ pbx, state, since })),
    ...(detailed ? { detail: { links, intake, recordings } } : {}),
  };
}

async function answersInTime(store: HealthDeps['store']): Promise<boolean> {
  const late = Promise.withResolvers<boolean>();
  const timer = setTimeout(() => late.resolve(false), PATIENCE_MS);
  try {
    return await Promise.race([
      store.lastPosition().then(
        () => true,
        () => false,
      ),
      late.promise,
    ]);
  } finally {
    clearTimeout(timer);
  }
}
