/** 值班表: read by whoever sees the room; planned, published, reported and swapped by its officers and leaders. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { OutdatedReport, RosterReportView, RosterView } from '../duty/roster-view.ts';
import type { RosterWork } from '../storage/roster-work.ts';
import type { Store } from '../storage/store.ts';
import { type Audit, auditBy } from './audit-line.ts';
import {
  parsePlanBody,
  parsePublishBody,
  parseReportBody,
  parseRulesBody,
  parseStandingBody,
  parseSwapAnswerBody,
  parseSwapBody,
  readRosterAsked,
  readShiftAsked,
} from './bodies/roster.ts';
import { shownName, standingOf } from './me.ts';
import { BAD_REQUEST, NO_PERSON } from './refusals.ts';
import { type InRoom, type RoomAnswer, type RoomDoorDeps, roomDoor } from './room-door.ts';
import { type RosterAsked, rosterView, stretchOf } from './roster-page.ts';
import { refuse } from './send-sound.ts';

export interface RosterDeps extends RoomDoorDeps {
  readonly store: Pick<Store, 'rosterState' | 'rosterChanges' | 'lastPublishedChange' | 'seat' | 'person'>;
  readonly refuseForeign: (request: FastifyRequest, reply: FastifyReply) => Promise<void>;
  readonly timeZone: string;
}

export interface ByRoom {
  readonly Params: { readonly room: string };
}

export interface RosterDesk {
  readonly withRoom: RoomAnswer;
  /** Only for who may change the roster. */
  readonly withEditor: RoomAnswer;
  read(asked: RosterAsked, place: InRoom): Promise<RosterView>;
  /** Writes in the name of the visitor, as who sits at his seat. */
  write(reply: FastifyReply, place: InRoom, work: (by: By) => RosterWork | null): Promise<FastifyReply>;
  readonly audit: Audit;
}

type By = Pick<RosterWork, 'room' | 'account' | 'person' | 'name' | 'at'>;

/** 400 shifts of some posts each. */
export const LARGEST_PLAN = 524_288;
/** Reports that are compared with what is published now. */
const COMPARED = 5;

export function addRosterDesk(app: FastifyInstance, deps: RosterDeps): RosterDesk {
  const { store, clock, timeZone } = deps;
  const audit = auditBy(deps);
  const preHandler = deps.refuseForeign;
  const { withRoom, toDo } = roomDoor(deps, 'roster-refused');
  const withEditor = toDo('edit-roster');
  const desk: RosterDesk = { withRoom, withEditor, read, write, audit };

  app.get<ByRoom>('/api/roster/:room', (request, reply) =>
    withRoom(request, reply, async (place) => {
      const asked = readRosterAsked(request.query);
      if (asked === null) return refuse(reply, 400, BAD_REQUEST);
      return reply.send(await read({ room: place.room, ...asked }, place));
    }),
  );

  app.get<ByRoom>('/api/roster/:room/changes', (request, reply) =>
    withRoom(request, reply, async ({ room }) => {
      const shift = readShiftAsked(request.query);
      if (shift === null) return refuse(reply, 400, BAD_REQUEST);
      return reply.send({ changes: await store.rosterChanges(room, shift) });
    }),
  );

  app.post<ByRoom>('/api/roster/:room/rules', { preHandler, bodyLimit: 65_536 }, (request, reply) =>
    withEditor(request, reply, async (place) => {
      const body = parseRulesBody(request.body);
      if (body === null) return refuse(reply, 400, BAD_REQUEST);
      return write(reply, place, (by) => ({ ...by, type: 'roster-rules', ...body }));
    }),
  );

  app.post<ByRoom>('/api/roster/:room/standing', { preHandler }, (request, reply) =>
    withEditor(request, reply, async (place) => {
      const body = parseStandingBody(request.body);
      if (body === null) return refuse(reply, 400, BAD_REQUEST);
      const { person: who, standing } = body;
      return write(reply, place, (by) => ({ ...by, type: 'roster-standing', who, standing }));
    }),
  );

  app.post<ByRoom>('/api/roster/:room/plan', { preHandler, bodyLimit: LARGEST_PLAN }, (request, reply) =>
    withEditor(request, reply, async (place) => {
      const body = parsePlanBody(request.body);
      if (body === null) return refuse(reply, 400, BAD_REQUEST);
      return write(reply, place, (by) => ({ ...by, type: 'roster-plan', how: 'edited', ...body }));
    }),
  );

  app.post<ByRoom>('/api/roster/:room/publish', { preHandler }, (request, reply) =>
    withEditor(request, reply, async (place) => {
      const body = parsePublishBody(request.body);
      if (body === null) return refuse(reply, 400, BAD_REQUEST);
      const { opId: id, ...days } = body;
      return write(reply, place, (by) => ({ ...by, type: 'roster-publish', id, ...days }));
    }),
  );

  app.post<ByRoom>('/api/roster/:room/report', { preHandler }, (request, reply) =>
    withEditor(request, reply, async (place) => {
      const body = parseReportBody(request.body);
      if (body === null) return refuse(reply, 400, BAD_REQUEST);
      const { opId: id, ...report } = body;
      return write(reply, place, (by) => ({ ...by, type: 'roster-report', id, ...report }));
    }),
  );

  app.post<ByRoom>('/api/roster/:room/swaps', { preHandler }, (request, reply) =>
    withEditor(request, reply, async (place) => {
      const body = parseSwapBody(request.body);
      if (body === null) return refuse(reply, 400, BAD_REQUEST);
      const { opId: id, ...swap } = body;
      return write(reply, place, (by) =>
        by.person === null ? null : { ...by, type: 'swap-ask', id, giver: by.person, ...swap },
      );
    }),
  );

  app.post<{ readonly Params: { readonly room: string; readonly swap: string } }>(
    '/api/roster/:room/swaps/:swap',
    { preHandler },
    (request, reply) =>
      withEditor(request, reply, async (place) => {
        const body = parseSwapAnswerBody(request.body);
        if (body === null) return refuse(reply, 400, BAD_REQUEST);
        const id = request.params.swap;
        return write(reply, place, (by) => ({ ...by, type: 'swap-answer', id, ...body }));
      }),
  );

  return desk;

  async function read(asked: RosterAsked, { visitor, mayDo }: InRoom): Promise<RosterView> {
    const state = await store.rosterState(asked.room, stretchOf(asked, timeZone));
    const { me } = await standingOf(store, visitor);
    return rosterView(asked, state, {
      ...{ at: clock(), timeZone },
      mayEdit: mayDo('edit-roster'),
      me: me.person?.id ?? null,
      outdated: await outdatedOf(asked.room, state.reports.slice(0, COMPARED)),
    });
  }

  async function outdatedOf(
    room: string,
    reports: readonly RosterReportView[],
  ): Promise<readonly OutdatedReport[]> {
    const found: OutdatedReport[] = [];
    for (const { id, from, to, at } of reports) {
      const days = (Date.parse(to) - Date.parse(from)) / 86_400_000 + 1;
      const changedAt = await store.lastPublishedChange(room, stretchOf({ from, days }, timeZone));
      if (changedAt !== null && changedAt > at) found.push({ id, changedAt });
    }
    return found;
  }

  async function write(
    reply: FastifyReply,
    { visitor, room }: InRoom,
    work: (by: By) => RosterWork | null,
  ): Promise<FastifyReply> {
    const { me } = await standingOf(store, visitor);
    const wanted = work({
      ...{ room, account: me.account, person: me.person?.id ?? null },
      ...{ name: shownName(me), at: clock() },
    });
    if (wanted === null) return refuse(reply, 409, NO_PERSON);
    const written = await deps.intake.work(wanted);
    return written.ok ? reply.code(204).send() : refuse(reply, 409, written.refusal);
  }
}
