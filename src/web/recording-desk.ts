/** 录音: the page's questions about strays, silent calls, jobs and storage, and what a person decides about them. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { may } from '../accounts/access.ts';
import { readReason } from '../accounts/listening.ts';
import type { Intake } from '../intake.ts';
import type { JobsState } from '../jobs/carrier.ts';
import type { Store } from '../storage/store.ts';
import type { WorkResult } from '../storage/work.ts';
import type { OfficeIndex } from './office-index.ts';
import { parseAttachBody, parseShutBody } from './parse-request-body.ts';
import type { RecordingDeskView, StorageView } from './protocol/recording-desk-view.ts';
import { BAD_REQUEST, NO_PERSON, NOT_ALLOWED, NOT_FOUND, NOT_LOGGED_IN } from './refusals.ts';
import { refuse } from './send-sound.ts';
import type { Visitor } from './sessions.ts';

/** The service behind the page. */
export interface RecordingOffice {
  /** What somebody who reaches these rooms may see. `hears` false: no numbers and no suggestions. */
  view(rooms: readonly string[], hears: boolean): Promise<RecordingDeskView>;
  /** Disk and second copy, for health and alerts. Walks the folder of the sound unless that was done just now. */
  storage(): Promise<StorageView>;
  jobs(): Promise<JobsState>;
  /** Begins a reconciliation unless one runs. */
  reconcile(): void;
  retry(effect: string): Promise<WorkResult>;
  /** False: what was given up is about a room that is none of these. */
  mayRetry(effect: string, rooms: readonly string[]): Promise<boolean>;
  /** PBXs whose sound cannot be fetched now. */
  away(): RecordingDeskView['away'];
  /** PBXs whose lines belong to these rooms. */
  pbxsOf(rooms: readonly string[]): Promise<readonly string[]>;
}

export interface RecordingDeskDeps {
  readonly store: Pick<Store, 'callView' | 'stray'>;
  readonly intake: Pick<Intake, 'work'>;
  readonly office: RecordingOffice;
  readonly offices: OfficeIndex;
  readonly visitorOf: (request: FastifyRequest) => Promise<Visitor | null>;
  readonly refuseForeign: (request: FastifyRequest, reply: FastifyReply) => Promise<void>;
  readonly clock: () => number;
}

interface ById {
  readonly Params: { readonly id: string };
}

export function addRecordingDesk(app: FastifyInstance, deps: RecordingDeskDeps): void {
  const { office, intake, clock } = deps;
  const preHandler = deps.refuseForeign;

  // The page asks again and again: no sign that somebody is there.
  app.get('/api/recording-desk', { config: { byItself: true } }, (request, reply) =>
    withDesk(request, reply, async (visitor) => {
      const rooms = await roomsOf(visitor);
      const hears = (await Promise.all(rooms.map((room) => hearsIn(visitor, room)))).some(Boolean);
      return reply.send(await office.view(rooms, hears));
    }),
  );

  app.post('/api/recording-desk/reconcile', { preHandler }, (request, reply) =>
    withDesk(request, reply, async (visitor) => {
      office.reconcile();
      await audit(visitor, 'recordings-reconcile-asked', null);
      return reply.code(202).send();
    }),
  );

  app.post<ById>('/api/jobs/:id/retry', { preHandler }, (request, reply) =>
    withDesk(request, reply, async (visitor) => {
      if (!(await office.mayRetry(request.params.id, await roomsOf(visitor))))
        return refuse(reply, 404, NOT_FOUND);
      const result = await office.retry(request.params.id);
      if (result.ok) await audit(visitor, 'job-retried', request.params.id);
      return answer(reply, result);
    }),
  );

  app.post<ById>('/api/strays/:id/attach', { preHandler }, (request, reply) =>
    withStray(request, reply, async (visitor, stray, person) => {
      const body = parseAttachBody(request.body);
      if (body === null) return refuse(reply, 400, BAD_REQUEST);
      const call = await deps.store.callView(body.call);
      if (call === undefined || !(await hearsIn(visitor, call.room))) return refuse(reply, 404, NOT_FOUND);
      const account = visitor.account.id;
      const work = { type: 'stray-attach', stray, call: call.id, person, account, at: clock() } as const;
      return answer(reply, await intake.work(work));
    }),
  );

  app.post<ById>('/api/strays/:id/ignore', { preHandler }, (request, reply) =>
    withStray(request, reply, async (visitor, stray, person) => {
      const reason = readReason(parseShutBody(request.body)?.reason ?? '');
      if (reason === null) return refuse(reply, 400, BAD_REQUEST);
      const account = visitor.account.id;
      const work = { type: 'stray-ignore', stray, reason, person, account, at: clock() } as const;
      return answer(reply, await intake.work(work));
    }),
  );

  async function withDesk(
    request: FastifyRequest,
    reply: FastifyReply,
    act: (visitor: Visitor) => Promise<FastifyReply>,
  ): Promise<FastifyReply> {
    const visitor = await deps.visitorOf(request);
    if (visitor === null) return refuse(reply, 401, NOT_LOGGED_IN);
    const { scope } = visitor;
    return may(scope, 'see-recording-desk', scope.unit) ? act(visitor) : refuse(reply, 403, NOT_ALLOWED);
  }

  /** Whose file it is decides only who may hear on that PBX: the file may turn out to be a talk. */
  async function withStray(
    request: FastifyRequest<ById>,
    reply: FastifyReply,
    act: (visitor: Visitor, stray: string, person: string) => Promise<FastifyReply>,
  ): Promise<FastifyReply> {
    return withDesk(request, reply, async (visitor) => {
      const { id } = request.params;
      const stray = /^[0-9A-Za-z-]{1,64}$/.test(id) ? await deps.store.stray(id) : undefined;
      const rooms = await roomsOf(visitor);
      const reach = await office.pbxsOf(rooms);
      const hears = (await Promise.all(rooms.map((room) => hearsIn(visitor, room)))).some(Boolean);
      if (stray === undefined || !reach.includes(stray.pbx)) return refuse(reply, 404, NOT_FOUND);
      if (!hears) return refuse(reply, 403, NOT_ALLOWED);
      const { person } = visitor.account;
      return person === null && visitor.account.role === 'officer'
        ? refuse(reply, 403, NO_PERSON)
        : act(visitor, id, person ?? visitor.account.id);
    });
  }

  async function roomsOf({ scope }: Visitor): Promise<readonly string[]> {
    const units = [scope.unit, ...scope.lowerUnits].filter((unit) => may(scope, 'see-recording-desk', unit));
    return deps.offices.roomsOf(units);
  }

  async function hearsIn(visitor: Visitor, room: string): Promise<boolean> {
    const unit = await deps.offices.unitOfRoom(room);
    return unit !== null && may(visitor.scope, 'hear', unit);
  }

  async function audit(visitor: Visitor, kind: string, subject: string | null): Promise<void> {
    const { id: account, person } = visitor.account;
    await intake.work({ type: 'audit', at: clock(), account, person, kind, subject, payload: {} });
  }
}

function answer(reply: FastifyReply, result: WorkResult): FastifyReply {
  return result.ok ? reply.code(204).send() : refuse(reply, 409, result.refusal);
}
