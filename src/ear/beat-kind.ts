/** What the beats of a tone are beats of, by their length, their pauses and their pitch. */
import { gapBetween, withoutStrays } from './stray-beats.ts';
import type { ToneKind } from './tone-kind.ts';
import { isKeypad, LONGEST_BEAT, STANDARD_HZ, type Tone, WHOLE_BEAT } from './tone-rule.ts';

/** The kind of each tone. `end`: seconds heard; `start`: where the quiet before the first one began. */
export function kindsOf(tones: readonly Tone[], start: number, end: number): readonly ToneKind[] {
  const alone = tones.map((_, at) => kindAlone(tones, at, start, end));
  const beside = alone.map((kind, at) => besideOthers(tones, alone, at, kind));
  const kinds = unbroken(withoutStrays(tones, beside));
  return isTune(tones, kinds) ? kinds.map(() => 'tune' as const) : kinds;
}

const SHORTEST_PAUSE = 3.45;
/** What is played begins where the beat ends: it cut it off. */
const CUT_SECONDS = 0.15;

interface Around {
  readonly on: number;
  /** Pauses before and after; null: the sound began or ended there, so that it was at least `quietBefore` … long. */
  readonly before: number | null;
  readonly after: number | null;
  readonly quietBefore: number;
  readonly quietAfter: number;
}

function around(tones: readonly Tone[], at: number, start: number, end: number): Around {
  const tone = tones[at];
  const [last, next] = [tones[at - 1], tones[at + 1]];
  if (tone === undefined) return { on: 0, before: null, after: null, quietBefore: 0, quietAfter: 0 };
  return {
    on: tone.to - tone.from,
    before: last === undefined || isSeam(last, tone) ? null : tone.from - last.to,
    after: next === undefined || isSeam(tone, next) ? null : next.from - tone.to,
    quietBefore: tone.from - (last?.to ?? start),
    quietAfter: (next?.from ?? end) - tone.to,
  };
}

/** One tone takes over from another of a different pitch: what lies between them is a pause of neither. */
function isSeam(one: Tone, next: Tone): boolean {
  if (one.partnerHz !== null || next.partnerHz !== null) return false;
  return next.from - one.to < CUT_SECONDS && Math.abs(one.hz - next.hz) >= OTHER_PITCH_HZ;
}

const OTHER_PITCH_HZ = 8;

function kindAlone(tones: readonly Tone[], at: number, start: number, end: number): ToneKind {
  const tone = tones[at];
  if (tone === undefined) return 'unclear';
  if (tone.isPlayed) return 'tune';
  const place = around(tones, at, start, end);
  const isKey = isOfKeypad(tone);
  if (!isKey && sitStep(tone.hz) !== null && place.on < 0.5 && isOfSit(tones, at)) return 'sit';
  if (isKey && place.on < SHORTEST_KEY && !tones.some((other) => other !== tone && isOfKeypad(other)))
    return 'unclear';
  if (tone.partnerHz !== null) return pairKind(tone, place);
  if (tone.hz < STANDARD_HZ[0] || tone.hz > STANDARD_HZ[1]) return otherSingle(tone, place);
  return standardPitch(tone, place);
}

/** A single one so short is a voice that happens to have both lines. */
const SHORTEST_KEY = 0.1;

function isOfKeypad({ hz, partnerHz }: Tone): boolean {
  return partnerHz !== null && isKeypad(hz, partnerHz);
}

/** 450 Hz: the beat tells. */
function standardPitch(tone: Tone, { on, before, after, quietBefore, quietAfter }: Around): ToneKind {
  const isCut = tone.beginsBefore || tone.isOpen || (after === null && quietAfter < CUT_SECONDS);
  const pause = Math.min(before ?? Number.POSITIVE_INFINITY, after ?? Number.POSITIVE_INFINITY);
  const quiet = Math.max(tone.isOpen ? 0 : quietAfter, tone.beginsBefore ? 0 : quietBefore);
  if (on > 1.3) return on > 1.9 || tone.isOpen ? 'dial' : 'foreign';
  // 1.5 s and 3 s of Spain: longer than ours, and the pause shorter.
  if (on > LONGEST_BEAT && pause < SHORTEST_PAUSE) return 'foreign';
  if (on >= WHOLE_BEAT) return pause < 0.3 && on < 0.9 ? 'congestion' : 'standard';
  if (isCut) {
    // A pause of a Russian ringback (0.8 s, 3.2 s) is shorter than any of ours.
    if (pause > 2.8 && pause < SHORTEST_PAUSE) return on >= 0.7 ? 'foreign' : 'unclear';
    if (pause > 2 && quiet > 1) return 'standard';
    if (pause < 0.28) return 'vacant';
    if (pause < 0.5) return 'busy';
    if (pause < 1.1) return 'congestion';
    return quiet >= 1.1 ? 'standard' : 'unclear';
  }
  if (on >= 0.55) {
    if (pause <= 1) return 'congestion';
    if (on >= 0.7 && Math.max(before ?? 0, after ?? 0) < SHORTEST_PAUSE) return 'foreign';
    return quiet >= 1.2 ? (on >= 0.8 ? 'standard' : 'unclear') : 'unclear';
  }
  if (on >= 0.24) {
    if (pause < 0.15) return 'vacant';
    if (pause <= 0.62) return 'busy';
    if (quiet >= 2.5) return 'waiting';
    return 'unclear';
  }
  return pause < 0.3 ? 'vacant' : 'unclear';
}

/** Two lines: DTMF by its grid, else a ringback or busy tone of another country. */
function pairKind(tone: Tone, { on, before, after }: Around): ToneKind {
  const [low, high] = [Math.min(tone.hz, tone.partnerHz ?? 0), Math.max(tone.hz, tone.partnerHz ?? 0)];
  if (isKeypad(low, high) || high > 900) return 'other';
  const pause = Math.min(before ?? 9, after ?? 9);
  // Double rings have a long pause on one side.
  if (on < 0.35 && Math.max(before ?? 9, after ?? 9) < 0.35) return 'congestion';
  if (on >= 0.42 && on <= 0.6 && pause >= 0.42 && pause <= 0.6) return 'busy';
  if (on > 3.2) return 'other';
  return 'foreign';
}

/** Another single tone: some countries ring so. */
function otherSingle(tone: Tone, { on, quietBefore, quietAfter }: Around): ToneKind {
  const isLow = tone.hz >= 370 && tone.hz <= 520;
  if (isLow && on >= 0.3 && on <= 2.2 && Math.max(quietBefore, quietAfter) >= 1.8) return 'foreign';
  return 'other';
}

/** A beat that says little by itself is what its neighbours are. */
function besideOthers(
  tones: readonly Tone[],
  kinds: readonly ToneKind[],
  at: number,
  kind: ToneKind,
): ToneKind {
  const tone = tones[at];
  if (tone === undefined) return kind;
  const last = kinds[at - 1];
  // Of a beat that has only begun little can be measured.
  if (
    tone.isOpen &&
    tone.to - tone.from < 0.3 &&
    last !== undefined &&
    Math.abs((tones[at - 1]?.hz ?? 0) - tone.hz) < 35
  )
    return last;
  const near = [at - 1, at + 1].filter((other) => {
    const one = tones[other];
    return (
      one !== undefined &&
      !(other < at ? isSeam(one, tone) : isSeam(tone, one)) &&
      Math.abs(one.hz - tone.hz) < 30 &&
      (one.partnerHz === null) === (tone.partnerHz === null)
    );
  });
  if (
    kind === 'busy' &&
    near.some((other) => kinds[other] === 'vacant' && gapBetween(tones, at, other) < 0.55)
  )
    return 'vacant';
  const told = near
    .filter((other) => kinds[other] !== 'unclear' && isSurer(tones[other], tone, kind))
    .toSorted((one, other) => gapBetween(tones, at, one) - gapBetween(tones, at, other));
  const [best] = told.map((other) => kinds[other]);
  return best === undefined || told.some((other) => kinds[other] === kind) ? kind : best;
}

/** Whether a neighbour says more than a beat that was cut off, or that says nothing. */
function isSurer(other: Tone | undefined, tone: Tone, kind: ToneKind): boolean {
  if (other === undefined) return false;
  if (kind === 'unclear') return true;
  if (kind === 'standard' && tone.to - tone.from >= WHOLE_BEAT) return false;
  if (!tone.isOpen && !tone.beginsBefore) return false;
  return other.beginsBefore ? tone.isOpen : !other.isOpen;
}

/** Where 空号音 was heard three times, its long beats are no busy tone, whatever beat was missed beside them. */
function unbroken(kinds: readonly ToneKind[]): readonly ToneKind[] {
  if (kinds.filter((kind) => kind === 'vacant').length < 3) return kinds;
  return kinds.map((kind) => (kind === 'busy' || kind === 'unclear' || kind === 'waiting' ? 'vacant' : kind));
}

/** ITU-T E.180: 950, 1400 and 1800 Hz, each 330 ms, one right after the other. */
function sitStep(hz: number): number | null {
  const steps = [
    [890, 1_010],
    [1_330, 1_460],
    [1_730, 1_850],
  ] as const;
  const step = steps.findIndex(([low, high]) => hz >= low && hz <= high);
  return step < 0 ? null : step;
}

function isOfSit(tones: readonly Tone[], at: number): boolean {
  const tone = tones[at];
  if (tone === undefined) return false;
  return [at - 1, at + 1].some((other) => {
    const one = tones[other];
    if (one === undefined || sitStep(one.hz) === null || sitStep(one.hz) === sitStep(tone.hz)) return false;
    return gapBetween(tones, at, other) < 1.3;
  });
}

/** Three pitches or more, none of them a keypad's or an exchange's. */
function isTune(tones: readonly Tone[], kinds: readonly ToneKind[]): boolean {
  const pitches: number[] = [];
  tones.forEach((tone, at) => {
    const kind = kinds[at];
    const isKeypad = kind === 'other' && tone.partnerHz !== null;
    if (kind === 'sit' || isKeypad) return;
    if (!pitches.some((hz) => Math.abs(hz - tone.hz) < hz * 0.04)) pitches.push(tone.hz);
  });
  return pitches.length >= 3;
}
