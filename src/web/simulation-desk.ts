/** Messages about 模拟来电: checked against the table of access, handed to the demonstration PBX where one runs. */
import { may } from '../accounts/access.ts';
import type { Refusal } from '../records/command.ts';
import type { Store } from '../storage/store.ts';
import type { OfficeIndex } from './office-index.ts';
import type { ClientMessage } from './protocol/client-message.ts';
import type { ServerMessage } from './protocol/server-message.ts';
import { NOT_DEMO, NOT_FOUND } from './refusals.ts';
import type { Visitor } from './sessions.ts';
import type { Simulation } from './simulation.ts';

type SimulationMessage = Extract<ClientMessage, { type: 'simulate-call' }>;

export interface SimulationDesk {
  /** The answer to one message: `accepted` once the call was started, or `refused`. */
  handle(message: SimulationMessage, visitor: Visitor, room: string): Promise<ServerMessage>;
}

export function createSimulationDesk(deps: {
  readonly store: Pick<Store, 'lastPosition'>;
  readonly offices: OfficeIndex;
  /** Null: this is no demonstration. */
  readonly simulation: Simulation | null;
}): SimulationDesk {
  const { store, offices, simulation } = deps;

  async function refusalOf(
    message: SimulationMessage,
    visitor: Visitor,
    room: string,
  ): Promise<Refusal | null> {
    const unit = await offices.unitOfRoom(room);
    if (simulation === null) return NOT_DEMO;
    const allowed = unit !== null && may(visitor.scope, 'write-record', unit);
    return allowed ? simulation.start(message.story, message.opId) : NOT_FOUND;
  }

  return {
    handle: async (message, visitor, room) => {
      const { opId } = message;
      const refusal = await refusalOf(message, visitor, room);
      return refusal === null
        ? { type: 'accepted', opId, position: await store.lastPosition(), version: null }
        : { type: 'refused', opId, refusal };
    },
  };
}
