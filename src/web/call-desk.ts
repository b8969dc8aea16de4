/** Messages about calls: 我来回拨, 无法回拨, notes at a moment. Checked against the table of access, answered when durable. */
import type { Action } from '../accounts/access.ts';
import { may } from '../accounts/access.ts';
import type { Intake } from '../intake.ts';
import type { Store } from '../storage/store.ts';
import type { Work } from '../storage/work.ts';
import { shownName } from './me.ts';
import type { OfficeIndex } from './office-index.ts';
import type { ClientMessage } from './protocol/client-message.ts';
import type { Me } from './protocol/room-view.ts';
import type { ServerMessage } from './protocol/server-message.ts';
import { NOT_ALLOWED, NOT_FOUND } from './refusals.ts';
import type { Visitor } from './sessions.ts';

export type CallMessage = Extract<
  ClientMessage,
  { type: 'claim-callback' | 'give-up-callback' | 'add-note' | 'strike-note' }
>;

export interface CallDesk {
  /** The answer to one message: `accepted` or `refused`. */
  handle(message: CallMessage, visitor: Visitor, me: Me): Promise<ServerMessage>;
}

/** Who may hear a call may note something about it: officers and supervisors. */
const NEEDS: Readonly<Record<CallMessage['type'], Action>> = {
  'claim-callback': 'write-record',
  'give-up-callback': 'write-record',
  'add-note': 'hear',
  'strike-note': 'hear',
};

export function createCallDesk(deps: {
  readonly store: Pick<Store, 'callView'>;
  readonly intake: Pick<Intake, 'work'>;
  readonly offices: OfficeIndex;
  readonly clock: () => number;
}): CallDesk {
  return {
    handle: async (message, visitor, me) => {
      const { opId } = message;
      const call = await deps.store.callView(message.call);
      const unit = call === undefined ? null : await deps.offices.unitOfRoom(call.room);
      if (unit === null || !may(visitor.scope, 'see-room', unit))
        return { type: 'refused', opId, refusal: NOT_FOUND };
      if (!may(visitor.scope, NEEDS[message.type], unit))
        return { type: 'refused', opId, refusal: NOT_ALLOWED };
      const done = await deps.intake.work(workOf(message, me, deps.clock()));
      return done.ok
        ? { type: 'accepted', opId, position: done.position, version: null }
        : { type: 'refused', opId, refusal: done.refusal };
    },
  };
}

function workOf(message: CallMessage, me: Me, at: number): Work {
  const who = { account: me.account, person: me.person?.id ?? null, at };
  const { call } = message;
  switch (message.type) {
    case 'claim-callback':
      return { type: 'callback-claim', opId: message.opId, call, ...who };
    case 'give-up-callback':
      return { type: 'callback-give-up', opId: message.opId, call, reason: message.reason, ...who };
    case 'add-note': {
      const { note, moment, text } = message;
      return { type: 'note-add', call, note, moment, text, name: shownName(me), ...who };
    }
    case 'strike-note':
      return { type: 'note-strike', call, note: message.note, ...who };
  }
}
