/** What each message of the server does to the page's state. Pure. */
import type { Refusal } from '../records/command.ts';
import type { CallView } from '../web/protocol/call-view.ts';
import type { HoldView, RecordView } from '../web/protocol/record-view.ts';
import type { Change, ServerMessage, Snapshot } from '../web/protocol/server-message.ts';
import { sortedByOwner } from './adoption.ts';
import { type DeskState, emptyDesk, ownerOf, put, serverNow, without } from './desk-state.ts';
import { conflicting, fieldKey, refused, settled, type Unsent, type UnsentMap, unsentKey } from './unsent.ts';
import { draftByHand, newerRecord, withField } from './views.ts';

/** The server could not write it down just now: what is under way stays so and is repeated. */
const NOT_KEPT = 'not-kept';
/** It came while the screen was being locked: it is sent again when that is over. */
const LOCKED = 'screen-locked';

/** The state after a message; `mono` is the monotonic clock at its arrival, ms. */
export function applyMessage(state: DeskState, message: ServerMessage, mono: number): DeskState {
  switch (message.type) {
    case 'snapshot':
      return snapshotTaken(state, message, mono);
    case 'delta': {
      // On resume the server repeats what we may have seen; an older position must not bring older views back.
      if (state.position !== null && message.position < state.position) return state;
      const heard = { ...state, position: message.position, clock: { serverTime: message.serverTime, mono } };
      return message.changes.reduce(changed, heard);
    }
    case 'accepted':
      return accepted(state, message, mono);
    case 'refused':
      return refusedBy(state, message.opId, message.refusal);
    case 'conflict':
      return conflicted(state, message);
    case 'hold':
      return held(state, message.hold);
    case 'released':
      return released(state, message);
    case 'me':
      return sortedByOwner({ ...state, me: message.me });
    case 'locked':
      return { ...behindLock(state), lock: message.view, clock: { serverTime: message.serverTime, mono } };
    case 'unlocked':
      // The connection says hello again; the snapshot opens the page.
      return state;
    case 'signed':
      return { ...state, signed: [...state.signed, ...message.signed] };
    case 'reload':
      return { ...state, mustReload: true };
    case 'logged-out':
      return { ...state, session: 'out', loggedOutWhy: message.refusal };
    case 'pong':
      return { ...state, clock: { serverTime: message.serverTime, mono } };
  }
}

/** Nothing of the room stays in the page; what was typed and not sent, and what was asked and not answered, waits. */
export function behindLock(state: DeskState): DeskState {
  const { client, session, me, link, clock, unsent, strangers, commands, selected, storageFailed } = state;
  return {
    ...emptyDesk(client),
    ...{ session, me, link, clock, unsent, strangers, commands, selected, storageFailed },
    lock: state.lock,
    signed: state.signed,
    mustReload: state.mustReload,
  };
}

function snapshotTaken(state: DeskState, snapshot: Snapshot, mono: number): DeskState {
  const records = new Map<string, RecordView>(snapshot.records.map((record) => [record.id, record]));
  // An opening the server has not seen yet still has its form here.
  for (const entry of state.unsent.values())
    if (entry.kind === 'opening' && !records.has(entry.record))
      records.set(entry.record, draftByHand(entry.record, snapshot.room.id, entry.at));
  return sortedByOwner({
    ...state,
    session: 'in',
    me: snapshot.me,
    position: snapshot.position,
    lock: null,
    clock: { serverTime: snapshot.serverTime, mono },
    demo: snapshot.demo,
    insecure: snapshot.insecure,
    practiceFields: snapshot.practiceFields,
    lockAfterMs: snapshot.lockAfterMs,
    attachmentLimits: snapshot.attachments,
    room: snapshot.room,
    stories: snapshot.stories,
    links: new Map(snapshot.links.map((link) => [link.pbx, link])),
    gaps: new Map(snapshot.gaps.map((gap) => [gap.id, gap])),
    calls: new Map<string, CallView>(snapshot.calls.map((call) => [call.id, call])),
    records,
    holds: new Map(
      snapshot.holds
        .filter((hold) => hold.client !== state.client)
        .map((hold) => [fieldKey(hold.record, hold.field), hold]),
    ),
  });
}

function changed(state: DeskState, change: Change): DeskState {
  switch (change.entity) {
    case 'call':
      return { ...state, calls: new Map(state.calls).set(change.view.id, change.view) };
    case 'record': {
      const view = newerRecord(state.records.get(change.view.id), change.view);
      const known = { ...state, records: new Map(state.records).set(view.id, view) };
      return view.shut === 'destroyed' ? withoutTexts(known, view.id) : known;
    }
    case 'link':
      return { ...state, links: new Map(state.links).set(change.view.pbx, change.view) };
    case 'gap':
      return { ...state, gaps: new Map(state.gaps).set(change.view.id, change.view) };
    case 'room':
      return { ...state, room: change.view };
  }
}

/** 销毁 reaches what was typed here and not sent, and what others are seen typing. */
function withoutTexts(state: DeskState, record: string): DeskState {
  const other = ([, { record: of }]: readonly [string, { readonly record: string }]) => of !== record;
  return {
    ...state,
    unsent: new Map([...state.unsent].filter(other)),
    holds: new Map([...state.holds].filter(other)),
  };
}

function accepted(
  state: DeskState,
  message: Extract<ServerMessage, { type: 'accepted' }>,
  mono: number,
): DeskState {
  if (state.commands.has(message.opId)) return { ...state, commands: without(state.commands, message.opId) };
  const entry = withOperation(state.unsent, message.opId);
  if (entry === undefined) return state;
  const savedAt = serverNow(state.clock, mono) ?? state.savedAt;
  if (entry.kind !== 'text') return sent({ ...state, savedAt }, entry, null);
  const version = message.version ?? entry.base + 1;
  const written = new Map(state.written).set(unsentKey(entry), version);
  const next = sent({ ...state, savedAt, written }, entry, settled(entry, version));
  const record = state.records.get(entry.record);
  if (record === undefined || entry.op === null) return next;
  // The delta may come later than this answer: without this the field would show its old text for a moment.
  const view = { value: entry.op.value, version, by: ownerOf(state).name, at: savedAt ?? entry.at };
  return { ...next, records: new Map(next.records).set(record.id, withField(record, entry.field, view)) };
}

/** Puts what is left of an entry in its place and counts an outage's last upload. */
function sent(state: DeskState, entry: Unsent, left: Unsent | null): DeskState {
  const key = unsentKey(entry);
  const unsent = left === null ? without(state.unsent, key) : put(state.unsent, left);
  const over = state.waitedThroughOutage > 0 && unsent.size === 0;
  return over
    ? { ...state, unsent, recovered: state.waitedThroughOutage, waitedThroughOutage: 0 }
    : { ...state, unsent };
}

function refusedBy(state: DeskState, opId: string | null, refusal: Refusal): DeskState {
  if (refusal.code === LOCKED) return state;
  if (opId === null) return { ...state, remark: refusal };
  const command = state.commands.get(opId);
  if (command !== undefined)
    return { ...state, commands: new Map(state.commands).set(opId, { ...command, refusal }) };
  const entry = withOperation(state.unsent, opId);
  if (entry === undefined || refusal.code === NOT_KEPT) return { ...state, remark: refusal };
  // 修改记录 of a record that is shut away takes nothing more.
  if (entry.kind === 'aside') return sent(state, entry, null);
  const left = entry.kind === 'text' ? refused(entry, refusal) : { ...entry, refusal };
  return { ...state, unsent: put(state.unsent, left) };
}

function conflicted(state: DeskState, message: Extract<ServerMessage, { type: 'conflict' }>): DeskState {
  const entry = withOperation(state.unsent, message.opId);
  if (entry?.kind !== 'text') return state;
  const next = sent(state, entry, conflicting(entry, message.current));
  const record = state.records.get(message.record);
  if (record === undefined) return next;
  return {
    ...next,
    records: new Map(next.records).set(record.id, withField(record, message.field, message.current)),
  };
}

function held(state: DeskState, hold: HoldView): DeskState {
  if (hold.client === state.client) return state;
  return { ...state, holds: new Map(state.holds).set(fieldKey(hold.record, hold.field), hold) };
}

function released(state: DeskState, message: Extract<ServerMessage, { type: 'released' }>): DeskState {
  const key = fieldKey(message.record, message.field);
  const next = { ...state, holds: without(state.holds, key) };
  const mine = ownerOf(state).name;
  if (message.takenOverBy === null || message.takenOverBy === mine || state.writing !== key) return next;
  return { ...next, takenOver: new Map(state.takenOver).set(key, message.takenOverBy) };
}

function withOperation(unsent: UnsentMap, opId: string): Unsent | undefined {
  for (const entry of unsent.values()) {
    const operation = entry.kind === 'text' ? entry.op?.opId : entry.opId;
    if (operation === opId) return entry;
  }
  return undefined;
}
