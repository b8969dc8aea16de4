/**
 * What the page knows and shows: one pure reducer over server messages and what people do here. No clock, no socket, no
 * storage: the shell (`desk-store.ts`) hands times in, keeps `unsent` in IndexedDB and sends what may leave.
 */
import type { KeyMap } from '../keys/own-keys.ts';
import type { Refusal } from '../records/command.ts';
import type { FieldName } from '../records/field.ts';
import type { CallView } from '../web/protocol/call-view.ts';
import type { LockView, SignedNote } from '../web/protocol/lock-view.ts';
import type { RecordView } from '../web/protocol/record-view.ts';
import type { Me } from '../web/protocol/room-view.ts';
import type { ServerMessage } from '../web/protocol/server-message.ts';
import { adopted, sortedByOwner } from './adoption.ts';
import {
  type Command,
  type DeskState,
  emptyDesk,
  ownerOf,
  put,
  type Selected,
  without,
} from './desk-state.ts';
import { applyMessage, behindLock } from './server-message.ts';
import { departing, fieldKey, takeMine, typed, type Unsent } from './unsent.ts';
import { draftByHand, newerRecord } from './views.ts';

export type Action =
  | { readonly type: 'message'; readonly message: ServerMessage; readonly mono: number }
  | { readonly type: 'logged-in'; readonly me: Me }
  | { readonly type: 'logged-out'; readonly why: Refusal | null }
  /** 设置: the own keys are others now. */
  | { readonly type: 'keys-chosen'; readonly keys: KeyMap }
  /** Told by an answer, where there is no socket: locked, or open again (null). */
  | { readonly type: 'lock-told'; readonly view: LockView | null }
  | { readonly type: 'signed'; readonly signed: readonly SignedNote[] }
  | { readonly type: 'dismiss-signed' }
  | { readonly type: 'link'; readonly state: DeskState['link']['state']; readonly mono: number }
  | { readonly type: 'adopted'; readonly entries: readonly Unsent[] }
  | { readonly type: 'upload-as-mine' }
  | { readonly type: 'storage-failed' }
  | {
      readonly type: 'typed';
      readonly record: string;
      readonly field: FieldName;
      readonly value: string;
      /** Version of the text the writer had before his eyes. */
      readonly base: number;
      readonly at: number;
    }
  | { readonly type: 'departed'; readonly key: string; readonly opId: string }
  /** The text that lost is about to be given up. */
  | {
      readonly type: 'set-aside';
      readonly record: string;
      readonly field: FieldName;
      readonly opId: string;
      readonly at: number;
    }
  | { readonly type: 'take-mine' | 'take-theirs'; readonly record: string; readonly field: FieldName }
  /** The caret went into a field, or out of all (null). */
  | { readonly type: 'writing'; readonly key: string | null }
  | { readonly type: 'took-over'; readonly record: string; readonly field: FieldName }
  | { readonly type: 'open-by-hand'; readonly record: string; readonly opId: string; readonly at: number }
  | { readonly type: 'commanded'; readonly message: Command['message'] }
  | { readonly type: 'dismiss-command'; readonly opId: string }
  | { readonly type: 'dismiss-remark' | 'dismiss-recovered' }
  /** A record or a call of another day, read by its id; newer views of it come like any other's. */
  | { readonly type: 'looked-up'; readonly record: RecordView | null; readonly call: CallView | null }
  | { readonly type: 'select'; readonly selected: Selected | null };

/** The next state. Never touches the one given. */
export function reduce(state: DeskState, action: Action): DeskState {
  switch (action.type) {
    case 'message':
      return applyMessage(state, action.message, action.mono);
    case 'logged-in':
      return loggedIn(state, action.me);
    case 'logged-out':
      return { ...restarted(state), session: 'out', loggedOutWhy: action.why };
    case 'keys-chosen':
      return state.me === null ? state : { ...state, me: { ...state.me, keys: action.keys } };
    case 'lock-told':
      return action.view === null ? { ...state, lock: null } : { ...behindLock(state), lock: action.view };
    case 'signed':
      return { ...state, signed: [...state.signed, ...action.signed] };
    case 'dismiss-signed':
      return { ...state, signed: [] };
    case 'link':
      return linkChanged(state, action.state, action.mono);
    case 'adopted':
      return adopted(state, action.entries);
    case 'upload-as-mine':
      return adopted(
        { ...state, strangers: [] },
        state.strangers.map((entry) => ({ ...entry, owner: ownerOf(state) })),
      );
    case 'storage-failed':
      return { ...state, storageFailed: true };
    case 'typed':
      return typedInto(state, action);
    case 'departed': {
      const entry = state.unsent.get(action.key);
      return entry?.kind === 'text'
        ? { ...state, unsent: put(state.unsent, departing(entry, action.opId)) }
        : state;
    }
    case 'set-aside':
      return setAside(state, action);
    case 'take-mine': {
      const entry = state.unsent.get(fieldKey(action.record, action.field));
      return entry?.kind === 'text' ? { ...state, unsent: put(state.unsent, takeMine(entry)) } : state;
    }
    case 'take-theirs':
      return { ...state, unsent: without(state.unsent, fieldKey(action.record, action.field)) };
    case 'writing':
      return { ...state, writing: action.key };
    case 'took-over': {
      const key = fieldKey(action.record, action.field);
      return { ...state, holds: without(state.holds, key), takenOver: without(state.takenOver, key) };
    }
    case 'open-by-hand':
      return openedByHand(state, action);
    case 'commanded': {
      const record = 'record' in action.message ? action.message.record : null;
      const command: Command = { message: action.message, record, refusal: null };
      return { ...state, commands: new Map(state.commands).set(action.message.opId, command) };
    }
    case 'dismiss-command':
      return { ...state, commands: without(state.commands, action.opId) };
    case 'dismiss-remark':
      return { ...state, remark: null };
    case 'dismiss-recovered':
      return { ...state, recovered: null };
    case 'looked-up':
      return lookedUp(state, action.record, action.call);
    case 'select':
      return { ...state, selected: action.selected };
  }
}

function lookedUp(state: DeskState, record: RecordView | null, call: CallView | null): DeskState {
  const records = new Map(state.records);
  const calls = new Map(state.calls);
  if (record !== null && record.room === state.room?.id)
    records.set(record.id, newerRecord(records.get(record.id), record));
  if (call !== null && call.room === state.room?.id && !calls.has(call.id)) calls.set(call.id, call);
  return { ...state, records, calls };
}

/** A new person starts from nothing, but no unsent text is ever dropped. */
function restarted(state: DeskState): DeskState {
  const { client, unsent, strangers, storageFailed } = state;
  return { ...emptyDesk(client), unsent, strangers, storageFailed };
}

function loggedIn(state: DeskState, me: Me): DeskState {
  if (state.session === 'in' && state.me?.account === me.account) return { ...state, me };
  return sortedByOwner({ ...restarted(state), session: 'in', me });
}

function linkChanged(state: DeskState, link: DeskState['link']['state'], mono: number): DeskState {
  if (link === state.link.state) return state;
  const next = { ...state, link: { state: link, mono } };
  // Who holds what is told again after the way back.
  if (link !== 'open') return { ...next, holds: new Map() };
  return { ...next, waitedThroughOutage: state.unsent.size, recovered: null };
}

function typedInto(state: DeskState, edit: Extract<Action, { type: 'typed' }>): DeskState {
  const key = fieldKey(edit.record, edit.field);
  const before = state.unsent.get(key);
  const view = state.records.get(edit.record)?.fields[edit.field];
  const text = before?.kind === 'text' ? before : undefined;
  if (text === undefined && view !== undefined && view.value === edit.value) return state;
  // A stroke that began before the own last words were drawn still goes on from them: should this page die, the next one
  // may not meet them as somebody else's.
  const base = Math.max(edit.base, state.written.get(key) ?? 0);
  const entry = typed(text, { ...edit, base, owner: ownerOf(state), client: state.client });
  return { ...state, unsent: put(state.unsent, entry), takenOver: without(state.takenOver, key) };
}

/** What lost its conflict as it was sent stands in 修改记录 already; what was typed since does not. */
function setAside(state: DeskState, action: Extract<Action, { type: 'set-aside' }>): DeskState {
  const entry = state.unsent.get(fieldKey(action.record, action.field));
  if (entry?.kind !== 'text' || entry.conflict === null) return state;
  const { owner, client, record, field, value } = entry;
  const { opId, at } = action;
  return {
    ...state,
    unsent: put(state.unsent, { kind: 'aside', owner, client, record, field, value, opId, at }),
  };
}

function openedByHand(state: DeskState, action: Extract<Action, { type: 'open-by-hand' }>): DeskState {
  if (state.room === null) return state;
  const { record, opId, at } = action;
  const entry: Unsent = {
    kind: 'opening',
    owner: ownerOf(state),
    client: state.client,
    record,
    opId,
    at,
    refusal: null,
  };
  return {
    ...state,
    records: new Map(state.records).set(record, draftByHand(record, state.room.id, at)),
    unsent: put(state.unsent, entry),
    selected: { kind: 'record', id: record },
  };
}
