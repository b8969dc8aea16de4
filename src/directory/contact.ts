import { readNumber } from './number.ts';

/** How a caller stands to the duty room: 上级, 下级, 公众. */
export type ContactClass = 'superior' | 'subordinate' | 'public';

/** One entry of the office's telephone book. */
export interface Contact {
  readonly id: string;
  /** As the office wrote it: `0954-2035678`, `139 0000 1111`, `8001`. */
  readonly number: string;
  readonly unit: string | null;
  readonly person: string | null;
  /** 职务. */
  readonly title: string | null;
  readonly class: ContactClass | null;
}

/** What the directory knows of a caller. */
export interface KnownCaller {
  readonly unit: string | null;
  readonly person: string | null;
  readonly class: ContactClass | null;
}

/**
 * What the entries that share one number say together. Several people behind one switchboard number share its unit, and
 * then nobody can say which of them called: what the entries disagree on is null.
 */
export function knownCaller(entries: readonly Contact[]): KnownCaller | null {
  if (entries.length === 0) return null;
  return {
    unit: agreed(entries.map((entry) => entry.unit)),
    person: agreed(entries.map((entry) => entry.person)),
    class: agreed(entries.map((entry) => entry.class)),
  };
}

/** Finds a caller in a whole directory; null when the number is withheld or unknown. */
export function lookUp(
  directory: readonly Contact[],
  number: string | null,
  areaCode: string,
): KnownCaller | null {
  const wanted = readNumber(number, areaCode).matchKey;
  if (wanted === null) return null;
  return knownCaller(directory.filter((entry) => readNumber(entry.number, areaCode).matchKey === wanted));
}

function agreed<T>(values: readonly (T | null)[]): T | null {
  const said = new Set(values.filter((value) => value !== null));
  const [only] = said;
  return said.size === 1 && only !== undefined ? only : null;
}
