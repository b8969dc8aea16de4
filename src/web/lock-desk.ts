/**
 * 锁屏待接: lock, unlock, and 先记后登. A locked session may ask nothing but this (`whileLocked`); everything else is refused
 * before it is looked at, by the one hook below.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Intake } from '../intake.ts';
import type { Refusal } from '../records/command.ts';
import type { Store } from '../storage/store.ts';
import { type LockNoteBody, parseLockNoteBody, parseUnlockBody, type UnlockBody } from './bodies/lock.ts';
import type { LockBoard } from './lock-board.ts';
import type { LockNotes } from './lock-notes.ts';
import { standingOf } from './me.ts';
import type { OwnSecret } from './own-secret.ts';
import { BAD_REQUEST, NOT_FOUND, NOT_LOGGED_IN, SCREEN_LOCKED, WRONG_PASSWORD } from './refusals.ts';
import type { SeatDesk } from './seat-desk.ts';
import { refuse } from './send-sound.ts';
import type { Sessions, Standing, Visitor } from './sessions.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** A locked session may ask it. */
    readonly whileLocked?: boolean;
    /** Asked by the page by itself: no sign that somebody is there. */
    readonly byItself?: boolean;
  }
}

export interface LockDeskDeps {
  readonly store: Pick<Store, 'seat' | 'person' | 'callView'>;
  readonly intake: Pick<Intake, 'work'>;
  readonly sessions: Sessions;
  readonly seats: SeatDesk;
  readonly board: LockBoard;
  readonly notes: LockNotes;
  readonly ownSecret: OwnSecret;
  readonly standingOf: (request: FastifyRequest) => Promise<Standing | null>;
  readonly refuseForeign: (request: FastifyRequest, reply: FastifyReply) => Promise<void>;
  readonly clock: () => number;
}

const UNLOCKS_A_MINUTE = 30;
/** A page saves while somebody types: a few a second. */
const SAVES_A_MINUTE = 600;
/** A call that ended just now may still be what somebody writes down. */
const STILL_OF_CALL_MS = 10 * 60_000;

/** Before any route. Refuses what a locked session asks, and notices that somebody is there. */
export function guardLocked(
  app: FastifyInstance,
  sessions: Sessions,
  standing: (request: FastifyRequest) => Promise<Standing | null>,
): void {
  app.addHook('onRequest', async (request, reply) => {
    const { url, config } = request.routeOptions;
    if (url?.startsWith('/api/') !== true) return;
    const found = await standing(request);
    if (found === null) return;
    if (found.locked) {
      if (config.whileLocked !== true) await refuse(reply, 423, SCREEN_LOCKED);
    } else if (config.byItself !== true) {
      sessions.active(found.visitor.session.id);
    }
  });
}

export function addLockDesk(app: FastifyInstance, deps: LockDeskDeps): void {
  const { sessions } = deps;
  const preHandler = deps.refuseForeign;

  app.get('/api/lock', { config: { whileLocked: true, byItself: true } }, (request, reply) =>
    withStanding(request, reply, async ({ visitor, locked }) =>
      reply.send({ locked, view: await deps.board.viewOf(visitor) }),
    ),
  );

  app.post('/api/lock', { preHandler, config: { whileLocked: true, byItself: true } }, (request, reply) =>
    withStanding(request, reply, async ({ visitor, locked }) => {
      if (!locked) await sessions.lock(visitor, 'asked');
      return reply.code(204).send();
    }),
  );

  app.post(
    '/api/unlock',
    {
      preHandler,
      config: {
        whileLocked: true,
        byItself: true,
        rateLimit: { max: UNLOCKS_A_MINUTE, timeWindow: 60_000 },
      },
    },
    (request, reply) =>
      withStanding(request, reply, async ({ visitor, locked }) => {
        const body = parseUnlockBody(request.body);
        if (body === null) return refuse(reply, 400, BAD_REQUEST);
        if (!locked) return reply.code(204).send();
        const refusal = await prove(visitor, body);
        if (refusal !== null) return refuse(reply, STATUS[refusal.code] ?? 403, refusal);
        await sessions.unlock(visitor.session.id);
        await audit(visitor, 'screen-unlocked', { by: 'pin' in body ? body.person : 'password' });
        return reply.code(204).send();
      }),
  );

  /** The page tells, now and then, that somebody touches it. */
  app.post('/api/active', { preHandler }, (request, reply) =>
    withStanding(request, reply, async () => reply.code(204).send()),
  );

  app.post(
    '/api/lock/note',
    {
      preHandler,
      config: {
        whileLocked: true,
        byItself: true,
        rateLimit: { max: SAVES_A_MINUTE, timeWindow: 60_000 },
      },
    },
    (request, reply) =>
      withStanding(request, reply, async ({ visitor, locked }) => {
        const body = parseLockNoteBody(request.body);
        if (body === null) return refuse(reply, 400, BAD_REQUEST);
        const { me, seat } = await standingOf(deps.store, visitor);
        if (seat === null) return refuse(reply, 404, NOT_FOUND);
        if (body.call !== null && !(await isOfRoom(body.call, seat.room, body)))
          return refuse(reply, 404, NOT_FOUND);
        const session = visitor.session.id;
        const written = await deps.intake.work({
          type: 'lock-note-save',
          ...body,
          seat: seat.id,
          room: seat.room,
          session,
          at: deps.clock(),
        });
        if (!written.ok) return refuse(reply, 409, written.refusal);
        // What comes after the lock was opened belongs to whoever opened it.
        const signed = locked ? [] : await deps.notes.sign(me, seat.room, session);
        return reply.send({ version: body.version, signed });
      }),
  );

  /** What does not exist, is of another room or long over gets one answer: a locked page must find out nothing. */
  async function isOfRoom(id: string, room: string, { moment }: LockNoteBody): Promise<boolean> {
    const call = await deps.store.callView(id);
    if (call?.room !== room || call.shut !== null) return false;
    return call.endedAt === null || moment - call.endedAt < STILL_OF_CALL_MS;
  }

  /** Null: it is he. */
  async function prove(visitor: Visitor, body: UnlockBody): Promise<Refusal | null> {
    if ('password' in body) return deps.ownSecret(visitor.account, body.password);
    const { people, seat } = await deps.board.viewOf(visitor);
    if (!people.some(({ id }) => id === body.person)) {
      await audit(visitor, 'unlock-refused', { asked: body.person });
      return WRONG_PASSWORD;
    }
    const { me } = await standingOf(deps.store, visitor);
    const changed = seat === null ? null : await deps.seats.changePerson(me, body.person, body.pin);
    if (changed === null) return WRONG_PASSWORD;
    return changed.ok ? null : changed.refusal;
  }

  async function withStanding(
    request: FastifyRequest,
    reply: FastifyReply,
    act: (standing: Standing) => Promise<FastifyReply>,
  ): Promise<FastifyReply> {
    const standing = await deps.standingOf(request);
    return standing === null ? refuse(reply, 401, NOT_LOGGED_IN) : act(standing);
  }

  async function audit(
    { account, session }: Visitor,
    kind: string,
    payload: Readonly<Record<string, string>>,
  ): Promise<void> {
    await deps.intake.work({
      type: 'audit',
      at: deps.clock(),
      account: account.id,
      person: account.person,
      kind,
      subject: session.seat,
      payload,
    });
  }
}

const STATUS: Readonly<Record<string, number>> = { locked: 429, busy: 503 };
