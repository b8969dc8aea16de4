import { expect, it } from 'vitest';
import { isAudible } from '../../src/ear/program-course.ts';
import type { Window } from '../../src/ear/window.ts';

/** Two seconds of a beat at −36 dBm0, with something 13 dB below it; that of GSM is there only while the beat sounds. */
const BEAT: Window = {
  ...{ from: 0, to: 2, values: [] },
  ...{ energy: 1.5e-6, loudest: 3e-6, loudestBetween: 1e-9, tonePower: 6e-5 },
};

it.each([
  ['that stops with the tone is made of it', BEAT, false],
  ['that goes on between the beats is heard', { ...BEAT, loudestBetween: 3e-6 }, true],
  ['is heard where nothing but the tone was to compare with', { ...BEAT, loudestBetween: null }, true],
  ['nearly as loud as the tone is more than a coder makes', { ...BEAT, loudest: 8e-6 }, true],
  ['far below the tone is a murmur of the line', { ...BEAT, loudest: 2.1e-6, tonePower: 1e-4 }, false],
  [
    'that nobody would hear is nothing',
    { ...BEAT, loudest: 1e-6, tonePower: 0, loudestBetween: 1e-6 },
    false,
  ],
] as const)('what sounds beside a tone and %s', (_, window, heard) => {
  expect(isAudible(window)).toBe(heard);
});
