/** Views of calls and records as tests need them: one sound default each, and what differs. */
import { FIELDS, type FieldName } from '../../src/records/field.ts';
import type { CallView, RecordingView } from '../../src/web/protocol/call-view.ts';
import type { FieldView, RecordView } from '../../src/web/protocol/record-view.ts';
import type { Me, RoomView } from '../../src/web/protocol/room-view.ts';
import type { ServerMessage, Snapshot } from '../../src/web/protocol/server-message.ts';

export const ME: Me = {
  account: 'a1',
  name: '值班一',
  role: 'officer',
  seat: 's1',
  person: { id: 'p1', name: '张建国', title: null },
  keys: {},
};

const ROOM: RoomView = {
  id: 'r1',
  name: '值班室',
  formTitle: '值班室电话记录单',
  unit: 'u1',
  lines: [],
  seats: [{ id: 's1', name: '一号席', phone: 'PJSIP/1001', person: ME.person }],
  onDuty: { leaders: [], officers: [] },
  rosterDue: [],
  watch: [],
  officers: [],
  clocks: [],
};

export function aField(value: string, version: number, by: string | null = null): FieldView {
  return { value, version, by, at: 1 };
}

export function aRecord(id: string, fields: Partial<Record<FieldName, FieldView>> = {}): RecordView {
  const all = Object.fromEntries(FIELDS.map((name) => [name, fields[name] ?? aField('', 0)]));
  return {
    id,
    room: 'r1',
    call: null,
    direction: 'inbound',
    state: 'draft',
    number: null,
    registeredAt: null,
    openedAt: 1_000,
    updatedAt: 1_000,
    byHand: false,
    noRecordReason: null,
    voidReason: null,
    fields: all as Record<FieldName, FieldView>,
    corrections: [],
    entries: [],
    attachments: [],
    archivedAt: null,
    linkedTo: null,
    mergedInto: null,
    emergency: null,
    shut: null,
  };
}

/** A recording of which nothing is known but that it exists. */
export const A_RECORDING: RecordingView = {
  id: 'x',
  part: 'talk',
  state: 'starting',
  seconds: null,
  bytes: null,
  sha256: null,
  repaired: false,
  defects: null,
  sides: null,
  playable: false,
  peaks: false,
  copy: null,
  check: null,
  foundBy: null,
};

export function aCall(id: string, over: Partial<CallView> = {}): CallView {
  return {
    id,
    room: 'r1',
    line: '0954-2035678',
    direction: 'inbound',
    phase: 'ended',
    caller: {
      number: '09542088110',
      shown: '0954-2088110',
      name: null,
      unit: null,
      person: null,
      class: 'unknown',
    },
    dialled: '2035678',
    outcome: 'answered',
    startedAt: 1_000,
    ringingAt: 1_000,
    answeredAt: null,
    endedAt: null,
    receivedAt: 1_000,
    phaseSince: 1_000,
    answeredBy: null,
    phones: [],
    hungUpBy: 'unknown',
    transfers: [],
    leftPremises: false,
    leftTo: null,
    diverted: null,
    preAnswerAudio: 'none',
    tampered: false,
    needsAttention: false,
    complete: true,
    recovered: false,
    course: [],
    callback: null,
    notes: [],
    recordings: [],
    record: null,
    joinedTo: null,
    shut: null,
    ...over,
  };
}

export function aSnapshot(over: Partial<Snapshot> = {}): Snapshot {
  return {
    type: 'snapshot',
    position: 10,
    serverTime: 50_000,
    me: ME,
    demo: false,
    insecure: false,
    practiceFields: false,
    lockAfterMs: 600_000,
    attachments: { mostBytes: 20_000_000, mostOfRecord: 20 },
    room: ROOM,
    links: [],
    gaps: [],
    calls: [],
    records: [],
    holds: [],
    stories: [],
    ...over,
  };
}

export function aDelta(position: number, view: RecordView): ServerMessage {
  return { type: 'delta', position, serverTime: 51_000, changes: [{ entity: 'record', view }] };
}
