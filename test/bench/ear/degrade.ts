/** What a telephone line does to a clip: level, noise, coding, loss. Coders of ffmpeg take many clips in one run. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { atLevel, between, type Clip } from '../../ear/labelled-clip.ts';
import { clipped, companded, lossy, withinScale } from '../../ear/line-faults.ts';
import { type NoiseColour, noise } from '../../ear/noise-maker.ts';
import { joined, mixed, rms, type Sound, scaled, silence } from '../../ear/sound-maker.ts';
import type { Chance } from '../../support/seeded.ts';

export interface LineSpec {
  readonly dbm0: number;
  readonly noise: NoiseColour | 'babble' | null;
  readonly snrDb: number;
  readonly codec: Codec;
  readonly isTwice: boolean;
  readonly loss: number;
  readonly filling: 'zero' | 'repeat';
  readonly dc: number;
  readonly clip: number | null;
}

export type Codec = 'none' | 'alaw' | 'ulaw' | 'gsm' | 'g726' | 'opus' | 'amr-low' | 'amr-high';

const FFMPEG_CODECS: Partial<Record<Codec, readonly string[]>> = {
  gsm: ['-c:a', 'libgsm', '-f', 'gsm'],
  g726: ['-c:a', 'g726', '-b:a', '32k', '-f', 'wav'],
  opus: ['-c:a', 'libopus', '-b:a', '12k', '-application', 'voip', '-f', 'ogg'],
};
/** By sox, whose Debian build has the coder that ffmpeg's has not. */
const SOX_CODECS: Partial<Record<Codec, string>> = { 'amr-low': '4', 'amr-high': '7' };

export function anyLine(chance: Chance): LineSpec {
  const codecs: readonly Codec[] = [
    'none',
    'alaw',
    'alaw',
    'alaw',
    'alaw',
    'ulaw',
    'ulaw',
    'gsm',
    'g726',
    'opus',
    'amr-low',
    'amr-high',
  ];
  return {
    dbm0: chance.next() < 0.5 ? between(chance, -16, -7) : between(chance, -34, -4),
    noise:
      chance.next() < 0.35
        ? null
        : chance.pick(['comfort', 'comfort', 'white', 'hum', 'line', 'babble'] as const),
    snrDb: between(chance, 9, 30),
    codec: chance.pick(codecs),
    isTwice: chance.next() < 0.15,
    loss: chance.next() < 0.35 ? between(chance, 0.01, 0.05) : 0,
    filling: chance.pick(['zero', 'repeat'] as const),
    dc: chance.next() < 0.12 ? between(chance, -0.03, 0.03) : 0,
    clip: chance.next() < 0.1 ? between(chance, 0.5, 0.9) : null,
  };
}

/** Everything before the coder. `voices` gives one person's talk of so many seconds. */
export function ontoLine(
  clip: Clip,
  line: LineSpec,
  voices: (seconds: number) => Sound,
  chance: Chance,
): Sound {
  const seconds = clip.sound.length / 8_000;
  const isRaw = clip.class === 'silence';
  let sound = isRaw ? clip.sound : atLevel(clip.sound, line.dbm0);
  if (line.clip !== null && !isRaw) sound = clipped(sound, line.clip);
  if (line.noise !== null && clip.class !== 'noise' && !isRaw) {
    const level = rms(sound.filter((sample) => Math.abs(sample) > 1e-4));
    const by =
      line.noise === 'comfort' ? 10 ** (between(chance, -72, -60) / 20) : level * 10 ** (-line.snrDb / 20);
    const hiss =
      line.noise === 'babble' ? babble(seconds, voices, chance) : noise(seconds, line.noise, chance);
    sound = mixed(sound, scaled(hiss, by).subarray(0, sound.length));
  }
  if (line.dc !== 0) sound = sound.map((sample) => sample + line.dc);
  return withinScale(sound);
}

/** Six people at once. */
function babble(seconds: number, voices: (seconds: number) => Sound, chance: Chance): Sound {
  const many = Array.from({ length: 5 + chance.below(3) }, () => voices(seconds)).reduce(mixed);
  return scaled(many, 1 / (rms(many) + 1e-9));
}

/** Every sound through its coder and what is lost behind it. */
export function overLines(
  sounds: readonly { readonly sound: Sound; readonly line: LineSpec; readonly chance: Chance }[],
): readonly Sound[] {
  const out = sounds.map(({ sound }) => sound);
  for (const codec of new Set(sounds.map(({ line }) => line.codec))) {
    const which = sounds.flatMap(({ line }, at) => (line.codec === codec ? [at] : []));
    for (let from = 0; from < which.length; from += 60) {
      const some = which.slice(from, from + 60);
      const through = throughCoder(
        some.map((at) => out[at] ?? silence(0)),
        codec,
      );
      some.forEach((at, n) => {
        out[at] = through[n] ?? silence(0);
      });
    }
  }
  return sounds.map(({ line, chance }, at) => {
    let sound = out[at] ?? silence(0);
    if (line.isTwice) sound = companded(sound, 'alaw');
    return line.loss > 0 ? lossy(sound, line.loss, line.filling, chance) : sound;
  });
}

function throughCoder(sounds: readonly Sound[], codec: Codec): readonly Sound[] {
  if (codec === 'none') return sounds;
  if (codec === 'alaw' || codec === 'ulaw') return sounds.map((sound) => companded(sound, codec));
  const gap = silence(0.4);
  const decoded = throughProgram(joined(...sounds.flatMap((sound) => [sound, gap])), codec);
  let at = 0;
  return sounds.map((sound) => {
    const from = at;
    at += sound.length + gap.length;
    const part = decoded.slice(from, from + sound.length);
    return part.length === sound.length ? part : joined(part, new Float32Array(sound.length - part.length));
  });
}

function throughProgram(sound: Sound, codec: Codec): Sound {
  const folder = mkdtempSync(join(tmpdir(), 'dutyline-ear-'));
  try {
    const [raw, coded, back] = ['in.s16', 'coded', 'out.s16'].map((name) => join(folder, name));
    if (raw === undefined || coded === undefined || back === undefined) throw new Error('no paths');
    writeFileSync(raw, pcm16(sound));
    const plain = ['-f', 's16le', '-ar', '8000', '-ac', '1'];
    const quiet = ['-hide_banner', '-loglevel', 'error', '-y'];
    const sox = SOX_CODECS[codec];
    if (sox !== undefined) {
      const format = ['-t', 'raw', '-r', '8000', '-c', '1', '-e', 'signed', '-b', '16'];
      execFileSync('sox', [...format, raw, '-t', 'amr-nb', '-C', sox, coded]);
      execFileSync('sox', ['-t', 'amr-nb', coded, ...format, back]);
    } else {
      const options = FFMPEG_CODECS[codec] ?? [];
      execFileSync('ffmpeg', [...quiet, ...plain, '-i', raw, ...options, coded]);
      const input = codec === 'gsm' ? ['-f', 'gsm'] : [];
      execFileSync('ffmpeg', [...quiet, ...input, '-i', coded, ...plain, back]);
    }
    return floats(readFileSync(back));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export function pcm16(sound: Sound): Buffer {
  const samples = Int16Array.from(sound, (sample) => Math.round(Math.max(-1, Math.min(1, sample)) * 32_767));
  return Buffer.from(samples.buffer);
}

export function floats(bytes: Buffer): Sound {
  const samples = new Int16Array(
    bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length - (bytes.length % 2)),
  );
  return Float32Array.from(samples, (sample) => sample / 32_768);
}
