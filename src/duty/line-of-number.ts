import { readNumber } from '../directory/number.ts';
import type { OfficeLine } from './office.ts';

/**
 * The line of the office that is reached under a number, in whatever way it is written; undefined when it is nobody's here.
 * Whoever calls it from here has to know that: the call comes in again.
 *
 * @param areaCode the office's own with its leading 0
 */
export function lineOfNumber(
  lines: readonly OfficeLine[],
  number: string,
  areaCode: string,
): OfficeLine | undefined {
  const key = keyOfNumber(number, areaCode);
  return lines.find((line) => [line.number, ...line.dids].some((own) => keyOfNumber(own, areaCode) === key));
}

/** The same for every way of writing one number. */
export function keyOfNumber(number: string, areaCode: string): string {
  return readNumber(number, areaCode).matchKey ?? number;
}
