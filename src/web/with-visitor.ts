/** The door of an address that everybody who is logged in may knock at: what he may see there is judged behind it. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { NOT_LOGGED_IN } from './refusals.ts';
import { refuse } from './send-sound.ts';
import type { Visitor } from './sessions.ts';

type Answer = (
  request: FastifyRequest,
  reply: FastifyReply,
  act: (visitor: Visitor) => Promise<FastifyReply>,
) => Promise<FastifyReply>;

/** Answers 401 to who is not logged in, and lets `act` answer everybody else. */
export function doorFor(visitorOf: (request: FastifyRequest) => Promise<Visitor | null>): Answer {
  return async (request, reply, act) => {
    const visitor = await visitorOf(request);
    return visitor === null ? refuse(reply, 401, NOT_LOGGED_IN) : act(visitor);
  };
}
