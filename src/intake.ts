/**
 * The one loop: input → step → commit → publish. The only caller of the trackers. Nothing is published, acknowledged or
 * sent to a PBX before its commit, except `start-recording`: a late recording loses the talk.
 */

import type { CallFact } from './calls/fact.ts';
import type { RecordingReport } from './calls/recording-report.ts';
import { type KeptWatch, restoreTracker, watchOf } from './calls/restore.ts';
import { emptyState, type TrackerState } from './calls/state.ts';
import type { Effect, Step } from './calls/step.ts';
import { stepFailed } from './calls/step-failed.ts';
import { step } from './calls/tracker.ts';
import type { TrackerInput } from './calls/tracker-input.ts';
import type { PbxSetup } from './lines/duty-line.ts';
import { createLineMatch, type LineMatch } from './lines/line-match.ts';
import type { Asker, RecordCommand, Refusal } from './records/command.ts';
import { createCommitQueue } from './storage/commit-queue.ts';
import type { PendingEffect } from './storage/pending-effect.ts';
import type { Store } from './storage/store.ts';
import type { PublishedChange, Work, WorkResult } from './storage/work.ts';
import type { FieldView } from './web/protocol/record-view.ts';

export interface IntakeDeps {
  readonly store: Store;
  readonly setups: readonly PbxSetup[];
  /** Our clock, integer ms UTC. */
  readonly now: () => number;
  /** PBX clock minus our clock in ms as the listen session measures it; null before (D15). */
  readonly offsetOf: (pbx: string) => number | null;
  /** What a tracker asks of its PBX. `start-recording` comes at once, the others after their commit. */
  readonly handleEffect: (pbx: string, effect: Effect) => void;
  /** Facts that are durable now, each once and in order: recordings are followed by them. */
  readonly handleFacts: (pbx: string, facts: readonly CallFact[]) => void;
  /** Work that must survive a crash; comes again after a restart until it is struck out by `effect-done`. */
  readonly handlePending: (effect: PendingEffect) => void;
  readonly log: (
    level: 'info' | 'warn' | 'error',
    code: string,
    about: Readonly<Record<string, unknown>>,
  ) => void;
}

export interface Intake {
  /** Hands one input of one PBX to its tracker. Never throws, never waits: what cannot be kept is said in `health()`. */
  receive(pbx: string, input: TrackerInput): void;
  /** The lines of a PBX are others now: from the next input on its calls are told apart by them. Calls that live stay whose they are. */
  takeLines(setup: PbxSetup): void;
  /** Resolves when the answer is durable. */
  command(command: RecordCommand, asker: Asker): Promise<CommandOutcome>;
  report(report: RecordingReport): Promise<WorkResult>;
  work(work: Work): Promise<WorkResult>;
  /** Called after each commit with what changed, in order of position. */
  subscribe(listener: (changes: readonly PublishedChange[]) => void): () => void;
  /** Folds the open calls back from the store and hands out pending effects. Before the first `receive`. */
  restore(): Promise<void>;
  /** Resolves when everything received so far is committed and published. */
  idle(): Promise<void>;
  health(): IntakeHealth;
  close(): Promise<void>;
}

export type CommandOutcome =
  | {
      readonly ok: true;
      readonly position: number;
      readonly version: number | null;
      readonly numberText: string | null;
    }
  | { readonly ok: false; readonly refusal: Refusal; readonly conflict?: FieldView };

export interface IntakeHealth {
  /** Null when the store takes what it is given. */
  readonly storeFailing: Refusal | null;
  /** Since when it fails, integer ms UTC. */
  readonly storeFailingSince: number | null;
  /** Works that wait for the store. */
  readonly waiting: number;
  /** Inputs that had to be dropped because the spool was full: each one may be a call that is not kept. */
  readonly dropped: number;
  /** Inputs whose step threw or could not be written; their calls are marked 需人工核对. */
  readonly strange: number;
}

/** One PBX as the loop knows it. */
interface Watched {
  lines: LineMatch;
  readonly probePrefix: string | null;
  tracker: TrackerState;
  watchKeptAt: number;
}

/** How often the last sign of a PBX is written down: a killed service names its gap to within this. */
const KEEP_WATCH_MS = 10_000;

export function createIntake(deps: IntakeDeps): Intake {
  const { store, log, now } = deps;
  const watched = new Map(deps.setups.map((setup) => [setup.pbx, watch(setup)]));
  const listeners = new Set<(changes: readonly PublishedChange[]) => void>();
  let strange = 0;

  const queue = createCommitQueue({
    store,
    now,
    onCommitted: publish,
    onTrouble(error, failing) {
      if (failing) log('error', 'store-failing', { error: String(error) });
      else log('info', 'store-back', {});
    },
  });

  function publish(results: readonly WorkResult[]): void {
    const accepted = results.filter((result) => result.ok);
    const changes = distinct(accepted.flatMap((result) => result.changes));
    if (changes.length > 0) {
      for (const listener of listeners) guarded('listener-threw', () => listener(changes));
    }
    for (const effect of accepted.flatMap((result) => result.effects)) {
      guarded('effect-threw', () => deps.handlePending(effect));
    }
  }

  function guarded(code: string, act: () => void): void {
    try {
      act();
    } catch (error) {
      log('error', code, { error: String(error) });
    }
  }

  function stepSafely(pbx: string, one: Watched, input: TrackerInput): Step {
    try {
      return step(one.tracker, input);
    } catch (error) {
      strange += 1;
      log('error', 'step-threw', { pbx, input, error: error instanceof Error ? error.stack : String(error) });
      return stepFailed(one.tracker, input);
    }
  }

  async function commitStep(pbx: string, made: Step): Promise<void> {
    const drafts = made.effects.filter((effect) => effect.kind === 'open-draft');
    const result = await queue.push({
      type: 'call-step',
      pbx,
      facts: made.facts,
      pbxFacts: made.pbxFacts,
      texts: made.texts,
      drafts: drafts.map(({ linkedid, generation }) => ({ linkedid, generation })),
      offsetMs: deps.offsetOf(pbx),
    });
    if (!result.ok) {
      strange += 1;
      log('error', 'step-not-written', { pbx, refusal: result.refusal, facts: made.facts });
    } else if (made.facts.length > 0) {
      guarded('facts-threw', () => deps.handleFacts(pbx, made.facts));
    }
    askPbx(pbx, made, (effect) => effect.kind !== 'start-recording');
  }

  /** Drafts are opened by the store, in the transaction of the fact that asked for them. */
  function askPbx(pbx: string, made: Step, which: (effect: Effect) => boolean): void {
    for (const effect of made.effects) {
      if (effect.kind === 'open-draft' || !which(effect)) continue;
      guarded('effect-threw', () => deps.handleEffect(pbx, effect));
    }
  }

  function keepWatch(pbx: string, one: Watched): void {
    one.watchKeptAt = now();
    void queue.push({ type: 'setting', key: watchKey(pbx), value: JSON.stringify(watchOf(one.tracker)) });
  }

  return {
    receive(pbx, input) {
      const one = watched.get(pbx);
      if (one === undefined) {
        log('error', 'pbx-unknown', { pbx });
        return;
      }
      const counted = one.tracker.watch.processedCalls;
      const made = stepSafely(pbx, one, input);
      const counts = one.tracker.watch.processedCalls !== counted;
      const due = input.type === 'time-passed' && now() - one.watchKeptAt >= KEEP_WATCH_MS;
      // A call that was seen must never be counted among the missed ones of a gap, however soon the service is killed.
      if (counts || due) keepWatch(pbx, one);
      if (saysNothing(made)) return askPbx(pbx, made, () => true);
      askPbx(pbx, made, (effect) => effect.kind === 'start-recording');
      void commitStep(pbx, made);
    },
    takeLines(setup) {
      const one = watched.get(setup.pbx);
      if (one === undefined) return;
      one.lines = createLineMatch(setup);
      one.tracker = { ...one.tracker, lines: one.lines };
    },
    async command(command, asker) {
      const result = await queue.push({ type: 'record-command', command, asker, at: now() });
      if (!result.ok) return result;
      const { position, version, numberText } = result;
      return { ok: true, position, version, numberText };
    },
    report: (report) => queue.push({ type: 'recording-report', report }),
    work: (work) => queue.push(work),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async restore() {
      for (const [pbx, one] of watched) {
        const { facts, texts } = await store.keptForRestore(pbx, now());
        const kept = await store.setting(watchKey(pbx));
        const watch = kept === undefined ? null : (JSON.parse(kept) as KeptWatch);
        one.tracker = restoreTracker(one.lines, one.probePrefix, { facts, texts, watch });
      }
      for (const effect of await store.pendingEffects()) deps.handlePending(effect);
    },
    idle: () => queue.idle(),
    health() {
      const { failing, waiting, dropped } = queue.state();
      return {
        storeFailing: failing?.refusal ?? null,
        storeFailingSince: failing?.since ?? null,
        waiting,
        dropped,
        strange,
      };
    },
    async close() {
      for (const [pbx, one] of watched) keepWatch(pbx, one);
      await queue.close();
    },
  };
}

function watch(setup: PbxSetup): Watched {
  const lines = createLineMatch(setup);
  const probePrefix = setup.probePrefix ?? null;
  return { lines, probePrefix, tracker: emptyState(lines, probePrefix), watchKeptAt: 0 };
}

/** Most inputs change nothing people see: they open no transaction. */
function saysNothing(made: Step): boolean {
  const asksForDraft = made.effects.some((effect) => effect.kind === 'open-draft');
  return !asksForDraft && made.facts.length + made.pbxFacts.length + made.texts.length === 0;
}

/** One transaction gives one position to each thing, however many works changed it. */
function distinct(changes: readonly PublishedChange[]): readonly PublishedChange[] {
  const byPosition = new Map(changes.map((change) => [change.position, change]));
  return [...byPosition.values()].sort((one, other) => one.position - other.position);
}

function watchKey(pbx: string): string {
  return `watch ${pbx}`;
}
