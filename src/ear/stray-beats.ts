/** Beats that fit nowhere, and what they are by those beside them. */
import type { ToneKind } from './tone-kind.ts';
import { type Tone, WHOLE_BEAT } from './tone-rule.ts';

/**
 * One or two odd beats are what the beats beside them are: a beat that lost packets, or that an exchange began or ended in its
 * middle. Taken for themselves they were a switch to another tone and back, or a ringback that began anew.
 */
export function withoutStrays(tones: readonly Tone[], kinds: readonly ToneKind[]): readonly ToneKind[] {
  const whole = [...kinds];
  for (let at = 0; at < whole.length; at += 1) {
    for (const count of [1, 2]) {
      const strays = tones.slice(at, at + count);
      const kind = strays.every((tone, n) => mayBeStray(tone, whole[at + n]))
        ? kindBeside(tones, whole, at, count)
        : null;
      if (kind === null) continue;
      // A ringback has no beat between its beats: one that fits nowhere is not counted.
      whole.fill(kind === 'standard' ? 'unclear' : kind, at, at + count);
      break;
    }
  }
  return whole;
}

function mayBeStray(tone: Tone, kind: ToneKind | undefined): boolean {
  return kind !== 'sit' && kind !== 'tune' && !(kind === 'standard' && tone.to - tone.from >= WHOLE_BEAT);
}

/** What stands on both sides of these beats, or follows one of them at once and goes on; null: neither. */
function kindBeside(
  tones: readonly Tone[],
  kinds: readonly ToneKind[],
  at: number,
  count: number,
): ToneKind | null {
  const [before, after] = [kinds[at - 1], kinds[at + count]];
  const own = kinds.slice(at, at + count);
  if (after === undefined || own.every((kind) => kind === after)) return null;
  if (after === 'unclear' || !isNearPitch(tones[at + count - 1], tones[at + count])) return null;
  if (before === after && isNearPitch(tones[at - 1], tones[at])) return after;
  const goesOn = kinds.slice(at + 1, at + 1 + GOES_ON).every((kind) => kind === after);
  const isAtOnce = gapBetween(tones, at, at + 1) < Math.min(1, gapBetween(tones, at - 1, at));
  return count === 1 && before !== undefined && goesOn && at + GOES_ON < kinds.length && isAtOnce
    ? after
    : null;
}

/** Beats after which a tone is no mistake any more. */
const GOES_ON = 3;
const NEAR_HZ = 35;

/** Whether one of the lines of the one is near one of the other. */
export function isNearPitch(one: Tone | undefined, other: Tone | undefined): boolean {
  if (one === undefined || other === undefined) return false;
  const lines = ({ hz, partnerHz }: Tone) => (partnerHz === null ? [hz] : [hz, partnerHz]);
  return lines(one).some((hz) => lines(other).some((near) => Math.abs(hz - near) < NEAR_HZ));
}

/** Seconds from the end of the earlier one to the beginning of the later one. */
export function gapBetween(tones: readonly Tone[], one: number, other: number): number {
  const [first, second] = [tones[Math.min(one, other)], tones[Math.max(one, other)]];
  return (second?.from ?? 0) - (first?.to ?? 0);
}
