/**
 * Every recording from the first order or name until our copy is kept: its light while it lives, its file when it is over,
 * and the work under way for any of them.
 */
import { type FinishingDeps, finishRecording } from './finishing.ts';
import type { FollowedRecording, RecordedPbx, UnfinishedRecording } from './followed-recording.ts';
import { bytesPerSecondOf, look, watchFrom } from './growth.ts';
import { createPauses, createReporting, type Pause, type ReportingDeps } from './reporting.ts';

export interface FollowingDeps extends Omit<FinishingDeps, 'say' | 'pause'> {
  readonly report: ReportingDeps['report'];
  readonly lookEveryMs: number;
  /** Called for every live recording before each look. */
  readonly beforeLook: (recording: FollowedRecording, at: number) => void;
}

export interface Following {
  follow(
    known: UnfinishedRecording,
    pbx: RecordedPbx,
    mark: number,
    end?: FollowedRecording['end'],
  ): FollowedRecording;
  follows(id: string): boolean;
  those(test: (recording: FollowedRecording) => boolean): readonly FollowedRecording[];
  /** Reports that this file is recorded, so that the store has it. */
  sayKnown(recording: FollowedRecording): void;
  /** Reports that the PBX has taken the order at last. */
  sayOrdered(recording: FollowedRecording): void;
  /** Its channel or its call is over: attaches the file. Does nothing the second time. */
  finish(recording: FollowedRecording): void;
  /** Work that nobody waits for but `idle` and `stop`; what fails in it is told as trouble. */
  background(work: Promise<void>): void;
  readonly pause: Pause;
  /** Resolves when nothing that was begun so far is being attached or reported. */
  idle(): Promise<void>;
  /** Ends all waiting. */
  stop(): Promise<void>;
}

/** Starts with nothing to follow. */
export function createFollowing(deps: FollowingDeps): Following {
  const { now, report, onTrouble } = deps;
  const pauses = createPauses();
  const say = createReporting({ report, onTrouble, pause: pauses.pause });
  const followed = new Map<string, FollowedRecording>();
  const working = new Set<Promise<void>>();
  let ticker: NodeJS.Timeout | undefined;

  function background(work: Promise<void>): void {
    const kept = work
      .catch((failure: unknown) => onTrouble('', String(failure)))
      .finally(() => working.delete(kept));
    working.add(kept);
  }

  function follow(
    known: UnfinishedRecording,
    pbx: RecordedPbx,
    mark: number,
    end: FollowedRecording['end'] = 'outside',
  ): FollowedRecording {
    const recording: FollowedRecording = {
      ...known,
      pbx,
      watch: watchFrom(known.knownAt),
      looking: false,
      askAgainAt: null,
      mark,
      end,
      phase: 'live',
      reports: Promise.resolve(),
    };
    followed.set(recording.id, recording);
    ticker ??= setInterval(tick, deps.lookEveryMs);
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

  function sayOrdered(recording: FollowedRecording): void {
    say(recording, { type: 'recording-ordered', recording: recording.id, at: now() });
  }

  function tick(): void {
    const at = now();
    for (const recording of followed.values()) {
      if (recording.phase !== 'live') continue;
      deps.beforeLook(recording, at);
      if (!recording.looking) background(lookAt(recording));
    }
    if (followed.size > 0) return;
    clearInterval(ticker);
    ticker = undefined;
  }

  async function lookAt(recording: FollowedRecording): Promise<void> {
    const { place, onShare } = recording.pbx;
    recording.looking = true;
    const seen = place === null ? 'unreadable' : await place.look(recording.pbxPath);
    recording.looking = false;
    if (recording.phase !== 'live') return;
    const before = recording.watch.light;
    const rule = { bytesPerSecond: bytesPerSecondOf(recording.pbxPath), onShare };
    recording.watch = look(recording.watch, seen, now(), rule);
    const state = recording.watch.light;
    if (state === before || state === 'starting') return;
    say(recording, { type: 'recording-growth', recording: recording.id, state, at: now() });
  }

  function finish(recording: FollowedRecording): void {
    if (recording.phase !== 'live') return;
    recording.phase = 'attaching';
    background(
      finishRecording(recording, { ...deps, say, pause: pauses.pause }).then((finished) => {
        if (finished) followed.delete(recording.id);
      }),
    );
  }

  return {
    follow,
    follows: (id) => followed.has(id),
    those: (test) => [...followed.values()].filter(test),
    sayKnown,
    sayOrdered,
    finish,
    background,
    pause: pauses.pause,
    async idle() {
      while (working.size > 0) await Promise.all(working);
      await Promise.all([...followed.values()].map((each) => each.reports));
    },
    async stop() {
      clearInterval(ticker);
      pauses.stop();
      await Promise.all(working);
    },
  };
}
