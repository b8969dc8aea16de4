/** 突发事件: seen by whoever sees the room; opened, reported and closed by its officers and leaders. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { may } from '../accounts/access.ts';
import { INCIDENT_REFUSALS } from '../duty/incident-refusal.ts';
import type { IncidentPageView, IncidentView } from '../duty/incident-view.ts';
import type { Intake } from '../intake.ts';
import type { IncidentWork } from '../storage/incident-work.ts';
import type { Store } from '../storage/store.ts';
import { parseNotReportableBody, parseStepBody } from './bodies/incident.ts';
import { standingOf } from './me.ts';
import type { OfficeIndex } from './office-index.ts';
import { BAD_REQUEST, NOT_ALLOWED, NOT_FOUND, NOT_LOGGED_IN } from './refusals.ts';
import { refuse } from './send-sound.ts';
import type { Visitor } from './sessions.ts';

export interface IncidentDeskDeps {
  readonly store: Pick<
    Store,
    | 'incidents'
    | 'incident'
    | 'undecidedEmergencies'
    | 'reportLimits'
    | 'superiorOffices'
    | 'roomRoster'
    | 'seat'
    | 'person'
  >;
  readonly intake: Pick<Intake, 'work'>;
  readonly offices: OfficeIndex;
  readonly visitorOf: (request: FastifyRequest) => Promise<Visitor | null>;
  readonly refuseForeign: (request: FastifyRequest, reply: FastifyReply) => Promise<void>;
  readonly clock: () => number;
}

interface ByRoom {
  readonly Params: { readonly room: string; readonly incident?: string };
}

interface InRoom {
  readonly visitor: Visitor;
  readonly room: string;
  readonly mayWrite: boolean;
}

/** A report may have 10,000 signs of three bytes. */
const LONGEST_BODY = 65_536;

export function addIncidentDesk(app: FastifyInstance, deps: IncidentDeskDeps): void {
  const { store, clock } = deps;
  const preHandler = deps.refuseForeign;

  app.get<ByRoom>('/api/incidents/:room', (request, reply) =>
    withRoom(request, reply, async ({ room, mayWrite }) => {
      const at = clock();
      const [incidents, undecided, superiors, { people }] = await Promise.all([
        store.incidents(room, at),
        store.undecidedEmergencies(room, at),
        store.superiorOffices(),
        store.roomRoster(room),
      ]);
      const view: IncidentPageView = {
        ...{ room, at, mayWrite, incidents, undecided, superiors, limits: store.reportLimits(room) },
        people: people.map(({ name }) => name),
      };
      return reply.send(view);
    }),
  );

  app.get<ByRoom>('/api/incidents/:room/:incident', (request, reply) =>
    withRoom(request, reply, async ({ room, mayWrite }) => {
      const at = clock();
      const found = await store.incident(request.params.incident ?? '', at);
      if (found?.room !== room) return refuse(reply, 404, NOT_FOUND);
      const view: IncidentView = { ...found, at, mayWrite };
      return reply.send(view);
    }),
  );

  app.post<ByRoom>('/api/incidents/:room', { preHandler, bodyLimit: LONGEST_BODY }, (request, reply) =>
    withOfficer(request, reply, async (place) => {
      const body = parseStepBody(request.body);
      if (body === null) return refuse(reply, 400, BAD_REQUEST);
      const { opId, incident, ask } = body;
      const { room } = place;
      const said = ask.type === 'open' ? { ...ask, room } : ask;
      return write(reply, place, (by) => ({ ...by, type: 'incident-step', opId, incident, ask: said }));
    }),
  );

  app.post<ByRoom>('/api/incidents/:room/not-reportable', { preHandler }, (request, reply) =>
    withOfficer(request, reply, async (place) => {
      const body = parseNotReportableBody(request.body);
      if (body === null) return refuse(reply, 400, BAD_REQUEST);
      return write(reply, place, (by) => ({ ...by, type: 'emergency-not-reportable', ...body }));
    }),
  );

  /** What does not exist and what may not be seen get the same answer. */
  async function withRoom(
    request: FastifyRequest<ByRoom>,
    reply: FastifyReply,
    act: (place: InRoom) => Promise<FastifyReply>,
  ): Promise<FastifyReply> {
    const visitor = await deps.visitorOf(request);
    if (visitor === null) return refuse(reply, 401, NOT_LOGGED_IN);
    const { room } = request.params;
    const unit = await deps.offices.unitOfRoom(room);
    if (unit === null || !may(visitor.scope, 'see-room', unit)) return refuse(reply, 404, NOT_FOUND);
    return act({ visitor, room, mayWrite: may(visitor.scope, 'write-record', unit) });
  }

  function withOfficer(
    request: FastifyRequest<ByRoom>,
    reply: FastifyReply,
    act: (place: InRoom) => Promise<FastifyReply>,
  ): Promise<FastifyReply> {
    return withRoom(request, reply, async (place) => {
      if (place.mayWrite) return act(place);
      const { account } = place.visitor;
      await deps.intake.work({
        ...{ type: 'audit', at: clock(), account: account.id, person: account.person },
        ...{ kind: 'incident-refused', subject: place.room, payload: {} },
      });
      return refuse(reply, 403, NOT_ALLOWED);
    });
  }

  async function write(
    reply: FastifyReply,
    { visitor, room }: InRoom,
    work: (by: Pick<IncidentWork, 'room' | 'account' | 'person' | 'at'>) => IncidentWork,
  ): Promise<FastifyReply> {
    const { me } = await standingOf(store, visitor);
    const by = { room, account: me.account, person: me.person?.id ?? null, at: clock() };
    const written = await deps.intake.work(work(by));
    if (written.ok) return reply.code(204).send();
    const isUnknown = written.refusal.code === INCIDENT_REFUSALS.unknown.code;
    return refuse(reply, isUnknown ? 404 : 409, written.refusal);
  }
}
