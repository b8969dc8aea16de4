/**
 * Takes over the finished file of a call that is over. The PBX's file is only read: what must be mended is mended in our
 * copy. Final is a file whose header tells its length (Asterisk writes it on closing, 21 ms after the hang-up), or one
 * that has stood still so long that nobody writes it any more (Asterisk was killed, formats without a header).
 */
import type { MadeFile } from '../sound/judgement.ts';
import { codeOf } from './inside-base.ts';
import type { KeptSound, RecordingLibrary } from './library.ts';
import { soundEndingOf } from './matching/file-name.ts';
import type { OpenedRecording, RecordingPlace } from './recording-place.ts';
import { sideFilesOf } from './side-files.ts';
import { readWavHeader, repairedHeader, type WavSound } from './wav-header.ts';

export interface AttachOrder {
  readonly recording: string;
  /** As the PBX names it: hostile. */
  readonly pbxPath: string;
  /** Less sound than this counts as none. */
  readonly leastSeconds: number;
  /** Beside it lie the two sides, each alone (`side-files.ts`): they are kept too. */
  readonly withSides?: boolean;
  /**
   * The PBX may have added to a file it had closed before (FreePBX: MixMonitor's `a`). Up to 2 s of that are not written
   * before the hang-up, and until then the header is true of the older part: the first look decides nothing.
   */
  readonly mayBeAppended?: boolean;
}

export type AttachOutcome =
  | {
      readonly state: 'attached';
      readonly sound: KeptSound;
      /** What was kept of the two sides beside it, where they were asked for. */
      readonly sides?: readonly MadeFile[];
      readonly repaired: boolean;
      readonly climbing: boolean;
    }
  | { readonly state: 'no-sound' }
  | { readonly state: 'missing' }
  | { readonly state: 'refused-path' }
  /** Nothing can be said now: folder not mounted, disk full, no right. To be tried again. */
  | { readonly state: 'cannot-check'; readonly detail: string };

export interface AttachTiming {
  readonly lookEveryMs: number;
  /** How long a file may still be on its way after the call: a share, a post-processing script. */
  readonly missingAfterMs: number;
  /** How long a file without a truthful header must stand still. More than one writing step (2.05 s at 8 kHz). */
  readonly stillMs: number;
}

export const ATTACH_TIMING: AttachTiming = { lookEveryMs: 250, missingAfterMs: 20_000, stillMs: 4_000 };

export interface AttachPlaces {
  readonly place: RecordingPlace;
  readonly library: RecordingLibrary;
  /** Resolves after so many ms, rejects when the service stops. */
  readonly wait: (ms: number) => Promise<void>;
}

/**
 * Waits until the file is final and keeps a copy, and of its sides what there is of them. Harmless when repeated: what is
 * kept already is found again. Rejects only when the wait was broken off.
 */
export async function attachRecording(
  order: AttachOrder,
  places: AttachPlaces,
  timing = ATTACH_TIMING,
): Promise<AttachOutcome> {
  const outcome = await attachFile(order, soundEndingOf(order.pbxPath) ?? 'bin', places, timing);
  if (outcome.state !== 'attached' || order.withSides !== true) return outcome;
  // The PBX makes all three files at once: a side that is not there now never comes, and the talk is whole without it.
  const sides = await Promise.all(
    sideFilesOf(order.pbxPath).map(({ pbxPath, ending }) =>
      attachFile({ ...order, pbxPath }, ending, places, { ...timing, missingAfterMs: 0 }),
    ),
  );
  const away = sides.find((side) => side.state === 'cannot-check');
  return away ?? { ...outcome, sides: sides.flatMap(madeFileOf) };
}

function madeFileOf(side: AttachOutcome): readonly MadeFile[] {
  if (side.state !== 'attached') return [];
  const { file, bytes, sha256 } = side.sound;
  return [{ file, bytes, sha256 }];
}

async function attachFile(
  order: AttachOrder,
  ending: string,
  places: AttachPlaces,
  timing: AttachTiming,
): Promise<AttachOutcome> {
  let waited = 0;
  let stillSince = 0;
  let lastBytes = -1;
  for (;;) {
    const mayBeOld = order.mayBeAppended === true && waited === 0;
    const stoodStillAt = waited - stillSince >= timing.stillMs ? lastBytes : null;
    const looked = await lookAndKeep(order, places, ending, { mayBeOld, stoodStillAt });
    if (looked.done) return looked.outcome;
    if (looked.bytes !== lastBytes) {
      lastBytes = looked.bytes;
      stillSince = waited;
    }
    if (looked.bytes < 0 && waited >= timing.missingAfterMs) return { state: 'missing' };
    await places.wait(timing.lookEveryMs);
    waited += timing.lookEveryMs;
  }
}

type Looked =
  | { readonly done: true; readonly outcome: AttachOutcome }
  /** Not yet final; -1 bytes: not there. */
  | { readonly done: false; readonly bytes: number };

interface SeenSoFar {
  /** A true header may be that of an older end. */
  readonly mayBeOld: boolean;
  /** The length the file has had for long enough, null when it has not stood still. */
  readonly stoodStillAt: number | null;
}

async function lookAndKeep(
  order: AttachOrder,
  { place, library }: AttachPlaces,
  ending: string,
  seen: SeenSoFar,
): Promise<Looked> {
  try {
    const located = await place.locate(order.pbxPath);
    if (located.kind === 'outside') return finished({ state: 'refused-path' });
    const kept = await library.find(order.recording, ending);
    if (located.kind === 'cannot-look' || located.kind === 'absent') {
      // The PBX may have tidied up since we took the sound over.
      if (kept) return finished({ state: 'attached', sound: kept, repaired: false, climbing: false });
      if (located.kind === 'absent') return { done: false, bytes: -1 };
      return finished({ state: 'cannot-check', detail: located.detail });
    }
    const keeping = { order, library, ending, kept, climbing: located.climbing };
    const looked = await place.read(located.path, (file) => keepIfFinal(file, seen, keeping));
    return looked ?? finished({ state: 'refused-path' });
  } catch (failure) {
    if (codeOf(failure) === 'ENOENT') return { done: false, bytes: -1 };
    return finished({ state: 'cannot-check', detail: codeOf(failure) });
  }
}

interface Keeping {
  readonly order: AttachOrder;
  readonly library: RecordingLibrary;
  readonly ending: string;
  /** Taken over before. */
  readonly kept: KeptSound | null;
  readonly climbing: boolean;
}

async function keepIfFinal(
  file: OpenedRecording,
  { mayBeOld, stoodStillAt }: SeenSoFar,
  keeping: Keeping,
): Promise<Looked> {
  const { bytes, head } = file;
  const reading = readWavHeader(head, bytes);
  const stoodStill = stoodStillAt === bytes;
  const truthful = reading.kind === 'sound' && reading.repair === null;
  if ((!truthful || mayBeOld) && !stoodStill) return { done: false, bytes };
  const isTooShort = reading.kind === 'sound' && reading.seconds < keeping.order.leastSeconds;
  if (reading.kind === 'no-sound' || isTooShort || bytes === 0) return finished({ state: 'no-sound' });
  const wav = reading.kind === 'sound' ? reading : null;
  const sound = keeping.kept ?? (await keepSound(file, wav, keeping));
  const repaired = reading.kind === 'sound' && reading.repair !== null;
  return finished({ state: 'attached', sound, repaired, climbing: keeping.climbing });
}

/** Formats without a RIFF header (gsm, alaw, mp3 …) are kept as they are. */
function keepSound(
  { bytes, head, withContent }: OpenedRecording,
  wav: WavSound | null,
  { order, library, ending }: Keeping,
): Promise<KeptSound> {
  const recording = order.recording;
  const part =
    wav === null || wav.repair === null
      ? { header: new Uint8Array(), fromByte: 0, bytes }
      : { header: repairedHeader(head, wav), fromByte: wav.dataOffset, bytes: wav.dataBytes };
  return withContent((from) => library.keep({ recording, ending, from, ...part }));
}

function finished(outcome: AttachOutcome): Looked {
  return { done: true, outcome };
}
