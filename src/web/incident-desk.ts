/** 突发事件: seen by whoever sees the room; opened, reported and closed by its officers and leaders. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { INCIDENT_REFUSALS } from '../duty/incident-refusal.ts';
import type { IncidentPageView, IncidentView } from '../duty/incident-view.ts';
import type { IncidentWork } from '../storage/incident-work.ts';
import type { Store } from '../storage/store.ts';
import { parseNotReportableBody, parseStepBody } from './bodies/incident.ts';
import { standingOf } from './me.ts';
import { BAD_REQUEST, NOT_FOUND } from './refusals.ts';
import { type InRoom, type RoomDoorDeps, roomDoor } from './room-door.ts';
import { refuse } from './send-sound.ts';

export interface IncidentDeskDeps extends RoomDoorDeps {
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
  readonly refuseForeign: (request: FastifyRequest, reply: FastifyReply) => Promise<void>;
}

interface ByRoom {
  readonly Params: { readonly room: string; readonly incident?: string };
}

/** A report may have 10,000 signs of three bytes. */
const LONGEST_BODY = 65_536;

export function addIncidentDesk(app: FastifyInstance, deps: IncidentDeskDeps): void {
  const { store, clock } = deps;
  const preHandler = deps.refuseForeign;
  const { withRoom, toDo } = roomDoor(deps, 'incident-refused');
  const withOfficer = toDo('write-record');

  app.get<ByRoom>('/api/incidents/:room', (request, reply) =>
    withRoom(request, reply, async ({ room, mayDo }) => {
      const at = clock();
      const mayWrite = mayDo('write-record');
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
    withRoom(request, reply, async ({ room, mayDo }) => {
      const at = clock();
      const mayWrite = mayDo('write-record');
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
