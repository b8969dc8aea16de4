/**
 * The only user of fluent-ffmpeg (2.1.3, frozen upstream, works with ffmpeg 5.1 and 7.1). Sound goes in and comes out by
 * pipes: an original may be encrypted where it lies, and must not lie in plain beside it.
 *
 * ffmpeg is told what it reads and may open nothing but its pipes: its demuxers follow names written in hostile bytes.
 */
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { PassThrough, type Readable } from 'node:stream';
import ffmpeg from 'fluent-ffmpeg';

/** Why ffmpeg gave nothing, in its own last words. */
export class TranscodeFailure extends Error {
  readonly code: 'ffmpeg-missing' | 'wrong-format' | 'timed-out' | 'stopped' | 'broken-off';

  constructor(code: TranscodeFailure['code'], message: string) {
    super(message);
    this.code = code;
  }
}

export interface RawInput {
  readonly demuxer: string;
  /** Hz; null: the file says. */
  readonly rate: number | null;
  readonly channels: number | null;
}

/** Longer than the longest call takes (an hour of sound is encoded in about 20 s). */
const LONGEST_SECONDS = 15 * 60;
const ONLY_PIPES = ['-protocol_whitelist pipe', '-nostdin'];
/** Speech: 24 kbit/s a side is transparent to the ear for 8 kHz, and a minute takes 180 kB. */
const BITRATE = { mono: '24k', stereo: '40k' } as const;

/** Where ffmpeg is: FFMPEG_PATH, else the PATH. Null: there is none. */
export function findFfmpeg(env: Readonly<Record<string, string | undefined>>): string | null {
  const named = env.FFMPEG_PATH;
  const candidates =
    named === undefined ? (env.PATH ?? '').split(delimiter).map((folder) => join(folder, 'ffmpeg')) : [named];
  return candidates.find(isExecutable) ?? null;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Decodes anything to a WAV of 16-bit samples, whose header (with lengths unknown) tells rate and channels. */
export function decodeToWav(path: string, source: Readable, input: RawInput, signal?: AbortSignal): Readable {
  const command = reading(path, source, input).noVideo().audioCodec('pcm_s16le').format('wav');
  return running(command, source, signal);
}

/**
 * Ogg/Opus of a sound. `gainsDb` raises or lowers the channels: one for mono, two for stereo. Above 0 dBFS the encoder
 * would cut off; gains are chosen so that nothing gets there.
 */
export function encodeOpus(
  path: string,
  source: Readable,
  input: RawInput,
  gainsDb: readonly number[],
  signal?: AbortSignal,
): Readable {
  const isStereo = gainsDb.length === 2;
  const command = reading(path, source, input)
    .noVideo()
    .audioCodec('libopus')
    .audioChannels(isStereo ? 2 : 1)
    .audioBitrate(isStereo ? BITRATE.stereo : BITRATE.mono)
    .outputOptions(['-application voip', '-vbr on', '-map_metadata -1'])
    .format('ogg');
  const [gain = 0] = gainsDb;
  if (!isStereo && gain !== 0) command.audioFilters(`volume=${gain}dB`);
  return running(command, source, signal);
}

function reading(
  path: string,
  source: Readable,
  { demuxer, rate, channels }: RawInput,
): ffmpeg.FfmpegCommand {
  // A program that is not there makes fluent-ffmpeg 2.1.3 throw where nobody can catch it.
  if (!isExecutable(path)) throw new TranscodeFailure('ffmpeg-missing', `${path} cannot be run`);
  const command = ffmpeg({ source, timeout: LONGEST_SECONDS, stdoutLines: 40 })
    .setFfmpegPath(path)
    .inputFormat(demuxer)
    .inputOptions(ONLY_PIPES);
  if (rate !== null) command.inputOptions([`-ar ${rate}`]);
  if (channels !== null) command.inputOptions([`-ac ${channels}`]);
  return command;
}

/** The output as a stream that fails when ffmpeg does. fluent-ffmpeg tells failures by text alone. */
function running(command: ffmpeg.FfmpegCommand, source: Readable, signal: AbortSignal | undefined): Readable {
  const out = new PassThrough();
  let stopped = false;
  const stop = () => {
    stopped = true;
    command.kill('SIGKILL');
  };
  signal?.addEventListener('abort', stop, { once: true });
  const ended = () => signal?.removeEventListener('abort', stop);
  command
    // Told to stop before ffmpeg was there: fluent-ffmpeg forgets a kill that comes too early.
    .on('start', () => {
      if (stopped) stop();
    })
    .on('error', (error: Error, _stdout: string | null, stderr: string | null) => {
      ended();
      source.destroy();
      out.destroy(stopped ? new TranscodeFailure('stopped', 'told to stop') : failureOf(error, stderr ?? ''));
    })
    .on('end', () => {
      ended();
      out.end();
    });
  // Nobody reads on: the disk is full, or the file could not even be opened. ffmpeg would wait for a reader to the end.
  out.on('close', () => {
    if (!out.readableEnded) stop();
  });
  // A source that breaks ends ffmpeg's input as if the sound were over: the output must not pass for a whole one.
  source.on('error', (error) => {
    stop();
    out.destroy(error);
  });
  // Its own `end` comes when stdout closes, which it also does when ffmpeg is killed: half a sound would pass for the whole.
  command.pipe(out, { end: false });
  return out;
}

function failureOf(error: Error, stderr: string): TranscodeFailure {
  if (/ENOENT|Cannot find ffmpeg/i.test(error.message))
    return new TranscodeFailure('ffmpeg-missing', error.message);
  if (/timeout/i.test(error.message)) return new TranscodeFailure('timed-out', error.message);
  // Out of memory, Ctrl-C, systemd ending the whole group: ffmpeg 5.1 leaves with 255 when it was told to end, and never else.
  if (/killed with signal|exited with code 255|\bspawn\b/i.test(error.message))
    return new TranscodeFailure('broken-off', error.message);
  const lastWords = stderr.trim().split('\n').slice(-2).join(' ');
  return new TranscodeFailure('wrong-format', `${error.message} ${lastWords}`.trim());
}
