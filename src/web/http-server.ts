/** The web side put together: one port, the API, the page, the socket, and the order in which they close. */
import type { FastifyRequest } from 'fastify';
import { USUAL_ATTACHMENT_LIMITS } from '../records/attachment.ts';
import { addApiRoutes, createRefuseForeign, createStandingOf, createVisitorOf } from './api-routes.ts';
import { checkRecordings } from './check-recordings.ts';
import { addDesks } from './desks.ts';
import { createMustUseHttps } from './https-only.ts';
import { createLivePages } from './live-pages.ts';
import { addLockDesk, guardLocked } from './lock-desk.ts';
import { createLogin } from './login.ts';
import { createOfficeIndex } from './office-index.ts';
import { addOwnAccount } from './own-account.ts';
import { createOwnSecret } from './own-secret.ts';
import { addPageFiles } from './page-files.ts';
import { createPersonPin } from './person-pin.ts';
import { createSeatDesk } from './seat-desk.ts';
import { createSeenFrom, type SeenFrom } from './seen-from.ts';
import { createSessions } from './sessions.ts';
import { createTwoProtocolServer } from './two-protocol-server.ts';
import { createWebApp } from './web-app.ts';
import type { WebDeps, WebOptions } from './web-options.ts';

export interface Web {
  readonly port: number;
  /** What is answered, as `GET /api/me`: docs/reference/http.md is compared with it. */
  readonly routes: readonly string[];
  close(): Promise<void>;
}

/** Starts to serve. Rejects when the port cannot be had. */
export async function startWeb(options: WebOptions, deps: WebDeps): Promise<Web> {
  const { store, intake, links, clock, log, simulation } = deps;
  const seen = createSeenFrom(options.trustProxy);
  const offices = createOfficeIndex(store, clock);
  const lockAfterMs = options.lockAfterMs ?? 0;
  const sessions = createSessions({ store, intake, offices, lockAfterMs, clock, log });
  const stopForgetting = intake.subscribe((changes) => {
    if (changes.some((change) => change.entity === 'room')) offices.forget();
  });
  const pins = createPersonPin({ store, intake, clock });
  const seats = createSeatDesk({ store, intake, offices, pins, clock });
  const attachments = options.attachments ?? USUAL_ATTACHMENT_LIMITS;
  const mustUseHttps = createMustUseHttps(options);
  const pages = createLivePages(options, {
    ...{ store, intake, links, simulation, offices, sessions, seats, attachments, clock, log },
    seenFrom: seen,
    mustUseHttps,
  });

  const two = createTwoProtocolServer(options.certificate, (request, response) => {
    app.routing(request, response);
  });
  two.onUpgrade((request, raw, head) => pages.upgrade(request, raw, head));
  const seenFrom = (request: FastifyRequest): SeenFrom => seen(request.raw);
  const { bodyMs } = options;
  const { app, routes } = await createWebApp({ server: two.server, bodyMs, seenFrom, mustUseHttps, log });
  const standingOf = createStandingOf({ sessions, seenFrom });
  guardLocked(app, sessions, standingOf);
  const visitorOf = createVisitorOf(standingOf);
  const refuseForeign = createRefuseForeign(seenFrom);
  const login = createLogin({ store, intake, clock });
  addApiRoutes(app, {
    ...{ store, intake, sessions, offices, login, seenFrom, standing: standingOf, clock },
    loginsPerMinute: options.loginsPerMinute ?? 60,
    health: {
      ...{ store, intake, links, alerts: deps.alerts, sound: deps.recordingOffice },
      demo: simulation !== null,
      checkRecordings: () => checkRecordings(options.recordingsFolder, deps),
    },
  });
  const ownSecret = createOwnSecret({ intake, clock });
  addOwnAccount(app, { store, intake, sessions, ownSecret, visitorOf, refuseForeign, clock });
  addLockDesk(app, {
    ...{ store, intake, sessions, seats, ownSecret, standingOf, refuseForeign, clock },
    board: pages.lockBoard,
    notes: pages.lockNotes,
  });
  addDesks(app, options, {
    ...{ ...deps, offices, sessions, pins, attachments, login, visitorOf, refuseForeign },
    addressOf: (request) => seenFrom(request).address,
  });
  await addPageFiles(app, options.pageFolder);
  await app.listen({ port: options.port, host: options.host ?? '::' });

  const address = two.server.address();
  return {
    routes,
    port: typeof address === 'object' && address !== null ? address.port : options.port,
    close: async () => {
      stopForgetting();
      pages.close();
      two.closeConnections();
      await app.close();
    },
  };
}
