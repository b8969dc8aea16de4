/**
 * Follows every sound file from the moment the PBX is asked for it, or names it, until our copy is kept: what the tracker
 * says goes in, reports for the intake come out. Nothing here is needed after a crash: the store knows which recordings
 * are unfinished, the facts name the files, and an id is the same each time (`recording-id.ts`).
 */
import type { CallFact } from '../calls/fact.ts';
import type { RecordingReport } from '../calls/recording-report.ts';
import type { Effect } from '../calls/step.ts';
import { ATTACH_TIMING, type AttachTiming } from './attach.ts';
import { finishRecording, type PathNote } from './finishing.ts';
import type {
  FollowedRecording,
  RecordedPbx,
  RecorderHand,
  RecordingOrder,
  UnfinishedRecording,
} from './followed-recording.ts';
import { bytesPerSecondOf, expectSound, look, watchFrom } from './growth.ts';
import { lookAtRecording } from './inside-base.ts';
import type { RecordingLibrary } from './library.ts';
import { type NamedFile, namedFiles, openCalls } from './named-file.ts';
import { recordingIdOf } from './recording-id.ts';
import { brokenOff, createPauses, createReporting } from './reporting.ts';

type StartRecording = Extract<Effect, { kind: 'start-recording' }>;

/** A name in the dialplan for which a full path may still come. */
interface PlainName {
  readonly pbx: RecordedPbx;
  readonly file: NamedFile;
  readonly mode: 'pbx' | 'snippet';
}

export interface RecorderDeps {
  /** Integer ms UTC. */
  readonly now: () => number;
  /** The intake's; it resolves when the report is durable. */
  readonly report: (report: RecordingReport) => Promise<{ readonly ok: boolean }>;
  readonly library: RecordingLibrary;
  /** The store's: what was not finished when the service stopped. */
  readonly unfinished: () => Promise<readonly UnfinishedRecording[]>;
  /** The store's: finished or not. */
  readonly isKnown: (recording: string) => Promise<boolean>;
  readonly onSecurity: (note: PathNote) => void;
  /** Anything else a person should hear of; `recording` is '' when none came about. */
  readonly onTrouble: (recording: string, trouble: string) => void;
  readonly timing?: RecorderTiming;
}

export interface RecorderTiming {
  readonly attach: AttachTiming;
  readonly lookEveryMs: number;
  /** How long the plain name in the dialplan waits for the full path in a variable, which is better. */
  readonly variableWithinMs: number;
  readonly startAgainMs: number;
  readonly attachAgainMs: number;
}

export const RECORDER_TIMING: RecorderTiming = {
  attach: ATTACH_TIMING,
  lookEveryMs: 500,
  variableWithinMs: 1_500,
  startAgainMs: 2_000,
  attachAgainMs: 30_000,
};

export interface Recorder {
  /** Mode `ami`: asks the PBX to record this channel; at once, before any commit. Answered by reports. Never throws. */
  start(pbx: string, effect: StartRecording): void;
  /** Committed facts, each once and in their order. Never throws. */
  observe(pbx: string, facts: readonly CallFact[]): void;
  /** At start, before `observe`: takes up what was unfinished. `facts` are the store's `factsForRestore`. */
  restore(pbx: string, facts: readonly CallFact[]): Promise<void>;
  /** Resolves when nothing that was begun so far is being attached or reported. */
  idle(): Promise<void>;
  /** Ends all waiting; what is unfinished is taken up at the next start. */
  stop(): Promise<void>;
}

/** Starts with nothing to follow; `pbxs` are all PBXs of the configuration. */
export function createRecorder(deps: RecorderDeps, pbxs: readonly RecordedPbx[]): Recorder {
  const { now, onTrouble } = deps;
  const timing = deps.timing ?? RECORDER_TIMING;
  const pauses = createPauses();
  const say = createReporting({ report: deps.report, onTrouble, pause: pauses.pause });
  const finishing = {
    ...deps,
    say,
    pause: pauses.pause,
    attach: timing.attach,
    attachAgainMs: timing.attachAgainMs,
  };
  const byName = new Map(pbxs.map((pbx) => [pbx.pbx, pbx]));
  const followed = new Map<string, FollowedRecording>();
  const lineOf = new Map<string, string | null>();
  /** Recordings the store had at the start: facts that are read again name them again. */
  const toldBefore = new Set<string>();
  /** Names in the dialplan for which no full path has come yet. */
  const plainNames = new Set<PlainName>();
  const working = new Set<Promise<void>>();
  let ticker: NodeJS.Timeout | undefined;

  function background(work: Promise<void>): void {
    const kept = work
      .catch((failure: unknown) => onTrouble('', String(failure)))
      .finally(() => working.delete(kept));
    working.add(kept);
  }

  function follow(known: UnfinishedRecording, pbx: RecordedPbx, mark: number): FollowedRecording {
    const recording: FollowedRecording = {
      ...known,
      pbx,
      watch: watchFrom(known.knownAt),
      looking: false,
      askAgainAt: null,
      mark,
      phase: 'live',
      reports: Promise.resolve(),
    };
    followed.set(recording.id, recording);
    ticker ??= setInterval(tick, timing.lookEveryMs);
    return recording;
  }

  function sayKnown(recording: FollowedRecording): void {
    const { id, linkedid, uniqueid, part, mode, pbxPath } = recording;
    const pbx = recording.pbx.pbx;
    say(recording, {
      type: 'recording-known',
      recording: id,
      pbx,
      linkedid,
      uniqueid,
      part,
      mode,
      pbxPath,
      at: now(),
    });
  }

  function those(test: (recording: FollowedRecording) => boolean): readonly FollowedRecording[] {
    return [...followed.values()].filter(test);
  }

  // ---- mode ami

  function start(pbxName: string, effect: StartRecording): void {
    const pbx = byName.get(pbxName);
    if (pbx?.hand == null) {
      onTrouble('', `${pbxName}: a line is to be recorded by AMI, but no recorder account is configured`);
      return;
    }
    const { uniqueid } = effect;
    if (those((each) => each.pbx === pbx && each.uniqueid === uniqueid && isOursAndLive(each)).length > 0)
      return;
    // Talk first: its start must not wait for the evidence.
    for (const part of ['talk', 'before-answer'] as const) {
      order(pbx, pbx.hand, effect, { uniqueid, part, mark: now() });
    }
  }

  function order(
    pbx: RecordedPbx,
    hand: RecorderHand,
    { linkedid }: StartRecording,
    wanted: RecordingOrder,
  ): void {
    const pbxPath = hand.pathOf(wanted);
    if (pbxPath === null) {
      onTrouble(
        '',
        `${pbx.pbx}: channel ${wanted.uniqueid} cannot be recorded by AMI; is systemname set on the PBX?`,
      );
      return;
    }
    const { uniqueid, part, mark } = wanted;
    const id = recordingIdOf(pbx.pbx, pbxPath, linkedid, mark);
    const recording = follow(
      { id, pbx: pbx.pbx, linkedid, uniqueid, part, mode: 'ami', pbxPath, knownAt: mark },
      pbx,
      mark,
    );
    background(ask(recording, hand).then(() => sayKnown(recording)));
  }

  async function ask(recording: FollowedRecording, hand: RecorderHand): Promise<void> {
    const { uniqueid, part, mark } = recording;
    recording.askAgainAt = Number.POSITIVE_INFINITY;
    const taken = await hand.start({ uniqueid, part, mark });
    const at = now();
    if (taken.ok) recording.watch = { ...recording.watch, askedAt: at };
    recording.askAgainAt = taken.ok ? null : at + timing.startAgainMs;
  }

  // ---- what the PBX records by itself

  function named(pbx: RecordedPbx, file: NamedFile): void {
    const mode = modeOf(pbx, file.linkedid);
    if (mode === 'none' || those((each) => each.pbx === pbx && each.pbxPath === file.path).length > 0) return;
    if (file.source === 'dialplan') {
      background(knowUnlessBetter(pbx, file, mode));
      return;
    }
    for (const plain of plainNames) {
      const { path } = plain.file;
      if (plain.pbx === pbx && (file.path === path || file.path.endsWith(`/${path}`)))
        plainNames.delete(plain);
    }
    know(pbx, file, mode);
  }

  async function knowUnlessBetter(pbx: RecordedPbx, file: NamedFile, mode: 'pbx' | 'snippet'): Promise<void> {
    const plain = { pbx, file, mode };
    plainNames.add(plain);
    if (await brokenOff(pauses.pause(timing.variableWithinMs))) return;
    if (plainNames.delete(plain)) know(pbx, file, mode);
  }

  /** The call is over, or another's now: a file that is made known later would wait for its end for ever. */
  function waitNoLonger(pbx: RecordedPbx, linkedid: string): void {
    for (const plain of plainNames) {
      if (plain.pbx !== pbx || plain.file.linkedid !== linkedid) continue;
      plainNames.delete(plain);
      know(pbx, plain.file, plain.mode);
    }
  }

  function know(pbx: RecordedPbx, file: NamedFile, mode: 'pbx' | 'snippet'): void {
    const { linkedid, uniqueid, path, at } = file;
    const id = idOf(pbx, file);
    if (followed.has(id) || toldBefore.has(id)) return;
    const known = {
      id,
      pbx: pbx.pbx,
      linkedid,
      uniqueid,
      part: 'talk' as const,
      mode,
      pbxPath: path,
      knownAt: at,
    };
    const recording = follow(known, pbx, at);
    if (file.bridged) recording.watch = expectSound(recording.watch, at);
    sayKnown(recording);
    if (file.over) finish(recording);
  }

  function modeOf(pbx: RecordedPbx, linkedid: string): 'pbx' | 'snippet' | 'none' {
    const line = lineOf.get(keyOf(pbx, linkedid));
    const mode = line == null ? 'pbx' : pbx.modes.get(line);
    // What a line's dialplan records beside us is kept too.
    return mode === 'none' || mode === 'snippet' ? mode : 'pbx';
  }

  // ---- the light

  function tick(): void {
    const at = now();
    for (const recording of followed.values()) {
      if (recording.phase !== 'live') continue;
      const { hand } = recording.pbx;
      if (hand !== null && recording.askAgainAt !== null && at >= recording.askAgainAt)
        background(ask(recording, hand));
      if (!recording.looking) background(lookAt(recording));
    }
    if (followed.size > 0) return;
    clearInterval(ticker);
    ticker = undefined;
  }

  async function lookAt(recording: FollowedRecording): Promise<void> {
    const { base, onShare } = recording.pbx;
    recording.looking = true;
    const seen = base === null ? 'unreadable' : await lookAtRecording(base, recording.pbxPath);
    recording.looking = false;
    if (recording.phase !== 'live') return;
    const before = recording.watch.light;
    const rule = { bytesPerSecond: bytesPerSecondOf(recording.pbxPath), onShare };
    recording.watch = look(recording.watch, seen, now(), rule);
    const state = recording.watch.light;
    if (state === before || state === 'starting') return;
    say(recording, { type: 'recording-growth', recording: recording.id, state, at: now() });
  }

  // ---- what the tracker says

  function finish(recording: FollowedRecording): void {
    if (recording.phase !== 'live') return;
    recording.phase = 'attaching';
    background(
      finishRecording(recording, finishing).then((finished) => {
        if (finished) followed.delete(recording.id);
      }),
    );
  }

  /** `over` is true for facts of a call that had ended when they were read again. */
  function hear(pbx: RecordedPbx, fact: CallFact, over: boolean): void {
    const { linkedid, uniqueid, at } = fact;
    switch (fact.kind) {
      case 'call-arrived':
        lineOf.set(keyOf(pbx, linkedid), fact.line);
        return;
      case 'recording-named':
      case 'legs-adopted':
        for (const file of namedFiles([fact])) named(pbx, { ...file, over });
        return;
      case 'leg-bridged':
        bridged(pbx, uniqueid, at);
        return;
      case 'calls-joined':
        waitNoLonger(pbx, fact.joined);
        for (const each of those((one) => one.pbx === pbx && one.linkedid === fact.joined))
          each.linkedid = fact.survivor;
        return;
      case 'leg-closed':
        for (const each of those((one) => one.pbx === pbx && one.mode === 'ami' && one.uniqueid === uniqueid))
          finish(each);
        return;
      case 'call-ended':
      case 'call-lost-from-sight':
        waitNoLonger(pbx, linkedid);
        lineOf.delete(keyOf(pbx, linkedid));
        for (const each of those((one) => one.pbx === pbx && one.linkedid === linkedid)) finish(each);
        return;
      default:
        return;
    }
  }

  function bridged(pbx: RecordedPbx, uniqueid: string, at: number): void {
    for (const each of those(
      (one) => one.pbx === pbx && one.uniqueid === uniqueid && one.watch.soundSince === null,
    )) {
      each.watch = expectSound(each.watch, at);
      if (each.part !== 'before-answer' || pbx.hand === null) continue;
      background(pbx.hand.stopBeforeAnswer(uniqueid).then(() => finish(each)));
    }
  }

  return {
    start,
    observe(pbxName, facts) {
      const pbx = byName.get(pbxName);
      if (pbx) for (const fact of facts) hear(pbx, fact, false);
    },
    async restore(pbxName, facts) {
      const pbx = byName.get(pbxName);
      if (!pbx) return;
      for (const known of await deps.unfinished()) {
        if (known.pbx === pbxName) follow(known, pbx, known.knownAt);
      }
      for (const file of namedFiles(facts)) {
        const id = idOf(pbx, file);
        if (await deps.isKnown(id)) toldBefore.add(id);
      }
      const open = openCalls(facts);
      for (const fact of facts) hear(pbx, fact, !open.has(fact.linkedid));
      for (const each of those((one) => one.pbx === pbx && !open.has(one.linkedid))) finish(each);
    },
    async idle() {
      while (working.size > 0) await Promise.all(working);
      await Promise.all(those(() => true).map((each) => each.reports));
    },
    async stop() {
      clearInterval(ticker);
      pauses.stop();
      await Promise.all(working);
    },
  };
}

function isOursAndLive(recording: FollowedRecording): boolean {
  return recording.mode === 'ami' && recording.phase === 'live';
}

function idOf(pbx: RecordedPbx, file: NamedFile): string {
  return recordingIdOf(pbx.pbx, file.path, file.linkedid, file.at);
}

function keyOf(pbx: RecordedPbx, linkedid: string): string {
  return `${pbx.pbx}\n${linkedid}`;
}
