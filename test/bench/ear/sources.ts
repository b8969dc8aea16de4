/**
 * Speech and music from Debian's freely licensed packages, fetched with apt and made 8 kHz: one list to tune with, another to
 * check with. Nothing of it is kept in the repository.
 */
import { execFileSync } from 'node:child_process';
import {
  existsSync,
  globSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { join } from 'node:path';
import type { Library } from '../../ear/labelled-clip.ts';
import { joined, RATE, rms, type Sound, scaled, silence, tone } from '../../ear/sound-maker.ts';
import type { Chance } from '../../support/seeded.ts';
import { floats } from './degrade.ts';
import { PACKAGES, type Package, type SetName, VOICES, type Voice } from './packages.ts';

/** What is shorter is an effect of a game; seconds. */
const SHORTEST_PIECE = 8;
/** Longest stretch taken of one file. */
const MOST_SECONDS = 60;

/** The library of a set; fetched and converted under `folder` when it is not there yet. */
export function openLibrary(
  set: SetName,
  folder: string,
): Library & { readonly counts: Readonly<Record<string, number>> } {
  const place = join(folder, set);
  const counts: Record<string, number> = {};
  const read = (kind: 'speech' | 'music') => {
    const wanted = [
      ...PACKAGES[set].filter((each) => each.kind === kind).map((each) => fetched(each, place)),
      ...(kind === 'speech' ? VOICES[set].map((each) => spoken(each, place)) : []),
    ];
    return wanted
      .map(({ name, files }) => {
        const sounds = files
          .map((file) => floats(readFileSync(file)))
          .filter(
            (one) => kind === 'speech' || (one.length > SHORTEST_PIECE * RATE && soundingPart(one) > 0.85),
          );
        counts[name] = sounds.length;
        return sounds;
      })
      .filter((sounds) => sounds.length > 0);
  };
  const [speech, music] = [read('speech'), read('music')];
  return {
    counts,
    speech: (seconds, chance) => chain(chance.pick(speech), seconds, chance, 0.5),
    music: (seconds, chance) => stretch(chance.pick(music), seconds, chance),
    sustained: (seconds, chance) =>
      chance.next() < 0.5 ? chords(seconds, chance) : frozen(chance.pick(music), seconds, chance),
  };
}

function fetched(each: Package, place: string): { readonly name: string; readonly files: readonly string[] } {
  const folder = join(place, each.kind, each.name);
  if (!existsSync(folder)) {
    const work = `${folder}.part`;
    rmSync(work, { recursive: true, force: true });
    mkdirSync(join(work, 'deb'), { recursive: true });
    mkdirSync(join(work, 'pcm'));
    execFileSync('apt-get', ['-qq', 'download', each.name], { cwd: join(work, 'deb'), stdio: 'ignore' });
    const [deb] = readdirSync(join(work, 'deb'));
    execFileSync('dpkg', ['-x', join(work, 'deb', deb ?? ''), join(work, 'tree')]);
    const tree = join(work, 'tree');
    const found = globSync(each.files, { cwd: tree })
      .toSorted()
      .filter((file) => statSync(join(tree, file)).isFile());
    const bytes = (file: string) => statSync(join(tree, file)).size;
    const all =
      each.kind === 'music'
        ? found.toSorted((one, other) => bytes(other) - bytes(one)).slice(0, each.most)
        : found;
    const step = Math.max(1, all.length / each.most);
    const chosen = Array.from(
      { length: Math.min(each.most, all.length) },
      (_, n) => all[Math.floor(n * step)] ?? '',
    );
    for (const [n, file] of chosen.entries())
      convert(each.how, join(work, 'tree', file), join(work, 'pcm', `${n}.s16`));
    mkdirSync(join(place, each.kind), { recursive: true });
    renameSync(join(work, 'pcm'), folder);
    rmSync(work, { recursive: true });
  }
  return { name: each.name, files: globSync(join(folder, '*.s16')).toSorted() };
}

function convert(how: Package['how'], from: string, to: string): void {
  let source = from;
  if (how === 'midi') {
    source = `${to}.wav`;
    execFileSync(
      'timeout',
      ['60', 'fluidsynth', '-ni', '-r', '16000', '-F', source, '/usr/share/sounds/sf2/TimGM6mb.sf2', from],
      { stdio: 'ignore' },
    );
  }
  try {
    const raw = /\.(gsm)$/.exec(from) === null ? [] : ['-f', 'gsm'];
    const options = [
      '-hide_banner',
      '-loglevel',
      'error',
      '-y',
      ...raw,
      '-i',
      source,
      '-t',
      `${MOST_SECONDS}`,
    ];
    execFileSync('ffmpeg', [...options, '-ar', '8000', '-ac', '1', '-f', 's16le', to], { stdio: 'ignore' });
  } catch {
    // A file that is no sound after all is left out; the counts are told.
    rmSync(to, { force: true });
  }
  if (how === 'midi') rmSync(source, { force: true });
}

function spoken(
  { program, voice, sentences }: Voice,
  place: string,
): { readonly name: string; readonly files: readonly string[] } {
  const name = `${program}-${voice.replaceAll('+', '-')}`;
  const folder = join(place, 'speech', name);
  if (!existsSync(folder)) {
    mkdirSync(`${folder}.part`, { recursive: true });
    sentences.forEach((sentence, n) => {
      const wav = join(`${folder}.part`, `${n}.wav`);
      if (program === 'espeak-ng')
        execFileSync('espeak-ng', [
          '-v',
          voice,
          '-s',
          `${150 + ((n * 13) % 40)}`,
          '-p',
          `${35 + ((n * 17) % 40)}`,
          '-w',
          wav,
          sentence,
        ]);
      else execFileSync('flite', ['-voice', voice, '-t', sentence, '-o', wav]);
      convert('decode', wav, wav.replace('.wav', '.s16'));
      rmSync(wav);
    });
    renameSync(`${folder}.part`, folder);
  }
  return { name, files: globSync(join(folder, '*.s16')).toSorted() };
}

/** One person's utterances one after the other, with pauses; silence at their ends is left away. */
function chain(files: readonly Sound[], seconds: number, chance: Chance, pause: number): Sound {
  const parts: Sound[] = [];
  let made = 0;
  while (made < seconds) {
    const one = trimmed(chance.pick(files));
    if (one.length < RATE / 4) {
      made += 0.01;
      continue;
    }
    const from =
      made === 0 && one.length > seconds * RATE ? chance.below(one.length - Math.round(seconds * RATE)) : 0;
    const gap = silence(0.1 + chance.next() * pause);
    parts.push(one.subarray(from), gap);
    made += (one.length - from + gap.length) / RATE;
  }
  return normal(joined(...parts).slice(0, Math.round(seconds * RATE)));
}

/** A stretch of one piece, where it sounds. */
function stretch(files: readonly Sound[], seconds: number, chance: Chance): Sound {
  const length = Math.round(seconds * RATE);
  for (let tries = 0; tries < 30; tries += 1) {
    const one = chance.pick(files);
    const whole =
      one.length >= length
        ? one
        : joined(...Array.from({ length: Math.ceil(length / Math.max(1, one.length)) }, () => one));
    const part = whole.slice(0);
    const from = chance.below(Math.max(1, part.length - length));
    const cut = part.slice(from, from + length);
    if (one.length > RATE && soundingPart(cut) > 0.85) return normal(cut);
  }
  throw new Error('no piece of music that sounds');
}

function soundingPart(sound: Sound): number {
  const level = rms(sound) * 0.05;
  if (level < 1e-4) return 0;
  let sounding = 0;
  const step = RATE / 10;
  const steps = Math.floor(sound.length / step);
  for (let n = 0; n < steps; n += 1) if (rms(sound.subarray(n * step, (n + 1) * step)) > level) sounding += 1;
  return sounding / steps;
}

/** A third of a second of music, over and over, faded into each other: a chord that stands. */
function frozen(files: readonly Sound[], seconds: number, chance: Chance): Sound {
  const grain = stretch(files, 0.4, chance);
  const out = new Float32Array(Math.round(seconds * RATE));
  const hop = grain.length / 2;
  for (let from = 0; from < out.length; from += hop)
    for (let n = 0; n < grain.length && from + n < out.length; n += 1)
      out[from + n] =
        (out[from + n] ?? 0) + (grain[n] ?? 0) * (0.5 - 0.5 * Math.cos((2 * Math.PI * n) / grain.length));
  return normal(out);
}

/** Organ chords, each for seconds. */
function chords(seconds: number, chance: Chance): Sound {
  const parts: Sound[] = [];
  for (let made = 0; made < seconds; ) {
    const length = 1.5 + chance.next() * 4;
    const root = 110 * 2 ** (chance.below(24) / 12);
    const third = chance.pick([3, 4]);
    const lines = [0, third, 7].flatMap((step) =>
      [1, 2, 3, 4, 5].map((times) => ({
        hz: root * 2 ** (step / 12) * times,
        weight: 1 / times ** (1 + chance.next()),
      })),
    );
    parts.push(tone(length, { lines: lines.filter(({ hz }) => hz < 3_800), amplitude: 0.5 }));
    made += length;
  }
  return normal(joined(...parts).slice(0, Math.round(seconds * RATE)));
}

function trimmed(sound: Sound): Sound {
  const level = rms(sound) * 0.03;
  const from = sound.findIndex((sample) => Math.abs(sample) > level);
  const to = sound.findLastIndex((sample) => Math.abs(sample) > level);
  return from < 0 ? sound.subarray(0, 0) : sound.subarray(from, to + 1);
}

function normal(sound: Sound): Sound {
  return scaled(sound, 1 / (rms(sound) + 1e-9));
}
