/** What a page says in the room it stands in, and which desk takes it. */
import type { CallDesk } from './call-desk.ts';
import type { HoldKeeper } from './hold-keeper.ts';
import { shownName } from './me.ts';
import type { ClientMessage } from './protocol/client-message.ts';
import type { Me } from './protocol/room-view.ts';
import type { ServerMessage } from './protocol/server-message.ts';
import type { RecordDesk } from './record-desk.ts';
import type { SeatDesk, SeatOutcome } from './seat-desk.ts';
import type { Visitor } from './sessions.ts';
import type { SimulationDesk } from './simulation-desk.ts';

export type RoomMessage = Exclude<ClientMessage, { type: 'hello' | 'ping' }>;

export interface RoomDesks {
  readonly holds: HoldKeeper;
  readonly records: RecordDesk;
  readonly seats: SeatDesk;
  readonly calls: CallDesk;
  readonly simulations: SimulationDesk;
}

/** Whoever speaks, and where. */
export interface PageInRoom {
  readonly visitor: Visitor;
  readonly me: Me;
  readonly room: string;
  readonly client: string;
}

export type Taken =
  | { readonly kind: 'answered'; readonly message: ServerMessage }
  /** Who sits there may be another now, and his room too. */
  | { readonly kind: 'seated'; readonly opId: string; readonly outcome: SeatOutcome }
  /** A soft hold: whom it concerns hears of it from the keeper. */
  | { readonly kind: 'heard' };

const HEARD: Taken = { kind: 'heard' };

/** What came of it; whether the visitor may is decided by each desk. */
export async function takeInRoom(desks: RoomDesks, page: PageInRoom, message: RoomMessage): Promise<Taken> {
  const { visitor, me, room, client } = page;
  const holder = { room, client, person: shownName(me) };
  switch (message.type) {
    case 'hold':
      if (await desks.records.mayWrite(message.record, page)) {
        desks.holds.type(holder, { record: message.record, field: message.field }, message.text);
      }
      return HEARD;
    case 'take-over':
      if (await desks.records.mayWrite(message.record, page)) {
        desks.holds.takeOver(holder, { record: message.record, field: message.field });
      }
      return HEARD;
    case 'release':
      desks.holds.release(holder, { record: message.record, field: message.field });
      return HEARD;
    case 'take-seat':
      return seated(message.opId, await desks.seats.take(visitor, message.seat));
    case 'change-person':
      return seated(message.opId, await desks.seats.changePerson(me, message.person, message.pin));
    case 'claim-callback':
    case 'give-up-callback':
    case 'add-note':
    case 'strike-note':
      return answered(await desks.calls.handle(message, visitor, me));
    case 'simulate-call':
      return answered(await desks.simulations.handle(message, visitor, room));
    default:
      return answered(await desks.records.handle(message, page));
  }
}

function answered(message: ServerMessage): Taken {
  return { kind: 'answered', message };
}

function seated(opId: string, outcome: SeatOutcome): Taken {
  return { kind: 'seated', opId, outcome };
}
