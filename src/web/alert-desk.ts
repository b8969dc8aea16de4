/** The delivery log of the alerts: what was sent outside, and what the receivers said. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { may, scopeOf } from '../accounts/access.ts';
import type { Store } from '../storage/store.ts';
import type { Alerts } from './alert-sender.ts';
import { ALERT_TRIED_FOR_MS, type AlertView } from './protocol/alert-view.ts';
import { NOT_ALLOWED, NOT_LOGGED_IN } from './refusals.ts';
import { refuse } from './send-sound.ts';
import type { Visitor } from './sessions.ts';

export interface AlertDeskDeps {
  readonly store: Pick<Store, 'office' | 'alertLog'>;
  readonly alerts: Pick<Alerts, 'standing'>;
  readonly visitorOf: (request: FastifyRequest) => Promise<Visitor | null>;
  readonly clock: () => number;
}

const SHOWN = 100;

export function addAlertDesk(app: FastifyInstance, deps: AlertDeskDeps): void {
  const { store, alerts, visitorOf, clock } = deps;
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
      const since = clock() - ALERT_TRIED_FOR_MS;
      return reply.send({ channels, alerts: log.map((alert) => givenUpBefore(since, alert)) });
    },
  );
}

/** One that became old while the service stood still is sent no more, and nobody wrote that down. */
function givenUpBefore(since: number, alert: AlertView): AlertView {
  if (alert.at >= since) return alert;
  const deliveries = alert.deliveries.map((one) =>
    one.state === 'waiting' ? { ...one, state: 'given-up' as const } : one,
  );
  return { ...alert, deliveries };
}
