/**
 * Tones that the network makes, told from notes that a musician or a voice makes: one or two steady lines, no harmonics,
 * switched on and off.
 */
import type { BandBeat } from './band-beats.ts';
import { decibels } from './level.ts';
import type { LongLook } from './long-look.ts';
import { type Note, SHORT } from './note.ts';

/** One beat of a tone. */
export interface Tone {
  readonly from: number;
  readonly to: number;
  readonly beginsBefore: boolean;
  readonly isOpen: boolean;
  readonly hz: number;
  readonly partnerHz: number | null;
  /** Mean square of all its lines. */
  readonly power: number;
  readonly share: number;
  /** Spread of its level, dB. */
  readonly ripple: number;
  /** All harmonics against it, dB. */
  readonly harmonics: number;
  /** As steady as a tone and as rich as a note: a keyboard, not an exchange. */
  readonly isPlayed: boolean;
}

/** Exchange tones of China: 450 ± 25 Hz (GB/T 3380); two more for what the measurement misses. */
export const STANDARD_HZ = [423, 477] as const;

/** The shortest that is certainly a whole beat of a ringback, seconds. */
export const WHOLE_BEAT = 0.86;
/** And the longest that is one: 1 s + 10 %, 20 ms of the measurement, and 60 ms that may have been mended behind it. */
export const LONGEST_BEAT = 1.18;

const SHORTEST = 0.05;
/** A partner this far below is a by-product of the coder, not a second tone. */
const PARTNER_DB = -14;
/** Nearer (AMR makes such) it is an unsteady line, not a second one. */
const APART_HZ = 14;
const LEAST_SHARE = 0.5;
const LEAST_SHARE_SHORT = 0.8;
/** A standard tone may have speech over it. */
const LEAST_SHARE_STANDARD = 0.04;
export const LONG_ENOUGH = 0.25;
/** Beats of one exchange are nearer to each other. */
export const SAME_PITCH_HZ = 5;
const MOST_RIPPLE = 3.2;
const MOST_SWELL = 3;
/** So pure a line at the standard pitch may wander in level: AMR at 12.2 kbit/s makes it do so by a dozen decibels. */
const PURE_SHARE = 0.9;
const MOST_HARMONICS = -16;
/** AMR was seen to take nine decibels from such a line and nothing from the harmonics that an exchange may have at −21 dB. */
const MOST_HARMONICS_OF_PURE = -12;
/** No exchange has a tone so low; hum has. */
const LOWEST_HZ = 375;
const LEAST_CONCENTRATION = 0.75;

/** The tone that a note is, with the notes that sound together with it; null: it is none. */
export function toneOf(note: Note, together: readonly Note[]): Tone | null {
  const seconds = note.to - note.from;
  if (seconds < SHORTEST) return null;
  const { look } = note;
  const hz = look?.hz ?? note.hz;
  const key = together.find((other) => isKeypad(note.hz, other.hz));
  const partner =
    key === undefined ? partnerOf(note, together) : { hz: key.hz, db: decibels(key.power / note.power) };
  if (hz < LOWEST_HZ || (partner !== null && partner.hz < LOWEST_HZ && isOfMains(hz))) return null;
  const isStandard = hz >= STANDARD_HZ[0] && hz <= STANDARD_HZ[1] && partner === null;
  const share = Math.max(
    note.share +
      together.reduce((sum, other) => sum + (isHarmonic(hz, other.hz) ? 0 : other.share), 0) *
        (partner === null ? 0 : 1),
    (look?.share ?? 0) * (1 + (partner === null ? 0 : 10 ** (partner.db / 10))),
  );
  const isLong = seconds >= LONG_ENOUGH;
  if (!isLong && (share < LEAST_SHARE_SHORT || (partner !== null && !isKeypad(hz, partner.hz)))) return null;
  if (share < (isStandard && isLong ? LEAST_SHARE_STANDARD : LEAST_SHARE)) return null;
  const isPure = partner === null && look !== null && isPureStandard(look);
  const slack = seconds < SHORT || isPure ? 2 : 1;
  if (
    note.ripple > MOST_RIPPLE * slack * (partner === null ? 1 : 2) ||
    Math.abs(note.swell) > MOST_SWELL * slack
  )
    return null;
  // Through a short window a key's upper line looks like a harmonic of the lower one.
  const harmonics =
    look === null || key !== undefined
      ? -60
      : decibels(look.harmonics.reduce((sum, db) => sum + 10 ** (db / 10), 0));
  const isRich = harmonics > MOST_HARMONICS && !isCutOff(look?.harmonics ?? []);
  const isPlayed = isRich && look !== null && isNoteOfKeyboard(note, look);
  if (isRich && !isPlayed && !(isPure && harmonics <= MOST_HARMONICS_OF_PURE)) return null;
  if (isLong && look !== null && !isPlayed) {
    const near = partner !== null && Math.abs(partner.hz - hz) < 60 ? 1 + 10 ** (partner.db / 10) : 1;
    if (look.concentration * near < LEAST_CONCENTRATION) return null;
  }
  const { from, to, beginsBefore, isOpen } = note;
  const power = note.power * (partner === null ? 1 : 1 + 10 ** (partner.db / 10));
  return {
    from,
    to,
    beginsBefore,
    isOpen,
    hz,
    partnerHz: partner?.hz ?? null,
    power,
    share,
    ripple: note.ripple,
    harmonics,
    isPlayed,
  };
}

function partnerOf(
  note: Note,
  together: readonly Note[],
): { readonly hz: number; readonly db: number } | null {
  const seen = note.look?.partner ?? null;
  if (seen !== null && seen.db >= PARTNER_DB && Math.abs(seen.hz - note.hz) >= APART_HZ) return seen;
  if (note.look !== null) return null;
  const other = together
    .filter(({ hz }) => !isHarmonic(note.hz, hz))
    .toSorted((one, two) => two.power - one.power)[0];
  if (other === undefined) return null;
  const db = 10 * Math.log10(other.power / note.power);
  return db >= PARTNER_DB ? { hz: other.hz, db } : null;
}

/** Next to nothing but a line at the pitch of our exchanges. */
function isPureStandard({ hz, share }: LongLook): boolean {
  return hz >= STANDARD_HZ[0] && hz <= STANDARD_HZ[1] && share >= PURE_SHARE;
}

/** Nothing but this note sounds, and its pitch and level stand as no voice's do. */
function isNoteOfKeyboard(note: Note, look: LongLook): boolean {
  const all = look.share * (1 + look.harmonics.reduce((sum, db) => sum + 10 ** (db / 10), 0));
  return note.to - note.from >= LONG_ENOUGH && note.ripple < 1 && Math.abs(note.swell) < 1 && all > 0.85;
}

/** 420 Hz is the seventh harmonic of a mains of 60 Hz; its others are there, too. */
function isOfMains(hz: number): boolean {
  return (
    hz < HIGHEST_OF_MAINS && [50, 60].some((mains) => Math.abs(hz - mains * Math.round(hz / mains)) < 1.5)
  );
}

const HIGHEST_OF_MAINS = 424;

/** A key of a telephone: ITU-T Q.23, whose pairs may be 1.8 % off. */
export function isKeypad(one: number, other: number): boolean {
  const [low, high] = [Math.min(one, other), Math.max(one, other)];
  const isNear = (hz: number) => (grid: number) => Math.abs(hz - grid) < grid * 0.022;
  return [697, 770, 852, 941].some(isNear(low)) && [1_209, 1_336, 1_477, 1_633].some(isNear(high));
}

function isHarmonic(hz: number, other: number): boolean {
  const times = Math.round(other / hz);
  return times >= 2 && Math.abs(other - times * hz) < 12;
}

/**
 * A sine cut off at the end of the scale: odd harmonics, which fall faster than those of a square wave (−9.5 and −14 dB), the
 * sound of a cheap keyboard.
 */
function isCutOff([second = 0, third = 0, fourth = 0, fifth = 0]: readonly number[]): boolean {
  return second < -18 && third < -11.3 && fourth < -22 && fifth < -19;
}

/**
 * A beat of a tone whose pitch other beats told, though the line treated it badly: a coder that is only starting, noise, a
 * partner that is none. Null: it is none of them.
 */
export function alsoBeatOf(hz: number, note: Note): Tone | null {
  const { from, to, beginsBefore, isOpen, look, share, power, ripple } = note;
  const isBeat =
    look !== null &&
    to - from >= LONG_ENOUGH &&
    look.share >= LEAST_SHARE &&
    look.concentration >= LEAST_SHARE;
  if (!isBeat || Math.abs(look.hz - hz) > SAME_HZ || Math.max(...look.harmonics) > MOST_HARMONICS_OF_BEAT)
    return null;
  const harmonics = Math.max(...look.harmonics);
  return {
    from,
    to,
    beginsBefore,
    isOpen,
    hz: look.hz,
    partnerHz: null,
    power,
    share,
    ripple,
    harmonics,
    isPlayed: false,
  };
}

const SAME_HZ = 8;
const MOST_HARMONICS_OF_BEAT = -11;

/** A beat that was heard as a whole: one line, or two that beat, and next to nothing else. Null: it is none. */
export function toneOfBand({ from, to, beginsBefore, isOpen, power, look }: BandBeat): Tone | null {
  const { partner } = look;
  const isPair =
    partner !== null &&
    partner.db >= PARTNER_DB &&
    Math.abs(partner.hz - look.hz) >= APART_HZ &&
    partner.hz >= LOWEST_HZ;
  const near = isPair && Math.abs(partner.hz - look.hz) < 60 ? 1 + 10 ** (partner.db / 10) : 1;
  const harmonics = decibels(look.harmonics.reduce((sum, db) => sum + 10 ** (db / 10), 0));
  if (
    look.concentration * near < LEAST_CONCENTRATION_OF_BAND ||
    (harmonics > (isPureStandard(look) ? MOST_HARMONICS_OF_PURE : MOST_HARMONICS) &&
      !isCutOff(look.harmonics)) ||
    look.hz < LOWEST_HZ
  )
    return null;
  const partnerHz = isPair ? partner.hz : null;
  return {
    from,
    to,
    beginsBefore,
    isOpen,
    hz: look.hz,
    partnerHz,
    power,
    share: 0.8,
    ripple: 0,
    harmonics,
    isPlayed: false,
  };
}

const LEAST_CONCENTRATION_OF_BAND = 0.45;
