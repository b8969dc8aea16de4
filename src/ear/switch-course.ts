/**
 * What gives way to what, from one stretch of sound to the next. A switch may be a finding, so it is said only where both sides are
 * certain: what is played once it was played for as long as counts, a tone once it has shown its beat.
 */
import { isProgram, PROGRAM_SECONDS, type SoundClass, type SoundEvent, type Stretch } from './heard.ts';
import { changesIn } from './ringback-course.ts';
import { isNearPitch } from './stray-beats.ts';
import type { ToneKind } from './tone-kind.ts';
import { isKeypad, type Tone } from './tone-rule.ts';

/** `kind`: null for what is no tone. */
export interface KindStretch extends Stretch {
  readonly kind: ToneKind | null;
  readonly tones: readonly Tone[];
}

/** No note of a melody is held for longer, seconds; a tone that has no pause is known by that. */
export const HELD_SECONDS = 2.5;

/** In order of time. What changes within a ringback is told here, too. */
export function eventsOf(stretches: readonly KindStretch[]): readonly SoundEvent[] {
  const events: SoundEvent[] = [];
  let last: KindStretch | null = null;
  stretches.forEach((stretch, at) => {
    if (stretch.class === 'ringback_standard') events.push(...changesIn(stretch.tones));
    if (!isCertain(stretches, at)) return;
    if (last !== null && isAnother(last.class, stretch.class))
      events.push({
        t: stretch.tones[0]?.from ?? stretch.from,
        type: 'switch',
        frm: last.class,
        to: stretch.class,
      });
    last = stretch;
  });
  return events.toSorted((one, other) => one.t - other.t);
}

function isCertain(stretches: readonly KindStretch[], at: number): boolean {
  const stretch = stretches[at];
  if (stretch === undefined || isQuiet(stretch)) return false;
  const { class: of, kind, tones } = stretch;
  if (isProgram(of)) return playedAround(stretches, at) >= PROGRAM_SECONDS;
  if (kind === 'standard' || kind === 'sit') return true;
  return tones.some(({ from, to }) => to - from > HELD_SECONDS) || hasBeat(tones, kind);
}

function isQuiet({ class: of }: Stretch): boolean {
  return of === 'silence' || of === 'noise';
}

/** Seconds that are played, pauses left out, until a tone ends it on either side. */
function playedAround(stretches: readonly KindStretch[], at: number): number {
  const isTone = (stretch: Stretch) => !isProgram(stretch.class) && !isQuiet(stretch);
  const first = stretches.slice(0, at).findLastIndex(isTone) + 1;
  const next = stretches.findIndex((stretch, n) => n > at && isTone(stretch));
  return stretches
    .slice(first, next < 0 ? undefined : next)
    .filter(({ class: of }) => isProgram(of))
    .reduce((sum, { from, to }) => sum + to - from, 0);
}

/**
 * A beat is known when it comes again; of one alone nobody can say that it is no note of a melody. 空号音 has three short beats before its long
 * one.
 */
function hasBeat(tones: readonly Tone[], kind: ToneKind | null): boolean {
  const times = kind === 'vacant' ? 3 : 2;
  return tones.some((tone) => tones.filter((other) => isAlike(tone, other)).length >= times);
}

function isAlike(one: Tone, other: Tone): boolean {
  return isNearPitch(one, other) || (isKey(one) && isKey(other));
}

function isKey({ hz, partnerHz }: Tone): boolean {
  return partnerHz !== null && isKeypad(hz, partnerHz);
}

/** Music with speech holds either of them: nothing new begins with it. */
function isAnother(last: SoundClass, next: SoundClass): boolean {
  if (last === next) return false;
  const isPart = isProgram(last) && isProgram(next);
  return !(isPart && (last === 'mixed_music_speech' || next === 'mixed_music_speech'));
}
