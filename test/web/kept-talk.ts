/** A talk as the pipeline leaves it, in the library of a web bed: original, both legs, playable copy, peaks. */
import { Readable } from 'node:stream';
import { keptFile, keptSides } from '../../src/recordings/kept-files.ts';
import type { KeptSound, RecordingLibrary } from '../../src/recordings/library.ts';
import { processSound } from '../../src/recordings/process-sound.ts';
import { findFfmpeg } from '../../src/recordings/transcode.ts';
import { newId } from '../../src/storage/new-id.ts';
import { wavHeader } from '../recordings/wav-file.ts';
import type { WebBed } from './web-bed.ts';

export const RATE = 8_000;

/** Samples of a tone; its pitch rises with time, so that every place sounds unlike every other. */
export function sweep(seconds: number, hertz: number): Int16Array {
  return Int16Array.from({ length: seconds * RATE }, (_, n) =>
    Math.round(8_000 * Math.sin((2 * Math.PI * (hertz + n / 400) * n) / RATE)),
  );
}

export function wavOf(samples: Int16Array, channels = 1): Buffer {
  const body = Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength);
  return Buffer.concat([wavHeader({ length: 44 + body.length, rate: RATE, channels }), body]);
}

export interface KeptTalk {
  readonly recording: string;
  readonly original: Uint8Array;
  readonly files: { readonly original: KeptSound; readonly playable: string };
}

/** Keeps `original` (and both legs where they are given) and reports it as the service does. */
export async function keepTalk(
  bed: WebBed,
  library: RecordingLibrary,
  linkedid: string,
  sound: {
    readonly ending: string;
    readonly original: Uint8Array;
    readonly sides: { readonly caller: Uint8Array; readonly room: Uint8Array } | null;
  },
): Promise<KeptTalk> {
  const recording = newId();
  const { ending, original, sides } = sound;
  const keep = (as: string, bytes: Uint8Array) =>
    library.keepStream(recording, as, Readable.from([bytes], { objectMode: true }));
  const kept = await keep(ending, original);
  const apart =
    sides === null ? [] : [await keep('caller.wav', sides.caller), await keep('room.wav', sides.room)];
  const file = await keptFile(library, kept.file);
  if (file === null) throw new Error('the sound was not kept');
  const at = Date.now();
  const judgement = await processSound(
    {
      original: file,
      sides: await keptSides(library, recording),
      expected: { part: 'talk', talk: null, startedAt: null },
    },
    {
      ffmpeg: findFfmpeg(process.env),
      keep: (as, bytes) => library.keepStream(recording, as, bytes),
    },
  );
  const about = { recording, at };
  for (const report of [
    {
      ...about,
      type: 'recording-known',
      pbx: 'main',
      linkedid,
      uniqueid: linkedid,
      part: 'talk',
      mode: 'ami',
      pbxPath: `/m/${linkedid}.wav`,
    },
    {
      ...about,
      type: 'recording-attached',
      ...kept,
      seconds: judgement.measure?.seconds ?? 0,
      repaired: false,
      sides: apart,
    },
    { ...about, type: 'recording-processed', judgement },
  ] as const) {
    const written = await bed.intake.work({ type: 'recording-report', report });
    if (!written.ok) throw new Error(written.refusal.en);
  }
  const playable = judgement.playable?.file;
  if (playable === undefined) throw new Error('no playable copy was made');
  return { recording, original, files: { original: { ...kept, seconds: 0 }, playable } };
}
