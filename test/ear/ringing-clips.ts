/** The standard ringback anywhere in its tolerance, also changed on its way, and busy. */
import type { Chance } from '../support/seeded.ts';
import { between, type Clip, clipOf, LOUD, type Part, type TruthEvent } from './labelled-clip.ts';
import { gauss } from './noise-maker.ts';
import { beats, joined, RATE, type Sound, silence, type ToneSpec } from './sound-maker.ts';

interface Ringing {
  readonly hz: number;
  readonly on: number;
  readonly off: number;
  readonly spec: ToneSpec;
}

/** Anywhere in the tolerance: 450 ± 25 Hz, 1 s and 4 s ± 10 %. */
export function ringing(chance: Chance): Ringing {
  const hz =
    chance.next() < 0.7
      ? 450 + Math.max(-24.5, Math.min(24.5, 9 * gauss(chance)))
      : between(chance, 425.5, 474.5);
  return {
    hz,
    on: between(chance, 0.9, 1.1),
    off: between(chance, 3.6, 4.4),
    spec: single(hz, chance.pick([0, 0, 0.03, 0.08])),
  };
}

export function single(hz: number, distortion = 0): ToneSpec {
  return { lines: [{ hz, weight: 1 }], amplitude: LOUD * Math.SQRT2, distortion };
}

export function ringbackOf(
  seconds: number,
  ring: Ringing,
  chance: Chance,
  begins: 'with a beat' | 'anywhere',
): Sound {
  const { on, off, spec } = ring;
  const skip = begins === 'with a beat' ? 0 : on * chance.next() * 0.7;
  const sound = beats(seconds, [on, off], spec, skip);
  const pause = begins === 'with a beat' ? 0 : Math.max(0, between(chance, -0.6, 0.4));
  return pause === 0 ? sound : joined(silence(pause), sound).slice(0, Math.round(seconds * RATE));
}

export function standardRingback(chance: Chance, seconds = between(chance, 3.2, 23)): Clip {
  const ring = ringing(chance);
  const of = 'ringback_standard';
  return clipOf('ringback', 'clean-cadence', [
    { of, sound: ringbackOf(seconds, ring, chance, chance.next() < 0.6 ? 'with a beat' : 'anywhere') },
  ]);
}

export function changedRingback(chance: Chance): Clip {
  const ring = ringing(chance);
  const kind = chance.pick([
    'restart_short',
    'restart_long',
    'tone+restart',
    'level',
    'level+restart',
  ] as const);
  const rounds = 1 + chance.below(3);
  const lead = between(chance, 0, 0.4);
  const period = ring.on + ring.off;
  const whole = rounds * period;
  let gap = ring.off;
  if (kind === 'restart_short' || kind === 'tone+restart' || kind === 'level+restart')
    gap = between(chance, 0.8, ring.off - 0.7);
  if (kind === 'restart_long') gap = between(chance, 5.1, 7.5);
  const change = (chance.next() < 0.5 ? -1 : 1) * between(chance, 12, 23);
  const hz =
    kind === 'tone+restart'
      ? ring.hz + change > 474 || ring.hz + change < 426
        ? ring.hz - change
        : ring.hz + change
      : ring.hz;
  const db = kind.startsWith('level') ? (chance.next() < 0.5 ? -1 : 1) * between(chance, 6, 13) : 0;
  const after = { ...single(hz, ring.spec.distortion), amplitude: LOUD * Math.SQRT2 * 10 ** (db / 20) };
  const t = lead + whole - ring.off + gap;
  const events: TruthEvent[] = [];
  if (kind !== 'level') events.push({ t, type: 'restart' });
  if (kind === 'tone+restart') events.push({ t, type: 'tone_change' });
  if (db !== 0) events.push({ t, type: 'level_change' });
  const first = beats(whole - ring.off, [ring.on, ring.off], ring.spec);
  const rest = beats(between(chance, 4, 11), [ring.on, ring.off], after);
  const sound = joined(silence(lead), first, silence(gap), rest);
  return clipOf('ringback_fwd', `forward|${kind}`, [{ of: 'ringback_standard', sound, events }]);
}

export function ringbackPart(seconds: number, chance: Chance): Part {
  return { of: 'ringback_standard', sound: ringbackOf(seconds, ringing(chance), chance, 'with a beat') };
}

export function busyPart(seconds: number, chance: Chance, of: 'busy' | 'congestion' = 'busy'): Part {
  const base = of === 'busy' ? 0.35 : 0.7;
  const on = base * between(chance, 0.9, 1.1);
  const pattern = [on, base * between(chance, 0.9, 1.1)];
  return { of, sound: beats(seconds, pattern, single(pitch(chance)), on * chance.next()) };
}

export function pitch(chance: Chance): number {
  return between(chance, 426, 474);
}
