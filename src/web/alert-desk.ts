/** The delivery log of the alerts: what was sent outside, and what the receivers said. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { may, scopeOf } from '../accounts/access.ts';
import type { Store } from '../storage/store.ts';
import type { Alerts } from './alert-sender.ts';
import { NOT_ALLOWED, NOT_LOGGED_IN } from './refusals.ts';
import { refuse } from './send-sound.ts';
import type { Visitor } from './sessions.ts';

export interface AlertDeskDeps {
  readonly store: Pick<Store, 'office' | 'alertLog'>;
  readonly alerts: Pick<Alerts, 'standing'>;
  readonly visitorOf: (request: FastifyRequest) => Promise<Visitor | null>;
}

const SHOWN = 100;

export function addAlertDesk(app: FastifyInstance, { store, alerts, visitorOf }: AlertDeskDeps): void {
  // The page asks again and again: no sign that somebody is there.
  app.get(
    '/api/alerts',
    { config: { byItself: true } },
    async (request: FastifyRequest, reply: FastifyReply) => {
      const visitor = await visitorOf(request);
      if (visitor === null) return refuse(reply, 401, NOT_LOGGED_IN);
      if (scopeOf(visitor.scope.role, 'see-recording-desk') === 'none')
        return refuse(reply, 403, NOT_ALLOWED);
      const { rooms } = await store.office();
      const own = rooms
        .filter(({ unit }) => may(visitor.scope, 'see-recording-desk', unit))
        .map(({ id }) => id);
      const [channels, log] = await Promise.all([
        alerts.standing(),
        store.alertLog(own, may(visitor.scope, 'see-health-detail', null), SHOWN),
      ]);
      return reply.send({ channels, alerts: log });
    },
  );
}
