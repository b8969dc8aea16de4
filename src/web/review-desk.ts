/**
 * What 回放 shows beside a call: whether it should have sound, and 评议, read by whoever may hear the call, set by whoever may
 * judge it, every earlier mark kept.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { may } from '../accounts/access.ts';
import { isSoundDue } from '../calls/sound-due.ts';
import type { Intake } from '../intake.ts';
import type { Store } from '../storage/store.ts';
import { parseReviewBody } from './bodies/review.ts';
import { shownName, standingOf } from './me.ts';
import type { OfficeIndex } from './office-index.ts';
import type { CallView } from './protocol/call-view.ts';
import type { ReplayView } from './protocol/review-view.ts';
import { BAD_REQUEST, NOT_ALLOWED, NOT_FOUND, NOT_LOGGED_IN } from './refusals.ts';
import { refuse } from './send-sound.ts';
import type { Visitor } from './sessions.ts';

export interface ReviewDeskDeps {
  readonly store: Pick<Store, 'callView' | 'reviewsOfCall' | 'soundTrail' | 'seat' | 'person'>;
  readonly intake: Pick<Intake, 'work'>;
  readonly offices: OfficeIndex;
  readonly visitorOf: (request: FastifyRequest) => Promise<Visitor | null>;
  readonly refuseForeign: (request: FastifyRequest, reply: FastifyReply) => Promise<void>;
  readonly clock: () => number;
}

interface ById {
  readonly Params: { readonly id: string };
}

export function addReviewDesk(app: FastifyInstance, deps: ReviewDeskDeps): void {
  const { store, intake, clock } = deps;

  app.get<ById>('/api/calls/:id/replay', (request, reply) =>
    withCall(request, reply, async (_visitor, call) => {
      const trail = await store.soundTrail(call.id);
      const answer: ReplayView = {
        talkDue: trail !== undefined && isSoundDue(trail) ? trail.talkSeconds : null,
        // What was said of a call that is shut away may tell what was said in it.
        reviews: call.shut === null ? await store.reviewsOfCall(call.id) : [],
      };
      return reply.send(answer);
    }),
  );

  app.post<ById>('/api/calls/:id/reviews', { preHandler: deps.refuseForeign }, (request, reply) =>
    withCall(request, reply, async (visitor, call, unit) => {
      const { account } = visitor;
      if (!may(visitor.scope, 'review', unit)) {
        await audit(visitor, 'review-refused', call.id);
        return refuse(reply, 403, NOT_ALLOWED);
      }
      const body = parseReviewBody(request.body);
      if (body === null) return refuse(reply, 400, BAD_REQUEST);
      const { me } = await standingOf(store, visitor);
      const written = await intake.work({
        type: 'review-call',
        call: call.id,
        ...body,
        account: account.id,
        // 换人 changes who writes at a seat, not who judges.
        person: account.person,
        name: me.person?.id === account.person ? shownName(me) : account.name,
        at: clock(),
      });
      return written.ok ? reply.code(204).send() : refuse(reply, 409, written.refusal);
    }),
  );

  /** What does not exist and what may not be heard get the same answer. */
  async function withCall(
    request: FastifyRequest<ById>,
    reply: FastifyReply,
    act: (visitor: Visitor, call: CallView, unit: string) => Promise<FastifyReply>,
  ): Promise<FastifyReply> {
    const visitor = await deps.visitorOf(request);
    if (visitor === null) return refuse(reply, 401, NOT_LOGGED_IN);
    const { id } = request.params;
    const call = /^[0-9A-Za-z-]{1,64}$/.test(id) ? await store.callView(id) : undefined;
    const unit = call === undefined ? null : await deps.offices.unitOfRoom(call.room);
    if (call === undefined || unit === null || !may(visitor.scope, 'hear', unit)) {
      await audit(visitor, 'review-refused', null);
      return refuse(reply, 404, NOT_FOUND);
    }
    return act(visitor, call, unit);
  }

  async function audit(visitor: Visitor, kind: string, subject: string | null): Promise<void> {
    const { id: account, person } = visitor.account;
    await intake.work({ type: 'audit', at: clock(), account, person, kind, subject, payload: {} });
  }
}
