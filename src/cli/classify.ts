/** `dutyline classify`: files of sound through the ear, one JSON object a file. Nothing is asked of a PBX or a database. */
import { createReadStream, statSync } from 'node:fs';
import { basename, extname } from 'node:path';
import type { Writable } from 'node:stream';
import { createEar } from '../ear/ear.ts';
import type { Heard } from '../ear/heard.ts';
import { createResampler } from '../ear/resample.ts';
import { openPcm, type PcmSource, type SoundFile } from '../recordings/pcm-source.ts';
import { findFfmpeg, TranscodeFailure } from '../recordings/transcode.ts';
import { CommandRefused } from './terminal.ts';

/** The object of a file, as `docs/reference/cli.md` describes it. */
export interface Classified extends Omit<Heard, 'decidedAt'> {
  /** The file's name, with the ending `.wav` whatever it had. */
  readonly clip: string;
  readonly decided_at: number | null;
}

/**
 * Listens to every file by itself, in order.
 *
 * @param options stream: an object also whenever the class or the events change while the file is read
 * @param out takes one JSON object a line
 * @throws CommandRefused after all others were heard, when a file could not be read or is no sound
 */
export async function classifyFiles(
  options: { readonly stream: boolean },
  files: readonly string[],
  out: Writable,
): Promise<void> {
  const ffmpeg = findFfmpeg(process.env);
  const trouble: string[] = [];
  for (const file of files) {
    const tell = (heard: Heard) => void out.write(`${JSON.stringify(classified(file, heard))}\n`);
    const told = await classifyFile(file, ffmpeg, options.stream ? tell : null);
    if (typeof told === 'string') trouble.push(`${file}: ${told}`);
    else out.write(`${JSON.stringify(classified(file, told))}\n`);
  }
  if (trouble.length > 0) throw new CommandRefused(trouble.join('\n'));
}

type Tell = (heard: Heard) => void;

/** What was heard, or why nothing was. */
async function classifyFile(path: string, ffmpeg: string | null, tell: Tell | null): Promise<Heard | string> {
  try {
    const opened = await openPcm(soundFile(path), ffmpeg);
    switch (opened.kind) {
      case 'empty':
        return createEar().finish();
      case 'wrong-format':
        return 'is no sound that can be read';
      case 'pcm':
        return await listen(opened.pcm, tell);
    }
  } catch (failure) {
    if (failure instanceof TranscodeFailure) return failure.message;
    if (failure instanceof Error && 'code' in failure) return failure.message;
    throw failure;
  }
}

async function listen(pcm: PcmSource, tell: Tell | null): Promise<Heard> {
  const ear = createEar();
  const resampler = createResampler(pcm.sampleRate);
  let told = '';
  for await (const channels of pcm.samples) {
    const samples = resampler.take(together(channels));
    for (let from = 0; from < samples.length; from += STEP) {
      ear.take(samples.subarray(from, from + STEP));
      if (tell === null) continue;
      const heard = ear.heard();
      const now = JSON.stringify([heard.class, heard.events.map(({ type }) => type)]);
      if (now !== told && heard.class !== null) tell(heard);
      told = now;
    }
  }
  return ear.finish();
}

/** Samples at once: the ear decides every quarter of a second. */
const STEP = 2_000;

/** Both sides of a recording are heard as one: before the answer only one of them sounds. */
function together(channels: readonly Int16Array[]): Float32Array {
  const [left, right] = channels;
  if (left === undefined) return new Float32Array();
  return Float32Array.from(
    left,
    (sample, n) => (right === undefined ? sample : (sample + (right[n] ?? 0)) / 2) / 32_768,
  );
}

function classified(path: string, { decidedAt, ...heard }: Heard): Classified {
  return { clip: `${basename(path, extname(path))}.wav`, ...heard, decided_at: decidedAt };
}

function soundFile(path: string): SoundFile {
  return {
    ending: extname(path).slice(1),
    bytes: statSync(path).size,
    stream: (start, end) => createReadStream(path, { start, end }),
  };
}
