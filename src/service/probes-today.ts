import { keyOfNumber } from '../duty/line-of-number.ts';
import type { OfficeLine } from '../duty/office.ts';
import type { Store } from '../storage/store.ts';

/**
 * How often a line, or a number of another office (line null), was asked for since `since` (ms UTC): read once, whoever is asked
 * of. A number is one number in whatever way it was written.
 *
 * @param areaCode the office's own with its leading 0
 */
export async function probesSince(
  store: Pick<Store, 'probeTally' | 'probedElsewhere'>,
  since: number,
  areaCode: string,
): Promise<(line: OfficeLine | null, number: string) => number> {
  const [lines, elsewhere] = await Promise.all([store.probeTally(since), store.probedElsewhere(since)]);
  const keyOf = (number: string) => keyOfNumber(number, areaCode);
  const ofLine = new Map(lines.map(({ line, asked }) => [line, asked]));
  const ofNumber = Map.groupBy(elsewhere, ({ number }) => keyOf(number));
  return (line, number) =>
    line === null
      ? (ofNumber.get(keyOf(number)) ?? []).reduce((sum, { asked }) => sum + asked, 0)
      : (ofLine.get(line.id) ?? 0);
}
