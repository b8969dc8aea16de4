/** The jobs of sound: measured and made playable, copied, destroyed. Each is harmless when done twice. */
import type { RecordingReport } from '../calls/recording-report.ts';
import type { JobHandlers, JobOutcome } from '../jobs/job-queue.ts';
import { keptFile, keptSides } from '../recordings/kept-files.ts';
import type { RecordingLibrary } from '../recordings/library.ts';
import { type ProcessStage, processSound } from '../recordings/process-sound.ts';
import { TranscodeFailure } from '../recordings/transcode.ts';
import { type Erasure, erasePlaces, eraseRecording } from '../recordings/vault/erase.ts';
import type { KnownDigests, SecondCopy } from '../recordings/vault/second-copy.ts';
import { type SoundTroubleCode, troubleOf } from '../recordings/vault/sound-trouble.ts';
import type { RecordingRow } from '../storage/store/recordings.ts';
import type { Store } from '../storage/store.ts';
import type { Work, WorkResult } from '../storage/work.ts';
import { expectedSound } from './expected-sound.ts';
import { type TalkTimes, talkTimes } from './talk-times.ts';

export interface SoundJobDeps {
  readonly store: Pick<
    Store,
    'recording' | 'recordingsOfCall' | 'callView' | 'shutOfCall' | 'auditOf' | 'soundTrail' | 'recentGaps'
  >;
  readonly work: (work: Work) => Promise<WorkResult>;
  readonly report: (report: RecordingReport) => Promise<{ readonly ok: boolean }>;
  readonly library: RecordingLibrary;
  /** Null: none is configured. */
  readonly copy: SecondCopy | null;
  /** Null: there is none; asked each time, so that one installed later is found. */
  readonly ffmpeg: () => string | null;
  readonly now: () => number;
  /** For tests that kill the process at a stage. */
  readonly reached?: (stage: ProcessStage | 'copied' | 'reported') => void;
}

/** Kind of the audit entry. */
const ERASED = 'recording-erased';
const DONE: JobOutcome = { kind: 'done' };
const NO_TALK: TalkTimes = { answeredAt: null, endedAt: null };
const LATER_MS = 60_000;
/** A person makes room, or mounts the disk again: until then nothing is lost by waiting. */
const PASSES: readonly SoundTroubleCode[] = [
  'sound-disk-full',
  'sound-unreachable',
  'sound-read-only',
  'library-missing-marker',
];
/** Somebody has to install something. */
const MUCH_LATER_MS = 10 * 60_000;

export function soundJobs(deps: SoundJobDeps): JobHandlers {
  return {
    'process-recording': ({ recording }, { signal }) => processRecording(recording, deps, signal),
    'copy-recording': ({ recording }) => copyRecording(recording, deps),
    'erase-recordings': ({ call }) => eraseRecordings(call, deps),
  };
}

async function processRecording(id: string, deps: SoundJobDeps, signal: AbortSignal): Promise<JobOutcome> {
  const row = await soundRow(id, deps);
  // Judged already: we were stopped between the report and the end of the job.
  if (row === null || row.file === null || row.judgement !== null) return DONE;
  const { library, reached } = deps;
  try {
    const [original, sides] = await Promise.all([keptFile(library, row.file), keptSides(library, id)]);
    if (original === null) {
      const absent = await afterAbsence(row.file, library);
      if (absent.kind === 'failed')
        await deps.report({ type: 'recording-verified', recording: id, state: 'missing', at: deps.now() });
      return absent;
    }
    const times = row.call === null ? NO_TALK : await talkTimes(row.call, deps.store);
    const others = row.call === null ? [row] : await deps.store.recordingsOfCall(row.call);
    const expected = expectedSound(row, times, others);
    const judgement = await processSound(
      { original, sides, expected },
      {
        ffmpeg: deps.ffmpeg(),
        signal,
        keep: (ending, bytes) => library.keepStream(id, ending, bytes),
        ...(reached === undefined ? {} : { reached }),
      },
    );
    await deps.report({ type: 'recording-processed', recording: id, judgement, at: deps.now() });
    reached?.('reported');
    return DONE;
  } catch (failure) {
    return afterFailure(failure);
  }
}

/** Trouble that passes costs no attempt; anything else counts as one that failed. */
function afterFailure(failure: unknown): JobOutcome {
  if (failure instanceof TranscodeFailure && failure.code === 'ffmpeg-missing') {
    return { kind: 'again', afterMs: MUCH_LATER_MS };
  }
  // Throws what is no trouble of disk or mount.
  if (PASSES.includes(troubleOf(failure).code)) return { kind: 'again', afterMs: LATER_MS };
  throw failure;
}

/** A file that is not there where nothing else is either: its disk is not mounted. */
async function afterAbsence(file: string, library: RecordingLibrary): Promise<JobOutcome> {
  if (await isEmpty(library)) return { kind: 'again', afterMs: LATER_MS };
  return { kind: 'failed', reason: `未找到录音文件 ${file}` };
}

async function isEmpty(library: RecordingLibrary): Promise<boolean> {
  const sounds = library.list();
  const first = await sounds.next();
  await sounds.return();
  return first.done === true;
}

/** All files of the recording, with the digests that were kept of them. */
async function copyRecording(id: string, deps: SoundJobDeps): Promise<JobOutcome> {
  if (deps.copy === null) return DONE;
  const row = await soundRow(id, deps);
  if (row === null) return DONE;
  const copied = await deps.copy.copy(id, knownDigests(row));
  const say = async (state: 'verified' | 'altered' | 'missing' | 'unreachable') => {
    await deps.report({ type: 'recording-copied', recording: id, state, at: deps.now() });
  };
  switch (copied.state) {
    case 'verified':
      deps.reached?.('copied');
      // Done once more because its end was lost with the database: that is no second copy.
      if (row.copyState !== 'verified') await say('verified');
      return DONE;
    case 'unreachable':
      // Told once: a copy that stays away for a week would else write a fact a minute.
      if (row.copyState !== 'unreachable') await say('unreachable');
      return { kind: 'again', afterMs: LATER_MS };
    case 'source-altered':
    case 'source-missing':
      if (copied.state === 'source-missing' && (await isEmpty(deps.library)))
        return { kind: 'again', afterMs: LATER_MS };
      await deps.report({
        type: 'recording-verified',
        recording: id,
        state: copied.state === 'source-altered' ? 'altered' : 'missing',
        at: deps.now(),
      });
      return {
        kind: 'failed',
        reason:
          copied.state === 'source-altered'
            ? `${copied.file} 与入库时不一致，未备份`
            : `未找到 ${copied.file}`,
      };
    case 'source-trouble':
      if (PASSES.includes(copied.trouble.code)) return { kind: 'again', afterMs: LATER_MS };
      throw new Error(`${copied.file}: ${copied.trouble.zh}`);
  }
}

async function eraseRecordings(call: string, deps: SoundJobDeps): Promise<JobOutcome> {
  const places = erasePlaces(deps.library, deps.copy);
  let isComplete = true;
  for (const { id } of await deps.store.recordingsOfCall(call)) {
    const erasure = await eraseRecording(id, places);
    isComplete &&= erasure.isComplete;
    await sayErased(id, erasure, deps);
  }
  return isComplete ? DONE : { kind: 'again', afterMs: LATER_MS };
}

/** Into the audit trail: what went, from where, and what that is worth. Tries that found nothing to do are not told. */
async function sayErased(
  recording: string,
  erasure: Erasure,
  { store, work, now }: SoundJobDeps,
): Promise<void> {
  const files = erasure.places.reduce(
    (sum, place) => sum + (place.state === 'done' ? place.shredded.files : 0),
    0,
  );
  if (files === 0) {
    if (!erasure.isComplete) return;
    // Stopped between the deleting and its word: then this word is the only one.
    const said = await store.auditOf(recording);
    if (said.some(({ kind }) => kind === ERASED)) return;
  }
  await work({
    type: 'audit',
    at: now(),
    account: null,
    person: null,
    kind: ERASED,
    subject: recording,
    payload: { files, complete: erasure.isComplete, said: erasure.zh },
  });
}

/** Null: there is no such sound, not yet, or nobody may have it. */
async function soundRow(id: string, { store }: SoundJobDeps): Promise<RecordingRow | null> {
  const row = await store.recording(id);
  if (row === undefined || row.state !== 'attached') return null;
  const shut = row.call === null ? null : await store.shutOfCall(row.call);
  return shut === 'destroyed' ? null : row;
}

/** Every file that was kept of a recording and its digest. */
export function knownDigests(
  row: Pick<RecordingRow, 'file' | 'sha256' | 'sides' | 'judgement'>,
): KnownDigests {
  const made = [...row.sides, row.judgement?.playable, row.judgement?.peaks].flatMap((file) => file ?? []);
  return new Map([
    ...(row.file === null || row.sha256 === null ? [] : [[row.file, row.sha256] as const]),
    ...made.map(({ file, sha256 }) => [file, sha256] as const),
  ]);
}
