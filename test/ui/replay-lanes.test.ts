import { describe, expect, it } from 'vitest';
import { PEAKS_PER_SECOND } from '../../src/sound/peaks.ts';
import type { Axis } from '../../src/ui/replay/axis.ts';
import { flagsOf, linesOf } from '../../src/ui/replay/flags.ts';
import { lanesOf } from '../../src/ui/replay/lanes.ts';
import { aCall } from './views.ts';

const AXIS: Axis = {
  begin: 1_000,
  seconds: 10,
  ring: { from: 0, to: 2 },
  sounds: [{ recording: 'a', from: 2, to: 4 }],
  gaps: [],
};
const loud = (height: number) =>
  Int8Array.from({ length: 2 * PEAKS_PER_SECOND * 2 }, (_, at) => (at % 2 === 0 ? -height : 1));

describe('lanes', () => {
  it('hold each side where it was spoken, and nothing in the ring and behind the end', () => {
    const { sides, highest } = lanesOf(AXIS, new Map([['a', [loud(64), loud(32)]]]));
    expect(sides.map((lane) => lane.length)).toEqual([200, 200]);
    const [caller, room] = sides;
    for (const [at, expected] of [
      [39, 0],
      [40, 0.5],
      [79, 0.5],
      [80, 0],
    ] as const)
      expect(caller?.[at], `value ${at}`).toBe(expected);
    expect(room?.[50]).toBe(0.25);
    expect(highest).toBe(0.5);
  });

  it('are one where no sound has its sides apart, and two empty ones before an outline came', () => {
    expect(lanesOf(AXIS, new Map([['a', [loud(64)]]])).sides).toHaveLength(1);
    const { sides, highest } = lanesOf(AXIS, new Map());
    expect(sides.map((lane) => Math.max(...lane))).toEqual([0, 0]);
    expect(highest).toBeGreaterThan(0);
  });

  it('do not blow up noise to the height of speech', () => {
    expect(lanesOf(AXIS, new Map([['a', [loud(2), loud(1)]]])).highest).toBe(0.15);
  });
});

describe('flags', () => {
  const call = aCall('c', {
    startedAt: 1_000,
    ringingAt: 1_500,
    answeredAt: 3_000,
    endedAt: 11_000,
    course: [
      { kind: 'leg-dialled', at: 1_200, detail: { endpoint: 'PJSIP/1001' } },
      { kind: 'leg-held', at: 5_000, detail: { endpoint: 'PJSIP/1001' } },
      { kind: 'leg-unheld', at: 6_000, detail: { endpoint: 'PJSIP/1001' } },
      { kind: 'call-transferred', at: 7_000, detail: { endpoint: 'PJSIP/1001', to: '1002' } },
    ],
    notes: [
      { id: 'n1', moment: 4_000, text: '两人被困', by: null, at: 1, struck: false },
      { id: 'n2', moment: 4_500, text: '写错', by: null, at: 1, struck: true },
    ],
  });

  it('stand at their seconds: rang, answered, hold, transfer, and notes that were not struck', () => {
    expect(flagsOf(call, AXIS, null).map(({ kind, at, text }) => [kind, at, text])).toEqual([
      ['rang', 0.5, '振铃'],
      ['answered', 2, '接听'],
      ['note', 3, '两人被困'],
      ['hold', 4, '保持 1001'],
      ['hold', 5, '取消保持 1001'],
      ['transfer', 6, '转接 1001 1002'],
    ]);
  });

  it('have their texts beside or below each other, never over each other, and a pole where there is no room', () => {
    const flags = ['a', 'b', 'c', 'd'].map(
      (key) => ({ key, kind: 'note', at: 1, text: '一条标注' }) as const,
    );
    const lines = linesOf(flags, { seconds: 10, width: 600, lines: 3 });
    expect(flags.map(({ key }) => lines.get(key)?.line)).toEqual([0, 1, 2, undefined]);
    const apart = flags.map((flag, place) => ({ ...flag, at: place * 2 }));
    const beside = linesOf(apart, { seconds: 10, width: 600, lines: 3 });
    expect(apart.map(({ key }) => beside.get(key)?.line)).toEqual([0, 0, 0, 0]);
  });

  it('near the end stand to the left of their pole', () => {
    const flag = { key: 'a', kind: 'note', at: 9.8, text: '一条标注' } as const;
    expect(linesOf([flag], { seconds: 10, width: 600, lines: 3 }).get('a')).toEqual({
      line: 0,
      leftwards: true,
    });
  });
});
