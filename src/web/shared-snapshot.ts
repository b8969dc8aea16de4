/**
 * What of a snapshot every page of a room gets alike, read and made into text once for all that ask in the same moment. When
 * the service starts again hundreds of pages come back at once, each to a megabyte of records: made for each alone they
 * would hold up the calls for seconds and lie in memory as often.
 */
import type { Store } from '../storage/store.ts';
import type { Snapshot } from './protocol/server-message.ts';

type Shared = Pick<Snapshot, 'position' | 'room' | 'gaps' | 'calls' | 'records'>;
type Own = Omit<Snapshot, keyof Shared>;

interface SharedSnapshot {
  readonly position: number;
  /** The text of `Shared` without its first brace. */
  readonly rest: Buffer;
}

export interface SharedSnapshots {
  /** A snapshot that was read after it was asked for, as one message in two parts. Rejects for an unknown room. */
  of(room: string, own: () => Own): Promise<{ readonly position: number; readonly parts: readonly Buffer[] }>;
}

/** After a snapshot that took long a rest: while all come back, calls and the other pages get most of the processor. */
const RESTS = 3;
const LONGEST_REST_MS = 200;

export function createSharedSnapshots(store: Pick<Store, 'snapshot'>, clock: () => number): SharedSnapshots {
  /** Not begun yet: who comes now is still in time. */
  const gathering = new Map<string, Promise<SharedSnapshot>>();
  const running = new Map<string, Promise<unknown>>();
  /** When the next may begin, by `clock`. */
  const restUntil = new Map<string, number>();

  /** ms; never longer than a rest may be, also when the clock was set back. */
  function restOf(room: string): number {
    return Math.min(LONGEST_REST_MS, Math.max(0, (restUntil.get(room) ?? 0) - clock()));
  }

  /** Begins when the one before it is done and everybody who has already asked was heard. */
  async function read(room: string): Promise<SharedSnapshot> {
    await running.get(room)?.catch(() => {});
    await new Promise((resolve) => setTimeout(resolve, restOf(room)));
    await new Promise((resolve) => setImmediate(resolve));
    gathering.delete(room);
    const begunAt = clock();
    const reading = store.snapshot(room, begunAt);
    running.set(room, reading);
    try {
      const kept: Shared = await reading;
      return { position: kept.position, rest: Buffer.from(JSON.stringify(kept).slice(1)) };
    } finally {
      running.delete(room);
      const took = Math.max(0, clock() - begunAt);
      restUntil.set(room, clock() + Math.min(LONGEST_REST_MS, RESTS * took));
    }
  }

  return {
    of: async (room, own) => {
      const asked = gathering.get(room) ?? read(room);
      gathering.set(room, asked);
      const { position, rest } = await asked;
      return { position, parts: [Buffer.from(`${JSON.stringify(own()).slice(0, -1)},`), rest] };
    },
  };
}
