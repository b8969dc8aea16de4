/**
 * Follows every sound file from the moment the PBX is asked for it, or names it, until our copy is kept: what the tracker
 * says goes in, reports for the intake come out. Nothing here is needed after a crash: the store knows which recordings
 * are unfinished, the facts name the files, and an id is the same each time (`recording-id.ts`).
 */
import type { CallFact } from '../calls/fact.ts';
import type { RecordingReport } from '../calls/recording-report.ts';
import type { Effect } from '../calls/step.ts';
import type { RecordingMode } from '../lines/duty-line.ts';
import { ATTACH_TIMING, type AttachTiming, attachRecording } from './attach.ts';
import { bytesPerSecondOf, expectSound, type GrowthWatch, look, watchFrom } from './growth.ts';
import { lookAtRecording, type RecordingBase } from './inside-base.ts';
import type { RecordingLibrary } from './library.ts';
import { recordingIdOf } from './recording-id.ts';

export type StartRecording = Extract<Effect, { kind: 'start-recording' }>;
type Part = 'talk' | 'before-answer';

/** The hand that may start and stop MixMonitor (`asterisk/control/recorder-session.ts`, with the control session). */
export interface RecorderHand {
  pathOf(order: { uniqueid: string; part: Part; mark: number }): string | null;
  start(order: { uniqueid: string; part: Part; mark: number }): Promise<{ readonly ok: boolean }>;
  /** Stops what runs on the channel for before the answer; does nothing when it cannot. */
  stopBeforeAnswer(uniqueid: string): Promise<void>;
}

export interface RecordedPbx {
  readonly pbx: string;
  /** Null: the files cannot be reached from here; then the light says so and nothing is attached. */
  readonly base: RecordingBase | null;
  readonly onShare: boolean;
  /** Mode of each duty line by id. */
  readonly modes: ReadonlyMap<string, RecordingMode>;
  /** Null where no line of the PBX has mode `ami`. */
  readonly hand: RecorderHand | null;
}

/** A recording that was known before the service stopped, and is not finished. */
export interface UnfinishedRecording {
  readonly id: string;
  readonly pbx: string;
  readonly linkedid: string;
  readonly uniqueid: string;
  readonly part: Part;
  readonly mode: 'pbx' | 'ami' | 'snippet';
  readonly pbxPath: string;
  readonly knownAt: number;
}

export interface RecorderDeps {
  readonly now: () => number;
  /** The intake's; it resolves when the report is durable. */
  readonly report: (report: RecordingReport) => Promise<{ readonly ok: boolean }>;
  readonly library: RecordingLibrary;
  readonly unfinished: () => Promise<readonly UnfinishedRecording[]>;
  readonly isKnown: (recording: string) => Promise<boolean>;
  /** A path that lay outside the base, or climbed: for the audit trail and the screen. */
  readonly onSecurity: (note: PathNote) => void;
  /** Anything else a person should hear of. */
  readonly onTrouble: (recording: string, trouble: string) => void;
  readonly timing?: RecorderTiming;
}

export interface PathNote {
  readonly pbx: string;
  readonly recording: string;
  readonly linkedid: string;
  readonly refused: boolean;
}

export interface RecorderTiming {
  readonly attach: AttachTiming;
  readonly lookEveryMs: number;
  /** How long the plain name in the dialplan waits for the full path in a variable, which is better. */
  readonly variableWithinMs: number;
  readonly startAgainMs: number;
  readonly attachAgainMs: number;
}

const RECORDER_TIMING: RecorderTiming = {
  attach: ATTACH_TIMING,
  lookEveryMs: 500,
  variableWithinMs: 1_500,
  startAgainMs: 2_000,
  attachAgainMs: 30_000,
};

export interface Recorder {
  /** Mode `ami`: asks the PBX to record this channel. Answered by reports. Never throws. */
  start(pbx: string, effect: StartRecording): void;
  /** Committed facts, each once and in their order. Never throws. */
  observe(pbx: string, facts: readonly CallFact[]): void;
  /** At start, before `observe`: takes up what was unfinished. `facts` as the store gives them for the restore. */
  restore(pbx: string, facts: readonly CallFact[]): Promise<void>;
  /** Resolves when nothing is being attached. */
  idle(): Promise<void>;
  /** Ends all waiting; what is unfinished is taken up at the next start. */
  stop(): Promise<void>;
}

interface Entry {
  readonly id: string;
  readonly pbx: RecordedPbx;
  linkedid: string;
  readonly uniqueid: string;
  readonly part: Part;
  readonly mode: 'pbx' | 'ami' | 'snippet';
  readonly pbxPath: string;
  watch: GrowthWatch;
  looking: boolean;
  /** Null: the PBX has taken the order (or makes the file by itself). Else when to ask again. */
  askAgainAt: number | null;
  readonly mark: number;
  phase: 'live' | 'attaching';
  /** Reports of one recording keep their order. */
  reports: Promise<void>;
}

/** Starts with nothing to follow; `pbxs` are all PBXs of the configuration. */
export function createRecorder(deps: RecorderDeps, pbxs: readonly RecordedPbx[]): Recorder {
  const timing = deps.timing ?? RECORDER_TIMING;
  const byName = new Map(pbxs.map((pbx) => [pbx.pbx, pbx]));
  const entries = new Map<string, Entry>();
  const lineOf = new Map<string, string | null>();
  const attaching = new Set<Promise<void>>();
  const stopping = new AbortController();
  const delayed = new Set<NodeJS.Timeout>();
  let ticker: NodeJS.Timeout | undefined;

  function report(entry: Entry, said: RecordingReport): void {
    entry.reports = entry.reports.then(() => reportUntilTaken(entry, said));
  }

  async function reportUntilTaken(entry: Entry, said: RecordingReport): Promise<void> {
    for (let pause = 500; !stopping.signal.aborted; pause = Math.min(pause * 2, 30_000)) {
      try {
        const result = await deps.report(said);
        if (!result.ok) deps.onTrouble(entry.id, `report ${said.type} refused`);
        return;
      } catch (failure) {
        // The store fails: what was heard must not be lost while it recovers.
        deps.onTrouble(entry.id, String(failure));
        await wait(pause).catch(() => undefined);
      }
    }
  }

  function wait(ms: number): Promise<void> {
    return new Promise((resolve, reject) => {
      if (stopping.signal.aborted) {
        reject(new Error('the recorder stops'));
        return;
      }
      const timer = setTimeout(() => {
        stopping.signal.removeEventListener('abort', broken);
        resolve();
      }, ms);
      const broken = () => {
        clearTimeout(timer);
        reject(new Error('the recorder stops'));
      };
      stopping.signal.addEventListener('abort', broken, { once: true });
    });
  }

  function later(ms: number, act: () => void): void {
    const timer = setTimeout(() => {
      delayed.delete(timer);
      act();
    }, ms);
    delayed.add(timer);
  }

  function follow(known: UnfinishedRecording, pbx: RecordedPbx, mark: number): Entry {
    const entry: Entry = {
      id: known.id,
      pbx,
      linkedid: known.linkedid,
      uniqueid: known.uniqueid,
      part: known.part,
      mode: known.mode,
      pbxPath: known.pbxPath,
      watch: watchFrom(known.knownAt),
      looking: false,
      askAgainAt: null,
      mark,
      phase: 'live',
      reports: Promise.resolve(),
    };
    entries.set(entry.id, entry);
    ticker ??= setInterval(tick, timing.lookEveryMs);
    return entry;
  }

  function sayKnown(entry: Entry): void {
    const { id: recording, linkedid, uniqueid, part, mode, pbxPath } = entry;
    const at = deps.now();
    report(entry, {
      type: 'recording-known',
      recording,
      pbx: entry.pbx.pbx,
      linkedid,
      uniqueid,
      part,
      mode,
      pbxPath,
      at,
    });
  }

  // ---- mode ami

  function start(pbxName: string, effect: StartRecording): void {
    const pbx = byName.get(pbxName);
    if (pbx?.hand == null) {
      deps.onTrouble('', `${pbxName}: recording by AMI asked for, but no recorder log-in is configured`);
      return;
    }
    const running = [...entries.values()].some(
      (entry) =>
        entry.pbx === pbx &&
        entry.uniqueid === effect.uniqueid &&
        entry.mode === 'ami' &&
        entry.phase === 'live',
    );
    if (running) return;
    // Talk first: its start must not wait for the evidence.
    for (const part of ['talk', 'before-answer'] as const) order(pbx, pbx.hand, effect, part);
  }

  function order(pbx: RecordedPbx, hand: RecorderHand, effect: StartRecording, part: Part): void {
    const knownAt = deps.now();
    const { linkedid, uniqueid } = effect;
    const pbxPath = hand.pathOf({ uniqueid, part, mark: knownAt });
    if (pbxPath === null) {
      deps.onTrouble(
        '',
        `${pbx.pbx}: channel ${uniqueid} cannot be recorded by AMI (systemname is set on the PBX)`,
      );
      return;
    }
    const id = recordingIdOf(pbx.pbx, pbxPath, linkedid, knownAt);
    const entry = follow(
      { id, pbx: pbx.pbx, linkedid, uniqueid, part, mode: 'ami', pbxPath, knownAt },
      pbx,
      knownAt,
    );
    entry.askAgainAt = Number.POSITIVE_INFINITY;
    void ask(entry, hand).then(() => sayKnown(entry));
  }

  async function ask(entry: Entry, hand: RecorderHand): Promise<void> {
    const taken = await hand.start({ uniqueid: entry.uniqueid, part: entry.part, mark: entry.mark });
    const at = deps.now();
    if (taken.ok) entry.watch = { ...entry.watch, askedAt: at };
    entry.askAgainAt = taken.ok ? null : at + timing.startAgainMs;
  }

  // ---- what the PBX records by itself

  function named(pbx: RecordedPbx, fact: NamedFile): void {
    const mode = modeOf(pbx, fact.linkedid);
    if (mode === 'none' || entryAt(pbx, fact.path)) return;
    if (fact.source === 'variable') {
      void know(pbx, fact, mode);
      return;
    }
    later(timing.variableWithinMs, () => {
      const better = [...entries.values()].some(
        (entry) => entry.pbx === pbx && entry.pbxPath.endsWith(`/${fact.path}`),
      );
      if (!better) void know(pbx, fact, mode);
    });
  }

  async function know(pbx: RecordedPbx, fact: NamedFile, mode: 'pbx' | 'ami' | 'snippet'): Promise<void> {
    const { linkedid, uniqueid, path, at } = fact;
    const id = recordingIdOf(pbx.pbx, path, linkedid, at);
    if (entries.has(id)) return;
    const entry = follow(
      { id, pbx: pbx.pbx, linkedid, uniqueid, part: 'talk', mode, pbxPath: path, knownAt: at },
      pbx,
      at,
    );
    entry.watch = fact.bridged ? expectSound(entry.watch, at) : entry.watch;
    if (await deps.isKnown(id)) {
      entries.delete(id);
      return;
    }
    sayKnown(entry);
    if (fact.over) finish(entry);
  }

  function modeOf(pbx: RecordedPbx, linkedid: string): 'pbx' | 'snippet' | 'none' {
    const line = lineOf.get(keyOf(pbx, linkedid));
    const mode = line == null ? 'pbx' : pbx.modes.get(line);
    // A line recorded by us may yet be recorded by its dialplan too: what is there is kept.
    return mode === 'none' || mode === 'snippet' ? mode : 'pbx';
  }

  function entryAt(pbx: RecordedPbx, path: string): Entry | undefined {
    return [...entries.values()].find((entry) => entry.pbx === pbx && entry.pbxPath === path);
  }

  // ---- the light

  function tick(): void {
    const at = deps.now();
    for (const entry of entries.values()) {
      if (entry.phase !== 'live') continue;
      if (entry.askAgainAt !== null && at >= entry.askAgainAt && entry.pbx.hand) {
        entry.askAgainAt = Number.POSITIVE_INFINITY;
        void ask(entry, entry.pbx.hand);
      }
      if (!entry.looking) void lookAt(entry);
    }
    if (entries.size === 0) {
      clearInterval(ticker);
      ticker = undefined;
    }
  }

  async function lookAt(entry: Entry): Promise<void> {
    entry.looking = true;
    const seen =
      entry.pbx.base === null ? 'unreadable' : await lookAtRecording(entry.pbx.base, entry.pbxPath);
    entry.looking = false;
    if (entry.phase !== 'live') return;
    const before = entry.watch.light;
    const rule = { bytesPerSecond: bytesPerSecondOf(entry.pbxPath), onShare: entry.pbx.onShare };
    entry.watch = look(entry.watch, seen, deps.now(), rule);
    const state = entry.watch.light;
    if (state === before || state === 'starting') return;
    report(entry, { type: 'recording-growth', recording: entry.id, state, at: deps.now() });
  }

  // ---- the end

  function finish(entry: Entry): void {
    if (entry.phase !== 'live') return;
    entry.phase = 'attaching';
    const work = attach(entry).finally(() => attaching.delete(work));
    attaching.add(work);
  }

  async function attach(entry: Entry): Promise<void> {
    for (;;) {
      try {
        if (await attachOnce(entry)) break;
        await wait(timing.attachAgainMs);
      } catch {
        // Only a stop breaks the waiting off; the store still says "unfinished", so the next start goes on here.
        return;
      }
    }
    await entry.reports;
    entries.delete(entry.id);
  }

  /** True when the recording is finished, whatever came of it. */
  async function attachOnce(entry: Entry): Promise<boolean> {
    const { id: recording, pbxPath, linkedid } = entry;
    const { base, pbx } = entry.pbx;
    const outcome =
      base === null
        ? { state: 'cannot-check' as const, detail: 'no recording base configured' }
        : await attachRecording({ recording, pbxPath }, { base, library: deps.library, wait }, timing.attach);
    const at = deps.now();
    if (outcome.state === 'cannot-check') {
      if (entry.watch.light !== 'cannot-check') {
        report(entry, { type: 'recording-growth', recording, state: 'cannot-check', at });
        deps.onTrouble(recording, `recording cannot be fetched: ${outcome.detail}`);
      }
      entry.watch = { ...entry.watch, light: 'cannot-check' };
      return false;
    }
    if (outcome.state === 'attached') {
      const { file, bytes, seconds, sha256 } = outcome.sound;
      const repaired = outcome.repaired;
      report(entry, { type: 'recording-attached', recording, file, bytes, seconds, sha256, repaired, at });
      if (outcome.climbing) deps.onSecurity({ pbx, recording, linkedid, refused: false });
      return true;
    }
    report(entry, { type: 'recording-failed', recording, state: outcome.state, at });
    if (outcome.state === 'refused-path') deps.onSecurity({ pbx, recording, linkedid, refused: true });
    return true;
  }

  // ---- what the tracker says

  function observeFact(pbx: RecordedPbx, fact: CallFact, over: boolean): void {
    const key = keyOf(pbx, fact.linkedid);
    switch (fact.kind) {
      case 'call-arrived':
        lineOf.set(key, fact.line);
        return;
      case 'recording-named':
        named(pbx, { ...fact, bridged: false, over });
        return;
      case 'legs-adopted':
        for (const name of fact.recordings) {
          named(pbx, { ...name, linkedid: fact.linkedid, at: fact.at, bridged: true, over });
        }
        return;
      case 'leg-bridged':
        bridged(pbx, fact.uniqueid, fact.at);
        return;
      case 'calls-joined':
        for (const entry of entriesOf(pbx, fact.joined)) entry.linkedid = fact.survivor;
        return;
      case 'leg-closed':
        for (const entry of entries.values()) {
          if (entry.pbx === pbx && entry.mode === 'ami' && entry.uniqueid === fact.uniqueid) finish(entry);
        }
        return;
      case 'call-ended':
      case 'call-lost-from-sight':
        lineOf.delete(key);
        for (const entry of entriesOf(pbx, fact.linkedid)) finish(entry);
        return;
      default:
        return;
    }
  }

  function bridged(pbx: RecordedPbx, uniqueid: string, at: number): void {
    for (const entry of entries.values()) {
      if (entry.pbx !== pbx || entry.uniqueid !== uniqueid || entry.watch.soundSince !== null) continue;
      entry.watch = expectSound(entry.watch, at);
      if (entry.part === 'before-answer' && entry.phase === 'live') {
        void pbx.hand?.stopBeforeAnswer(uniqueid).then(() => finish(entry));
      }
    }
  }

  function entriesOf(pbx: RecordedPbx, linkedid: string): readonly Entry[] {
    return [...entries.values()].filter((entry) => entry.pbx === pbx && entry.linkedid === linkedid);
  }

  return {
    start,
    observe(pbxName, facts) {
      const pbx = byName.get(pbxName);
      if (pbx) for (const fact of facts) observeFact(pbx, fact, false);
    },
    async restore(pbxName, facts) {
      const pbx = byName.get(pbxName);
      if (!pbx) return;
      for (const known of await deps.unfinished()) {
        if (known.pbx === pbxName) follow(known, pbx, known.knownAt);
      }
      const open = openCalls(facts);
      for (const fact of facts) observeFact(pbx, fact, !open.has(fact.linkedid));
      for (const entry of entries.values()) if (entry.pbx === pbx && !open.has(entry.linkedid)) finish(entry);
    },
    async idle() {
      await Promise.all([...attaching, ...[...entries.values()].map((entry) => entry.reports)]);
    },
    async stop() {
      clearInterval(ticker);
      for (const timer of delayed) clearTimeout(timer);
      stopping.abort();
      await Promise.all(attaching);
    },
  };
}

interface NamedFile {
  readonly linkedid: string;
  readonly uniqueid: string;
  readonly path: string;
  readonly source: 'variable' | 'dialplan';
  readonly at: number;
  readonly bridged: boolean;
  /** Its call is over already (told so at the restore). */
  readonly over: boolean;
}

function keyOf(pbx: RecordedPbx, linkedid: string): string {
  return `${pbx.pbx}\n${linkedid}`;
}

function openCalls(facts: readonly CallFact[]): ReadonlySet<string> {
  const open = new Set<string>();
  for (const fact of facts) {
    if (fact.kind === 'call-arrived' || fact.kind === 'legs-adopted') open.add(fact.linkedid);
    if (fact.kind === 'call-ended' || fact.kind === 'call-lost-from-sight') open.delete(fact.linkedid);
    if (fact.kind === 'calls-joined') open.delete(fact.joined);
  }
  return open;
}
