/**
 * Follows every sound file from the moment the PBX is asked for it, or names it, until our copy is kept: what the tracker
 * says goes in, reports for the intake come out. Nothing here is needed after a crash: the store knows which recordings
 * are unfinished, the facts name the files, and an id is the same each time (`recording-id.ts`).
 */
import type { CallFact } from '../calls/fact.ts';
import type { RecordingReport } from '../calls/recording-report.ts';
import { ATTACH_TIMING, type AttachTiming } from './attach.ts';
import type { PathNote } from './finishing.ts';
import type { RecordedPbx, UnfinishedRecording } from './followed-recording.ts';
import { createFollowing } from './following.ts';
import { expectSound } from './growth.ts';
import type { RecordingLibrary } from './library.ts';
import { namedFiles, openCalls } from './named-file.ts';
import { createNaming } from './naming.ts';
import { createOrdering, type StartRecording } from './ordering.ts';

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
  const timing = deps.timing ?? RECORDER_TIMING;
  const byName = new Map(pbxs.map((pbx) => [pbx.pbx, pbx]));
  const following = createFollowing({
    ...deps,
    ...timing,
    beforeLook: (recording, at) => ordering.askAgain(recording, at),
  });
  const ordering = createOrdering({ ...deps, ...timing }, following);
  const naming = createNaming({ ...deps, ...timing }, following);
  const { those, finish } = following;

  /** `over` is true for facts of a call that had ended when they were read again. */
  function hear(pbx: RecordedPbx, fact: CallFact, over: boolean): void {
    const { linkedid, uniqueid, at } = fact;
    switch (fact.kind) {
      case 'call-arrived':
        naming.arrived(pbx, linkedid, fact.line);
        return;
      case 'recording-named':
      case 'legs-adopted':
        for (const file of namedFiles([fact])) naming.named(pbx, { ...file, over });
        return;
      case 'leg-bridged':
        bridged(pbx, uniqueid, at);
        return;
      case 'calls-joined':
        naming.joined(pbx, fact.joined);
        for (const each of those((one) => one.pbx === pbx && one.linkedid === fact.joined))
          each.linkedid = fact.survivor;
        return;
      case 'leg-closed':
        // What the PBX records in its own way may be of a channel that others carry on.
        for (const each of those((one) => one.pbx === pbx && one.mode !== 'pbx' && one.uniqueid === uniqueid))
          finish(each);
        return;
      case 'call-ended':
      case 'call-lost-from-sight':
        naming.ended(pbx, linkedid);
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
      const stop = each.mode === 'ami' ? pbx.hand?.stopBeforeAnswer : pbx.stopEvidence;
      if (each.part !== 'before-answer' || stop === undefined) continue;
      following.background(stop(uniqueid).then(() => finish(each)));
    }
  }

  return {
    start(pbxName, effect) {
      const pbx = byName.get(pbxName);
      if (pbx?.hand == null) {
        // Where the PBX records by itself, we add to it only if we have a hand there.
        if (pbx !== undefined && pbx.modes.get(effect.line) !== 'ami') return;
        deps.onTrouble(
          '',
          `${pbxName}: a line is to be recorded by AMI, but no recorder account is configured`,
        );
        return;
      }
      ordering.start(pbx, pbx.hand, effect);
    },
    observe(pbxName, facts) {
      const pbx = byName.get(pbxName);
      if (pbx) for (const fact of facts) hear(pbx, fact, false);
    },
    async restore(pbxName, facts) {
      const pbx = byName.get(pbxName);
      if (!pbx) return;
      for (const known of await deps.unfinished()) {
        if (known.pbx === pbxName) following.follow(known, pbx, known.knownAt);
      }
      await naming.recall(pbx, facts);
      const open = openCalls(facts);
      for (const fact of facts) hear(pbx, fact, !open.has(fact.linkedid));
      for (const each of those((one) => one.pbx === pbx && !open.has(one.linkedid))) finish(each);
    },
    idle: following.idle,
    stop: following.stop,
  };
}
