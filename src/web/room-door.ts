/** The door of an address that belongs to a room: seen by whoever sees the room, and written behind it by who may. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Action, may } from '../accounts/access.ts';
import type { Intake } from '../intake.ts';
import type { OfficeIndex } from './office-index.ts';
import { NOT_ALLOWED, NOT_FOUND } from './refusals.ts';
import { refuse } from './send-sound.ts';
import type { Visitor } from './sessions.ts';
import { doorFor } from './with-visitor.ts';

export interface RoomDoorDeps {
  readonly intake: Pick<Intake, 'work'>;
  readonly offices: OfficeIndex;
  readonly visitorOf: (request: FastifyRequest) => Promise<Visitor | null>;
  readonly clock: () => number;
}

export interface InRoom {
  readonly visitor: Visitor;
  readonly room: string;
  /** In the unit of this room. */
  readonly mayDo: (action: Action) => boolean;
}

interface ByRoom {
  readonly Params: { readonly room: string };
}

/** Answers a request about a room, or refuses it. */
export type RoomAnswer = (
  request: FastifyRequest<ByRoom>,
  reply: FastifyReply,
  act: (place: InRoom) => Promise<FastifyReply>,
) => Promise<FastifyReply>;

export interface RoomDoor {
  /** 401 to who is not logged in; what does not exist and what may not be seen get the same 404. */
  readonly withRoom: RoomAnswer;
  /** And 403 to who may not do this here, audited as `refusedKind`. */
  readonly toDo: (action: Action) => RoomAnswer;
}

/** `refusedKind`: how the audit trail names who tried and may not. */
export function roomDoor(deps: RoomDoorDeps, refusedKind: string): RoomDoor {
  const withVisitor = doorFor(deps.visitorOf);

  const withRoom: RoomAnswer = (request, reply, act) =>
    withVisitor(request, reply, async (visitor) => {
      const { room } = request.params;
      const unit = await deps.offices.unitOfRoom(room);
      if (unit === null || !may(visitor.scope, 'see-room', unit)) return refuse(reply, 404, NOT_FOUND);
      return act({ visitor, room, mayDo: (action) => may(visitor.scope, action, unit) });
    });

  async function notAllowed(reply: FastifyReply, { visitor, room }: InRoom): Promise<FastifyReply> {
    const { id: account, person } = visitor.account;
    await deps.intake.work({
      ...{ type: 'audit', at: deps.clock(), account, person },
      ...{ kind: refusedKind, subject: room, payload: {} },
    });
    return refuse(reply, 403, NOT_ALLOWED);
  }

  const toDo = (action: Action): RoomAnswer => {
    return (request, reply, act) =>
      withRoom(request, reply, (place) => (place.mayDo(action) ? act(place) : notAllowed(reply, place)));
  };
  return { withRoom, toDo };
}
