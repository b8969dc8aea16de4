/** The web side put together: one port, the API, the page, the socket, and the order in which they close. */
import { constants } from 'node:fs';
import { access, mkdir } from 'node:fs/promises';
import rateLimit from '@fastify/rate-limit';
import type { FastifyReply, FastifyRequest } from 'fastify';
import Fastify from 'fastify';
import type { Intake } from '../intake.ts';
import type { RecordingLibrary } from '../recordings/library.ts';
import { createCheckedOpening } from '../recordings/vault/checked-open.ts';
import { type AttachmentLimits, USUAL_ATTACHMENT_LIMITS } from '../records/attachment.ts';
import type { Refusal } from '../records/command.ts';
import type { Store } from '../storage/store.ts';
import { addAlertDesk } from './alert-desk.ts';
import type { Alerts } from './alert-sender.ts';
import { answerErrors, answerUnreadable } from './answer-errors.ts';
import { addApiRoutes, createRefuseForeign, createStandingOf, createVisitorOf } from './api-routes.ts';
import { addAssessmentDesk } from './assessment-desk.ts';
import { addAttachmentDesk } from './attachment-desk.ts';
import { createSoundGate } from './audible.ts';
import { limitBodies } from './body-time.ts';
import { createCallDesk } from './call-desk.ts';
import { addClipExport } from './clip-export.ts';
import { addDirectoryDesk } from './directory-desk.ts';
import { addDirectoryImport } from './directory-import.ts';
import { addDutyNotesDesk } from './duty-notes-desk.ts';
import { addHandOverDesk } from './hand-over-desk.ts';
import { createHoldKeeper } from './hold-keeper.ts';
import { addIncidentDesk } from './incident-desk.ts';
import { addIncidentPapers } from './incident-papers.ts';
import { addInspectionDesk } from './inspection-desk.ts';
import { addInspectionPapers } from './inspection-papers.ts';
import { addInstructionDesk } from './instruction-desk.ts';
import type { LinkBoard } from './link-board.ts';
import { createListening } from './listening.ts';
import type { OutletLimits } from './live-outlet.ts';
import { OUTLET_LIMITS } from './live-outlet.ts';
import { createLiveSession } from './live-session.ts';
import type { SocketLimits } from './live-socket.ts';
import { createLiveSocket, SOCKET_LIMITS } from './live-socket.ts';
import { createLockBoard } from './lock-board.ts';
import { addLockDesk, guardLocked } from './lock-desk.ts';
import { createLockNotes } from './lock-notes.ts';
import type { Log } from './log.ts';
import { createLogin } from './login.ts';
import { createOfficeIndex } from './office-index.ts';
import { addOwnAccount } from './own-account.ts';
import { createOwnSecret } from './own-secret.ts';
import { addPageFiles } from './page-files.ts';
import { addPapers } from './papers.ts';
import { createPersonPin } from './person-pin.ts';
import { addProbeDesk, type ProbeOffice } from './probe-desk.ts';
import { addReadinessDesk } from './readiness-desk.ts';
import { createRecordDesk } from './record-desk.ts';
import { addRecordReading } from './record-reading.ts';
import { addRecordingDesk, type RecordingOffice } from './recording-desk.ts';
import { addRecordingReplay } from './recording-replay.ts';
import { HTTPS_ONLY, TOO_MANY } from './refusals.ts';
import { addReviewDesk } from './review-desk.ts';
import { createRoomEntry } from './room-entry.ts';
import { createRoomFeed } from './room-feed.ts';
import { addRosterDesk } from './roster-desk.ts';
import { addRosterFiles } from './roster-files.ts';
import { addSearchDesk } from './search-desk.ts';
import { createSeatDesk } from './seat-desk.ts';
import { addSecrecyDesk } from './secrecy-desk.ts';
import { addSecurityHeaders } from './security-headers.ts';
import type { SeenFrom } from './seen-from.ts';
import { createSeenFrom } from './seen-from.ts';
import { addCookies, tokenOf } from './session-cookie.ts';
import { createSessions } from './sessions.ts';
import { addSetupDesk, type SetupOffice } from './setup-desk.ts';
import { addShiftLogDesk } from './shift-log-desk.ts';
import { addShiftLogPapers } from './shift-log-papers.ts';
import type { Simulation } from './simulation.ts';
import { createSimulationDesk } from './simulation-desk.ts';
import { createTwoProtocolServer } from './two-protocol-server.ts';
import { addWallDesk } from './wall-desk.ts';
import { addWallShow } from './wall-show.ts';
import { addWatchDesk } from './watch-desk.ts';
import { addWatchPapers } from './watch-papers.ts';

export interface WebOptions {
  /** Null: every address of the machine. */
  readonly host: string | null;
  readonly port: number;
  /** The built page. */
  readonly pageFolder: string;
  readonly recordingsFolder: string;
  /** Of the office, by its IANA name. */
  readonly timeZone: string;
  /** The form offers the items of practice. */
  readonly practiceFields?: boolean;
  /** A 交接班 that begins has the lines of its room probed; not unless told. */
  readonly probeAtHandOver?: boolean;
  /** 附件; usual ones unless told. */
  readonly attachments?: AttachmentLimits;
  /** Of the office, with its leading 0. */
  readonly areaCode: string;
  /** Null: no TLS on this port. */
  readonly certificate: { readonly cert: string; readonly key: string } | null;
  readonly allowPlainHttp: boolean;
  /** Without a key for so long a page shows 锁屏待接; 0 or absent: only when it is asked to. */
  readonly lockAfterMs?: number;
  readonly trustProxy: readonly string[];
  /** Attempts of one address; 60 unless told. */
  readonly loginsPerMinute?: number;
  /** Clips for one address; 20 unless told: each takes a part of a second of the machine. */
  readonly exportsPerMinute?: number;
  readonly shiftLookMs?: number;
  /** A body, or a good piece of a file, comes within so long; half a minute unless told. */
  readonly bodyMs?: number;
  readonly socketLimits?: SocketLimits;
  readonly outletLimits?: OutletLimits;
}

export interface WebDeps {
  readonly store: Store;
  readonly intake: Pick<Intake, 'command' | 'work' | 'subscribe' | 'health'>;
  readonly library: Pick<RecordingLibrary, 'open' | 'digest' | 'trouble' | 'keepStream'>;
  /** Where ffmpeg is; null: there is none. Asked each time, so that one installed later is found. */
  readonly ffmpeg: () => string | null;
  /** The page 录音; null where another process does that work. */
  readonly recordingOffice: RecordingOffice | null;
  /** The page 系统; null where another process listens to the PBXs. */
  readonly setupOffice: SetupOffice | null;
  /** Alerts that leave the house. */
  readonly alerts: Pick<Alerts, 'standing'>;
  /** 拨测; null where another process listens to the PBXs. */
  readonly probeOffice: ProbeOffice | null;
  readonly links: LinkBoard;
  /** Null unless the demonstration PBX runs. */
  readonly simulation: Simulation | null;
  readonly clock: () => number;
  readonly log: Log;
}

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
  const fail = (error: unknown): void => log('error', 'feed-failed', { error: String(error) });
  const feed = createRoomFeed({
    store,
    intake,
    links,
    clock,
    fail,
    ...(options.shiftLookMs === undefined ? {} : { shiftLookMs: options.shiftLookMs }),
  });
  const holds = createHoldKeeper(clock, (room, key, message, except) =>
    feed.broadcastHold(room, key, message, except),
  );
  const lockBoard = createLockBoard({ store, intake, links, clock, fail });
  const lockNotes = createLockNotes({ store, intake, clock });
  const pins = createPersonPin({ store, intake, clock });
  const seats = createSeatDesk({ store, intake, offices, pins, clock });
  const attachments = options.attachments ?? USUAL_ATTACHMENT_LIMITS;
  const live = {
    lockBoard,
    lockNotes,
    store,
    sessions,
    feed,
    holds,
    entry: createRoomEntry({
      ...{ store, offices, feed, holds, links, simulation, clock },
      practiceFields: options.practiceFields === true,
      lockAfterMs,
      attachments,
    }),
    clock,
    log,
    records: createRecordDesk({ store, intake, offices, clock }),
    seats,
    calls: createCallDesk({ store, intake, offices, clock }),
    simulations: createSimulationDesk({ store, offices, simulation }),
    limits: options.outletLimits ?? OUTLET_LIMITS,
  };
  const mustUseHttps = (from: SeenFrom): boolean =>
    options.certificate !== null && from.protocol === 'http' && !from.loopback && !options.allowPlainHttp;
  const socket = createLiveSocket({
    sessions,
    tokenOf,
    seenFrom: seen,
    mustUseHttps,
    open: (wire, visitor, insecure) => createLiveSession(live, wire, visitor, insecure),
    limits: options.socketLimits ?? SOCKET_LIMITS,
    clock,
    log,
  });

  const two = createTwoProtocolServer(options.certificate, (request, response) => {
    app.routing(request, response);
  });
  two.onUpgrade((request, raw, head) => socket.upgrade(request, raw, head));
  const app = Fastify({
    serverFactory: () => two.server,
    bodyLimit: 16_384,
    logger: false,
    frameworkErrors: answerUnreadable,
  });
  limitBodies(app, options.bodyMs);
  const routes: string[] = [];
  app.addHook('onRoute', ({ method, url }) => {
    routes.push(...[method].flat().map((one) => `${one} ${url}`));
  });
  const seenFrom = (request: FastifyRequest): SeenFrom => seen(request.raw);

  app.addHook('onRequest', (request, reply, done) => {
    const from = seenFrom(request);
    if (mustUseHttps(from)) redirect(request, reply, from);
    else done();
  });
  await addCookies(app);
  await addSecurityHeaders(app);
  await app.register(rateLimit, {
    global: false,
    keyGenerator: (request) => seenFrom(request).address,
    errorResponseBuilder: () => Object.assign(new Error(TOO_MANY.code), { statusCode: 429 }),
  });
  app.addHook('onSend', async (request, reply) => {
    if (request.url.startsWith('/api/') || request.url.startsWith('/health')) {
      reply.header('cache-control', 'no-store');
    }
  });
  answerErrors(app, log);
  const standingOf = createStandingOf({ sessions, seenFrom });
  guardLocked(app, sessions, standingOf);
  const health = {
    store,
    intake,
    links,
    demo: simulation !== null,
    sound: deps.recordingOffice,
    alerts: deps.alerts,
    checkRecordings: async () =>
      (await checkFolder(options.recordingsFolder)) ??
      // An empty folder asks the database whether it held sound; that the database is away is told beside this.
      (await deps.library.trouble().catch(() => null)) ??
      awayRefusal(deps.recordingOffice),
  };
  const login = createLogin({ store, intake, clock });
  const loginsPerMinute = options.loginsPerMinute ?? 60;
  const standing = standingOf;
  addApiRoutes(app, {
    ...{ store, intake, sessions, offices, login, loginsPerMinute, health, seenFrom, standing, clock },
  });
  const visitorOf = createVisitorOf(standingOf);
  const refuseForeign = createRefuseForeign(seenFrom);
  const ownSecret = createOwnSecret({ intake, clock });
  addOwnAccount(app, { store, intake, sessions, ownSecret, visitorOf, refuseForeign, clock });
  addLockDesk(app, {
    ...{ store, intake, sessions, seats, ownSecret, standingOf, refuseForeign, clock },
    board: lockBoard,
    notes: lockNotes,
  });
  addRecordReading(app, { store, offices, visitorOf });
  addSearchDesk(app, { store, intake, offices, visitorOf, clock, timeZone: options.timeZone, log });
  addPapers(app, { store, intake, offices, visitorOf, clock, timeZone: options.timeZone });
  addWatchPapers(app, {
    ...{ store, intake, visitorOf, clock },
    ...{ timeZone: options.timeZone, areaCode: options.areaCode },
  });
  addInstructionDesk(app, { store, offices, visitorOf });
  addReviewDesk(app, { store, intake, offices, visitorOf, refuseForeign, clock });
  addAlertDesk(app, { store, alerts: deps.alerts, visitorOf, clock });
  addWatchDesk(app, { store, intake, visitorOf, refuseForeign, clock });
  const directory = addDirectoryDesk(app, { store, intake, visitorOf, refuseForeign, clock });
  addDirectoryImport(app, directory, refuseForeign, options.areaCode);
  addHandOverDesk(app, {
    ...{ store, intake, offices, pins, visitorOf, refuseForeign, clock, log },
    probes: options.probeAtHandOver === true ? deps.probeOffice : null,
  });
  addIncidentDesk(app, { store, intake, offices, visitorOf, refuseForeign, clock });
  addIncidentPapers(app, { store, intake, offices, visitorOf, clock, timeZone: options.timeZone });
  addShiftLogPapers(app, { store, intake, offices, visitorOf, clock, timeZone: options.timeZone });
  addShiftLogDesk(app, { store, intake, offices, visitorOf, refuseForeign, clock });
  const rosterDeps = { store, intake, offices, visitorOf, refuseForeign, timeZone: options.timeZone, clock };
  addDutyNotesDesk(app, rosterDeps);
  addAssessmentDesk(app, { store, intake, visitorOf, refuseForeign, timeZone: options.timeZone, clock });
  addRosterFiles(app, addRosterDesk(app, rosterDeps), rosterDeps);
  addInspectionPapers(app, addInspectionDesk(app, rosterDeps), rosterDeps);
  addReadinessDesk(app, rosterDeps);
  const listening = createListening({ store, intake, clock });
  const { library } = deps;
  const gate = createSoundGate({ store, intake, offices, visitorOf, clock });
  const sound = { gate, listening, refuseForeign, clock };
  const opening = createCheckedOpening(library);
  addRecordingReplay(app, { ...sound, opening, visitorOf, log });
  addProbeDesk(app, {
    ...{ store, intake, offices, opening, visitorOf, refuseForeign, clock, log },
    office: deps.probeOffice,
    areaCode: options.areaCode,
  });
  addAttachmentDesk(app, {
    ...{ store, intake, offices, library, visitorOf, refuseForeign, clock, log },
    limits: attachments,
  });
  const { timeZone, exportsPerMinute = 20 } = options;
  addClipExport(app, { ...sound, store, library, ffmpeg: deps.ffmpeg, timeZone, exportsPerMinute });
  const scopeOf = (account: string) => sessions.scopeOf(account);
  const addressOf = (request: FastifyRequest) => seenFrom(request).address;
  addWallShow(app, {
    ...{ store, intake, addressOf, timeZone, clock, log },
    demo: simulation !== null,
  });
  addWallDesk(app, { store, intake, visitorOf, refuseForeign, clock });
  const secrecy = { store, intake, offices, login, scopeOf, visitorOf, refuseForeign, addressOf, clock };
  addSecrecyDesk(app, secrecy);
  if (deps.recordingOffice !== null) {
    addRecordingDesk(app, {
      store,
      intake,
      office: deps.recordingOffice,
      offices,
      visitorOf,
      refuseForeign,
      clock,
    });
  }
  if (deps.setupOffice !== null) {
    addSetupDesk(app, { store, intake, office: deps.setupOffice, visitorOf, refuseForeign, clock });
  }
  await addPageFiles(app, options.pageFolder);
  await app.listen({ port: options.port, host: options.host ?? '::' });

  const address = two.server.address();
  return {
    routes,
    port: typeof address === 'object' && address !== null ? address.port : options.port,
    close: async () => {
      stopForgetting();
      feed.close();
      lockBoard.close();
      holds.close();
      socket.close();
      two.closeConnections();
      await app.close();
    },
  };
}

function redirect(request: FastifyRequest, reply: FastifyReply, from: SeenFrom): void {
  const readable = request.method === 'GET' || request.method === 'HEAD';
  if (readable && URL.canParse(`https://${from.host}`)) {
    const target = new URL(request.url.replace(/^\/+/, '/'), `https://${from.host}`);
    reply.redirect(target.href, 307);
  } else {
    reply.code(403).send(HTTPS_ONLY);
  }
}

/** Sound that cannot be fetched now stays on its PBX: nothing is lost yet, and somebody has to look. */
function awayRefusal(office: RecordingOffice | null): Refusal | null {
  const [first] = office?.away() ?? [];
  if (first === undefined) return null;
  const { name, reason } = first;
  return { code: reason.code, zh: `${name}：${reason.zh}`, en: `${name}: ${reason.en}` };
}

async function checkFolder(folder: string): Promise<Refusal | null> {
  try {
    await mkdir(folder, { recursive: true });
    await access(folder, constants.R_OK | constants.W_OK | constants.X_OK);
    return null;
  } catch (error) {
    return {
      code: 'recordings-folder',
      zh: '录音存储目录不能写入，录音无法入库。请检查目录权限和磁盘。',
      en: `The recordings folder cannot be written: ${error instanceof Error ? error.message : String(error)}`,
    };
  }
}
