/**
 * The whole service from its configuration: what is made, in which order, and the reverse order in which it ends. Tests
 * and the CLI start it as `main.ts` does.
 */

import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Config, PbxConfig } from '../config/config.ts';
import { noticedByAudit, noticedByCode, unreadSettings } from '../diagnosis/noticed-setting.ts';
import { rulesOfLine } from '../diagnosis/watch-rules.ts';
import { createIntake, type Intake } from '../intake.ts';
import { endpointOf } from '../lines/endpoint.ts';
import { findFfmpeg } from '../recordings/transcode.ts';
import { openStore } from '../storage/open-store.ts';
import type { Store } from '../storage/store.ts';
import { startWeb, type Web } from '../web/http-server.ts';
import { createLinkBoard, type LinkBoard } from '../web/link-board.ts';
import type { Log } from '../web/log.ts';
import { type Certificate, loadCertificate } from '../web/tls.ts';
import { startAlerts } from './alerts.ts';
import { prepareDemoAccount, shutDemoAccount, startDemonstration } from './demonstration.ts';
import { createLiveOffice, followOffice } from './live-office.ts';
import { createPbxWatch } from './pbx-watch.ts';
import { createProbing } from './probing.ts';
import { createRecordingPlaces, fetchedFolder } from './recording-places.ts';
import { startSettingsWatch } from './settings-watch.ts';
import { createSetupOffice } from './setup-office.ts';
import { recordedPbx, securityNotes, startSound } from './sound.ts';
import { createSoundOffice } from './sound-office.ts';
import { openSoundStore } from './sound-store.ts';
import { createTrialWatch } from './trial-watch.ts';

export interface StartOptions {
  readonly log: Log;
  /** The built page. */
  readonly pageFolder: string;
  /** Integer ms UTC. */
  readonly now?: () => number;
  /** False: the demonstration tells a call only when the page asks for one. */
  readonly demoCallsByItself?: boolean;
}

export interface Service {
  readonly port: number;
  readonly certificate: Certificate;
  readonly demo: boolean;
  readonly store: Store;
  readonly intake: Intake;
  readonly links: LinkBoard;
  /** Ends everything in order: no call that was heard is lost, no page hangs. */
  stop(): Promise<void>;
}

/** Starts everything. Rejects with a sentence when the store, the certificate or the port cannot be had. */
export async function start(config: Config, options: StartOptions): Promise<Service> {
  const { log } = options;
  const now = options.now ?? Date.now;
  const endings: (() => Promise<void> | void)[] = [];
  const stop = async (): Promise<void> => {
    for (const end of endings.splice(0).reverse()) await end();
  };
  try {
    return await startAll(config, { ...options, now, log }, endings, stop);
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startAll(
  config: Config,
  { log, now, pageFolder, demoCallsByItself = true }: StartOptions & { readonly now: () => number },
  endings: (() => Promise<void> | void)[],
  stop: () => Promise<void>,
): Promise<Service> {
  const { http } = config;
  const certificate = await loadCertificate(
    { own: http.certificate, folder: join(config.storage.state, 'certificate'), names: http.names },
    now(),
  );
  const store = await openOffice(config, now, log);
  endings.push(() => store.close());

  const demo =
    config.demo === null
      ? null
      : await startDemonstration(
          now,
          demoCallsByItself,
          config.demo.trunks,
          join(config.storage.state, 'demo-pbx'),
        );
  if (demo === null) await shutDemoAccount(store, now());
  else {
    endings.push(() => demo.stop());
    await prepareDemoAccount(store, now());
  }

  const live = createLiveOffice(config, await store.office());
  const { office, setups } = live;
  const trial = createTrialWatch(setups, now);
  const links = createLinkBoard();
  const sounds = openSoundStore(config.storage, now, () => store.hasKeptSound());
  const { library } = sounds;
  const pbxs: readonly PbxConfig[] = demo === null ? config.pbxs : [...config.pbxs, demo.config];
  const watches = new Map(
    pbxs.map((pbx) => {
      const receive: Parameters<typeof createPbxWatch>[1]['receive'] = (input) => {
        intake.receive(pbx.id, input);
        trial.see(pbx.id, input);
        settingsWatch.see(pbx.id, input);
        probes.see(pbx.id, input);
      };
      return [pbx.id, createPbxWatch(pbx, { receive, links, probe: config.probe, now, log })];
    }),
  );
  endings.push(async () => {
    await Promise.all([...watches.values()].map((watch) => watch.stop()));
  });
  const places = createRecordingPlaces(pbxs, fetchedFolder(config.storage));
  endings.push(() => places.close());
  const offsetOf = (pbx: string) => watches.get(pbx)?.offset() ?? null;
  const recorded = pbxs.flatMap((pbx) => {
    const watch = watches.get(pbx.id);
    return watch === undefined ? [] : [recordedPbx(pbx, places.of(pbx.id), watch, office)];
  });
  const recorder = startSound({ store, intake: () => intake, library, now, log }, recorded);
  const intake = createIntake({
    store,
    setups,
    now,
    log,
    offsetOf,
    handleFacts: (pbx, facts) => recorder.observe(pbx, facts),
    handleEffect: (pbx, effect) => {
      if (effect.kind === 'start-recording') recorder.start(pbx, effect);
      else if (effect.kind === 'probe-arrived' || effect.kind === 'probe-crossed') probes.handle(effect);
      else if (effect.kind !== 'open-draft') watches.get(pbx)?.handle(effect);
    },
    handlePending: (effect) => soundOffice.take(effect),
  });
  const soundOffice = createSoundOffice({
    config,
    pbxs,
    office,
    places,
    store,
    sounds,
    work: (work) => intake.work(work),
    report: (report) => intake.report(report),
    onSecurity: securityNotes({ intake: () => intake, now, log }),
    setups,
    offsetOf,
    now,
    log,
  });
  const settingsWatch = startSettingsWatch({
    lines: () => office.lines,
    setups,
    // The demonstration has no dialplan.
    readersOf: (pbx) => (pbx === demo?.config.id ? null : (watches.get(pbx)?.questions ?? null)),
    contextsOf: (id) => pbxs.find((pbx) => pbx.id === id)?.inboundContexts ?? [],
    approvedSoundsOf: (id) => rulesOfLine(config.watch, id).approvedSounds,
    schedule: { ...config.settingsWatch, timeZone: config.rules.timeZone },
    codes: config.settingsWatch.codes,
    onAudit: (audit) => {
      const { line, at } = audit;
      void intake.work({ type: 'line-looked-at', line, at, ...noticedByAudit(audit, config.watch) });
    },
    onFailed: (line, at) =>
      void intake.work({ type: 'line-looked-at', line, at, suspicions: [], checks: unreadSettings(at) }),
    onCode: (code) => {
      const { line, at, change, condition } = code;
      log('warn', 'forwarding-code-dialled', { line, change, condition });
      const suspicion = noticedByCode({ ...code, phone: endpointOf(code.channel) });
      void intake.work({ type: 'line-looked-at', line, at, suspicions: [suspicion], checks: [] });
    },
    now,
    log,
  });
  endings.push(() => settingsWatch.close());
  const probing = createProbing({
    ...{ config, pbxs, places, library, store, watches, now, log, office: live.office },
    intake: () => intake,
  });
  const { probes } = probing;
  endings.push(() => intake.close());
  endings.push(() => recorder.stop());
  endings.push(() => soundOffice.stop());

  await intake.restore();
  for (const pbx of pbxs) {
    await recorder.restore(pbx.id, (await store.keptForRestore(pbx.id, now())).facts);
  }
  await probes.restore();
  for (const watch of watches.values()) watch.listen();
  probes.start();
  soundOffice.start();
  places.watch(log);
  endings.push(async () => {
    for (const watch of watches.values()) watch.stopListening();
    await intake.idle();
  });
  endings.push(() => probing.stop());

  const setupOffice = createSetupOffice({
    ...{ config, pbxs, store, trial, now },
    work: (work) => intake.work(work),
    async officeChanged() {
      live.take(await store.office());
      for (const setup of setups) intake.takeLines(setup);
    },
  });
  // A roster that was published says when the next shift begins, and a probe comes before it.
  endings.push(followOffice(live, { store, intake, log }));
  const alerts = startAlerts(config.alerts, {
    links,
    store,
    intake,
    look: () => soundOffice.page.storage(),
    timeZone: config.rules.timeZone,
    now,
    log,
  });
  endings.push(() => alerts.close());
  const web = await startWeb(
    {
      host: http.host,
      port: http.port,
      pageFolder,
      recordingsFolder: config.storage.recordings,
      timeZone: config.rules.timeZone,
      practiceFields: config.rules.practiceFields,
      probeAtHandOver: config.probe?.atHandOver === true,
      lockAfterMs: config.rules.lockAfterMs,
      attachments: config.rules.attachments,
      areaCode: config.rules.areaCode,
      certificate,
      allowPlainHttp: http.allowPlainHttp,
      trustProxy: http.trustProxy,
    },
    {
      store,
      intake,
      library,
      ffmpeg: () => findFfmpeg(process.env),
      recordingOffice: soundOffice.page,
      setupOffice,
      alerts,
      probeOffice: probes,
      links,
      simulation: demo?.simulation ?? null,
      clock: now,
      log,
    },
  );
  endings.push(() => web.close());
  return serviceOf(web, { certificate, store, intake, links, demo: demo !== null, stop });
}

function serviceOf(web: Web, rest: Omit<Service, 'port'>): Service {
  return { ...rest, port: web.port };
}

/** The store, filled from `office.yaml` when it holds no office yet. */
async function openOffice(config: Config, now: () => number, log: Log): Promise<Store> {
  const { database } = config.storage;
  const { areaCode, numberPattern, timeZone, reportLimits } = config.rules;
  if (database.kind === 'sqlite') await mkdir(dirname(database.file), { recursive: true, mode: 0o750 });
  const store = await openStore(
    {
      database: database.kind === 'sqlite' ? database.file : database.url.reveal(),
      rules: { areaCode, numberPattern, timeZone, reportLimits, watch: config.watch },
    },
    (error) => log('warn', 'database-trouble', { error: error.message }),
  );
  if (config.office !== null && (await store.officeIsEmpty())) {
    const [written] = await store.write([{ type: 'office-import', office: config.office, at: now() }]);
    if (written?.ok !== true)
      throw new Error(`office.yaml could not be stored: ${written?.refusal.en ?? ''}`);
    log('info', 'office-imported', { rooms: config.office.rooms.length });
  }
  return store;
}
