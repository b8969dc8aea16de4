/** The recorder among its neighbours: the intake it reports to, the store it remembers by, the PBXs it asks. */
import type { PbxConfig } from '../config/config.ts';
import type { Office } from '../duty/office.ts';
import type { Intake } from '../intake.ts';
import type { PathNote } from '../recordings/finishing.ts';
import type { RecordedPbx } from '../recordings/followed-recording.ts';
import type { RecordingLibrary } from '../recordings/library.ts';
import { createRecorder, type Recorder } from '../recordings/recorder.ts';
import type { RecordingPlace } from '../recordings/recording-place.ts';
import type { Store } from '../storage/store.ts';
import type { Log } from '../web/log.ts';
import type { PbxWatch } from './pbx-watch.ts';

export interface SoundDeps {
  readonly store: Store;
  /** Comes later than the recorder, which it hands its facts to. */
  readonly intake: () => Intake;
  readonly library: RecordingLibrary;
  readonly now: () => number;
  readonly log: Log;
}

export function startSound(deps: SoundDeps, pbxs: readonly RecordedPbx[]): Recorder {
  const { store, now, log, library } = deps;
  return createRecorder(
    {
      now,
      library,
      report: (report) => deps.intake().report(report),
      unfinished: async () => (await store.unfinishedRecordings()).map((row) => ({ ...row })),
      isKnown: async (recording) => (await store.recording(recording)) !== undefined,
      onSecurity: securityNotes(deps),
      onTrouble: (recording, trouble) => log('warn', 'recording-trouble', { recording, trouble }),
    },
    pbxs,
  );
}

/** Writes down a path that lay outside the recordings folder, or climbed: somebody tried something. */
export function securityNotes({
  intake,
  now,
  log,
}: Pick<SoundDeps, 'intake' | 'now' | 'log'>): (note: PathNote) => void {
  return (note) => {
    log('warn', 'recording-path', { ...note });
    const { pbx, recording, linkedid, refused } = note;
    intake()
      .work({
        type: 'audit',
        at: now(),
        account: null,
        person: null,
        kind: refused ? 'recording-path-refused' : 'recording-path-climbed',
        subject: recording,
        payload: { pbx, linkedid },
      })
      .catch((error: unknown) => log('error', 'audit-failed', { error: String(error) }));
  };
}

/** One PBX as the recorder sees it; `office` is read anew each time, since lines come and change. */
export function recordedPbx(
  config: PbxConfig,
  place: RecordingPlace | null,
  watch: PbxWatch,
  office: Office,
): RecordedPbx {
  return {
    pbx: config.id,
    place,
    onShare: config.recordings !== null && config.recordings.kind !== 'local',
    get modes() {
      const lines = office.lines.filter((line) => line.pbx === config.id);
      return new Map(lines.map((line) => [line.id, line.recording]));
    },
    hand: watch.hand,
    ...(watch.stopEvidence === null ? {} : { stopEvidence: watch.stopEvidence }),
  };
}
