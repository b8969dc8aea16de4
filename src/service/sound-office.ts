/** Everything about sound after the telephone is down: jobs, reconciling, checks, storage, and the page that shows them. */
import type { RecordingReport } from '../calls/recording-report.ts';
import type { Config, PbxConfig } from '../config/config.ts';
import type { Office } from '../duty/office.ts';
import { createBullmqQueue } from '../jobs/bullmq-queue.ts';
import { type Carrier, createCarrier } from '../jobs/carrier.ts';
import type { JobHandlers, JobOutcome, JobQueue } from '../jobs/job-queue.ts';
import { createTableQueue } from '../jobs/table-queue.ts';
import type { PbxSetup } from '../lines/duty-line.ts';
import type { PathNote } from '../recordings/finishing.ts';
import { createScanMemory } from '../recordings/matching/scan-memory.ts';
import { createPauses } from '../recordings/reporting.ts';
import { findFfmpeg } from '../recordings/transcode.ts';
import type { PendingEffect } from '../storage/pending-effect.ts';
import type { Store } from '../storage/store.ts';
import type { Work, WorkResult } from '../storage/work.ts';
import type { Log } from '../web/log.ts';
import type { RecordingOffice } from '../web/recording-desk.ts';
import { attachmentJobs } from './attachment-jobs.ts';
import { attachSoundOfCall } from './call-sound.ts';
import { careForFiles, dueOnDay } from './file-care.ts';
import { createHistoryOffice } from './history.ts';
import { probesThatCameIn } from './probe-history.ts';
import { probeSoundJobs } from './probe-sound-jobs.ts';
import { reconcile } from './reconcile.ts';
import { reconciledPbx } from './reconciled-pbx.ts';
import { createReconciler } from './reconciler.ts';
import { createRecordingOffice } from './recording-office.ts';
import type { RecordingPlaces } from './recording-places.ts';
import { letGo } from './retention.ts';
import { verifySounds } from './sound-care.ts';
import { type SoundJobDeps, soundJobs } from './sound-jobs.ts';
import type { SoundStore } from './sound-store.ts';
import { soundUse } from './sound-use.ts';

export interface SoundOfficeDeps {
  readonly config: Config;
  readonly pbxs: readonly PbxConfig[];
  readonly office: Office;
  readonly places: RecordingPlaces;
  readonly store: Store;
  readonly sounds: SoundStore;
  readonly work: (work: Work) => Promise<WorkResult>;
  readonly report: (report: RecordingReport) => Promise<WorkResult>;
  readonly onSecurity: (note: PathNote) => void;
  readonly setups: readonly PbxSetup[];
  /** PBX clock minus our clock in ms; null before it was measured. */
  readonly offsetOf: (pbx: string) => number | null;
  readonly now: () => number;
  readonly log: Log;
  /** For tests that kill the process at a stage. */
  readonly reached?: SoundJobDeps['reached'];
}

export interface SoundOffice {
  readonly page: RecordingOffice;
  /** An effect that is durable now. */
  take(effect: PendingEffect): void;
  start(): void;
  stop(): Promise<void>;
}

/** When the night's work begins. Few call then, and it is over before the shift turns. */
const NIGHT_AT = '02:30';
const A_DAY = 86_400_000;
/** ffmpeg takes one core for each. */
const JOBS_AT_ONCE = 3;
const TRY_AGAIN_MS = 30_000;
/** A call that has just ended: its file may still be written. */
const QUIET_MS = 6_000;

export function createSoundOffice(deps: SoundOfficeDeps): SoundOffice {
  const { config, places, store, sounds, now, log, report } = deps;
  const pauses = createPauses();
  const reconciled = deps.pbxs.flatMap((pbx) =>
    reconciledPbx(pbx, config, deps.office, places.of(pbx.id), createScanMemory()),
  );
  const taking = {
    store,
    library: sounds.library,
    report,
    onSecurity: deps.onSecurity,
    wait: pauses.pause,
    now,
    pbxs: reconciled,
    areaCode: config.rules.areaCode,
  };
  const carrier: Carrier = createCarrier({ queue: queueOf(deps), store, work: deps.work, now, log });
  const care = { store, library: sounds.library, copy: sounds.copy, report, now };
  const { retention, secondCopy } = config.storage;

  const history = createHistoryOffice({
    pbxs: deps.pbxs,
    setups: deps.setups,
    store,
    work: deps.work,
    offsetOf: deps.offsetOf,
    probesOf: (pbx, from, to) => probesThatCameIn(store, config.probe, deps.office, { pbx, from, to }),
    attachSound: (pbx, from, to) =>
      reconcile({ ...taking, pbxs: reconciled.filter(({ id }) => id === pbx), from, to }),
    now,
    log,
  });

  async function night(): Promise<void> {
    await history.night();
    await sounds.library.sweep(now());
    const days = secondCopy?.verifyDays ?? VERIFY_DAYS;
    await verifySounds(care, { withinDays: days, restore: false, withCopy: true });
    await lookAtFiles(days);
    await letGo({ ...care, work: deps.work, office: deps.office, rules: retention.rules, log });
  }

  async function lookAtFiles(days: number): Promise<void> {
    const day = Math.floor(now() / A_DAY);
    const lists = {
      'attachments-not-as-kept': store.keptAttachments,
      'probe-sounds-not-as-kept': store.keptProbeSounds,
    };
    for (const [code, kept] of Object.entries(lists)) {
      const due = (id: string) => dueOnDay(id, day, days);
      const { altered, missing, uncopied } = await careForFiles({ ...care, kept }, { due, restore: false });
      if (altered.length + missing.length + uncopied.length > 0)
        log('error', code, { altered, missing, uncopied });
    }
  }

  const reconciler = createReconciler({
    run: (from, to, progress) => reconcile({ ...taking, from, to, progress }),
    night,
    now,
    log,
    at: NIGHT_AT,
    timeZone: config.rules.timeZone,
  });

  async function attachOfCall(call: string): Promise<JobOutcome> {
    const trail = await store.soundTrail(call);
    const isNamedByUs = trail?.mode === 'ami' || trail?.mode === 'none' || trail?.mode === null;
    const endedAt = trail?.endedAt == null ? null : trail.endedAt - trail.offsetMs;
    // Put off rather than waited for: a worker that waits is a worker fewer.
    if (!isNamedByUs && endedAt !== null && now() - endedAt < QUIET_MS) {
      return { kind: 'again', afterMs: QUIET_MS - (now() - endedAt) };
    }
    const done = await attachSoundOfCall({ ...taking, call });
    return done.state === 'try-again' ? { kind: 'again', afterMs: TRY_AGAIN_MS } : { kind: 'done' };
  }

  const handlers: JobHandlers = {
    ...soundJobs({
      store,
      work: deps.work,
      report,
      library: sounds.library,
      copy: sounds.copy,
      ffmpeg: () => findFfmpeg(process.env),
      now,
      ...(deps.reached === undefined ? {} : { reached: deps.reached }),
    }),
    ...attachmentJobs({ store, work: deps.work, library: sounds.library, copy: sounds.copy, now }),
    ...probeSoundJobs({ store, library: sounds.library, copy: sounds.copy }),
    'attach-recordings': ({ call }) => attachOfCall(call),
    'recover-gap': history.recoverGap,
  };

  const page = createRecordingOffice({
    store,
    sounds,
    encrypted: config.storage.encryption !== null,
    carrier,
    reconciler,
    places,
    use: () => soundUse(sounds.library, now(), retention),
    now,
  });

  return {
    page,
    take: (effect) => carrier.take(effect),
    start() {
      carrier.start(handlers, { concurrency: JOBS_AT_ONCE });
      reconciler.startNights();
    },
    async stop() {
      pauses.stop();
      await reconciler.stop();
      await carrier.close();
    },
  };
}

/** Without a second copy the originals are still read again. */
const VERIFY_DAYS = 30;

function queueOf({ config, store, work, now, log }: SoundOfficeDeps): JobQueue {
  const jobs = { work, store, now, log };
  if (config.redis !== null) return createBullmqQueue({ ...jobs, url: config.redis.reveal() });
  return createTableQueue({ ...jobs, alone: config.storage.database.kind === 'sqlite' });
}
