/** Whom a 抽查 calls: nobody twice, and a line of ours as that line, whoever wrote its number into the directory. */
import { keyOfNumber, lineOfNumber } from '../duty/line-of-number.ts';
import type { OfficeLine } from '../duty/office.ts';
import type { RoundTarget } from './probe-desk.ts';

/**
 * In the order given, own lines first.
 *
 * @param numbers of other offices, as the directory has them
 * @param lines all lines of the office: a call to one of them that is not expected there would be kept as a real one
 * @param areaCode the office's own with its leading 0
 */
export function roundTargets(
  own: readonly OfficeLine[],
  numbers: readonly string[],
  lines: readonly OfficeLine[],
  areaCode: string,
): readonly RoundTarget[] {
  const targets = [
    ...own.map(targetOf),
    ...numbers.map((number) => {
      const line = lineOfNumber(lines, number, areaCode);
      return line === undefined ? { line: null, number } : targetOf(line);
    }),
  ];
  const keyOf = ({ line, number }: RoundTarget) => line ?? keyOfNumber(number, areaCode);
  return [...Map.groupBy(targets, keyOf).values()].flatMap(([first]) => first ?? []);
}

function targetOf({ id, number }: OfficeLine): RoundTarget {
  return { line: id, number };
}
