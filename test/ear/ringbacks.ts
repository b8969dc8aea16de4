/** Standard ringbacks over the whole tolerance, and what the ear makes of them: for `npm test` and the soak. */
import { createEar } from '../../src/ear/ear.ts';
import type { Heard } from '../../src/ear/heard.ts';
import { type Codec, type LineSpec, ontoLine, overLines } from '../bench/ear/degrade.ts';
import { seeded } from '../support/seeded.ts';
import { between } from './labelled-clip.ts';
import { type NoiseColour, noise } from './noise-maker.ts';
import { standardRingback } from './ringing-clips.ts';
import type { Sound } from './sound-maker.ts';

export interface Ringback {
  readonly name: string;
  readonly line: LineSpec;
  readonly sound: Sound;
}

/** Noise at 15 to 40 dB, loss to 5 %, −7 to −40 dBm0, every coder of the list. */
export function ringbacks(
  seed: string,
  from: number,
  count: number,
  codecs: readonly Codec[],
  longest = 12,
): readonly Ringback[] {
  const made = Array.from({ length: count }, (_, n) => {
    const at = from + n;
    const chance = seeded(`${seed}/${at}`);
    const clip = standardRingback(chance, between(chance, 3.2, longest));
    const line: LineSpec = {
      dbm0: between(chance, -40, -7),
      noise: chance.pick<NoiseColour | 'babble' | null>([
        null,
        'white',
        'pink',
        'hum',
        'line',
        'comfort',
        'babble',
      ]),
      snrDb: between(chance, 15, 40),
      codec: codecs[at % codecs.length] ?? 'alaw',
      isTwice: chance.next() < 0.2,
      loss: chance.next() < 0.5 ? between(chance, 0, 0.05) : 0,
      filling: chance.pick(['zero', 'repeat'] as const),
      dc: chance.next() < 0.2 ? between(chance, -0.03, 0.03) : 0,
      clip: chance.next() < 0.15 ? between(chance, 0.5, 0.9) : null,
    };
    const voices = (seconds: number) => noise(seconds, 'murmur', chance);
    return { name: `${seed}/${at}`, line, chance, sound: ontoLine(clip, line, voices, chance) };
  });
  const heard = overLines(made);
  return made.map(({ name, line }, n) => ({ name, line, sound: heard[n] ?? new Float32Array() }));
}

/** In packets of 20 ms, as they come. */
export function listenTo(sound: Sound): Heard {
  const ear = createEar();
  for (let from = 0; from < sound.length; from += 160) ear.take(sound.subarray(from, from + 160));
  return ear.finish();
}

export function isFalseAlarm({ verdict, class: of }: Heard): boolean {
  return (
    verdict === '彩铃' ||
    verdict === '语音提示' ||
    of === 'music' ||
    of === 'mixed_music_speech' ||
    of === 'speech'
  );
}
