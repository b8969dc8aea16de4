/** What waits for 批示人本人确认: the records with an unconfirmed 批示, and the calls that prove them. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { may } from '../accounts/access.ts';
import type { Store } from '../storage/store.ts';
import type { OfficeIndex } from './office-index.ts';
import { NOT_FOUND, NOT_LOGGED_IN } from './refusals.ts';
import { refuse } from './send-sound.ts';
import type { Visitor } from './sessions.ts';

export interface InstructionDeskDeps {
  readonly store: Pick<Store, 'unconfirmedInstructions' | 'recordViews' | 'callViews'>;
  readonly offices: OfficeIndex;
  readonly visitorOf: (request: FastifyRequest) => Promise<Visitor | null>;
}

export function addInstructionDesk(app: FastifyInstance, deps: InstructionDeskDeps): void {
  const { store } = deps;
  app.get('/api/instructions', async (request, reply) => {
    const visitor = await deps.visitorOf(request);
    if (visitor === null) return refuse(reply, 401, NOT_LOGGED_IN);
    const { scope } = visitor;
    const units = [scope.unit, ...scope.lowerUnits].filter((unit) => may(scope, 'confirm-instruction', unit));
    if (units.length === 0) return refuse(reply, 404, NOT_FOUND);
    const rooms = await deps.offices.roomsOf(units);
    const records = await store.recordViews(await store.unconfirmedInstructions(rooms));
    const proofs = new Set(records.flatMap(({ entries }) => entries.flatMap(({ call }) => call ?? [])));
    return reply.send({ records, calls: await store.callViews([...proofs]) });
  });
}
