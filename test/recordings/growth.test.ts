import { describe, expect, it } from 'vitest';
import {
  bytesPerSecondOf,
  expectSound,
  type GrowthWatch,
  type Look,
  look,
  watchFrom,
} from '../../src/recordings/growth.ts';

const RULE = { bytesPerSecond: 16_000, onShare: false };

/** Each look: seconds after the order, what was seen. Answers the light after each. */
function lights(
  looks: readonly (readonly [number, Look])[],
  soundAt: number | null,
  rule = RULE,
): readonly string[] {
  let watch: GrowthWatch = watchFrom(0);
  return looks.map(([seconds, seen]) => {
    if (soundAt !== null && seconds >= soundAt) watch = expectSound(watch, soundAt * 1_000);
    watch = look(watch, seen, seconds * 1_000, rule);
    return watch.light;
  });
}

describe('the light of a recording', () => {
  it('is green only after the file grew, and stays green between two steps of 2.05 s', () => {
    const seen = lights(
      [
        [0.5, 44],
        [1, 44],
        [2.5, 32_812],
        [4, 32_812],
        [4.6, 65_580],
      ],
      0,
    );
    expect(seen).toEqual(['starting', 'starting', 'recording', 'recording', 'recording']);
  });
  it('is not green for a header, however it came', () => {
    expect(
      lights(
        [
          [0.1, 0],
          [0.5, 44],
          [0.9, 60],
        ],
        0,
      ),
    ).toEqual(['starting', 'starting', 'starting']);
  });
  it('turns when no file is there after 1 s, on a share after 2 s', () => {
    expect(
      lights(
        [
          [0.9, null],
          [1.1, null],
        ],
        null,
      ),
    ).toEqual(['starting', 'no-growth']);
    expect(
      lights(
        [
          [1.1, null],
          [2.1, null],
        ],
        null,
        { ...RULE, onShare: true },
      ),
    ).toEqual(['starting', 'no-growth']);
  });
  it('waits for the bridge as long as it rings', () => {
    expect(
      lights(
        [
          [1, 44],
          [30, 44],
          [60, 44],
        ],
        null,
      ),
    ).toEqual(['starting', 'starting', 'starting']);
  });
  it('turns 3.05 s after the bridge when nothing grew', () => {
    expect(
      lights(
        [
          [1, 44],
          [13, 44],
          [13.1, 44],
        ],
        10,
      ),
    ).toEqual(['starting', 'starting', 'no-growth']);
  });
  it('turns when it stops growing and comes back when it goes on', () => {
    const seen = lights(
      [
        [0.5, 44],
        [2.1, 32_812],
        [5.0, 32_812],
        [5.2, 32_812],
        [7, 65_580],
      ],
      0,
    );
    expect(seen).toEqual(['starting', 'recording', 'recording', 'no-growth', 'recording']);
  });
  it('says when it cannot look, and looks again', () => {
    expect(
      lights(
        [
          [0.5, 'unreadable'],
          [1, 44],
          [2.5, 32_812],
        ],
        0,
      ),
    ).toEqual(['cannot-check', 'starting', 'recording']);
  });
  it('is green at once for a file met with sound in it', () => {
    expect(lights([[0.5, 400_000]], 0)).toEqual(['recording']);
  });
  it.each([
    ['a.wav', 16_000],
    ['a.WAV', 1_625],
    ['a.gsm', 1_625],
    ['a.wav16', 32_000],
    ['a.alaw', 8_000],
    ['a', 16_000],
    ['a.wav/', 16_000],
  ])('knows how fast %s grows', (name, rate) => {
    expect(bytesPerSecondOf(name)).toBe(rate);
  });
});
