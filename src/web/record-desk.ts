/** Messages about records: checked against the table of access, handed to the intake, answered when durable. */
import type { Action } from '../accounts/access.ts';
import { may } from '../accounts/access.ts';
import type { Intake } from '../intake.ts';
import type { RecordCommand, Refusal } from '../records/command.ts';
import type { Store } from '../storage/store.ts';
import { askerOf } from './me.ts';
import type { OfficeIndex } from './office-index.ts';
import type { ClientMessage } from './protocol/client-message.ts';
import type { Me } from './protocol/room-view.ts';
import type { ServerMessage } from './protocol/server-message.ts';
import { NOT_ALLOWED, NOT_FOUND } from './refusals.ts';
import type { Visitor } from './sessions.ts';

type RecordMessage = Extract<
  ClientMessage,
  {
    type:
      | 'patch'
      | 'set-aside'
      | 'register'
      | 'correct'
      | 'mark-no-record'
      | 'void'
      | 'reopen'
      | 'open-by-hand'
      | 'add-entry'
      | 'confirm-entry'
      | 'withdraw-entry'
      | 'archive'
      | 'link'
      | 'merge';
  }
>;

/** Who sends, from which tab, standing in which room. */
interface Writer {
  readonly visitor: Visitor;
  readonly me: Me;
  readonly room: string;
  readonly client: string;
}

export interface RecordDesk {
  /** The answer to one message: `accepted`, `conflict` or `refused`. */
  handle(message: RecordMessage, writer: Writer): Promise<ServerMessage>;
  /** Whether the writer may type into this record now; for soft holds. */
  mayWrite(record: string, writer: Writer): Promise<boolean>;
}

const NEEDS: Readonly<Record<RecordMessage['type'], Action>> = {
  patch: 'write-record',
  'set-aside': 'write-record',
  register: 'write-record',
  correct: 'write-record',
  'mark-no-record': 'write-record',
  'open-by-hand': 'write-record',
  void: 'overrule-record',
  reopen: 'overrule-record',
  'add-entry': 'write-record',
  'confirm-entry': 'confirm-instruction',
  'withdraw-entry': 'write-record',
  archive: 'write-record',
  link: 'write-record',
  merge: 'write-record',
};

/** A record never changes its room, so the answer is kept. */
const ROOMS_KEPT = 5_000;

export function createRecordDesk(deps: {
  readonly store: Pick<Store, 'recordView'>;
  readonly intake: Pick<Intake, 'command' | 'work'>;
  readonly offices: OfficeIndex;
  readonly clock: () => number;
}): RecordDesk {
  const roomOf = new Map<string, string>();

  async function roomOfRecord(record: string): Promise<string | null> {
    const known = roomOf.get(record);
    if (known !== undefined) return known;
    const room = (await deps.store.recordView(record))?.room ?? null;
    if (room !== null) {
      roomOf.set(record, room);
      const oldest = roomOf.keys().next().value;
      if (roomOf.size > ROOMS_KEPT && oldest !== undefined) roomOf.delete(oldest);
    }
    return room;
  }

  /** Null when allowed. A record that does not exist and one that may not be seen get the same answer. */
  async function refuse(action: Action, room: string | null, writer: Writer): Promise<Refusal | null> {
    const unit = room === null ? null : await deps.offices.unitOfRoom(room);
    const { scope } = writer.visitor;
    if (unit === null || !may(scope, 'see-room', unit)) return NOT_FOUND;
    return may(scope, action, unit) ? null : NOT_ALLOWED;
  }

  async function refused(message: RecordMessage, writer: Writer, refusal: Refusal): Promise<ServerMessage> {
    await deps.intake.work({
      type: 'audit',
      at: deps.clock(),
      account: writer.me.account,
      person: writer.me.person?.id ?? null,
      kind: 'access-refused',
      subject: message.record,
      payload: { message: message.type, code: refusal.code },
    });
    return { type: 'refused', opId: message.opId, refusal };
  }

  return {
    handle: async (message, writer) => {
      const room = message.type === 'open-by-hand' ? writer.room : await roomOfRecord(message.record);
      const refusal = await refuse(NEEDS[message.type], room, writer);
      if (refusal !== null) return refused(message, writer, refusal);
      const outcome = await deps.intake.command(commandOf(message, writer), askerOf(writer.me));
      if (outcome.ok) {
        return {
          type: 'accepted',
          opId: message.opId,
          position: outcome.position,
          version: outcome.version,
        };
      }
      if (message.type === 'patch' && outcome.conflict !== undefined) {
        const { opId, record, field, value } = message;
        return { type: 'conflict', opId, record, field, current: outcome.conflict, yours: value };
      }
      return { type: 'refused', opId: message.opId, refusal: outcome.refusal };
    },
    mayWrite: async (record, writer) =>
      (await roomOfRecord(record)) === writer.room &&
      (await refuse('write-record', writer.room, writer)) === null,
  };
}

function commandOf(message: RecordMessage, writer: Writer): RecordCommand {
  switch (message.type) {
    case 'patch':
      return { ...message, type: 'patch-field', client: writer.client };
    case 'open-by-hand':
      return { ...message, room: writer.room };
    default:
      return message;
  }
}
