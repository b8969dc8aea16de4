import { describe, expect, it } from 'vitest';
import { roundTargets } from '../../src/web/round-targets.ts';
import { OFFICE } from '../storage/office.ts';

const { lines } = OFFICE;
const ONE = { line: 'line-1', number: '0954-2030000' };
const targets = (own: typeof lines, numbers: readonly string[]) => roundTargets(own, numbers, lines, '0954');

describe('whom a 抽查 calls', () => {
  it('nobody twice, however a number is written and however often it was asked for', () => {
    expect(targets([], ['0951-5055555', '09515055555', '+86 951 5055555', '0951-5055555'])).toEqual([
      { line: null, number: '0951-5055555' },
    ]);
    expect(targets(lines.slice(0, 1), [])).toEqual([ONE]);
  });

  it.each(['0954-2030000', '2030000', '+869542030000'])(
    'a line of ours as that line when the directory has it as %s: its call is expected there, and is none of the office',
    (number) => {
      expect(targets([], [number])).toEqual([ONE]);
      expect(targets(lines.slice(0, 1), [number])).toEqual([ONE]);
    },
  );
});
