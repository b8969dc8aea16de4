/** Records and calls of any day by their id, and everything that ever stood in a record's fields (修改记录). */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { may } from '../accounts/access.ts';
import { refusals } from '../records/refusal.ts';
import type { Store } from '../storage/store.ts';
import type { OfficeIndex } from './office-index.ts';
import { NOT_FOUND, NOT_LOGGED_IN } from './refusals.ts';
import { refuse } from './send-sound.ts';
import type { Visitor } from './sessions.ts';

export interface RecordReadingDeps {
  readonly store: Pick<Store, 'recordView' | 'callView' | 'recordHistory'>;
  readonly offices: OfficeIndex;
  readonly visitorOf: (request: FastifyRequest) => Promise<Visitor | null>;
}

interface ById {
  readonly Params: { readonly id: string };
}

export function addRecordReading(app: FastifyInstance, deps: RecordReadingDeps): void {
  const { store } = deps;

  app.get<ById>('/api/records/:id', (request, reply) =>
    withSeen(request, reply, store.recordView, async (record) => {
      const call = record.call === null ? undefined : await store.callView(record.call);
      return reply.send({ record, call: call ?? null });
    }),
  );

  app.get<ById>('/api/records/:id/history', (request, reply) =>
    withSeen(request, reply, store.recordView, async (record) =>
      record.shut === null
        ? reply.send({ revisions: await store.recordHistory(record.id) })
        : refuse(reply, 409, refusals.shut),
    ),
  );

  app.get<ById>('/api/calls/:id', (request, reply) =>
    withSeen(request, reply, store.callView, async (call) => {
      const record = call.record === null ? undefined : await store.recordView(call.record);
      return reply.send({ call, record: record ?? null });
    }),
  );

  /** What does not exist and what may not be seen get the same answer. */
  async function withSeen<View extends { readonly room: string | null }>(
    request: FastifyRequest<ById>,
    reply: FastifyReply,
    read: (id: string) => Promise<View | undefined>,
    act: (view: View) => Promise<FastifyReply>,
  ): Promise<FastifyReply> {
    const visitor = await deps.visitorOf(request);
    if (visitor === null) return refuse(reply, 401, NOT_LOGGED_IN);
    const { id } = request.params;
    const view = /^[0-9A-Za-z-]{1,64}$/.test(id) ? await read(id) : undefined;
    const unit = view?.room == null ? null : await deps.offices.unitOfRoom(view.room);
    if (view === undefined || unit === null || !may(visitor.scope, 'see-room', unit))
      return refuse(reply, 404, NOT_FOUND);
    return act(view);
  }
}
