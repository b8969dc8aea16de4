/**
 * The shell round `holds.ts`: one timer for the next hold that ends, and a message to the room for each change. A closed
 * socket ends no hold: the page is likely back before the 10 s are over, and then goes on typing.
 */
import type { FieldName } from '../records/field.ts';
import type { Hold, HoldKey, Holds } from './holds.ts';
import { enter, expired, inRoom, nextExpiry, release, takeOver, viewOf } from './holds.ts';
import type { HoldView } from './protocol/record-view.ts';
import type { ServerMessage } from './protocol/server-message.ts';

interface Holder {
  readonly room: string;
  readonly client: string;
  readonly person: string;
}

export interface HoldKeeper {
  /** Typing: the others see the text live. Nothing happens when somebody else is in the field. */
  type(holder: Holder, key: HoldKey, text: string): void;
  takeOver(holder: Holder, key: HoldKey): void;
  release(holder: Holder, key: HoldKey): void;
  inRoom(room: string): readonly HoldView[];
  /** What a page that missed something about this field must be told now. */
  messageFor(key: HoldKey): ServerMessage;
  close(): void;
}

/** `tell` sends to everybody in the room but the client named. */
export function createHoldKeeper(
  clock: () => number,
  tell: (room: string, key: HoldKey, message: ServerMessage, exceptClient: string | null) => void,
): HoldKeeper {
  let holds: Holds = new Map();
  let timer: NodeJS.Timeout | null = null;

  function become(next: Holds): void {
    holds = next;
    if (timer !== null) clearTimeout(timer);
    const due = nextExpiry(holds);
    timer = due === null ? null : setTimeout(expire, Math.max(0, due - clock()) + 1).unref();
  }

  function expire(): void {
    for (const hold of expired(holds, clock())) free(hold);
    become(holds);
  }

  function free(hold: Hold): void {
    become(release(holds, hold, hold.client).holds);
    tell(hold.room, hold, released(hold.record, hold.field, null), null);
  }

  return {
    type: (holder, key, text) => {
      const step = enter(holds, { ...holder, ...key, text }, clock());
      if (!step.entered) return;
      become(step.holds);
      tell(
        holder.room,
        key,
        { type: 'hold', hold: { ...key, person: holder.person, client: holder.client, text } },
        holder.client,
      );
    },
    takeOver: (holder, key) => {
      become(takeOver(holds, { ...holder, ...key }, clock()));
      tell(holder.room, key, released(key.record, key.field, holder.person), holder.client);
      tell(holder.room, key, messageFor(holds, key), holder.client);
    },
    release: (holder, key) => {
      const step = release(holds, key, holder.client);
      if (!step.entered) return;
      become(step.holds);
      tell(holder.room, key, released(key.record, key.field, null), holder.client);
    },
    inRoom: (room) => inRoom(holds, room),
    messageFor: (key) => messageFor(holds, key),
    close: () => {
      if (timer !== null) clearTimeout(timer);
    },
  };
}

function messageFor(holds: Holds, key: HoldKey): ServerMessage {
  const hold = [...holds.values()].find((one) => one.record === key.record && one.field === key.field);
  return hold === undefined ? released(key.record, key.field, null) : { type: 'hold', hold: viewOf(hold) };
}

function released(record: string, field: FieldName, takenOverBy: string | null): ServerMessage {
  return { type: 'released', record, field, takenOverBy };
}
