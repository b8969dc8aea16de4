/** Each rule with what was measured for it: what a person needs to see to believe the verdict, or not to. */
import type { Cadence, RuleMeasure } from './heard.ts';
import type { ProgramStretch } from './program-course.ts';
import type { Tone } from './tone-rule.ts';

/** GB/T 3380: 450 ± 25 Hz, 1 s and 4 s ± 10 %; −10 ± 3 dBm0 sent, less on the way. */
const RULES = {
  frequency: [425, 475],
  on: [0.9, 1.1],
  off: [3.6, 4.4],
  level: [-40, 0],
  purity: [null, -16],
  beats: [2, null],
  'program-seconds': [null, 1.5],
  'program-likelihood': [null, 0.5],
} as const;

export function measuresOf(
  cadence: Cadence | null,
  programs: readonly ProgramStretch[],
  tones: readonly Tone[],
): readonly RuleMeasure[] {
  const harmonics = tones.length === 0 ? null : Math.max(...tones.map((tone) => tone.harmonics));
  const played = programs.reduce((sum, { from, to }) => sum + to - from, 0);
  const likeliest = programs.reduce((most, { likelihood }) => Math.max(most, likelihood), 0);
  return [
    measure('frequency', cadence?.hz ?? null),
    measure('on', cadence?.on ?? null),
    measure('off', cadence?.off ?? null),
    measure('level', cadence?.dbm0 ?? null),
    measure('purity', harmonics),
    measure('beats', cadence?.count ?? 0),
    measure('program-seconds', played),
    measure('program-likelihood', likeliest),
  ];
}

function measure(rule: RuleMeasure['rule'], value: number | null): RuleMeasure {
  const [low, high] = RULES[rule];
  const holds = value !== null && (low === null || value >= low) && (high === null || value <= high);
  return { rule, value: value === null ? null : Math.round(value * 1_000) / 1_000, low, high, holds };
}
