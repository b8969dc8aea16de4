/** Log in, log out, who am I, which rooms may I open, are you well. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { may } from '../accounts/access.ts';
import type { Intake } from '../intake.ts';
import type { Refusal } from '../records/command.ts';
import type { Store } from '../storage/store.ts';
import type { HealthDeps } from './health.ts';
import { healthOf } from './health.ts';
import type { LoginOutcome, LoginRequest } from './login.ts';
import { standingOf } from './me.ts';
import type { OfficeIndex } from './office-index.ts';
import { parseLoginBody } from './parse-client-message.ts';
import { BAD_REQUEST, FOREIGN_ORIGIN, NOT_LOGGED_IN } from './refusals.ts';
import type { SeenFrom } from './seen-from.ts';
import { isSameOrigin } from './seen-from.ts';
import { clearCookie, setCookie, tokenOf } from './session-cookie.ts';
import type { Sessions, Standing, Visitor } from './sessions.ts';

export interface ApiDeps {
  readonly store: Pick<Store, 'seat' | 'person' | 'roomView'>;
  readonly intake: Pick<Intake, 'work'>;
  readonly sessions: Sessions;
  readonly offices: OfficeIndex;
  readonly login: (request: LoginRequest) => Promise<LoginOutcome>;
  readonly loginsPerMinute: number;
  readonly health: HealthDeps;
  readonly seenFrom: (request: FastifyRequest) => SeenFrom;
  readonly standing: (request: FastifyRequest) => Promise<Standing | null>;
  readonly clock: () => number;
}

const STATUS: Readonly<Record<string, number>> = { locked: 429, busy: 503 };

export function addApiRoutes(app: FastifyInstance, deps: ApiDeps): void {
  const visitorOf = createVisitorOf(deps.standing);
  const refuseForeign = createRefuseForeign(deps.seenFrom);

  app.post(
    '/api/login',
    {
      config: { whileLocked: true, rateLimit: { max: deps.loginsPerMinute, timeWindow: 60_000 } },
      preHandler: refuseForeign,
    },
    async (request, reply) => {
      const body = parseLoginBody(request.body);
      if (body === null) return refuse(reply, 400, BAD_REQUEST);
      const seen = deps.seenFrom(request);
      const outcome = await deps.login({ ...body, address: seen.address });
      if (!outcome.ok) return refuse(reply, STATUS[outcome.refusal.code] ?? 401, outcome.refusal);
      // The session of before is worth nothing any more: a cookie planted by somebody else must not survive a log-in.
      const before = await deps.sessions.find(tokenOf(request.raw, seen));
      if (before !== null) await deps.sessions.end(before.visitor.session.id);
      const { token, visitor } = await deps.sessions.open(outcome.account);
      await audit(visitor, 'logged-in', seen);
      const { me } = await standingOf(deps.store, visitor);
      return reply.header('set-cookie', setCookie(token, seen)).send({ me });
    },
  );

  const logout = { preHandler: refuseForeign, config: { whileLocked: true } };
  app.post('/api/logout', logout, async (request, reply) => {
    const visitor = (await deps.standing(request))?.visitor ?? null;
    const seen = deps.seenFrom(request);
    if (visitor !== null) {
      await deps.sessions.end(visitor.session.id);
      await audit(visitor, 'logged-out', seen);
    }
    return reply.code(204).header('set-cookie', clearCookie(seen)).send();
  });

  app.get('/api/me', { config: { whileLocked: true, byItself: true } }, async (request, reply) => {
    const standing = await deps.standing(request);
    if (standing === null) return refuse(reply, 401, NOT_LOGGED_IN);
    const { me } = await standingOf(deps.store, standing.visitor);
    return reply.send({ me, locked: standing.locked });
  });

  app.get('/api/rooms', async (request, reply) => {
    const visitor = await visitorOf(request);
    if (visitor === null) return refuse(reply, 401, NOT_LOGGED_IN);
    const { scope } = visitor;
    const units = [scope.unit, ...scope.lowerUnits].filter((unit) => may(scope, 'see-room', unit));
    const ids = await deps.offices.roomsOf(units);
    const rooms = await Promise.all(ids.map((id) => deps.store.roomView(id, deps.clock())));
    return reply.send({ rooms: rooms.filter((room) => room !== undefined) });
  });

  app.get('/health', { config: { rateLimit: { max: 120, timeWindow: 60_000 } } }, async (request, reply) => {
    const seen = deps.seenFrom(request);
    const visitor = await visitorOf(request);
    const local = seen.loopback && seen.byAddress;
    const allowed = visitor !== null && may(visitor.scope, 'see-health-detail', null);
    const health = await healthOf(deps.health, local || allowed);
    return reply.code(health.ok ? 200 : 503).send(health);
  });

  async function audit(visitor: Visitor, kind: string, seen: SeenFrom): Promise<void> {
    await deps.intake.work({
      type: 'audit',
      at: deps.clock(),
      account: visitor.account.id,
      person: visitor.account.person,
      kind,
      subject: visitor.account.id,
      payload: { address: seen.address },
    });
  }
}

/** Whose session a request carries, and whether it is locked: looked up once a request. */
export function createStandingOf(
  deps: Pick<ApiDeps, 'sessions' | 'seenFrom'>,
): (request: FastifyRequest) => Promise<Standing | null> {
  const known = new WeakMap<object, Promise<Standing | null>>();
  return (request) => {
    const found = known.get(request.raw) ?? deps.sessions.find(tokenOf(request.raw, deps.seenFrom(request)));
    known.set(request.raw, found);
    return found;
  };
}

/** Who sends a request, by its cookie. A locked session is nobody. */
export function createVisitorOf(
  standing: (request: FastifyRequest) => Promise<Standing | null>,
): (request: FastifyRequest) => Promise<Visitor | null> {
  return async (request) => {
    const found = await standing(request);
    return found === null || found.locked ? null : found.visitor;
  };
}

/** A preHandler that refuses what another site sends in the name of our visitor. */
export function createRefuseForeign(
  seenFrom: ApiDeps['seenFrom'],
): (request: FastifyRequest, reply: FastifyReply) => Promise<void> {
  return async (request, reply) => {
    const { origin } = request.headers;
    // Programs send no Origin; browsers always do on POST, even from a `null` origin.
    if (origin === undefined || isSameOrigin(origin, seenFrom(request))) return;
    await refuse(reply, 403, FOREIGN_ORIGIN);
  };
}

function refuse(reply: FastifyReply, status: number, refusal: Refusal): FastifyReply {
  return reply.code(status).send(refusal);
}
