/** What a page of a room starts from, and what it missed since. */
import type { CallView } from '../../web/protocol/call-view.ts';
import type { RecordView } from '../../web/protocol/record-view.ts';
import type { GapView, RoomView } from '../../web/protocol/room-view.ts';
import { type RoomSpan, roomSpan } from '../day-reads.ts';
import type { ReadDeps } from '../read.ts';
import { roomView, shiftSince } from '../room-views.ts';
import { changesSince, lastPosition, snapshot } from '../snapshot.ts';
import type { PublishedChange } from '../work.ts';

export interface StoredRooms {
  roomIds(): Promise<readonly string[]>;
  /** `at` (integer ms UTC) decides who is on duty. */
  roomView(id: string, at: number): Promise<RoomView | undefined>;
  /** Begin of the shift that runs in a room; null when there is none, or none that has a begin. */
  shiftSince(room: string, at: number): Promise<number | null>;
  /** Today's calls and every living one, newest first; open drafts and the records of those calls; gaps of 24 h. */
  snapshot(room: string, at: number): Promise<RoomSnapshot>;
  /** Calls and forms of a room from `from` to `to` (not included), ms UTC: for the list of a day. */
  roomSpan(room: string, from: number, to: number): Promise<RoomSpan>;
  /** Distinct entities changed after `position`, oldest first; null when that is too far back: send a snapshot. */
  changesSince(room: string, position: number): Promise<readonly PublishedChange[] | null>;
  lastPosition(): Promise<number>;
}

export interface RoomSnapshot {
  /** Everything up to here is contained; what follows comes as changes. */
  readonly position: number;
  readonly room: RoomView;
  readonly gaps: readonly GapView[];
  readonly calls: readonly CallView[];
  readonly records: readonly RecordView[];
}

export function storedRooms(deps: ReadDeps): StoredRooms {
  return {
    async roomIds() {
      return (await deps.db.selectFrom('rooms').select('id').orderBy('id').execute()).map(({ id }) => id);
    },
    roomView: (id, at) => roomView(deps, id, at),
    shiftSince: (room, at) => shiftSince(deps, room, at),
    snapshot: (room, at) => snapshot(deps, room, at),
    roomSpan: (room, from, to) => roomSpan(deps, room, from, to),
    changesSince: (room, position) => changesSince(deps, room, position),
    lastPosition: () => lastPosition(deps),
  };
}
