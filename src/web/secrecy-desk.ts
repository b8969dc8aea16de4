/**
 * 涉密误录处置: any officer shuts a call, a record or what was written by hand away at once; leaders and supervisors open it
 * again; it is destroyed by two of those who may overrule, the second of whom gives the own password on the spot.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Action } from '../accounts/access.ts';
import { may } from '../accounts/access.ts';
import { readReason } from '../accounts/listening.ts';
import { readWritten } from '../duty/hand-written.ts';
import type { Intake } from '../intake.ts';
import type { ShutHand } from '../storage/shut-work.ts';
import type { Store } from '../storage/store.ts';
import type { WorkResult } from '../storage/work.ts';
import type { LoginOutcome, LoginRequest } from './login.ts';
import type { OfficeIndex } from './office-index.ts';
import { parseDestroyBody, parseShutBody } from './parse-request-body.ts';
import { BAD_REQUEST, NOT_ALLOWED, NOT_FOUND, NOT_LOGGED_IN, SECOND_PERSON_MAY_NOT } from './refusals.ts';
import { refuse } from './send-sound.ts';
import type { Visitor } from './sessions.ts';

export interface SecrecyDeps {
  readonly store: Pick<Store, 'callView' | 'recordView' | 'roomOfWritten'>;
  readonly intake: Pick<Intake, 'work'>;
  readonly offices: OfficeIndex;
  readonly login: (request: LoginRequest) => Promise<LoginOutcome>;
  readonly scopeOf: (account: string) => Promise<Visitor['scope'] | null>;
  readonly visitorOf: (request: FastifyRequest) => Promise<Visitor | null>;
  readonly refuseForeign: (request: FastifyRequest, reply: FastifyReply) => Promise<void>;
  readonly addressOf: (request: FastifyRequest) => string;
  readonly clock: () => number;
}

interface ById {
  readonly Params: { readonly id: string };
}

/** Wrong passwords of a second person slow down as a log-in does; so may the attempts themselves. */
const ATTEMPTS_A_MINUTE = 10;

export function addSecrecyDesk(app: FastifyInstance, deps: SecrecyDeps): void {
  for (const [path, type, needs] of [
    ['isolate', 'isolate', 'isolate'],
    ['release', 'release', 'decide-shut'],
  ] as const) {
    app.post<ById>(`/api/shut/:id/${path}`, { preHandler: deps.refuseForeign }, (request, reply) =>
      withAllowed(request, reply, needs, async (visitor, subject) => {
        const reason = readReason(parseShutBody(request.body)?.reason ?? '');
        if (reason === null) return refuse(reply, 400, BAD_REQUEST);
        const work = { type, subject, by: handOf(visitor), reason, at: deps.clock() };
        return answer(reply, await deps.intake.work(work));
      }),
    );
  }

  app.post<ById>(
    '/api/shut/:id/destroy',
    {
      preHandler: deps.refuseForeign,
      config: { rateLimit: { max: ATTEMPTS_A_MINUTE, timeWindow: 60_000 } },
    },
    (request, reply) =>
      withAllowed(request, reply, 'decide-shut', async (visitor, subject, unit) => {
        const body = parseDestroyBody(request.body);
        const reason = readReason(body?.reason ?? '');
        if (body === null || reason === null) return refuse(reply, 400, BAD_REQUEST);
        const { login, password, totp } = body;
        const second = await deps.login({ login, password, totp, address: deps.addressOf(request) });
        if (!second.ok) return refuse(reply, 403, second.refusal);
        const scope = await deps.scopeOf(second.account.id);
        if (scope === null || !may(scope, 'decide-shut', unit))
          return refuse(reply, 403, SECOND_PERSON_MAY_NOT);
        const other: ShutHand = { account: second.account.id, person: second.account.person };
        const by = [handOf(visitor), other] as const;
        return answer(
          reply,
          await deps.intake.work({ type: 'destroy', subject, by, reason, at: deps.clock() }),
        );
      }),
  );

  async function withAllowed(
    request: FastifyRequest<ById>,
    reply: FastifyReply,
    action: Action,
    act: (visitor: Visitor, subject: string, unit: string) => Promise<FastifyReply>,
  ): Promise<FastifyReply> {
    const visitor = await deps.visitorOf(request);
    if (visitor === null) return refuse(reply, 401, NOT_LOGGED_IN);
    const { id } = request.params;
    const room = /^[0-9A-Za-z:_-]{1,200}$/.test(id) ? await roomOf(id) : null;
    const unit = room === null ? null : await deps.offices.unitOfRoom(room);
    if (unit === null || !may(visitor.scope, 'see-room', unit)) return refuse(reply, 404, NOT_FOUND);
    if (!may(visitor.scope, action, unit)) return refuse(reply, 403, NOT_ALLOWED);
    return act(visitor, id, unit);
  }

  async function roomOf(id: string): Promise<string | null> {
    const written = readWritten(id);
    if (written !== null) return deps.store.roomOfWritten(written);
    return (await deps.store.callView(id))?.room ?? (await deps.store.recordView(id))?.room ?? null;
  }
}

function handOf({ account }: Visitor): ShutHand {
  return { account: account.id, person: account.person };
}

function answer(reply: FastifyReply, result: WorkResult): FastifyReply {
  return result.ok ? reply.code(204).send() : refuse(reply, 409, result.refusal);
}
