/**
 * Fan-out: what the intake committed becomes one delta a room, with the newest views, encoded once. Views are read after
 * the commit and may already hold something newer; that is harmless, since a delta carries whole views.
 */
import type { Intake } from '../intake.ts';
import type { Store } from '../storage/store.ts';
import type { PublishedChange } from '../storage/work.ts';
import type { HoldKey } from './holds.ts';
import type { LinkBoard } from './link-board.ts';
import type { Dirty, Outlet } from './live-outlet.ts';
import { encode, encodeDelta } from './live-outlet.ts';
import type { CallView } from './protocol/call-view.ts';
import type { RecordView } from './protocol/record-view.ts';
import type { Change, ServerMessage } from './protocol/server-message.ts';

export interface FeedMember {
  readonly outlet: Outlet;
  /** The tab, once it said hello. */
  client(): string | null;
  /** The room's own view changed: seats and persons may be others now. */
  roomChanged(): void;
  /** Changes could not be read: this page must come back and resume, or it would miss them. */
  failed(): void;
}

export interface RoomFeed {
  join(room: string, member: FeedMember): void;
  leave(room: string, member: FeedMember): void;
  /** To everybody in the room but the tab that caused it. */
  broadcastHold(room: string, key: HoldKey, message: ServerMessage, exceptClient: string | null): void;
  /** Today's views of what is named; what no longer exists is left out. */
  viewsOf(dirty: readonly Dirty[]): Promise<readonly Change[]>;
  /** Resolves when everything committed so far has been handed to the sockets. */
  idle(): Promise<void>;
  close(): void;
}

export interface FeedDeps {
  readonly store: Pick<Store, 'callViews' | 'recordViews' | 'gapView' | 'roomView'>;
  readonly intake: Pick<Intake, 'subscribe'>;
  readonly links: LinkBoard;
  readonly clock: () => number;
  readonly fail: (error: unknown) => void;
  /** How often the roster is looked at; half a minute unless told. */
  readonly shiftLookMs?: number;
}

/** Calls and records are read many at once: nearly every change is one of them. */
interface Kept {
  readonly call: ReadonlyMap<string, CallView>;
  readonly record: ReadonlyMap<string, RecordView>;
}

const SHIFT_LOOK_MS = 30_000;
/**
 * After each fan-out a rest, in which what is committed gathers into the next: a page costs the same system calls however
 * much it is told, so that with hundreds of them every commit told by itself would take a whole core. A small office
 * notices nothing; three hundred pages hear of a call 20 ms later on average.
 */
const REST_PER_PAGE_MS = 0.15;
const LONGEST_REST_MS = 50;

export function createRoomFeed(deps: FeedDeps): RoomFeed {
  const rooms = new Map<string, Set<FeedMember>>();
  let waiting: PublishedChange[] = [];
  let pumping: Promise<void> | null = null;
  let position = 0;

  async function pump(): Promise<void> {
    try {
      while (waiting.length > 0) {
        const batch = waiting;
        waiting = [];
        const newest = newestOfEach(batch);
        const views = await viewsOf(newest);
        position = Math.max(position, ...batch.map((change) => change.position));
        let told = 0;
        for (const [room, members] of rooms) told += publish(room, members, newest, views);
        await rest(told);
      }
    } catch (error) {
      deps.fail(error);
      for (const member of [...rooms.values()].flatMap((members) => [...members])) member.failed();
    } finally {
      pumping = null;
    }
  }

  /** Answers how many pages were told. */
  function publish(
    room: string,
    members: ReadonlySet<FeedMember>,
    changes: readonly PublishedChange[],
    views: ReadonlyMap<PublishedChange, Change>,
  ): number {
    const mine = changes.filter((change) => change.room === null || change.room === room);
    if (mine.length === 0) return 0;
    const seen = mine.flatMap((change) => views.get(change) ?? []);
    const encoded = encodeDelta(position, deps.clock(), seen);
    for (const member of members) member.outlet.delta(mine, position, encoded);
    if (mine.some((change) => change.entity === 'room')) for (const member of members) member.roomChanged();
    return members.size;
  }

  async function viewsOf<K extends Dirty | PublishedChange>(
    changes: readonly K[],
  ): Promise<ReadonlyMap<K, Change>> {
    const idsOf = (entity: Dirty['entity']) =>
      changes.flatMap((change) => (change.entity === entity ? change.id : []));
    const [calls, records] = await Promise.all([
      deps.store.callViews(idsOf('call')),
      deps.store.recordViews(idsOf('record')),
    ]);
    const kept = {
      call: new Map(calls.map((view) => [view.id, view])),
      record: new Map(records.map((view) => [view.id, view])),
    };
    const views = await Promise.all(
      changes.map(async (change) => [change, await viewOf(change, kept)] as const),
    );
    return new Map(views.flatMap(([change, view]) => (view === null ? [] : [[change, view] as const])));
  }

  async function viewOf(change: Dirty | PublishedChange, kept: Kept): Promise<Change | null> {
    switch (change.entity) {
      case 'call':
        return changeOf('call', kept.call.get(change.id));
      case 'record':
        return changeOf('record', kept.record.get(change.id));
      case 'gap':
        return changeOf('gap', await deps.store.gapView(change.id));
      case 'room':
        return changeOf('room', await deps.store.roomView(change.id, deps.clock()));
      case 'link':
        return changeOf('link', deps.links.get(change.id));
    }
  }

  const stopListening = deps.intake.subscribe((changes) => {
    if (changes.length === 0) return;
    waiting.push(...changes);
    if (rooms.size === 0) {
      waiting = [];
      return;
    }
    pumping ??= pump();
  });

  const stopLinks = deps.links.subscribe((view) => {
    const dirty: Dirty = { entity: 'link', id: view.pbx, position: 0 };
    for (const members of rooms.values()) {
      for (const member of members) member.outlet.beside(dirty, { entity: 'link', view });
    }
  });

  const onDuty = new Map<string, string>();

  /** Who is on duty changes by the clock alone: no commit tells it. */
  async function turnShifts(): Promise<void> {
    for (const [room, members] of rooms) {
      const view = await deps.store.roomView(room, deps.clock());
      if (view === undefined) continue;
      const names = JSON.stringify(view.onDuty);
      const before = onDuty.get(room);
      onDuty.set(room, names);
      if (before === undefined || before === names) continue;
      const dirty: Dirty = { entity: 'room', id: room, position: 0 };
      for (const member of members) member.outlet.beside(dirty, { entity: 'room', view });
    }
  }
  const lookAtShifts = (): void => void turnShifts().catch(deps.fail);
  const shifts = setInterval(lookAtShifts, deps.shiftLookMs ?? SHIFT_LOOK_MS);

  return {
    join: (room, member) => {
      const members = rooms.get(room) ?? new Set();
      rooms.set(room, members.add(member));
      if (!onDuty.has(room)) lookAtShifts();
    },
    leave: (room, member) => {
      const members = rooms.get(room);
      members?.delete(member);
      if (members?.size === 0) rooms.delete(room);
    },
    broadcastHold: (room, key, message, exceptClient) => {
      const encoded = encode(message);
      for (const member of rooms.get(room) ?? []) {
        if (exceptClient === null || member.client() !== exceptClient) member.outlet.hold(key, encoded);
      }
    },
    viewsOf: async (dirty) => [...(await viewsOf(dirty)).values()],
    idle: async () => {
      while (pumping !== null) await pumping;
    },
    close: () => {
      clearInterval(shifts);
      stopListening();
      stopLinks();
      rooms.clear();
    },
  };
}

async function rest(pages: number): Promise<void> {
  const ms = Math.min(LONGEST_REST_MS, Math.floor(pages * REST_PER_PAGE_MS));
  if (ms > 0) await new Promise((resolve) => setTimeout(resolve, ms));
}

function newestOfEach(changes: readonly PublishedChange[]): readonly PublishedChange[] {
  return [...new Map(changes.map((change) => [`${change.entity} ${change.id}`, change])).values()];
}

function changeOf<E extends Change['entity']>(
  entity: E,
  view: Extract<Change, { entity: E }>['view'] | undefined,
): Change | null {
  return view === undefined ? null : ({ entity, view } as Extract<Change, { entity: E }>);
}
