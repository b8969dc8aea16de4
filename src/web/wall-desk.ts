/** 系统 → 公示屏: who administers makes a link for each screen and revokes it. The link itself is told once. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { may } from '../accounts/access.ts';
import type { Intake } from '../intake.ts';
import { newId } from '../storage/new-id.ts';
import type { Store } from '../storage/store.ts';
import { parseWallBody, parseWallRevokeBody } from './bodies/wall.ts';
import type { MadeWallLink, WallLinksView } from './protocol/wall-links-view.ts';
import { BAD_REQUEST, NOT_FOUND } from './refusals.ts';
import { refuse } from './send-sound.ts';
import type { Visitor } from './sessions.ts';
import { makeWallToken } from './wall-token.ts';
import { doorFor } from './with-visitor.ts';

export interface WallDeskDeps {
  readonly store: Pick<Store, 'wallLinks'>;
  readonly intake: Pick<Intake, 'work'>;
  readonly visitorOf: (request: FastifyRequest) => Promise<Visitor | null>;
  readonly refuseForeign: (request: FastifyRequest, reply: FastifyReply) => Promise<void>;
  readonly clock: () => number;
}

export function addWallDesk(app: FastifyInstance, deps: WallDeskDeps): void {
  const { intake, clock, refuseForeign: preHandler } = deps;
  const door = doorFor(deps.visitorOf);

  app.get('/api/walls', { config: { byItself: true } }, (request, reply) =>
    withAdministrator(request, reply, async () => {
      const view: WallLinksView = { links: await deps.store.wallLinks() };
      return reply.send(view);
    }),
  );

  app.post('/api/walls', { preHandler }, (request, reply) =>
    withAdministrator(request, reply, async ({ account }) => {
      const body = parseWallBody(request.body);
      if (body === null) return refuse(reply, 400, BAD_REQUEST);
      const { token, digest: tokenDigest } = makeWallToken();
      const id = newId();
      const written = await intake.work({
        ...{ type: 'wall-link-make', id, ...body, tokenDigest, account: account.id, at: clock() },
      });
      if (!written.ok) return refuse(reply, 409, written.refusal);
      const made: MadeWallLink = { id, path: `/wall.html#${token}` };
      return reply.code(201).send(made);
    }),
  );

  app.post('/api/walls/revoke', { preHandler }, (request, reply) =>
    withAdministrator(request, reply, async ({ account }) => {
      const body = parseWallRevokeBody(request.body);
      if (body === null) return refuse(reply, 400, BAD_REQUEST);
      const written = await intake.work({
        ...{ type: 'wall-link-revoke', ...body, account: account.id, at: clock() },
      });
      return written.ok ? reply.code(204).send() : refuse(reply, 409, written.refusal);
    }),
  );

  function withAdministrator(
    request: FastifyRequest,
    reply: FastifyReply,
    act: (visitor: Visitor) => Promise<FastifyReply>,
  ): Promise<FastifyReply> {
    return door(request, reply, async (visitor) => {
      if (may(visitor.scope, 'administer', null)) return act(visitor);
      await intake.work({
        ...{ type: 'audit', at: clock(), account: visitor.account.id, person: visitor.account.person },
        ...{ kind: 'setup-refused', subject: null, payload: {} },
      });
      return refuse(reply, 404, NOT_FOUND);
    });
  }
}
