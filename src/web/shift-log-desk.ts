/**
 * 值班日志: seen by whoever sees the room; written by its officers and leaders; what is sealed is opened again by a leader of the
 * unit or a supervisor over it, with a reason.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Action } from '../accounts/access.ts';
import type { ShiftLogList } from '../duty/shift-log-view.ts';
import { newId } from '../storage/new-id.ts';
import type { ShiftLogWork } from '../storage/shift-log-work.ts';
import type { Store } from '../storage/store.ts';
import {
  parseAddedBody,
  parseEditedBody,
  parseReopenedBody,
  parseSealedBody,
  parseTickedBody,
  readBefore,
  readMoment,
} from './bodies/shift-log.ts';
import { shownName, standingOf } from './me.ts';
import { BAD_REQUEST, NOT_FOUND } from './refusals.ts';
import { type RoomDoorDeps, roomDoor } from './room-door.ts';
import { refuse } from './send-sound.ts';

export interface ShiftLogDeps extends RoomDoorDeps {
  readonly store: Pick<Store, 'shiftLogShifts' | 'shiftLog' | 'shiftLogChain' | 'seat' | 'person'>;
  readonly refuseForeign: (request: FastifyRequest, reply: FastifyReply) => Promise<void>;
}

/** Seals that each look at the list walks, about a month of them; an older log shows its own when it is opened. */
const WALKED = 100;

interface ByRoom {
  readonly Params: { readonly room: string };
}
interface ByShift {
  readonly Params: { readonly room: string; readonly from: string };
}

type By = Pick<ShiftLogWork, 'room' | 'account' | 'person' | 'name' | 'at'>;

export function addShiftLogDesk(app: FastifyInstance, deps: ShiftLogDeps): void {
  const { store, clock } = deps;
  const { withRoom, toDo } = roomDoor(deps, 'shift-log-refused');
  const preHandler = deps.refuseForeign;

  app.get<ByRoom>('/api/shift-log/:room', (request, reply) =>
    withRoom(request, reply, async ({ room, mayDo }) => {
      const asked = readBefore(request.query);
      if (asked === undefined) return refuse(reply, 400, BAD_REQUEST);
      const at = clock();
      const [{ shifts, before }, broken, name] = await Promise.all([
        store.shiftLogShifts(room, asked, at),
        store.shiftLogChain(room, WALKED),
        deps.offices.nameOfRoom(room),
      ]);
      const list: ShiftLogList = {
        ...{ room, name, at, shifts, before, broken },
        ...{ mayWrite: mayDo('sit'), mayReopen: mayDo('reopen-log'), mayExport: mayDo('export') },
      };
      return reply.send(list);
    }),
  );

  app.get<ByShift>('/api/shift-log/:room/:from', (request, reply) =>
    withRoom(request, reply, async ({ room }) => {
      const from = readMoment(request.params.from);
      const log = from === null ? undefined : await store.shiftLog(room, from, clock());
      return log === undefined ? refuse(reply, 404, NOT_FOUND) : reply.send(log);
    }),
  );

  post('/lines', 'sit', parseAddedBody, (by, { opId: id, ...body }) => ({
    ...by,
    ...{ type: 'shift-log-add', id, ...body },
  }));
  post('/edits', 'sit', parseEditedBody, (by, body) => ({ ...by, type: 'shift-log-edit', ...body }));
  post('/ticks', 'sit', parseTickedBody, (by, body) => ({ ...by, type: 'shift-log-tick', ...body }));
  post('/reopenings', 'reopen-log', parseReopenedBody, (by, body) => ({
    ...by,
    ...{ type: 'shift-log-reopen', id: newId(), ...body },
  }));
  post('/seals', 'reopen-log', parseSealedBody, (by, body) => ({ ...by, type: 'shift-log-seal', ...body }));

  function post<Body>(
    path: string,
    action: Action,
    parse: (body: unknown) => Body | null,
    work: (by: By, body: Body) => ShiftLogWork,
  ): void {
    const withWriter = toDo(action);
    app.post<ByRoom>(`/api/shift-log/:room${path}`, { preHandler }, (request, reply) =>
      withWriter(request, reply, async (place) => {
        const body = parse(request.body);
        if (body === null) return refuse(reply, 400, BAD_REQUEST);
        const { me } = await standingOf(store, place.visitor);
        const person = me.person?.id ?? null;
        const by: By = { room: place.room, account: me.account, person, name: shownName(me), at: clock() };
        const written = await deps.intake.work(work(by, body));
        return written.ok ? reply.code(204).send() : refuse(reply, 409, written.refusal);
      }),
    );
  }
}
