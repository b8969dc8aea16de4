/**
 * Clips of what a caller may hear, with their labels by construction. Speech and music come from a library that is given:
 * the sets for tuning and for the last check use other ones.
 */
import type { Chance } from '../support/seeded.ts';
import { between, type Clip, clipOf, type Library } from './labelled-clip.ts';
import { mixedClip, musicClip, programOf, speechClip } from './played-clips.ts';
import { busyPart, changedRingback, ringbackPart, standardRingback } from './ringing-clips.ts';
import { joined, silence } from './sound-maker.ts';
import { foreignClip, noiseClip, otherClip, silentClip, sit, sitClip } from './tone-clips.ts';

function changingClip(chance: Chance, library: Library): Clip {
  const s = (low: number, high: number) => between(chance, low, high);
  const program = chance.pick(['music', 'speech', 'mixed_music_speech'] as const);
  switch (chance.below(9)) {
    case 0:
      return clipOf('ann_rb', 'forward|announcement>ringback', [
        { of: 'speech', sound: programOf('speech', s(2.5, 6), library, chance) },
        ringbackPart(s(6, 14), chance),
      ]);
    case 1:
    case 2:
      return clipOf('music_rb', 'forward|music>ringback', [
        { of: 'music', sound: joined(programOf('music', s(2.5, 9), library, chance), silence(s(0, 0.4))) },
        ringbackPart(s(6, 14), chance),
      ]);
    case 3:
      return clipOf('rb_ann', 'ringback>announcement', [
        ringbackPart(s(5, 15), chance),
        { of: 'speech', sound: programOf('speech', s(4, 8), library, chance) },
      ]);
    case 4:
      return clipOf('rb_ann_rb', 'forward|ringback>announcement>ringback', [
        ringbackPart(s(5, 6), chance),
        { of: 'speech', sound: programOf('speech', s(2.5, 4.5), library, chance) },
        ringbackPart(s(7, 10), chance),
      ]);
    case 5:
      return clipOf('rb_busy', 'ringback>busy', [
        ringbackPart(s(5, 15), chance),
        busyPart(s(4, 6), chance, chance.pick(['busy', 'busy', 'congestion'])),
      ]);
    case 6:
      return clipOf('crbt_rb_start', 'adv-crbt-begins-with-ringback', [
        ringbackPart(chance.next() < 0.5 ? s(1.3, 1.8) : s(4.8, 5.6), chance),
        { of: program, sound: programOf(program, s(6, 14), library, chance) },
      ]);
    case 7:
      return clipOf('ann_busy', 'announcement>busy', [
        { of: 'speech', sound: programOf('speech', s(4, 9), library, chance) },
        busyPart(s(3, 5), chance),
      ]);
    default:
      return clipOf(
        'sit_ann',
        'sit>announcement',
        [
          { of: 'sit', sound: sit(1, chance) },
          { of: 'speech', sound: programOf('speech', s(5, 9), library, chance) },
        ],
        { accept: ['speech', 'sit'] },
      );
  }
}

/** One clip; how often each recipe comes is about what the bench has. */
export function anyClip(chance: Chance, library: Library, recipe: string = chance.pick(RECIPES)): Clip {
  switch (recipe) {
    case 'ringback':
      return standardRingback(chance, chance.next() < 0.25 ? between(chance, 3.1, 6) : undefined);
    case 'ringback_fwd':
      return changedRingback(chance);
    case 'changing':
      return changingClip(chance, library);
    case 'music':
      return musicClip(chance, library);
    case 'speech':
      return speechClip(chance, library);
    case 'mixed':
      return mixedClip(chance, library);
    case 'busy':
    case 'congestion': {
      const part = busyPart(between(chance, 3.1, 14), chance, recipe);
      return clipOf(recipe, '', [part]);
    }
    case 'sit':
      return sitClip(chance);
    case 'foreign':
      return foreignClip(chance);
    case 'other':
      return otherClip(chance);
    case 'silence':
      return silentClip(chance);
    case 'noise':
      return noiseClip(chance);
    default:
      throw new Error(`no recipe ${recipe}`);
  }
}

export const RECIPES = [
  ...Array.from({ length: 4 }, () => 'ringback'),
  ...Array.from({ length: 3 }, () => 'ringback_fwd'),
  ...Array.from({ length: 6 }, () => 'changing'),
  ...Array.from({ length: 4 }, () => 'music'),
  ...Array.from({ length: 3 }, () => 'speech'),
  ...Array.from({ length: 3 }, () => 'mixed'),
  ...['busy', 'congestion', 'sit', 'foreign', 'other', 'silence', 'noise'].flatMap((each) => [each, each]),
];
