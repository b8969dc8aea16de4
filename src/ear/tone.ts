/** The beats of tones in a sound, from its notes. */
import type { BandBeat } from './band-beats.ts';
import { median, type Note } from './note.ts';
import {
  alsoBeatOf,
  LONG_ENOUGH,
  SAME_PITCH_HZ,
  STANDARD_HZ,
  type Tone,
  toneOf,
  toneOfBand,
  WHOLE_BEAT,
} from './tone-rule.ts';

const FIRST_SECONDS = 0.8;
/** 16 dB below the loudest tone. */
const MURMUR = 0.025;
/** 23 dB: no exchange is so much softer than another one. */
const HUM = 0.005;

/** The tones among the notes, in order of their beginning. Of lines that sound together the strongest is the tone. */
export function tonesOf(notes: readonly Note[], band: readonly BandBeat[]): readonly Tone[] {
  const tones: Tone[] = [];
  const others: Note[] = [];
  const left = new Set(notes);
  for (const note of notes.toSorted((one, other) => other.power - one.power)) {
    if (!left.delete(note)) continue;
    const together = [...left].filter((other) => soundTogether(note, other));
    for (const other of together) left.delete(other);
    const tone = toneOf(note, together);
    if (tone !== null) tones.push(tone);
    if (tone === null || tone.partnerHz !== null) others.push(note);
  }
  const whole = withoutFalsePairs(withBandBeats(withBadBeats(tones, others), band));
  return begun(joined(withoutMurmur(whole).toSorted((one, other) => one.from - other.from)));
}

/** A beat heard as a whole stands for the pieces of it, and where there are none. */
function withBandBeats(tones: readonly Tone[], band: readonly BandBeat[]): readonly Tone[] {
  let all = tones;
  for (const beat of band) {
    const inside = all.filter(({ from, to }) => Math.min(to, beat.to) - Math.max(from, beat.from) > 0.02);
    const covered = inside.reduce(
      (sum, { from, to }) => sum + Math.min(to, beat.to) - Math.max(from, beat.from),
      0,
    );
    if (covered > MOSTLY * (beat.to - beat.from)) continue;
    const tone = toneOfBand(beat);
    if (tone !== null) all = [...all.filter((one) => !inside.includes(one)), tone];
  }
  return all;
}

const MOSTLY = 0.7;

/** Packets that were repeated put a line beside the tone: a pair among single beats of the same pitch is one of them. */
function withoutFalsePairs(tones: readonly Tone[]): readonly Tone[] {
  const isAlike = (one: Tone, hz: number) =>
    Math.abs(one.hz - hz) < SAME_PITCH_HZ && one.to - one.from >= LONG_ENOUGH;
  return tones.map((tone) => {
    if (tone.partnerHz === null || !isStandardPitch(tone.hz)) return tone;
    const alike = tones.filter((one) => isAlike(one, tone.hz));
    const single = alike.filter(({ partnerHz }) => partnerHz === null).length;
    return single * 2 >= alike.length && single > 0 ? { ...tone, partnerHz: null } : tone;
  });
}

function isStandardPitch(hz: number): boolean {
  return hz >= STANDARD_HZ[0] && hz <= STANDARD_HZ[1];
}

/** Where a standard tone was heard, what else sounds at its pitch is a beat of it. */
function withBadBeats(tones: readonly Tone[], others: readonly Note[]): readonly Tone[] {
  const standard = tones.filter(
    ({ hz, partnerHz, from, to, isPlayed }) =>
      hz >= STANDARD_HZ[0] &&
      hz <= STANDARD_HZ[1] &&
      partnerHz === null &&
      to - from > LONG_ENOUGH &&
      !isPlayed,
  );
  if (standard.length === 0) return tones;
  const pitch = median(standard.map(({ hz }) => hz));
  const beats = others.flatMap((note) => alsoBeatOf(pitch, note) ?? []);
  const replaced = new Set(beats.map(({ from }) => from));
  return [...tones.filter(({ from, partnerHz }) => partnerHz === null || !replaced.has(from)), ...beats];
}

function soundTogether(note: Note, other: Note): boolean {
  const both = Math.min(note.to, other.to) - Math.max(note.from, other.from);
  return both > 0.6 * Math.min(note.to - note.from, other.to - other.from);
}

/** Media may begin within a beat, and a player's buffer puts a little silence before it. */
function begun(tones: readonly Tone[]): readonly Tone[] {
  return tones.map((tone, at) =>
    at === 0 && tone.from < FIRST_SECONDS && tone.to - tone.from < WHOLE_BEAT
      ? { ...tone, beginsBefore: true }
      : tone,
  );
}

/** Voices and hum under a tone make lines too, but far below it. */
function withoutMurmur(tones: readonly Tone[]): readonly Tone[] {
  const loudest = tones.reduce((most, { power }) => Math.max(most, power), 0);
  return tones.filter(({ from, to, power }) => power >= loudest * (to - from >= LONG_ENOUGH ? HUM : MURMUR));
}

/** A tone broken by what the line lost is one again. */
function joined(tones: readonly Tone[]): readonly Tone[] {
  const whole: Tone[] = [];
  for (const tone of tones) {
    const last = whole.at(-1);
    if (last !== undefined && belongTogether(last, tone))
      whole[whole.length - 1] = { ...last, to: Math.max(last.to, tone.to), isOpen: tone.isOpen };
    else whole.push(tone);
  }
  return whole;
}

const LONGEST_BREAK = 0.085;

function belongTogether(one: Tone, next: Tone): boolean {
  const gap = next.from - one.to;
  const length = next.to - one.from;
  const isSame = Math.abs(one.hz - next.hz) < 12 && (one.partnerHz === null) === (next.partnerHz === null);
  if (!isSame) return false;
  // The beats of 空号音 are a tenth of a second long and apart.
  if (gap < 0.06) return true;
  return gap < LONGEST_BREAK && length > 0.3 && Math.max(one.to - one.from, next.to - next.from) > 0.2;
}
