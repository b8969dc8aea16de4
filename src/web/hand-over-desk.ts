/**
 * 交接班 and 待办: seen by whoever sees the room; begun, decided, written and signed by its officers and leaders, each signature
 * by PIN.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { HandOverView } from '../duty/hand-over-view.ts';
import type { HandOverWork } from '../storage/hand-over-work.ts';
import { newId } from '../storage/new-id.ts';
import type { Store } from '../storage/store.ts';
import type { TaskWork } from '../storage/tasks.ts';
import {
  parseDeviceBody,
  parseEndBody,
  parseMatterBody,
  parseSignatureBody,
  parseTaskBody,
} from './bodies/hand-over.ts';
import type { Log } from './log.ts';
import { type MatterStore, matterViews } from './matter-views.ts';
import { shownName, standingOf } from './me.ts';
import type { PersonPin } from './person-pin.ts';
import type { ProbeOffice } from './probe-desk.ts';
import type { Me } from './protocol/room-view.ts';
import { BAD_REQUEST, NOT_FOUND } from './refusals.ts';
import { type InRoom, type RoomDoorDeps, roomDoor } from './room-door.ts';
import { refuse } from './send-sound.ts';

export interface HandOverDeps extends RoomDoorDeps {
  readonly store: MatterStore &
    Pick<
      Store,
      'handOverState' | 'handOverChain' | 'roomRoster' | 'shiftSummary' | 'dutyNotes' | 'seat' | 'person'
    >;
  readonly pins: PersonPin;
  readonly refuseForeign: (request: FastifyRequest, reply: FastifyReply) => Promise<void>;
  /** 拨测 when one begins; null: none is configured, or nobody here places any. */
  readonly probes: Pick<ProbeOffice, 'ask'> | null;
  readonly log: Log;
}

/** Seals that each look at the page walks, about a month of them; `dutyline seals verify` walks all. */
const WALKED = 100;

interface ByRoom {
  readonly Params: { readonly room: string };
}

interface ByRoomAndId {
  readonly Params: { readonly room: string; readonly id: string };
}

type By = Pick<TaskWork, 'room' | 'account' | 'person' | 'at' | 'name'>;

export function addHandOverDesk(app: FastifyInstance, deps: HandOverDeps): void {
  const { store, clock } = deps;
  const preHandler = deps.refuseForeign;
  const { withRoom, toDo } = roomDoor(deps, 'hand-over-refused');
  const withOfficer = toDo('sit');

  app.get<ByRoom>('/api/hand-over/:room', (request, reply) =>
    withRoom(request, reply, async ({ room, mayDo }) => {
      const at = clock();
      const [state, broken, { people }, [notes]] = await Promise.all([
        store.handOverState(room, at),
        store.handOverChain(room, WALKED),
        store.roomRoster(room),
        store.dutyNotes(room, 1),
      ]);
      const stands = (state.open ?? state.next)?.handOver;
      const [matters, shift] = await Promise.all([
        matterViews(store, stands?.matters ?? [], at),
        store.shiftSummary(room, stands?.from ?? at, at),
      ]);
      const view: HandOverView = {
        ...{ room, at, mayHandOver: mayDo('sit'), ...state, matters, shift, broken },
        notesVersion: notes?.version ?? 0,
        people: people.map(({ id, name, title, standing }) => ({ id, name, title, standing })),
      };
      return reply.send(view);
    }),
  );

  app.get<ByRoomAndId>('/api/hand-over/:room/past/:id', (request, reply) =>
    withRoom(request, reply, async ({ room }) => {
      const { past } = await store.handOverState(room, clock());
      const one = past.find(({ handOver }) => handOver.id === request.params.id);
      if (one === undefined) return refuse(reply, 404, NOT_FOUND);
      return reply.send({ matters: await matterViews(store, one.handOver.matters, clock()) });
    }),
  );

  app.post<ByRoom>('/api/hand-over/:room', { preHandler }, (request, reply) =>
    withOfficer(request, reply, async (place) => {
      const id = newId();
      const answer = await write(reply, place, (by) => ({ ...by, type: 'hand-over-begin', id }));
      // Nobody waits for it: what it shows stands among 设备检查 when it comes.
      if (deps.probes !== null) void probeLines(deps.probes, place, id).catch(tellLog);
      return answer;
    }),
  );

  app.post<ByRoom>('/api/hand-over/:room/matters', { preHandler }, (request, reply) =>
    withOfficer(request, reply, async (place) => {
      const body = parseMatterBody(request.body);
      if (body === null) return refuse(reply, 400, BAD_REQUEST);
      return write(reply, place, (by) => ({ ...by, type: 'hand-over-decide', ...body }));
    }),
  );

  app.post<ByRoom>('/api/hand-over/:room/devices', { preHandler }, (request, reply) =>
    withOfficer(request, reply, async (place) => {
      const body = parseDeviceBody(request.body);
      if (body === null) return refuse(reply, 400, BAD_REQUEST);
      return write(reply, place, (by) => ({ ...by, type: 'hand-over-device', ...body }));
    }),
  );

  app.post<ByRoom>('/api/hand-over/:room/signatures', { preHandler }, (request, reply) =>
    withOfficer(request, reply, async (place) => {
      const body = parseSignatureBody(request.body);
      if (body === null) return refuse(reply, 400, BAD_REQUEST);
      const { id, as, person: signer, pin, notes = null } = body;
      const { me } = await standingOf(store, place.visitor);
      const refused = await deps.pins.prove(me, { person: signer, pin, room: place.room });
      if (refused !== null) return refuse(reply, 409, refused);
      const { seat } = me;
      return write(reply, place, (by) => ({ ...by, type: 'hand-over-sign', id, as, signer, notes, seat }));
    }),
  );

  app.post<ByRoom>('/api/hand-over/:room/end', { preHandler }, (request, reply) =>
    withOfficer(request, reply, async (place) => {
      const body = parseEndBody(request.body);
      if (body === null) return refuse(reply, 400, BAD_REQUEST);
      const { seat } = place.visitor.session;
      return write(reply, place, (by) => ({ ...by, type: 'hand-over-end', ...body, seat }));
    }),
  );

  app.post<ByRoom>('/api/hand-over/:room/tasks', { preHandler }, (request, reply) =>
    withOfficer(request, reply, async (place) => {
      const body = parseTaskBody(request.body);
      if (body === null) return refuse(reply, 400, BAD_REQUEST);
      return write(reply, place, (by) => ({ ...by, type: 'task-write', ...body }));
    }),
  );

  app.post<ByRoomAndId>('/api/hand-over/:room/tasks/:id/close', { preHandler }, (request, reply) =>
    withOfficer(request, reply, (place) =>
      write(reply, place, (by) => ({ ...by, type: 'task-close', id: request.params.id })),
    ),
  );

  /** A hand-over that went on, pressed twice, has another id: then nothing is probed again. */
  async function probeLines(
    probes: Pick<ProbeOffice, 'ask'>,
    { visitor, room }: InRoom,
    id: string,
  ): Promise<void> {
    const { open } = await store.handOverState(room, clock());
    if (open?.handOver.id !== id) return;
    const account = visitor.account.id;
    const { lines } = await store.office();
    for (const line of lines.filter((one) => one.room === room)) {
      const asked = await probes.ask({ line: line.id, scope: 'always', consent: false, account });
      await deps.intake.work({
        ...{ type: 'hand-over-probed', room, id, line: line.id, account, person: visitor.account.person },
        ...{ probe: asked.ok ? asked.id : null, refused: asked.ok ? null : asked.refusal.zh, at: clock() },
      });
    }
  }

  function tellLog(error: unknown): void {
    deps.log('error', 'hand-over-probe-failed', { error: String(error) });
  }

  async function write(
    reply: FastifyReply,
    { visitor, room }: InRoom,
    work: (by: By) => HandOverWork | TaskWork,
  ): Promise<FastifyReply> {
    const { me }: { readonly me: Me } = await standingOf(store, visitor);
    const by = { room, account: me.account, person: me.person?.id ?? null, at: clock(), name: shownName(me) };
    const written = await deps.intake.work(work(by));
    return written.ok ? reply.code(204).send() : refuse(reply, 409, written.refusal);
  }
}
