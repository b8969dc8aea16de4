/**
 * What a page gets when it comes into a room: everything (a snapshot), or what it missed since the position it names.
 * A position means something only in the room it was counted in, so each tab's last room is remembered.
 */
import { may } from '../accounts/access.ts';
import type { AttachmentLimits } from '../records/attachment.ts';
import type { Store } from '../storage/store.ts';
import type { HoldKeeper } from './hold-keeper.ts';
import type { LinkBoard } from './link-board.ts';
import { type Dirty, encode } from './live-outlet.ts';
import type { OfficeIndex } from './office-index.ts';
import type { Me } from './protocol/room-view.ts';
import type { ServerMessage } from './protocol/server-message.ts';
import type { RoomFeed } from './room-feed.ts';
import type { Visitor } from './sessions.ts';
import { createSharedSnapshots } from './shared-snapshot.ts';
import type { Simulation } from './simulation.ts';

/** More than this and a snapshot is smaller than the way there. */
const MOST_RESUMED = 500;
const TABS_KEPT = 10_000;

interface Arrival {
  readonly room: string;
  readonly client: string;
  readonly me: Me;
  /** Null asks for a snapshot. */
  readonly position: number | null;
  readonly insecure: boolean;
}

/** The page stands at `position` once it has all `messages`, each in one part or several. */
interface Welcome {
  readonly position: number;
  readonly messages: readonly (readonly Buffer[])[];
}

export interface RoomEntry {
  /** The room asked for when it may be seen, else that of the account's person, else the first of its unit; null when there is none. */
  chooseRoom(visitor: Visitor, asked: string | null): Promise<string | null>;
  lastRoomOf(client: string): string | null;
  welcome(arrival: Arrival): Promise<Welcome>;
}

export interface EntryDeps {
  readonly store: Pick<Store, 'snapshot' | 'changesSince' | 'person'>;
  readonly offices: OfficeIndex;
  readonly feed: Pick<RoomFeed, 'viewsOf'>;
  readonly holds: Pick<HoldKeeper, 'inRoom'>;
  readonly links: LinkBoard;
  readonly simulation: Simulation | null;
  readonly practiceFields: boolean;
  readonly lockAfterMs: number;
  readonly attachments: AttachmentLimits;
  readonly clock: () => number;
}

export function createRoomEntry(deps: EntryDeps): RoomEntry {
  const roomOfTab = new Map<string, string>();
  const snapshots = createSharedSnapshots(deps.store, deps.clock);

  function remember(client: string, room: string): void {
    roomOfTab.delete(client);
    roomOfTab.set(client, room);
    const oldest = roomOfTab.keys().next().value;
    if (roomOfTab.size > TABS_KEPT && oldest !== undefined) roomOfTab.delete(oldest);
  }

  async function changesAfter(room: string, position: number): Promise<readonly Dirty[] | null> {
    const changes = await deps.store.changesSince(room, position);
    return changes === null || changes.length > MOST_RESUMED ? null : changes;
  }

  async function resumed({ room, me }: Arrival, since: number, missed: readonly Dirty[]): Promise<Welcome> {
    const views = await deps.feed.viewsOf(missed);
    const position = Math.max(since, ...missed.map((change) => change.position));
    const links = deps.links.all().map((view) => ({ entity: 'link', view }) as const);
    const messages: readonly ServerMessage[] = [
      { type: 'me', me },
      { type: 'delta', position, serverTime: deps.clock(), changes: [...views, ...links] },
      ...deps.holds.inRoom(room).map((hold) => ({ type: 'hold', hold }) as const),
    ];
    return { position, messages: messages.map((message) => [encode(message)]) };
  }

  async function snapshot({ room, me, insecure }: Arrival): Promise<Welcome> {
    const { position, parts } = await snapshots.of(room, () => ({
      type: 'snapshot',
      serverTime: deps.clock(),
      me,
      demo: deps.simulation !== null,
      insecure,
      practiceFields: deps.practiceFields,
      lockAfterMs: deps.lockAfterMs,
      attachments: deps.attachments,
      links: deps.links.all(),
      holds: deps.holds.inRoom(room),
      stories: deps.simulation?.stories ?? [],
    }));
    return { position, messages: [parts] };
  }

  async function isOpenTo({ scope }: Visitor, room: string): Promise<boolean> {
    const unit = await deps.offices.unitOfRoom(room);
    return unit !== null && may(scope, 'see-room', unit);
  }

  return {
    lastRoomOf: (client) => roomOfTab.get(client) ?? null,
    chooseRoom: async (visitor, asked) => {
      if (asked !== null && (await isOpenTo(visitor, asked))) return asked;
      const { person } = visitor.account;
      const usual = person === null ? undefined : (await deps.store.person(person))?.room;
      if (usual !== undefined && (await isOpenTo(visitor, usual))) return usual;
      if (!may(visitor.scope, 'see-room', visitor.scope.unit)) return null;
      const [own] = await deps.offices.roomsOf([visitor.scope.unit]);
      if (own !== undefined) return own;
      const { lowerUnits } = visitor.scope;
      const visible = lowerUnits.filter((lower) => may(visitor.scope, 'see-room', lower));
      return (await deps.offices.roomsOf(visible))[0] ?? null;
    },
    welcome: async (arrival) => {
      remember(arrival.client, arrival.room);
      const { room, position } = arrival;
      const missed = position === null ? null : await changesAfter(room, position);
      return missed === null || position === null ? snapshot(arrival) : resumed(arrival, position, missed);
    },
  };
}
