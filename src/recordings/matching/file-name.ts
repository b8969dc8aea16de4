/**
 * PURE. What the name of a sound file says. Every name is hostile: FreePBX (16, 17) and home-made dialplans put the
 * caller's number into it unfiltered, so that it is read from the right, where Asterisk wrote the Uniqueid, and what
 * stands before that is never trusted to say whose sound it is.
 *
 * - FreePBX: `<type>-<dest>-<from>-<YYYYMMDD-HHMMSS>-<Uniqueid>.<fmt>` in `YYYY/MM/DD`; conferences the same with three other
 *   words in front; old distributions begin with the date.
 * - MikoPBX: `<Uniqueid>.wav` in `YYYY/MM/DD/HH`, later converted to `.webm`; its system name is `mikopbx`, and a random tail
 *   behind `_` may follow.
 * - plain Asterisk: `<Uniqueid>.wav`.
 * - our snippet: `<Uniqueid>.wav`, `…-before.wav`, and the sides `…-caller.wav`, `…-desk.wav`.
 * - our own AMI recorder: `<Uniqueid>-<ms>.wav`, `…-before.wav`, and the sides `…-caller.wav`, `…-desk.wav`.
 */
import { wallOf } from './wall-clock.ts';

export type NameShape = 'freepbx' | 'uniqueid' | 'ami' | 'ami-side' | 'snippet' | 'recorder' | 'other';

export interface SoundName {
  readonly shape: NameShape;
  /** The Uniqueid where the shape has it, whole, with the system name in front if there is one; null for other names. */
  readonly uniqueid: string | null;
  /** Texts in the name that may be whole Uniqueids; `uniqueid` is one of them. */
  readonly mentioned: readonly string[];
  /** Digits elsewhere in the name that look like one, a caller's perhaps: they can speak against a call, never for one. */
  readonly besides: readonly string[];
  /** Local time of the PBX as if it were UTC, ms; null when the name holds none. */
  readonly wall: number | null;
  /** Texts that may be telephone numbers, in the order of the name. */
  readonly numbers: readonly string[];
  readonly direction: 'inbound' | 'outbound' | null;
  /** FreePBX: what kind of recording it is, the first word of the name (`external`, `q` …). */
  readonly kind: string | null;
  readonly part: 'talk' | 'before-answer';
}

const ENDING =
  /\.(wav|WAV|wav16|wav32|wav48|wav49|gsm|alaw|ulaw|al|ul|pcm|g722|g729|sln|sln16|mp3|ogg|opus|webm)$/;
/** The system name of asterisk.conf is any text; `-`, epoch seconds, `.`, a counter. */
const WHOLE_UNIQUEID = /^(?:[A-Za-z0-9_.-]{1,80}-)?\d{9,11}\.\d{1,10}$/;
const AFTER_TIME = /^(?:(.*)-)?(\d{4})(\d{2})(\d{2})-(\d{2})(\d{2})(\d{2})-(.+)$/;
const AMI = /^(\d{9,11}\.\d{1,10})-(\d{13})(-before|-caller|-desk)?$/;
/** What our snippet writes beside the talk. The system name is of the PBX, and so are the words behind it. */
const SNIPPET = /^((?:[A-Za-z0-9_.-]{1,80}-)?\d{9,11}\.\d{1,10})-(before|caller|desk)$/;
const MIKO_TAIL = /^(mikopbx-\d{9,11}\.\d{1,10})_[A-Za-z0-9]{1,32}$/;
const BARE = /(?<![\d.])\d{9,11}\.\d{1,10}(?![.\d])/g;
const LONGEST_NAME = 255;

/** Whether the name ends like a file of sound. */
export function isSoundName(name: string): boolean {
  return ENDING.test(name);
}

/** The ending of a hostile name, without its dot, if it is one a file of sound has. Asterisk's wav49 is `.WAV`. */
export function soundEndingOf(name: string): string | null {
  return ENDING.exec(name)?.[1] ?? null;
}

/** The path without its ending: the same sound in another format has the same. */
export function withoutEnding(path: string): string {
  return path.replace(ENDING, '');
}

/** Whether a text is a Uniqueid and nothing else. */
export function isUniqueid(text: string): boolean {
  return WHOLE_UNIQUEID.test(text);
}

/** Reads one file name, with or without folders before it and the ending behind. Never throws. */
export function readSoundName(path: string): SoundName {
  const stem = withoutEnding(path.slice(path.lastIndexOf('/') + 1)).slice(-LONGEST_NAME);
  return fromAmi(stem) ?? fromFreePbx(stem) ?? fromUniqueid(stem) ?? fromSnippet(stem) ?? other(stem);
}

function fromAmi(stem: string): SoundName | null {
  const [, uniqueid, , side] = AMI.exec(stem) ?? [];
  if (uniqueid === undefined) return null;
  return {
    ...nothing,
    shape: side === '-caller' || side === '-desk' ? 'ami-side' : 'ami',
    uniqueid,
    mentioned: [uniqueid],
    part: side === '-before' ? 'before-answer' : 'talk',
  };
}

function fromFreePbx(stem: string): SoundName | null {
  // Greedy: the last date and time before the Uniqueid, whatever a caller put in front.
  const found = AFTER_TIME.exec(stem);
  if (found === null) return null;
  const [, rest = '', ...parts] = found;
  const uniqueid = parts[6] ?? '';
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts.slice(0, 6).map(Number);
  const wall = wallOf([year, month, day], [hour, minute, second]);
  if (wall === null || !WHOLE_UNIQUEID.test(uniqueid)) return null;
  return {
    ...nothing,
    shape: 'freepbx',
    uniqueid,
    mentioned: [uniqueid, ...mentionedIn(rest)],
    besides: bareIn(rest),
    wall,
    numbers: numbersIn(rest),
    direction: directionOf(rest),
    kind: kindOf(rest),
  };
}

function fromUniqueid(stem: string): SoundName | null {
  const uniqueid = MIKO_TAIL.exec(stem)?.[1] ?? stem;
  if (!WHOLE_UNIQUEID.test(uniqueid)) return null;
  return {
    ...nothing,
    shape: 'uniqueid',
    uniqueid,
    mentioned: [...new Set([uniqueid, ...mentionedIn(stem)])],
  };
}

/** Any dialplan may name its files so: that the snippet wrote them, only the mode of the line says. */
function fromSnippet(stem: string): SoundName | null {
  const [, uniqueid, what] = SNIPPET.exec(stem) ?? [];
  if (uniqueid === undefined) return null;
  const read = other(stem);
  return {
    ...read,
    shape: 'snippet',
    uniqueid,
    mentioned: [...new Set([uniqueid, ...read.mentioned])],
    part: what === 'before' ? 'before-answer' : 'talk',
  };
}

function other(stem: string): SoundName {
  const mentioned = mentionedIn(stem);
  const bare = mentioned.reduce((text, uniqueid) => text.replace(uniqueid, ''), stem);
  return {
    ...nothing,
    mentioned,
    besides: bareIn(stem),
    wall: wallIn(bare),
    numbers: numbersIn(bare),
    direction: directionOf(bare),
  };
}

const nothing: SoundName = {
  shape: 'other',
  uniqueid: null,
  mentioned: [],
  besides: [],
  wall: null,
  numbers: [],
  direction: null,
  kind: null,
  part: 'talk',
};

/**
 * What may be Uniqueids anywhere in a text. Digits behind `word-` are taken to belong to that system name and are not
 * offered alone: `pbx1-1700000000.12` is not `1700000000.12`. Behind a number (`1001-1700000000.12`) they are.
 */
function mentionedIn(text: string): readonly string[] {
  const found = new Set<string>();
  for (const match of text.matchAll(BARE)) {
    const chain = /[A-Za-z0-9-]*$/.exec(text.slice(Math.max(0, match.index - 80), match.index))?.[0] ?? '';
    if (chain !== '' && !chain.endsWith('-')) continue;
    const words = chain.split('-').slice(0, -1);
    for (let from = 0; from < words.length; from += 1) {
      const name = words.slice(from).join('-');
      if (/[A-Za-z]/.test(name)) found.add(`${name}-${match[0]}`);
    }
    if (!/[A-Za-z]/.test(chain)) found.add(match[0]);
  }
  return [...found];
}

function bareIn(text: string): readonly string[] {
  return [...text.matchAll(BARE)].map(([bare]) => bare);
}

/** A date and a time in a home-made name: `20261123-174527`, `20261123_174527`, `2026-11-23-17-45-27`. */
function wallIn(text: string): number | null {
  const found = /(?<!\d)(\d{4})-?(\d{2})-?(\d{2})[-_ ]?(\d{2})[-_.]?(\d{2})[-_.]?(\d{2})(?!\d)/
    .exec(text)
    ?.slice(1);
  if (found === undefined) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = found.map(Number);
  return wallOf([year, month, day], [hour, minute, second]);
}

const MOST_WORDS = 12;

/** Runs of digits between dashes; a number written with dashes is also read as one. At most a few dozen. */
function numbersIn(rest: string): readonly string[] {
  const words = rest.split(/[-_ ]/).slice(-MOST_WORDS);
  const found = new Set<string>();
  for (let from = 0; from < words.length; from += 1) {
    for (let to = from + 1; to <= Math.min(words.length, from + 3); to += 1) {
      const number = words.slice(from, to).join('');
      if (/^\+?[0-9*#]{3,32}$/.test(number)) found.add(number);
    }
  }
  return [...found];
}

/** FreePBX's first word: `in` and `external` come in, `out` goes out; others (q, rg, internal, conf …) say neither. */
function directionOf(rest: string): SoundName['direction'] {
  const word = kindOf(rest);
  if (word === 'in' || word === 'external') return 'inbound';
  return word === 'out' ? 'outbound' : null;
}

function kindOf(rest: string): string | null {
  return /^[a-z]+(?=-|$)/i.exec(rest)?.[0].toLowerCase() ?? null;
}
