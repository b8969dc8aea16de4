/** From tones and windows to what the caller heard, when, and what it means. Pure: the same parts give the same answer. */
import { kindsOf } from './beat-kind.ts';
import {
  type Beat,
  type Cadence,
  type Heard,
  isProgram,
  PROGRAM_SECONDS,
  type SoundClass,
  type SoundEvent,
  type Stretch,
  type Verdict,
} from './heard.ts';
import { dbm0 } from './level.ts';
import type { Parts } from './listener.ts';
import { measuresOf } from './measures.ts';
import { median, partsOf } from './note.ts';
import { type ProgramStretch, programIn } from './program-course.ts';
import { withEdges } from './program-edges.ts';
import { eventsOf, HELD_SECONDS, type KindStretch } from './switch-course.ts';
import { classOf, type ToneKind } from './tone-kind.ts';
import type { Tone } from './tone-rule.ts';

/** Of a sound that is shorter than a few of them: so large a part. */
const PLAYED_PART = 0.4;
/** Coders made for voices spoil what is near their floor: GSM was seen to at −36 dBm0, AMR at −38. */
const FAINT_DBM0 = -33;
/** So loud as its loudest tenth. */
const LOUD_PART = 0.9;
/** Mean square (−57 dBFS, −51 dBm0): quieter is silence, whatever the line adds to it. */
const SILENCE = 2e-6;

/** Seconds of which a beat that still sounds says nothing. */
const BEGUN = 1;

export function judge(parts: Parts): Omit<Heard, 'decidedAt'> {
  const { seconds } = parts;
  const loudest = parts.tones.reduce(
    (most, { power, isPlayed }) => (isPlayed ? most : Math.max(most, power)),
    0,
  );
  const programs = withEdges(programIn(parts.windows, seconds, loudest), parts);
  const tones = parts.tones.filter((tone) => !programs.some((program) => isWithin(tone, program)));
  const stretches = stretchesOf(parts, programs, tones);
  const largest = largestOf(stretches, parts);
  const events = eventsOf(stretches);
  const verdict = verdictOf(stretches, largest);
  const cadence = cadenceOf(stretches, largest);
  return {
    seconds,
    class: largest,
    verdict,
    confidence: confidenceOf(stretches, largest, programs),
    stretches: stretches.map(({ from, to, class: of }) => ({ from, to, class: of })),
    events,
    forwarded: events.some(isForwarding),
    cadence,
    beats: tones.map(beatOf),
    measures: measuresOf(cadence, programs, tones),
  };
}

function isWithin(tone: Tone, { from, to }: ProgramStretch): boolean {
  const inside = Math.min(tone.to, to) - Math.max(tone.from, from);
  return inside > 0.5 * (tone.to - tone.from);
}

function stretchesOf(
  parts: Parts,
  programs: readonly ProgramStretch[],
  tones: readonly Tone[],
): readonly KindStretch[] {
  const stretches: KindStretch[] = [];
  let at = 0;
  for (const program of [...programs, null]) {
    const until = program?.from ?? parts.seconds;
    stretches.push(...between(parts, tones, at, until));
    if (program === null) break;
    const { from, to } = program;
    stretches.push({ from, to, class: program.class, kind: null, tones: [] });
    at = to;
  }
  return stretches.map((stretch, n) =>
    isHeldNote(stretch, stretches[n - 1], stretches[n + 1])
      ? { ...stretch, class: 'music', kind: null, tones: [] }
      : stretch,
  );
}

/** A keyboard that holds a note between others is no exchange of another country. */
function isHeldNote(
  { kind, from, to }: KindStretch,
  before: KindStretch | undefined,
  after: KindStretch | undefined,
): boolean {
  const isOfNoExchangeOfOurs = kind === 'foreign' || kind === 'other' || kind === 'waiting';
  return (
    isOfNoExchangeOfOurs && to - from < HELD_SECONDS && before?.class === 'music' && after?.class === 'music'
  );
}

/** Tones, noise and silence from one stretch of speech or music to the next. */
function between(parts: Parts, all: readonly Tone[], from: number, to: number): readonly KindStretch[] {
  const tones = all.filter((tone) => (tone.from + tone.to) / 2 >= from && (tone.from + tone.to) / 2 < to);
  if (to - from < 0.3 && tones.length === 0) return [];
  const kinds = kindsOf(tones, from, to);
  const runs: { readonly class: SoundClass; kind: ToneKind; tones: Tone[] }[] = [];
  tones.forEach((tone, n) => {
    const kind = kinds[n] ?? 'unclear';
    const of = classOf(kind);
    if (of === null) return;
    const last = runs.at(-1);
    if (last !== undefined && last.class === of) last.tones.push(tone);
    else runs.push({ class: of, kind, tones: [tone] });
  });
  const [first] = runs;
  // A tone that has only begun is no noise, and not known yet.
  if (first === undefined) return tones.length > 0 && parts.seconds < BEGUN ? [] : [quiet(parts, from, to)];
  return runs.map((run, n) => ({
    ...run,
    from: n === 0 ? from : (run.tones[0]?.from ?? from),
    to: runs[n + 1]?.tones[0]?.from ?? to,
  }));
}

function quiet(parts: Parts, from: number, to: number): KindStretch {
  const usual = partsOf(parts.energyBetween(from, to))(0.5);
  return { from, to, class: usual >= SILENCE ? 'noise' : 'silence', kind: null, tones: [] };
}

/**
 * Tones before speech and music, those before noise and silence, when they are as long. A second of a faint sound that is no tone, in a
 * longer silence, is too little to be something played: a coder that is only starting makes that of the one beat it was given.
 */
function largestOf(stretches: readonly KindStretch[], parts: Parts): SoundClass | null {
  const isPlayed = ({ class: of, kind }: KindStretch) => isProgram(of) && kind === null;
  const played = stretches.filter(isPlayed);
  const isShort = lengthOf(played) < Math.min(PROGRAM_SECONDS, parts.seconds * PLAYED_PART);
  const isTooLittle =
    isShort &&
    played.every(({ from, to }) => dbm0(partsOf(parts.energyBetween(from, to))(LOUD_PART)) < FAINT_DBM0);
  const totals = new Map<SoundClass, number>();
  for (const stretch of stretches) {
    const { class: of, from, to } = stretch;
    if (!isTooLittle || !isPlayed(stretch)) totals.set(of, (totals.get(of) ?? 0) + to - from);
  }
  const sounding = [...totals].filter(([of, total]) => of !== 'noise' && of !== 'silence' && total > 0.2);
  const [best] = (sounding.length > 0 ? sounding : [...totals]).toSorted(([, one], [, other]) => other - one);
  return best?.[0] ?? null;
}

/** Ringback after something was played, or a ringback that changed, is another telephone being rung. */
function isForwarding(event: SoundEvent): boolean {
  return event.type !== 'switch' || (event.to === 'ringback_standard' && isProgram(event.frm));
}

/**
 * Seconds: what a voice begins and ends with lies below what is heard of it. An announcement of 1.5 s in front of the ringing of our test
 * bed is heard for 1.46 s.
 */
const SOFT_EDGES = 0.1;

function verdictOf(stretches: readonly KindStretch[], largest: SoundClass | null): Verdict {
  const played = stretches.filter(({ class: of }) => isProgram(of));
  if (lengthOf(played) >= PROGRAM_SECONDS - SOFT_EDGES || (largest !== null && isProgram(largest))) {
    const spoken = lengthOf(played.filter(({ class: of }) => of === 'speech'));
    const isAfterSit = stretches.some(({ class: of }) => of === 'sit');
    if (isAfterSit) return '空号';
    return spoken >= lengthOf(played) / 2 ? '语音提示' : '彩铃';
  }
  if (largest === 'ringback_standard') return '标准回铃音';
  if (largest === 'busy' || largest === 'congestion') return '忙';
  if (largest === 'sit' || stretches.some(({ kind, class: of }) => of === largest && kind === 'vacant'))
    return '空号';
  return '无法判定';
}

function lengthOf(list: readonly Stretch[]): number {
  return list.reduce((sum, { from, to }) => sum + to - from, 0);
}

function confidenceOf(
  stretches: readonly KindStretch[],
  largest: SoundClass | null,
  programs: readonly ProgramStretch[],
): number {
  if (largest === null) return 0;
  if (isProgram(largest)) {
    const same = programs.filter(({ class: of }) => of === largest);
    return rounded(same.reduce((sum, { likelihood }) => sum + likelihood, 0) / Math.max(1, same.length));
  }
  const beats = stretches.filter(({ class: of }) => of === largest).flatMap(({ tones }) => tones);
  if (beats.length === 0) return 0.8;
  const whole = beats.filter(({ beginsBefore, isOpen }) => !beginsBefore && !isOpen).length;
  return rounded(1 - 0.5 ** (1 + whole));
}

function cadenceOf(stretches: readonly KindStretch[], largest: SoundClass | null): Cadence | null {
  const beats = stretches.filter(({ class: of }) => of === largest).flatMap(({ tones }) => tones);
  const [first] = beats;
  if (first === undefined) return null;
  const whole = beats.filter(({ beginsBefore, isOpen }) => !beginsBefore && !isOpen);
  const pauses = beats.slice(1).map((tone, n) => tone.from - (beats[n]?.to ?? tone.from));
  const seconds = (values: readonly number[]) => (values.length === 0 ? null : rounded(median(values)));
  return {
    hz: Math.round(median(beats.map(({ hz }) => hz)) * 10) / 10,
    partnerHz: first.partnerHz === null ? null : Math.round(first.partnerHz * 10) / 10,
    on: seconds(whole.map(({ from, to }) => to - from)),
    off: seconds(pauses),
    dbm0: Math.round(dbm0(median(beats.map(({ power }) => power))) * 10) / 10,
    count: beats.length,
  };
}

function beatOf({ from, to, hz, partnerHz, power }: Tone): Beat {
  return {
    from: rounded(from),
    to: rounded(to),
    hz: Math.round(hz * 10) / 10,
    partnerHz: partnerHz === null ? null : Math.round(partnerHz * 10) / 10,
    dbm0: Math.round(dbm0(power) * 10) / 10,
  };
}

function rounded(value: number): number {
  return Math.round(value * 1_000) / 1_000;
}
