/** 值班工作检查: opened, written and signed by supervisors of the unit tree; read, confirmed and answered by the office that is inspected. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type Action, may, scopeOf } from '../accounts/access.ts';
import { knownItems } from '../documents/inspection-known.ts';
import type { KnownItems } from '../duty/inspection-known.ts';
import { openMendings, toLookBackAt } from '../duty/inspection-mending.ts';
import type { InspectedPlace, InspectionListView, InspectionPageView } from '../duty/inspection-view.ts';
import { offsetAt } from '../duty/time-zone.ts';
import type { Intake } from '../intake.ts';
import type { KeptInspection } from '../storage/inspection-reads.ts';
import type { InspectionWork } from '../storage/inspection-work.ts';
import type { Store } from '../storage/store.ts';
import {
  parseAnswerBody,
  parseInspectionBody,
  parseMendedBody,
  parseSignatureBody,
} from './bodies/inspection.ts';
import { inspectedRooms } from './inspected-rooms.ts';
import { shownName, standingOf } from './me.ts';
import { BAD_REQUEST, NOT_ALLOWED, NOT_FOUND, NOT_LOGGED_IN } from './refusals.ts';
import { refuse } from './send-sound.ts';
import type { Visitor } from './sessions.ts';

export interface InspectionDeps {
  readonly store: Pick<
    Store,
    | 'office'
    | 'inspectionsOf'
    | 'inspection'
    | 'roomHistory'
    | 'lineWatch'
    | 'findingsOfLines'
    | 'probesOfLines'
    | 'seat'
    | 'person'
  >;
  readonly intake: Pick<Intake, 'work'>;
  readonly visitorOf: (request: FastifyRequest) => Promise<Visitor | null>;
  readonly refuseForeign: (request: FastifyRequest, reply: FastifyReply) => Promise<void>;
  readonly timeZone: string;
  readonly clock: () => number;
}

interface ById {
  readonly Params: { readonly id: string };
}

/** Whoever came through the door of an inspection. */
export interface AtInspection extends KeptInspection {
  readonly visitor: Visitor;
  readonly place: InspectedPlace;
}

export interface InspectionDesk {
  /** What does not exist and what may not be seen get the same answer. */
  readonly withInspection: (
    visitor: Visitor,
    reply: FastifyReply,
    id: string,
    act: (at: AtInspection) => Promise<FastifyReply>,
  ) => Promise<FastifyReply>;
  /** As it stood when it was signed, else as it is now. */
  readonly knownOf: (at: KeptInspection) => Promise<KnownItems>;
}

type By = Pick<InspectionWork, 'account' | 'person' | 'name' | 'at'>;

/** Sent to the page; what is to be mended of older ones is sent all the same. */
const MOST_LISTED = 100;

export function addInspectionDesk(app: FastifyInstance, deps: InspectionDeps): InspectionDesk {
  const { store, clock, timeZone } = deps;
  const preHandler = deps.refuseForeign;

  app.get('/api/inspections', async (request, reply) => {
    const visitor = await deps.visitorOf(request);
    if (visitor === null) return refuse(reply, 401, NOT_LOGGED_IN);
    if (scopeOf(visitor.scope.role, 'see-inspection') === 'none') return refuse(reply, 404, NOT_FOUND);
    const places = await placesOf(visitor);
    const all = await store.inspectionsOf(places.map(({ unit }) => unit));
    const view: InspectionListView = {
      ...{ at: clock(), places, inspections: all.slice(0, MOST_LISTED), toMend: openMendings(all) },
    };
    return reply.send(view);
  });

  app.post('/api/inspections', { preHandler }, async (request, reply) => {
    const visitor = await deps.visitorOf(request);
    if (visitor === null) return refuse(reply, 401, NOT_LOGGED_IN);
    const body = parseInspectionBody(request.body);
    if (body === null) return refuse(reply, 400, BAD_REQUEST);
    const place = (await placesOf(visitor)).find(({ unit }) => unit === body.unit);
    if (place === undefined) return refuse(reply, 404, NOT_FOUND);
    if (!place.mayInspect) return notAllowed(reply, visitor, null);
    return write(reply, visitor, (by) => ({ ...by, type: 'inspection-open', ...body }));
  });

  app.get<ById>('/api/inspections/:id', (request, reply) =>
    asked(request, reply, async (at) => {
      const { visitor, place, inspection, shut } = at;
      const [known, others] = await Promise.all([knownOf(at), store.inspectionsOf([inspection.unit])]);
      const view: InspectionPageView = {
        ...{ at: clock(), place, inspection, shut, known, mayInspect: place.mayInspect },
        mayAnswer: may(visitor.scope, 'answer-inspection', inspection.unit),
        lookBack: toLookBackAt(inspection, others),
      };
      return reply.send(view);
    }),
  );

  app.post<ById>('/api/inspections/:id/items', { preHandler, bodyLimit: 65_536 }, (request, reply) =>
    asked(request, reply, async (at) => {
      const body = parseAnswerBody(request.body);
      if (body === null) return refuse(reply, 400, BAD_REQUEST);
      if (!at.place.mayInspect) return notAllowed(reply, at.visitor, at.inspection.id);
      const { id } = at.inspection;
      return write(reply, at.visitor, (by) => ({ ...by, type: 'inspection-answer', id, ...body }));
    }),
  );

  app.post<ById>('/api/inspections/:id/signatures', { preHandler }, (request, reply) =>
    asked(request, reply, async (at) => {
      const body = parseSignatureBody(request.body);
      if (body === null) return refuse(reply, 400, BAD_REQUEST);
      const { visitor, inspection } = at;
      if (!maySay(visitor, inspection.unit, body.as === 'inspector' ? 'inspect' : 'answer-inspection'))
        return notAllowed(reply, visitor, inspection.id);
      const known = body.as === 'inspector' ? await knownOf(at) : null;
      const { id } = inspection;
      return write(reply, visitor, (by) => ({ ...by, type: 'inspection-sign', id, as: body.as, known }));
    }),
  );

  app.post<ById>('/api/inspections/:id/mended', { preHandler, bodyLimit: 65_536 }, (request, reply) =>
    asked(request, reply, async (at) => {
      const body = parseMendedBody(request.body);
      if (body === null) return refuse(reply, 400, BAD_REQUEST);
      const { visitor, inspection } = at;
      if (!maySay(visitor, inspection.unit, body.how === 'mended' ? 'inspect' : 'answer-inspection'))
        return notAllowed(reply, visitor, inspection.id);
      const { id } = inspection;
      return write(reply, visitor, (by) => ({ ...by, type: 'inspection-mend', id, ...body }));
    }),
  );

  return { withInspection, knownOf };

  async function asked(
    request: FastifyRequest<ById>,
    reply: FastifyReply,
    act: (at: AtInspection) => Promise<FastifyReply>,
  ): Promise<FastifyReply> {
    const visitor = await deps.visitorOf(request);
    if (visitor === null) return refuse(reply, 401, NOT_LOGGED_IN);
    return withInspection(visitor, reply, request.params.id, act);
  }

  async function withInspection(
    visitor: Visitor,
    reply: FastifyReply,
    id: string,
    act: (at: AtInspection) => Promise<FastifyReply>,
  ): Promise<FastifyReply> {
    const kept = /^[0-9A-Za-z_.-]{1,64}$/.test(id) ? await store.inspection(id) : undefined;
    const places = kept === undefined ? [] : await placesOf(visitor);
    const place = places.find(({ unit }) => unit === kept?.inspection.unit);
    if (kept === undefined || place === undefined) return refuse(reply, 404, NOT_FOUND);
    return act({ ...kept, visitor, place });
  }

  async function knownOf({ inspection, known }: KeptInspection): Promise<KnownItems> {
    if (known !== null) return known;
    const now = clock();
    const offset = (at: number) => offsetAt(timeZone, at);
    const rooms = await inspectedRooms(store, inspection.rooms, inspection, now);
    return knownItems(rooms, { from: inspection.from, to: inspection.to, now, timeZone, offset });
  }

  /** Units with a duty room of which the visitor may read inspections. */
  async function placesOf({ scope }: Visitor): Promise<readonly InspectedPlace[]> {
    const { units, rooms } = await store.office();
    return units.flatMap(({ id, name }) => {
      const own = rooms.filter(({ unit }) => unit === id).map((room) => ({ id: room.id, name: room.name }));
      if (own.length === 0 || !may(scope, 'see-inspection', id)) return [];
      return [{ unit: id, name, rooms: own, mayInspect: may(scope, 'inspect', id) }];
    });
  }

  function maySay({ scope }: Visitor, unit: string, action: Action): boolean {
    return may(scope, action, unit);
  }

  async function write(
    reply: FastifyReply,
    visitor: Visitor,
    work: (by: By) => InspectionWork,
  ): Promise<FastifyReply> {
    const { me } = await standingOf(store, visitor);
    const by = { account: me.account, person: me.person?.id ?? null, name: shownName(me), at: clock() };
    const written = await deps.intake.work(work(by));
    return written.ok ? reply.code(204).send() : refuse(reply, 409, written.refusal);
  }

  async function notAllowed(
    reply: FastifyReply,
    { account }: Visitor,
    subject: string | null,
  ): Promise<FastifyReply> {
    await deps.intake.work({
      ...{ type: 'audit', at: clock(), account: account.id, person: account.person },
      ...{ kind: 'inspection-refused', subject, payload: {} },
    });
    return refuse(reply, 403, NOT_ALLOWED);
  }
}
