/** What the page 录音 is shown, put together from the store, the jobs and the disk. */
import type { Carrier, JobsState } from '../jobs/carrier.ts';
import type { FailedEffect } from '../storage/store/effects.ts';
import type { StrayRow } from '../storage/store/strays.ts';
import type { Store } from '../storage/store.ts';
import type {
  GapReportView,
  JobsView,
  RecordingDeskView,
  StorageView,
  StrayView,
} from '../web/protocol/recording-desk-view.ts';
import type { RecordingOffice } from '../web/recording-desk.ts';
import type { Reconciler } from './reconciler.ts';
import type { RecordingPlaces } from './recording-places.ts';
import type { SoundStore } from './sound-store.ts';
import type { SoundUse } from './sound-use.ts';

export interface RecordingOfficeDeps {
  readonly store: Pick<
    Store,
    | 'strays'
    | 'callsWithoutSound'
    | 'callView'
    | 'recording'
    | 'copyCounts'
    | 'failedEffects'
    | 'office'
    | 'recentGaps'
    | 'gapReports'
  >;
  readonly sounds: SoundStore;
  readonly encrypted: boolean;
  readonly carrier: Carrier;
  readonly reconciler: Reconciler;
  readonly places: Pick<RecordingPlaces, 'troubles' | 'askAgain'>;
  readonly use: () => Promise<SoundUse>;
  readonly now: () => number;
}

const A_DAY = 86_400_000;
const LOOK_BACK = 30 * A_DAY;
const SHOWN_STRAYS = 100;
const SHOWN_SILENT = 200;
const SHOWN_REPORTS = 500;
/** The folder is walked no more often than this. */
const USE_KEPT_MS = 10 * 60_000;

export function createRecordingOffice(deps: RecordingOfficeDeps): RecordingOffice {
  const { store, carrier, reconciler, places, now } = deps;
  let use: { readonly until: number; readonly made: Promise<SoundUse> } | null = null;

  function soundUse(): Promise<SoundUse> {
    if (use === null || use.until < now()) {
      const made = deps.use();
      use = { until: now() + USE_KEPT_MS, made };
      // What could not be read, or a folder that is not there yet, is asked for again the next time.
      const again = () => {
        use = null;
      };
      made.then(({ freeBytes }) => freeBytes === null && again(), again);
    }
    return use.made;
  }

  async function pbxsOf(rooms: readonly string[]): Promise<readonly string[]> {
    const { lines } = await store.office();
    return [...new Set(lines.filter((line) => rooms.includes(line.room)).map((line) => line.pbx))];
  }

  /** A failure may name who called whom: it is shown to, and tried again by, those who reach the room it is about. */
  async function reaches({ effect }: FailedEffect, rooms: readonly string[]): Promise<boolean> {
    const about = await placeOf(store, effect);
    if (about === null) return true;
    return about.room === null ? (await pbxsOf(rooms)).includes(about.pbx) : rooms.includes(about.room);
  }

  async function failedIn(rooms: readonly string[]): Promise<readonly FailedEffect[]> {
    const all = await carrier.failed();
    const reached = await Promise.all(all.map((one) => reaches(one, rooms)));
    return all.filter((_, place) => reached[place]);
  }

  return {
    pbxsOf,
    mayRetry: async (id, rooms) => {
      const failed = (await carrier.failed()).find(({ effect }) => effect.id === id);
      return failed === undefined || reaches(failed, rooms);
    },
    storage: async () => storageView(deps, await soundUse()),
    jobs: () => carrier.state(),
    reconcile() {
      places.askAgain();
      reconciler.begin();
    },
    retry: (effect) => carrier.retry(effect),
    away: () => places.troubles(),
    async view(rooms, hears): Promise<RecordingDeskView> {
      const at = now();
      const [pbxs, page, silent, jobs, storage, gaps, reports] = await Promise.all([
        pbxsOf(rooms),
        store.strays('open', SHOWN_STRAYS, null),
        store.callsWithoutSound(at - LOOK_BACK, at),
        jobsView(carrier, await failedIn(rooms), hears),
        storageView(deps, await soundUse()),
        store.recentGaps(at - LOOK_BACK),
        store.gapReports(SHOWN_REPORTS),
      ]);
      const reportOf = new Map(reports.map((report) => [report.id, report]));
      const strays = page.strays.filter((stray) => pbxs.includes(stray.pbx));
      const seen = silent.filter((one) => one.room !== null && rooms.includes(one.room));
      return {
        at,
        strays: await Promise.all(strays.map((stray) => strayView(stray, store, rooms, hears))),
        strayTotal: strays.length < page.strays.length ? strays.length : page.total,
        silent: seen.slice(0, SHOWN_SILENT).map(({ call, line, startedAt, talkSeconds, why }) => ({
          call,
          line,
          startedAt,
          talkSeconds,
          why,
        })),
        jobs,
        storage,
        gaps: gaps.filter((gap) => pbxs.includes(gap.pbx)).map((gap) => gapReport(gap, reportOf.get(gap.id))),
        reconcile: reconciler.view(),
        away: places.troubles().filter(({ pbx }) => pbxs.includes(pbx)),
      };
    },
  };
}

/** Whose sound a job is about; null: nobody's, or nothing that is known any more. */
async function placeOf(
  store: Pick<Store, 'recording' | 'callView'>,
  effect: FailedEffect['effect'],
): Promise<{ readonly room: string | null; readonly pbx: string } | null> {
  if ('recording' in effect) return (await store.recording(effect.recording)) ?? null;
  const room = 'call' in effect ? ((await store.callView(effect.call))?.room ?? null) : null;
  if ('pbx' in effect) return { room, pbx: effect.pbx };
  return room === null ? null : { room, pbx: '' };
}

async function jobsView(
  carrier: Carrier,
  failed: readonly FailedEffect[],
  hears: boolean,
): Promise<JobsView> {
  const state: JobsState = await carrier.state();
  return {
    backEnd: state.backEnd,
    awaySince: state.awaySince,
    warnings: state.warnings,
    waiting: state.counts.waiting,
    running: state.counts.running,
    failed: failed.map(({ effect, attempts, failedAt, reason }) => ({
      id: effect.id,
      kind: effect.kind,
      attempts,
      failedAt,
      reason: hears ? reason : withoutNumbers(reason),
    })),
  };
}

async function storageView(deps: RecordingOfficeDeps, use: SoundUse): Promise<StorageView> {
  const { copy } = deps.sounds;
  const { sentenceZh: zh, sentenceEn: en, level } = use.forecast;
  const place = (await copy?.place()) ?? null;
  return {
    freeBytes: use.freeBytes,
    usedBytes: use.usedBytes,
    forecast: { zh, en, level },
    encrypted: deps.encrypted,
    copy:
      place === null
        ? null
        : {
            state: place.state === 'ready' ? 'ready' : 'away',
            reason: place.state === 'ready' ? null : place.trouble,
            sameDisk: place.state === 'ready' && place.isSameDisk,
            ...(await deps.store.copyCounts()),
          },
  };
}

/** Suggestions name calls and numbers: only for rooms the visitor reaches, and only where he may hear. */
async function strayView(
  stray: StrayRow,
  store: Pick<Store, 'callView'>,
  rooms: readonly string[],
  hears: boolean,
): Promise<StrayView> {
  const suggested = hears ? stray.suggestions.slice(0, 3) : [];
  const calls = await Promise.all(suggested.map(({ call }) => store.callView(call)));
  return {
    id: stray.id,
    name: hears ? shownName(stray.path) : withoutNumbers(shownName(stray.path)),
    pbx: stray.pbx,
    bytes: stray.bytes,
    modifiedAt: stray.modifiedAt,
    suggestions: suggested.flatMap(({ why }, place) => {
      const call = calls[place];
      if (call === undefined || !rooms.includes(call.room)) return [];
      return [{ call: call.id, startedAt: call.startedAt, number: call.caller.shown, why }];
    }),
  };
}

/** The name without its folders, harmless for a page: a caller may have put anything into it. */
function shownName(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return name.replace(/[\p{Cc}\p{Cf}]/gu, '\ufffd').slice(0, 200);
}

/** FreePBX writes who called whom into the names of its files, and a failure may name one. Ids of ours are no numbers. */
function withoutNumbers(text: string): string {
  return text
    .split(/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/)
    .map((part, place) => (place % 2 === 1 ? part : part.replace(/\d[\d-]{5,}\d/g, '…')))
    .join('');
}

/** Null counts: the PBX keeps no history that we may read, or it was not read yet. */
function gapReport(
  { id, pbx, from, to, missed }: Awaited<ReturnType<Store['recentGaps']>>[number],
  report: Awaited<ReturnType<Store['gapReports']>>[number] | undefined,
): GapReportView {
  const [recovered, lost] = [report?.recovered ?? null, report?.notRecoverable.length ?? null];
  return { id, pbx, from, to, missed, recovered, notRecoverable: lost };
}
