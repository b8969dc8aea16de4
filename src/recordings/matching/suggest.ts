/** PURE. Rule 5: which calls a file of nobody may belong to, by time and number. For a person to decide, never for us. */
import type { SoundTrail } from '../../calls/sound-trail.ts';
import { readNumber } from '../../directory/number.ts';
import { bytesPerSecondOf } from '../growth.ts';
import type { NamedFound } from './match.ts';
import type { WallClock } from './wall-clock.ts';

export interface Suggestion {
  readonly call: string;
  readonly why: 'uniqueid-in-name' | 'time-and-number' | 'time';
  /** The number that stands in the name and belongs to the call; null when only the time fits. */
  readonly number: string | null;
  /** How far the begin of the file is from the talk, ms; 0 within it. */
  readonly apartMs: number;
}

const SLACK_MS = 2 * 60_000;
const MOST = 5;

export interface SuggestGiven {
  readonly trails: readonly SoundTrail[];
  readonly clock: WallClock;
  /** Own area code: `0954`. */
  readonly areaCode: string;
}

/** At most five for each file, the likeliest first. */
export function createSuggester({
  trails,
  clock,
  areaCode,
}: SuggestGiven): (file: NamedFound) => readonly Suggestion[] {
  const byStart = [...trails].sort((one, other) => one.startedAt - other.startedAt);
  const longest = Math.max(0, ...byStart.map((trail) => endOf(trail) - trail.startedAt));
  const keys = new Map<SoundTrail, ReadonlySet<string>>();
  const keysOf = (trail: SoundTrail): ReadonlySet<string> => {
    let known = keys.get(trail);
    if (known === undefined) {
      known = new Set(trail.numbers.flatMap((number) => keyOf(number, areaCode)));
      keys.set(trail, known);
    }
    return known;
  };

  return (file) => {
    const begins = beginsOf(file, clock);
    const { numbers, direction } = file.name;
    const found: Suggestion[] = [];
    for (const begin of begins) {
      const first = firstFrom(byStart, begin - longest - SLACK_MS);
      for (let at = first; at < byStart.length; at += 1) {
        const trail = byStart[at];
        if (trail === undefined || trail.startedAt > begin + SLACK_MS) break;
        const apartMs = Math.max(0, trail.startedAt - begin, begin - endOf(trail));
        if (apartMs > SLACK_MS || speaksAgainst(direction, trail)) continue;
        const own = keysOf(trail);
        // The longest: the extension in a name of FreePBX fits every call of that phone, the caller's number only his.
        const number = longestOf(numbers.filter((each) => keyOf(each, areaCode).some((key) => own.has(key))));
        const shared = sharesUniqueid(file, trail);
        if (number === null && numbers.length > 0 && !shared) continue;
        const why = shared ? 'uniqueid-in-name' : number === null ? 'time' : 'time-and-number';
        found.push({ call: trail.call, why, number, apartMs });
      }
    }
    return found
      .sort((one, other) => rankOf(one) - rankOf(other) || one.apartMs - other.apartMs)
      .slice(0, MOST);
  };
}

function rankOf({ why }: Suggestion): number {
  return ['uniqueid-in-name', 'time-and-number', 'time'].indexOf(why);
}

/** When the file may have begun: as its name says, else its last write less its length. */
function beginsOf(file: NamedFound, clock: WallClock): readonly number[] {
  const { wall } = file.name;
  if (wall !== null) return clock.momentsOf(wall);
  return [file.mtimeMs - (file.bytes / bytesPerSecondOf(file.path)) * 1_000];
}

/** Digits of the same channel behind a word that may be a system name or not: `rec-1700000000.12`. */
function sharesUniqueid(file: NamedFound, trail: SoundTrail): boolean {
  return file.name.mentioned.some((mentioned) =>
    trail.uniqueids.some((own) => mentioned.endsWith(`-${own}`)),
  );
}

function longestOf(numbers: readonly string[]): string | null {
  return numbers.toSorted((one, other) => other.length - one.length)[0] ?? null;
}

function speaksAgainst(direction: NamedFound['name']['direction'], trail: SoundTrail): boolean {
  return direction !== null && trail.direction !== 'internal' && trail.direction !== direction;
}

function keyOf(number: string, areaCode: string): readonly string[] {
  const key = readNumber(number, areaCode).matchKey;
  return key === null ? [] : [key];
}

function endOf(trail: SoundTrail): number {
  return trail.endedAt ?? trail.startedAt;
}

/** Index of the first trail that began at `at` or later. */
function firstFrom(trails: readonly SoundTrail[], at: number): number {
  let low = 0;
  let high = trails.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const startedAt = trails[middle]?.startedAt ?? Number.POSITIVE_INFINITY;
    if (startedAt < at) low = middle + 1;
    else high = middle;
  }
  return low;
}
