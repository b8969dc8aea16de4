import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  createReadStream,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, describe, expect, it } from 'vitest';
import type { SoundFile } from '../../src/recordings/pcm-source.ts';
import { PROCESS_STAGES, processSound } from '../../src/recordings/process-sound.ts';
import { findFfmpeg } from '../../src/recordings/transcode.ts';
import { readPeaks } from '../../src/sound/peaks.ts';
import type { ExpectedSound } from '../../src/sound/quality.ts';

const folder = mkdtempSync(join(tmpdir(), 'dutyline-process-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const ffmpeg = findFfmpeg(process.env);
if (ffmpeg === null) throw new Error('these tests need ffmpeg');

const ANY: ExpectedSound = { part: 'talk', talk: null, startedAt: null };

function fileOf(name: string): SoundFile {
  const path = join(folder, name);
  return {
    ending: extname(name).slice(1),
    bytes: statSync(path).size,
    stream: (start, end) => createReadStream(path, { start, end }),
  };
}

/** A tone made by the real ffmpeg in the format the PBX would have written. */
function tone(name: string, hertz: number, output: readonly string[], seconds = 4): SoundFile {
  const source = `sine=frequency=${hertz}:duration=${seconds}:sample_rate=16000,volume=6dB`;
  execFileSync(ffmpeg ?? '', [
    '-v',
    'error',
    '-y',
    '-f',
    'lavfi',
    '-i',
    source,
    ...output,
    join(folder, name),
  ]);
  return fileOf(name);
}

function bytes(name: string, content: string | Uint8Array): SoundFile {
  writeFileSync(join(folder, name), content);
  return fileOf(name);
}

interface Run {
  readonly judgement: Awaited<ReturnType<typeof processSound>>;
  readonly made: ReadonlyMap<string, Buffer>;
}

async function run(
  original: SoundFile,
  sides: { caller: SoundFile; room: SoundFile } | null = null,
  expected = ANY,
  reached?: (stage: string) => void,
): Promise<Run> {
  const made = new Map<string, Buffer>();
  const judgement = await processSound(
    { original, sides, expected },
    {
      ffmpeg,
      ...(reached === undefined ? {} : { reached }),
      keep: async (ending, content) => {
        const whole = Buffer.concat(await Readable.from(content).toArray());
        made.set(ending, whole);
        return {
          file: `x.${ending}`,
          bytes: whole.length,
          sha256: createHash('sha256').update(whole).digest('hex'),
        };
      },
    },
  );
  return { judgement, made };
}

/** Loudest of some frequencies in each channel of an Opus file, as the real ffmpeg plays it. */
function heard(opus: Buffer | undefined, candidates: readonly number[]): readonly number[] {
  if (opus === undefined) throw new Error('nothing to play was made');
  const args = ['-v', 'error', '-i', 'pipe:0', '-f', 's16le', '-ar', '8000', 'pipe:1'];
  const probe = execFileSync(
    'ffprobe',
    ['-v', 'error', '-show_entries', 'stream=channels', '-of', 'csv=p=0', 'pipe:0'],
    { input: opus },
  );
  const channels = Number(probe.toString().trim());
  const pcm = execFileSync(ffmpeg ?? '', args, { input: opus, maxBuffer: 1e9 });
  const samples = new Int16Array(pcm.buffer, pcm.byteOffset, pcm.length / 2);
  return Array.from({ length: channels }, (_, channel) => {
    const side = samples.filter((__, at) => at % channels === channel).subarray(8_000, 16_000);
    return candidates.toSorted((one, other) => strength(side, other) - strength(side, one))[0] ?? 0;
  });
}

/** Mean level of each channel in dBFS from the second second on, as the real ffmpeg plays it. */
function loudness(sound: Buffer | undefined): readonly number[] {
  if (sound === undefined) throw new Error('nothing to play was made');
  const args = ['-hide_banner', '-nostats', '-i', 'pipe:0', '-af', 'atrim=start=1,astats', '-f', 'null', '-'];
  const { stderr } = spawnSync(ffmpeg ?? '', args, { input: sound, encoding: 'utf8' });
  const [channels = ''] = stderr.split('Overall');
  return [...channels.matchAll(/RMS level dB: (-?[\d.]+)/g)].map(([, level]) => Number(level));
}

/** Goertzel at 8 kHz. */
function strength(samples: Int16Array, hertz: number): number {
  const turn = 2 * Math.cos((2 * Math.PI * hertz) / 8_000);
  let [last, before] = [0, 0];
  for (const sample of samples) [last, before] = [sample + turn * last - before, last];
  return last * last + before * before - turn * last * before;
}

/** What `src/sound/loudness.ts` aims at. */
const EVEN_DB = -20;
const TONES = [440, 700, 1_100, 1_500];

describe('every format a PBX writes', () => {
  it.each([
    ['8k.wav', ['-ar', '8000', '-c:a', 'pcm_s16le']],
    ['16k.wav', ['-ar', '16000', '-c:a', 'pcm_s16le']],
    ['a-law.wav', ['-ar', '8000', '-c:a', 'pcm_alaw']],
    ['mu-law.wav', ['-ar', '8000', '-c:a', 'pcm_mulaw']],
    ['wav49.WAV', ['-ar', '8000', '-c:a', 'libgsm_ms', '-f', 'wav']],
    ['plain.gsm', ['-ar', '8000', '-c:a', 'libgsm', '-f', 'gsm']],
    ['plain.alaw', ['-ar', '8000', '-c:a', 'pcm_alaw', '-f', 'alaw']],
    ['plain.ulaw', ['-ar', '8000', '-c:a', 'pcm_mulaw', '-f', 'mulaw']],
    ['plain.g722', ['-ar', '16000', '-c:a', 'g722', '-f', 'g722']],
    ['plain.sln16', ['-ar', '16000', '-f', 's16le']],
    ['plain.mp3', ['-ar', '16000', '-c:a', 'libmp3lame', '-f', 'mp3']],
    ['mikopbx.webm', ['-c:a', 'libopus', '-f', 'webm']],
  ])('comes in as %s and plays the same tone', async (name, output) => {
    const { judgement, made } = await run(tone(name, 700, output));
    expect(judgement).toMatchObject({ defects: [], measure: { sides: [{ side: 'mixed' }] } });
    expect(Math.abs((judgement.measure?.seconds ?? 0) - 4)).toBeLessThan(0.15);
    expect(heard(made.get('opus'), TONES)).toEqual([700]);
    expect(readPeaks(made.get('peaks') ?? Buffer.alloc(0))).toHaveLength(1);
  });

  it('keeps the sides apart where the PBX did: 对方 left, 本室 right, both as loud', async () => {
    const wav = ['-ar', '8000', '-c:a', 'pcm_s16le'];
    const sides = {
      caller: tone('c.wav', 1_500, [...wav, '-af', 'volume=-20dB'], 6),
      room: tone('r.wav', 440, wav, 4),
    };
    const { judgement, made } = await run(tone('both.wav', 700, wav, 6), sides);
    expect(judgement.measure).toMatchObject({ seconds: 6, sides: [{ side: 'caller' }, { side: 'room' }] });
    expect(heard(made.get('opus'), TONES)).toEqual([1_500, 440]);
    expect(readPeaks(made.get('peaks') ?? Buffer.alloc(0))?.map((outline) => outline.length)).toEqual([
      240, 160,
    ]);
    const again = await run(bytes('again.ogg', made.get('opus') ?? ''), null);
    expect(again.judgement.measure?.seconds).toBeCloseTo(6, 1);
  });

  it('plays a whisper and a shout as loud as each other, alone and side by side', async () => {
    const wav = ['-ar', '8000', '-c:a', 'pcm_s16le'];
    const quiet = tone('quiet.wav', 700, [...wav, '-af', 'volume=-24dB'], 6);
    const loud = tone('loud.wav', 700, [...wav, '-af', 'volume=6dB'], 6);
    const [low = 0, high = 0] = ['quiet.wav', 'loud.wav'].flatMap((name) =>
      loudness(readFileSync(join(folder, name))),
    );
    expect(high - low).toBeGreaterThan(25);

    const alone: number[] = [];
    for (const sound of [quiet, loud]) alone.push(...loudness((await run(sound)).made.get('opus')));
    const together = loudness((await run(loud, { caller: quiet, room: loud })).made.get('opus'));
    expect([alone.length, together.length]).toEqual([2, 2]);
    for (const heardAt of [...alone, ...together]) expect(Math.abs(heardAt - EVEN_DB)).toBeLessThan(2);
  });

  it('falls back to the original when a leg is not a sound', async () => {
    const original = tone('o.wav', 700, ['-ar', '8000']);
    const sides = { caller: bytes('bad.wav', 'RIFF'), room: original };
    const { judgement, made } = await run(original, sides);
    expect(judgement.measure?.sides.map(({ side }) => side)).toEqual(['mixed']);
    expect(heard(made.get('opus'), TONES)).toEqual([700]);
  });

  it('passes the stages in their order', async () => {
    const stages: string[] = [];
    await run(tone('s.wav', 700, ['-ar', '8000']), null, ANY, (stage) => stages.push(stage));
    expect(stages).toEqual([...PROCESS_STAGES]);
  });
});

describe('what is no sound', () => {
  const header = () => readFileSync(join(folder, 'h.wav')).subarray(0, 44);
  it.each([
    ['44 bytes', 'empty', () => header()],
    ['nothing', 'empty', () => ''],
    [
      'random bytes',
      'wrong-format',
      () => Buffer.from(Array.from({ length: 50_000 }, (_, n) => (n * 7_919) % 251)),
    ],
    ['a play list that names a file', 'wrong-format', () => '#EXTM3U\n#EXTINF:1,\n/etc/passwd\n'],
    ['ffconcat', 'wrong-format', () => "ffconcat version 1.0\nfile '/etc/hostname'\n"],
    [
      'a header and rubbish for a codec',
      'wrong-format',
      () => Buffer.concat([header().fill(0x55, 20, 22), Buffer.alloc(900, 7)]),
    ],
    ['half a header', 'wrong-format', () => header().subarray(0, 30)],
  ])('%s is judged %s', async (name, kind, content) => {
    tone('h.wav', 700, ['-ar', '8000', '-bitexact']);
    const { judgement, made } = await run(bytes(`${name}.wav`, content()));
    expect(judgement).toEqual({ measure: null, defects: [{ kind }], playable: null, peaks: null });
    expect(made.size).toBe(0);
  });

  it('of more than 4 GB with nothing in it is 74 hours of silence: half of a day is read, nothing is made, memory stays', async () => {
    tone('sparse.wav', 700, ['-ar', '8000', '-bitexact'], 1);
    const head = readFileSync(join(folder, 'sparse.wav')).subarray(0, 44);
    // As Asterisk leaves it when it is killed; no size of 32 bits could tell this length.
    writeFileSync(join(folder, 'sparse.wav'), head.fill(0, 4, 8).fill(0, 40, 44));
    truncateSync(join(folder, 'sparse.wav'), 2 ** 32 + 1_000_000);
    const before = process.memoryUsage().rss;
    let read = 0;
    const original = fileOf('sparse.wav');
    const { judgement, made } = await run({
      ...original,
      stream: (start, end) => original.stream(start, end).on('data', (bytes) => (read += bytes.length)),
    });
    expect(judgement).toMatchObject({
      defects: [{ kind: 'silent' }],
      measure: { seconds: expect.closeTo((2 ** 32 - 1 - 88) / 16_000, 0), sides: [{ levelDbfs: null }] },
      playable: null,
      peaks: null,
    });
    expect(made.size).toBe(0);
    expect(read).toBeGreaterThan(12 * 3_600 * 16_000 - 1_000_000);
    expect(read).toBeLessThan(12 * 3_600 * 16_000 + 1_000_000);
    expect(process.memoryUsage().rss - before).toBeLessThan(200_000_000);
  }, 60_000);

  it('plays a file cut in the middle as far as it goes', async () => {
    const whole = tone('cut.mp3', 700, ['-ar', '16000', '-f', 'mp3']);
    truncateSync(join(folder, 'cut.mp3'), Math.floor(whole.bytes / 2) + 1);
    const { judgement, made } = await run(fileOf('cut.mp3'));
    expect(judgement.measure?.seconds).toBeGreaterThan(1.5);
    expect(heard(made.get('opus'), TONES)).toEqual([700]);
  });

  it('waits for ffmpeg where only ffmpeg can read it', async () => {
    const original = tone('w.gsm', 700, ['-ar', '8000', '-c:a', 'libgsm', '-f', 'gsm']);
    const keep = () => Promise.reject(new Error('nothing is to be kept'));
    const without = processSound({ original, sides: null, expected: ANY }, { ffmpeg: null, keep });
    await expect(without).rejects.toMatchObject({ code: 'ffmpeg-missing' });
    const gone = processSound({ original, sides: null, expected: ANY }, { ffmpeg: '/nowhere/ffmpeg', keep });
    await expect(gone).rejects.toMatchObject({ code: 'ffmpeg-missing' });
  });

  it.each([
    ['killed', 'kill -9 $$'],
    [
      'told to end, as systemd ends the whole group',
      'echo "Exiting normally, received signal 15." >&2; exit 255',
    ],
  ])('judges nothing when ffmpeg is %s: the file is not to blame', async (what, does) => {
    const original = tone('k.gsm', 700, ['-ar', '8000', '-c:a', 'libgsm', '-f', 'gsm']);
    const ffmpeg = join(folder, `ffmpeg-${what.length}`);
    writeFileSync(ffmpeg, `#!/bin/sh\ncat > /dev/null\n${does}\n`, { mode: 0o755 });
    const keep = () => Promise.reject(new Error('nothing is kept'));
    const judged = processSound({ original, sides: null, expected: ANY }, { ffmpeg, keep });
    await expect(judged).rejects.toMatchObject({ code: 'broken-off' });
  });

  it('ends when it is told to stop', async () => {
    const stop = new AbortController();
    const original = tone('long.wav', 700, ['-ar', '8000'], 600);
    const processing = processSound(
      { original, sides: null, expected: ANY },
      {
        ffmpeg,
        signal: stop.signal,
        reached: (stage) => stage === 'measured' && setTimeout(() => stop.abort(), 50),
        keep: async (_, content) => {
          await Readable.from(content).toArray();
          throw new Error('it was not stopped');
        },
      },
    );
    await expect(processing).rejects.toMatchObject({ code: 'stopped' });
  });
});
