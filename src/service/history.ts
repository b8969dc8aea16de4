/**
 * Calls that lived while nobody listened, asked from each PBX's own history: after every gap, and every night for what was
 * written late. What is recovered gets its sound; what cannot be is counted in the gap's report.
 */
import type { ExpectedProbe } from '../calls/probe-arrival.ts';
import type { HistoryConfig, PbxConfig } from '../config/config.ts';
import { type BackfillResult, backfill, type GapReport } from '../history/backfill.ts';
import type { HistoryReader } from '../history/cel-row.ts';
import { createCsvReader } from '../history/csv.ts';
import { createMysqlReader } from '../history/mysql.ts';
import { createPostgresReader } from '../history/postgres.ts';
import { createSqliteReader } from '../history/sqlite.ts';
import type { JobHandlers, JobOutcome } from '../jobs/job-queue.ts';
import type { PbxSetup } from '../lines/duty-line.ts';
import type { Store } from '../storage/store.ts';
import type { Work, WorkResult } from '../storage/work.ts';
import type { Log } from '../web/log.ts';

export interface HistoryOfficeDeps {
  readonly pbxs: readonly Pick<PbxConfig, 'id' | 'history'>[];
  readonly setups: readonly PbxSetup[];
  readonly store: Pick<Store, 'knownChannels' | 'recoveredCalls' | 'clockOffset'>;
  readonly work: (work: Work) => Promise<WorkResult>;
  /** PBX clock minus our clock in ms; null while no session has measured it. */
  readonly offsetOf: (pbx: string) => number | null;
  /** Probes of ours that may have come in at a PBX from … to (ms UTC, our clock). */
  readonly probesOf: (pbx: string, from: number, to: number) => Promise<readonly ExpectedProbe[]>;
  /** Looks for the sound of the calls of one PBX from … to (ms UTC, our clock). */
  readonly attachSound: (pbx: string, from: number, to: number) => Promise<unknown>;
  readonly now: () => number;
  readonly log: Log;
}

export interface HistoryOffice {
  /** The job of `recover-gap`. */
  readonly recoverGap: NonNullable<JobHandlers['recover-gap']>;
  /** Never rejects: a PBX whose history is away does not keep the rest of the night from its work. */
  night(): Promise<void>;
}

const DONE: JobOutcome = { kind: 'done' };
const AWAY_AGAIN_MS = 60_000;
const OPEN_AGAIN_MS = 5 * 60_000;
/** A call of the gap that has no end after so long is not waited for any more; the night looks again. */
const GIVE_UP_MS = 6 * 60 * 60_000;
const NIGHT_LOOKS_BACK = 36 * 60 * 60_000;
/** Calls this young are still the tracker's: their facts may be on their way to the store. */
const YOUNG_MS = 10 * 60_000;

export function createHistoryOffice(deps: HistoryOfficeDeps): HistoryOffice {
  const { now, log, work, attachSound } = deps;

  async function recoverGap(
    { gap, pbx, from, to }: { gap: string; pbx: string; from: number; to: number },
    signal: AbortSignal,
  ): Promise<JobOutcome> {
    const found = await ask(pbx, from, to);
    if (found === null || signal.aborted) return DONE;
    if (!found.ok) {
      log('warn', 'history-away', { pbx, reason: found.reason });
      return { kind: 'again', afterMs: AWAY_AGAIN_MS };
    }
    const { report } = found;
    const open = report.notRecoverable.filter(({ why }) => why === 'still-open');
    const isOver = open.length === 0 || now() - to > GIVE_UP_MS;
    await keepReport(gap, pbx, report, isOver);
    // Known ones too: we may have been stopped after they were written and before their sound was looked for.
    if (report.recovered + report.alreadyKnown > 0) await attachSound(pbx, from, to);
    return isOver ? DONE : { kind: 'again', afterMs: OPEN_AGAIN_MS };
  }

  async function nightOf(pbx: string): Promise<void> {
    const [from, to] = [now() - NIGHT_LOOKS_BACK, now() - YOUNG_MS];
    const found = await ask(pbx, from, to);
    if (found === null) return;
    if (!found.ok) {
      log('warn', 'history-away', { pbx, reason: found.reason });
      return;
    }
    if (found.report.recovered === 0) return;
    log('warn', 'history-recovered-by-night', { pbx, recovered: found.report.recovered });
    await keepReport(`night ${pbx} ${to}`, pbx, found.report, true);
    await attachSound(pbx, from, to);
  }

  async function ask(pbx: string, from: number, to: number): Promise<BackfillResult | null> {
    const history = deps.pbxs.find(({ id }) => id === pbx)?.history ?? null;
    const setup = deps.setups.find((one) => one.pbx === pbx);
    if (history === null || setup === undefined) return null;
    const reader = openHistory(history);
    try {
      return await backfill({
        store: deps.store,
        write: work,
        setup,
        reader,
        pbx,
        from,
        to,
        now: now(),
        offsetMs: deps.offsetOf(pbx) ?? (await deps.store.clockOffset(pbx, to)) ?? 0,
        expected: await deps.probesOf(pbx, from, to),
        progress: () => undefined,
      });
    } finally {
      await reader.close();
    }
  }

  async function keepReport(id: string, pbx: string, report: GapReport, isOver: boolean): Promise<void> {
    const lost = report.notRecoverable.filter(({ why }) => isOver || why !== 'still-open');
    log('info', 'history-read', { pbx, gap: id, ...report, notRecoverable: lost.length });
    await work(gapReportWork(id, pbx, report, lost, now()));
  }

  return {
    recoverGap: (effect, { signal }) => recoverGap(effect, signal),
    async night() {
      for (const { id } of deps.pbxs) {
        try {
          await nightOf(id);
        } catch (failure) {
          log('error', 'history-failed', { pbx: id, error: String(failure) });
        }
      }
    },
  };
}

/** What is written down of a stretch after one reading, whatever of it an earlier one recovered; `at` is ms UTC. */
export function gapReportWork(
  id: string,
  pbx: string,
  { from, to, recovered, alreadyKnown, recoveredBefore }: GapReport,
  notRecoverable: GapReport['notRecoverable'],
  at: number,
): Extract<Work, { readonly type: 'gap-report' }> {
  const counts = { recovered: recovered + recoveredBefore, known: alreadyKnown - recoveredBefore };
  return { type: 'gap-report', id, pbx, from, to, at, ...counts, notRecoverable };
}

/** The reader of the place that the configuration names; nothing is opened before it is asked. */
export function openHistory(history: HistoryConfig): HistoryReader {
  const { timeZone } = history;
  switch (history.kind) {
    case 'csv':
      return createCsvReader({ cel: history.cel, cdr: history.cdr, timeZone });
    case 'mysql':
      return createMysqlReader({ url: history.url.reveal(), timeZone });
    case 'postgres':
      return createPostgresReader({ url: history.url.reveal(), timeZone });
    case 'sqlite':
      return createSqliteReader({ path: history.path, timeZone });
  }
}
