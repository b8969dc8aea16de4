/**
 * What locked screens show of a room's telephones. One reading serves all locked pages of a room; a page gets a new view only
 * when something it shows has changed.
 */
import type { Intake } from '../intake.ts';
import type { Store } from '../storage/store.ts';
import type { LinkBoard } from './link-board.ts';
import { standingOf } from './me.ts';
import type { CallView } from './protocol/call-view.ts';
import type { LockedCallView, LockView } from './protocol/lock-view.ts';
import type { PersonView } from './protocol/room-view.ts';
import type { Visitor } from './sessions.ts';

export interface LockBoard {
  viewOf(visitor: Visitor): Promise<LockView>;
  /** Tells the view now and whenever it changes, until the answer is called. */
  follow(visitor: Visitor, tell: (view: LockView) => void): () => void;
  close(): void;
}

export interface LockBoardDeps {
  readonly store: Pick<Store, 'livingCalls' | 'seat' | 'person' | 'roomView'>;
  readonly intake: Pick<Intake, 'subscribe'>;
  readonly links: LinkBoard;
  readonly clock: () => number;
  readonly fail: (error: unknown) => void;
}

export function createLockBoard(deps: LockBoardDeps): LockBoard {
  const followers = new Set<Follower>();

  async function viewOf(visitor: Visitor): Promise<LockView> {
    const { me, seat } = await standingOf(deps.store, visitor);
    const room = seat === null ? undefined : await deps.store.roomView(seat.room, deps.clock());
    const calls = seat === null ? [] : await deps.store.livingCalls(seat.room);
    return {
      name: me.person?.name ?? me.name,
      seat: seat === null ? null : { name: seat.name, room: room?.name ?? '' },
      person: me.person?.id ?? null,
      keys: me.keys,
      people: await withPin(unlockers(visitor, room?.officers ?? [], me.person)),
      line: lineOf(deps.links),
      calls: calls.flatMap((call) => lockedCall(call, seat?.phone ?? null)),
    };
  }

  async function withPin(people: readonly PersonView[]): Promise<readonly PersonView[]> {
    const rows = await Promise.all(people.map(({ id }) => deps.store.person(id)));
    return people.filter((_, place) => rows[place]?.pinHash != null);
  }

  function look(wanted: (follower: Follower) => boolean): void {
    for (const follower of followers) if (wanted(follower)) refresh(follower).catch(deps.fail);
  }

  /** One reading at a time; what changes meanwhile asks for one more. */
  async function refresh(follower: Follower): Promise<void> {
    follower.asked = true;
    if (follower.reading) return;
    follower.reading = true;
    try {
      while (follower.asked && followers.has(follower)) {
        follower.asked = false;
        const view = await viewOf(follower.visitor);
        const said = JSON.stringify(view);
        if (said === follower.said || !followers.has(follower)) continue;
        follower.said = said;
        follower.tell(view);
      }
    } finally {
      follower.reading = false;
    }
  }

  const stopListening = deps.intake.subscribe((changes) => {
    if (followers.size === 0) return;
    const telephones = changes.filter(({ entity }) => entity === 'call' || entity === 'room');
    const rooms = new Set(telephones.map(({ room }) => room));
    if (rooms.size > 0) look(({ room }) => room === undefined || rooms.has(room) || rooms.has(null));
  });
  const stopLinks = deps.links.subscribe(() => look(() => true));

  return {
    viewOf,
    follow: (visitor, tell) => {
      const follower: Follower = { visitor, tell, room: undefined, said: '', asked: false, reading: false };
      followers.add(follower);
      const begun = async () => {
        const { seat } = await standingOf(deps.store, visitor);
        follower.room = seat?.room ?? null;
        await refresh(follower);
      };
      begun().catch(deps.fail);
      return () => followers.delete(follower);
    },
    close: () => {
      stopListening();
      stopLinks();
      followers.clear();
    },
  };
}

interface Follower {
  readonly visitor: Visitor;
  readonly tell: (view: LockView) => void;
  /** Undefined until it is known. */
  room: string | null | undefined;
  said: string;
  asked: boolean;
  reading: boolean;
}

/**
 * A PIN opens the desk to another officer, as 换人 does; a leader's or supervisor's log-in may do more than an officer, so
 * only its own person's PIN opens that.
 */
function unlockers(
  { account }: Visitor,
  officers: readonly PersonView[],
  seated: PersonView | null,
): readonly PersonView[] {
  const may = account.role === 'officer' ? officers : officers.filter(({ id }) => id === account.person);
  return [...may].sort((one, other) => Number(other.id === seated?.id) - Number(one.id === seated?.id));
}

function lineOf(links: LinkBoard): LockView['line'] {
  const states = links.all().map(({ state }) => state);
  if (states.includes('down')) return 'down';
  return states.length === 0 || states.includes('connecting') ? 'connecting' : 'up';
}

function lockedCall(call: CallView, phone: string | null): readonly LockedCallView[] {
  if (call.phase === 'ended' || call.joinedTo !== null || call.shut !== null) return [];
  const talked = call.phase === 'arriving' && call.answeredAt !== null;
  const phase = talked ? 'talking' : call.phase;
  const { id, direction, caller, dialled, tampered } = call;
  const here = phone !== null && call.phones.includes(phone);
  const since = talked ? (call.answeredAt ?? call.receivedAt) : sinceOf(call);
  return [{ id, direction, phase, since, caller, dialled, here, tampered }];
}

function sinceOf({ phase, receivedAt, phaseSince }: CallView): number {
  return phase === 'arriving' ? receivedAt : phaseSince;
}
