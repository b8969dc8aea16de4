/** All pages on their sockets: the socket itself, and what every page shares with the others. */
import type { IncomingMessage } from 'node:http';
import type { AttachmentLimits } from '../records/attachment.ts';
import { createCallDesk } from './call-desk.ts';
import { createHoldKeeper } from './hold-keeper.ts';
import { OUTLET_LIMITS } from './live-outlet.ts';
import { createLiveSession } from './live-session.ts';
import { createLiveSocket, type LiveSocket, SOCKET_LIMITS } from './live-socket.ts';
import { createLockBoard, type LockBoard } from './lock-board.ts';
import { createLockNotes, type LockNotes } from './lock-notes.ts';
import type { OfficeIndex } from './office-index.ts';
import { createRecordDesk } from './record-desk.ts';
import { createRoomEntry } from './room-entry.ts';
import { createRoomFeed } from './room-feed.ts';
import type { SeatDesk } from './seat-desk.ts';
import type { SeenFrom } from './seen-from.ts';
import { tokenOf } from './session-cookie.ts';
import type { Sessions } from './sessions.ts';
import { createSimulationDesk } from './simulation-desk.ts';
import type { WebDeps, WebOptions } from './web-options.ts';

export interface LivePagesDeps
  extends Pick<WebDeps, 'store' | 'intake' | 'links' | 'simulation' | 'clock' | 'log'> {
  readonly offices: OfficeIndex;
  readonly sessions: Sessions;
  readonly seats: SeatDesk;
  readonly attachments: AttachmentLimits;
  readonly seenFrom: (request: IncomingMessage) => SeenFrom;
  readonly mustUseHttps: (from: SeenFrom) => boolean;
}

export interface LivePages {
  readonly upgrade: LiveSocket['upgrade'];
  readonly lockBoard: LockBoard;
  readonly lockNotes: LockNotes;
  close(): void;
}

export function createLivePages(
  options: Pick<
    WebOptions,
    'practiceFields' | 'lockAfterMs' | 'shiftLookMs' | 'socketLimits' | 'outletLimits'
  >,
  deps: LivePagesDeps,
): LivePages {
  const { store, intake, links, simulation, offices, sessions, seats, attachments, clock, log } = deps;
  const fail = (error: unknown): void => log('error', 'feed-failed', { error: String(error) });
  const feed = createRoomFeed({
    ...{ store, intake, links, clock, fail },
    ...(options.shiftLookMs === undefined ? {} : { shiftLookMs: options.shiftLookMs }),
  });
  const holds = createHoldKeeper(clock, (room, key, message, except) =>
    feed.broadcastHold(room, key, message, except),
  );
  const lockBoard = createLockBoard({ store, intake, links, clock, fail });
  const lockNotes = createLockNotes({ store, intake, clock });
  const live = {
    ...{ store, sessions, seats, feed, holds, lockBoard, lockNotes, clock, log },
    entry: createRoomEntry({
      ...{ store, offices, feed, holds, links, simulation, attachments, clock },
      practiceFields: options.practiceFields === true,
      lockAfterMs: options.lockAfterMs ?? 0,
    }),
    records: createRecordDesk({ store, intake, offices, clock }),
    calls: createCallDesk({ store, intake, offices, clock }),
    simulations: createSimulationDesk({ store, offices, simulation }),
    limits: options.outletLimits ?? OUTLET_LIMITS,
  };
  const socket = createLiveSocket({
    ...{ sessions, tokenOf, seenFrom: deps.seenFrom, mustUseHttps: deps.mustUseHttps, clock, log },
    open: (wire, visitor, insecure) => createLiveSession(live, wire, visitor, insecure),
    limits: options.socketLimits ?? SOCKET_LIMITS,
  });
  return {
    upgrade: socket.upgrade,
    lockBoard,
    lockNotes,
    close: () => {
      feed.close();
      lockBoard.close();
      holds.close();
      socket.close();
    },
  };
}
