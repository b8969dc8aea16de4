/** What the page knows: the shape that `state.ts` and `server-message.ts` reduce. Pure. */
import { scopeOf } from '../accounts/access.ts';
import { type AttachmentLimits, USUAL_ATTACHMENT_LIMITS } from '../records/attachment.ts';
import type { Refusal } from '../records/command.ts';
import type { CallView } from '../web/protocol/call-view.ts';
import type { ClientMessage } from '../web/protocol/client-message.ts';
import type { LockView, SignedNote } from '../web/protocol/lock-view.ts';
import type { HoldView, RecordView } from '../web/protocol/record-view.ts';
import type { GapView, LinkView, Me, RoomView } from '../web/protocol/room-view.ts';
import type { Snapshot } from '../web/protocol/server-message.ts';
import { type Owner, type Unsent, type UnsentMap, unsentKey } from './unsent.ts';

/** Server time at a moment of the monotonic clock: immune to a wall clock that is wrong or set while we run (D15). */
export interface Clock {
  readonly serverTime: number;
  readonly mono: number;
}

export type Selected = { readonly kind: 'record' | 'call'; readonly id: string };

/** A command other than a patch, until it is answered; repeated by opId after a lost network. */
export interface Command {
  readonly message: Extract<ClientMessage, { opId: string }>;
  readonly record: string | null;
  readonly refusal: Refusal | null;
}

export interface DeskState {
  readonly session: 'unknown' | 'out' | 'in';
  readonly loggedOutWhy: Refusal | null;
  readonly client: string;
  readonly me: Me | null;
  readonly link: { readonly state: 'connecting' | 'open' | 'down'; readonly mono: number };
  readonly clock: Clock | null;
  readonly position: number | null;
  /** 锁屏待接: all that may be shown. */
  readonly lock: LockView | null;
  /** 先记后登: where it has gone, until somebody has looked. */
  readonly signed: readonly SignedNote[];
  readonly demo: boolean;
  readonly insecure: boolean;
  readonly practiceFields: boolean;
  readonly lockAfterMs: number;
  readonly attachmentLimits: AttachmentLimits;
  readonly room: RoomView | null;
  readonly links: ReadonlyMap<string, LinkView>;
  readonly gaps: ReadonlyMap<string, GapView>;
  readonly calls: ReadonlyMap<string, CallView>;
  readonly records: ReadonlyMap<string, RecordView>;
  readonly holds: ReadonlyMap<string, HoldView>;
  readonly stories: Snapshot['stories'];
  readonly unsent: UnsentMap;
  /** Entries of other people found on this machine. */
  readonly strangers: readonly Unsent[];
  /** The version of a field that this page wrote last, by field key: to its own words nobody is a stranger. */
  readonly written: ReadonlyMap<string, number>;
  /** Key of the field that has the caret. */
  readonly writing: string | null;
  /** Who took a field over from me, by field key. */
  readonly takenOver: ReadonlyMap<string, string>;
  readonly commands: ReadonlyMap<string, Command>;
  /** A refusal that belongs to nothing on screen. */
  readonly remark: Refusal | null;
  readonly selected: Selected | null;
  /** Server time of the last text that became durable. */
  readonly savedAt: number | null;
  /** Entries that waited while the link was down; set when it went, shown as 已上传 n 处 when it came back. */
  readonly waitedThroughOutage: number;
  readonly recovered: number | null;
  readonly mustReload: boolean;
  /** Why texts cannot be kept in this browser, when they cannot. */
  readonly storageFailed: boolean;
}

/** The page before anything is known. `client` names this load of the page among all others. */
export function emptyDesk(client: string): DeskState {
  return {
    session: 'unknown',
    loggedOutWhy: null,
    client,
    me: null,
    link: { state: 'connecting', mono: 0 },
    clock: null,
    position: null,
    lock: null,
    signed: [],
    demo: false,
    insecure: false,
    practiceFields: false,
    lockAfterMs: 0,
    attachmentLimits: USUAL_ATTACHMENT_LIMITS,
    room: null,
    links: new Map(),
    gaps: new Map(),
    calls: new Map(),
    records: new Map(),
    holds: new Map(),
    stories: [],
    unsent: new Map(),
    strangers: [],
    written: new Map(),
    writing: null,
    takenOver: new Map(),
    commands: new Map(),
    remark: null,
    selected: null,
    savedAt: null,
    waitedThroughOutage: 0,
    recovered: null,
    mustReload: false,
    storageFailed: false,
  };
}

/** Whose words are typed here now. */
export function ownerOf(state: Pick<DeskState, 'me'>): Owner {
  const { me } = state;
  return {
    account: me?.account ?? '',
    person: me?.person?.id ?? null,
    name: me?.person?.name ?? me?.name ?? '',
  };
}

/** Whether there is a duty room for this role at all; administrators and auditors have none. */
export function seesRooms(me: Pick<Me, 'role'>): boolean {
  return scopeOf(me.role, 'see-room') !== 'none';
}

/** Server time at a moment of the monotonic clock, ms UTC; null before the server was heard. */
export function serverNow(clock: Clock | null, mono: number): number | null {
  return clock === null ? null : clock.serverTime + (mono - clock.mono);
}

/** The map with an entry in its place. */
export function put(map: UnsentMap, entry: Unsent): UnsentMap {
  return new Map(map).set(unsentKey(entry), entry);
}

/** The map without one key; the same map when it was not there. */
export function without<Value>(map: ReadonlyMap<string, Value>, key: string): ReadonlyMap<string, Value> {
  if (!map.has(key)) return map;
  const next = new Map(map);
  next.delete(key);
  return next;
}
