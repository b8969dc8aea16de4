/** Where speech and music begin and end, nearer than the quarter of a second in which they were found. */
import { HOP_SECONDS } from './grid.ts';
import type { Parts } from './listener.ts';
import type { ProgramStretch } from './program-course.ts';
import { LONG_ENOUGH, LONGEST_BEAT, SAME_PITCH_HZ, STANDARD_HZ, type Tone, WHOLE_BEAT } from './tone-rule.ts';

/** Edges moved to where the sound really begins and ends: as far as it stands clear of what the line itself makes. */
export function withEdges(programs: readonly ProgramStretch[], parts: Parts): readonly ProgramStretch[] {
  const moved = programs.map((program) => {
    const least = leastOf(program, parts);
    const inside = Math.min(OVERREACH, program.to - program.from);
    const start = Math.max(0, program.from - REACH);
    const before = [...parts.energyBetween(start, program.from + inside)].reverse();
    const after = parts.energyBetween(program.to - inside, program.to + REACH);
    const sounding = (energies: readonly number[]) => HOP_SECONDS * soundingFrames(energies, least, inside);
    return {
      ...program,
      from: Math.max(0, program.from + inside - sounding(before)),
      to: Math.min(parts.seconds, program.to - inside + sounding(after)),
    };
  });
  const whole = moved.map((program, at) =>
    withoutTones({ ...program, to: Math.min(program.to, moved[at + 1]?.from ?? program.to) }, parts),
  );
  return whole.filter(({ from, to }) => to - from >= SHORTEST);
}

/** Seconds; what is left of a stretch beside tones may be next to nothing. */
const SHORTEST = 0.4;

/**
 * Tones with nothing beside them are not within speech or music, only in the same two seconds. Two of them it takes, or a whole beat of a
 * ringback that was not heard before under what is played: a single one may be heard through a pause of the speech.
 */
function withoutTones(program: ProgramStretch, { tones }: Parts): ProgramStretch {
  const alone = tones.filter(
    ({ share, from, to, partnerHz }) => share >= ALONE && to - from >= LONG_ENOUGH && partnerHz === null,
  );
  let { from, to } = program;
  const before = alone.filter((tone) => tone.from < program.to && tone.from > program.from - NEXT_BEAT);
  const after = alone.filter((tone) => tone.to > program.from && tone.to < program.to + NEXT_BEAT);
  const isNew = (tone: Tone) => isWholeBeat(tone) && !tones.some((other) => isUnder(other, tone, program));
  if (before.length > 1 || before.some(isNew))
    for (const tone of before) if (tone.from < from + NEAR && tone.to > from && tone.to < to) from = tone.to;
  if (after.length > 1 || after.some(isNew))
    for (const tone of after.toReversed())
      if (tone.to > to - NEAR && tone.from < to && tone.from > from) to = tone.from;
  return { ...program, from, to };
}

function isWholeBeat({ hz, from, to, isOpen }: Tone): boolean {
  const [on, isStandard] = [to - from, hz >= STANDARD_HZ[0] && hz <= STANDARD_HZ[1]];
  return isStandard && on >= WHOLE_BEAT && on < LONGEST_BEAT && !isOpen;
}

/** Another beat of the same ringback, while something was played. */
function isUnder(other: Tone, tone: Tone, { from, to }: ProgramStretch): boolean {
  const isSame = other.partnerHz === null && Math.abs(other.hz - tone.hz) < SAME_PITCH_HZ;
  return (
    other !== tone && isSame && other.to - other.from >= LONG_ENOUGH && other.from < to && other.to > from
  );
}

/** Seconds within which a ringback has another beat. */
const NEXT_BEAT = 6.5;
const ALONE = 0.85;
const NEAR = 0.6;

const REACH = 1.2;
/** A window of two seconds finds a sound at its one end: the stretch may begin or end so long beside it. */
const OVERREACH = 1.5;
/** A pause so long ends it. */
const PAUSE_FRAMES = 22;

function leastOf(program: ProgramStretch, parts: Parts): number {
  const inside = parts.energyBetween(program.from, program.to).toSorted((one, other) => one - other);
  const around = parts.energyBetween(program.from - 3, program.to + 3).toSorted((one, other) => one - other);
  const loud = inside[Math.floor(inside.length * 0.8)] ?? 0;
  const floor = around[Math.floor(around.length * 0.1)] ?? 0;
  return Math.max(loud * 0.004, Math.min(loud * 0.25, floor * 5));
}

/** How many frames until it stays below `least`; pauses within the first `inside` seconds, which are part of it, end nothing. */
function soundingFrames(energies: readonly number[], least: number, inside: number): number {
  let last = 0;
  for (let n = 0; n < energies.length; n += 1) {
    if ((energies[n] ?? 0) >= least) last = n + 1;
    else if (n * HOP_SECONDS > inside && n - last > PAUSE_FRAMES) break;
  }
  return last;
}
