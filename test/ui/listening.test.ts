import { describe, expect, it } from 'vitest';
import { joinedRanges } from '../../src/accounts/listening.ts';
import { createHeardSeconds } from '../../src/ui/listening.ts';
import { saidDefect } from '../../src/ui/recording-words.ts';

function heard(...positions: readonly (number | 'pause')[]) {
  const seconds = createHeardSeconds();
  for (const position of positions) {
    if (position === 'pause') seconds.pause();
    else seconds.at(position);
  }
  return seconds.take();
}

describe('what was heard', () => {
  it('is one stretch while it plays', () => {
    expect(heard(0, 0.25, 0.5, 1.9)).toEqual([[0, 1.9]]);
  });

  it('is another stretch after a jump either way, or a pause', () => {
    expect(heard(0, 1, 30, 31, 5, 6)).toEqual([
      [0, 1],
      [30, 31],
      [5, 6],
    ]);
    expect(heard(0, 1, 'pause', 1.2, 2)).toEqual([
      [0, 1],
      [1.2, 2],
    ]);
  });

  it('is taken once', () => {
    const seconds = createHeardSeconds();
    seconds.at(0);
    seconds.at(1);
    expect([seconds.take(), seconds.take()]).toEqual([[[0, 1]], []]);
  });

  it('of a place that was only jumped to is nothing', () => {
    expect(heard(17, 'pause', 40)).toEqual([]);
  });

  it('is kept joined, in order and no longer than fits', () => {
    expect(
      joinedRanges([
        [5, 6],
        [0, 2],
        [2.04, 3],
        [9, 4],
        [-1, 3],
      ]),
    ).toEqual([
      [0, 3],
      [5, 6],
    ]);
    const many = Array.from({ length: 300 }, (_, n) => [n * 2, n * 2 + 1] as const);
    expect(joinedRanges(many)).toHaveLength(200);
  });
});

describe('what a recording is worth', () => {
  it('is said in seconds', () => {
    expect(
      [
        { kind: 'cut-at-end', seconds: 3.25 },
        { kind: 'cut-at-start', seconds: 12.4 },
        { kind: 'one-side-silent', side: 'room' },
        { kind: 'wrong-format' },
      ].map((defect) => saidDefect(defect as Parameters<typeof saidDefect>[0])),
    ).toEqual(['缺结尾 3.3 秒', '缺开头 12 秒', '本室一侧无声', '不是可识别的录音格式']);
  });
});
