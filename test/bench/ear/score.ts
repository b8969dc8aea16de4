/** How well a detector did on labelled clips: classes, misconfigurations found and feigned, events, forwarding. */
import { SOUND_CLASSES, type SoundClass } from '../../../src/ear/heard.ts';
import { dominantOf, type Truth, type TruthEvent } from '../../ear/labelled-clip.ts';

export interface Answer {
  readonly class: string | null;
  readonly events: readonly TruthEvent[];
  readonly forwarded: boolean;
  readonly decidedAt: number | null;
}

export interface Rate {
  readonly wrong: number;
  readonly of: number;
  /** 95 % interval after Wilson (1927). */
  readonly low: number;
  readonly high: number;
}

export interface Score {
  readonly clips: number;
  readonly accuracy: number;
  readonly macroF1: number;
  readonly mergedAccuracy: number;
  readonly mergedMacroF1: number;
  /** Standard ringbacks called music, speech or both; and those called something else. Dominant class. */
  readonly falseAlarms: Rate;
  readonly misses: Rate;
  /** Anywhere in the clip, 1.5 s of it or more. */
  readonly falseAnywhere: Rate;
  readonly missedAnywhere: Rate;
  readonly eventsF1: number;
  readonly eventsByType: Readonly<Record<string, readonly [right: number, feigned: number, missed: number]>>;
  /** Events said, and those among them that are nowhere in the clip, the end that was cut off included. */
  readonly eventsSaid: number;
  readonly eventsFalse: number;
  readonly forwardedF1: number;
  readonly decidedMedian: number | null;
  /** Truth, then answer. */
  readonly confusion: ReadonlyMap<string, ReadonlyMap<string, number>>;
  readonly wrong: readonly string[];
}

const PROGRAM = new Set<string>(['music', 'speech', 'mixed_music_speech']);
const familyOf = (of: string) => (PROGRAM.has(of) ? 'program' : of);
const EVENT_SECONDS = 1;

export interface Case {
  readonly name: string;
  /** `later`: events too near the end, or behind it, to be asked for. */
  readonly truth: Truth & { readonly seconds: number; readonly later?: readonly TruthEvent[] };
  readonly answer: Answer;
}

export function scoreOf(cases: readonly Case[]): Score {
  const confusion = new Map<string, Map<string, number>>();
  const wrong: string[] = [];
  const decided: number[] = [];
  const alarms = { wrong: 0, of: 0 };
  const misses = { wrong: 0, of: 0 };
  const anywhere = { wrong: 0, of: 0 };
  const missedAnywhere = { wrong: 0, of: 0 };
  const events: Record<string, [number, number, number]> = {};
  const forwarded = { right: 0, feigned: 0, missed: 0 };
  let [eventsSaid, eventsFalse] = [0, 0];
  for (const { name, truth, answer } of cases) {
    const said = answer.class ?? 'unknown';
    const isRight = truth.accept.some((each) => each === said);
    const counted = isRight ? truth.class : said;
    const row = confusion.get(truth.class) ?? new Map<string, number>();
    row.set(counted, (row.get(counted) ?? 0) + 1);
    confusion.set(truth.class, row);
    if (!isRight) wrong.push(`${name} ${truth.class} heard as ${said} (${truth.recipe} ${truth.tags})`);
    else if (answer.decidedAt !== null) decided.push(answer.decidedAt);
    const found = PROGRAM.has(said);
    if (PROGRAM.has(truth.class)) count(misses, !found);
    else if (truth.class === 'ringback_standard') count(alarms, found);
    const foundAnywhere =
      found || answer.events.some(({ to, frm }) => PROGRAM.has(to ?? '') || PROGRAM.has(frm ?? ''));
    if (truth.misconfig) count(missedAnywhere, !foundAnywhere);
    else if (PROGRAM.has(truth.class) || !truth.accept.some((each) => PROGRAM.has(each)))
      count(anywhere, foundAnywhere);
    const feigned = compareEvents(truth.events, answer.events, events);
    eventsSaid += answer.events.length;
    eventsFalse += feigned.filter((said) => !(truth.later ?? []).some((event) => isSame(event, said))).length;
    if (answer.forwarded && truth.forwarded) forwarded.right += 1;
    else if (answer.forwarded) forwarded.feigned += 1;
    else if (truth.forwarded) forwarded.missed += 1;
  }
  const all = Object.values(events);
  const sum = (place: 0 | 1 | 2) => all.reduce((total, each) => total + each[place], 0);
  const merged = mergedOf(confusion);
  const sorted = decided.toSorted((one, other) => one - other);
  return {
    clips: cases.length,
    accuracy: 1 - wrong.length / cases.length,
    macroF1: macroF1(confusion, SOUND_CLASSES),
    mergedAccuracy: accuracyOf(merged),
    mergedMacroF1: macroF1(merged, [...new Set(SOUND_CLASSES.map(familyOf))]),
    falseAlarms: rate(alarms),
    misses: rate(misses),
    falseAnywhere: rate(anywhere),
    missedAnywhere: rate(missedAnywhere),
    eventsF1: f1(sum(0), sum(1), sum(2)),
    eventsByType: events,
    eventsSaid,
    eventsFalse,
    forwardedF1: f1(forwarded.right, forwarded.feigned, forwarded.missed),
    decidedMedian: sorted[Math.floor(sorted.length / 2)] ?? null,
    confusion,
    wrong,
  };
}

function count(tally: { wrong: number; of: number }, isWrong: boolean): void {
  tally.of += 1;
  if (isWrong) tally.wrong += 1;
}

/** An event is right within a second of its place; a switch when it goes to the same kind of thing. */
function isSame(truth: TruthEvent, said: TruthEvent): boolean {
  return (
    truth.type === said.type &&
    Math.abs(said.t - truth.t) <= EVENT_SECONDS &&
    (said.type !== 'switch' || familyOf(said.to ?? '') === familyOf(truth.to ?? ''))
  );
}

/** Gives back what was said and is not there. */
function compareEvents(
  truth: readonly TruthEvent[],
  said: readonly TruthEvent[],
  events: Record<string, [number, number, number]>,
): readonly TruthEvent[] {
  const left = new Set(said.toSorted((one, other) => one.t - other.t));
  const tally = (type: string) => {
    events[type] ??= [0, 0, 0];
    return events[type];
  };
  for (const event of truth) {
    const hit = [...left].find((each) => isSame(event, each));
    if (hit === undefined) tally(event.type)[2] += 1;
    else {
      left.delete(hit);
      tally(event.type)[0] += 1;
    }
  }
  for (const { type } of left) tally(type)[1] += 1;
  return [...left];
}

type Confusion = ReadonlyMap<string, ReadonlyMap<string, number>>;

function mergedOf(confusion: Confusion): Confusion {
  const merged = new Map<string, Map<string, number>>();
  for (const [truth, row] of confusion) {
    const to = merged.get(familyOf(truth)) ?? new Map<string, number>();
    for (const [said, times] of row) to.set(familyOf(said), (to.get(familyOf(said)) ?? 0) + times);
    merged.set(familyOf(truth), to);
  }
  return merged;
}

function accuracyOf(confusion: Confusion): number {
  let [right, all] = [0, 0];
  for (const [truth, row] of confusion) {
    for (const [said, times] of row) {
      all += times;
      if (said === truth) right += times;
    }
  }
  return right / all;
}

function macroF1(confusion: Confusion, classes: readonly string[]): number {
  const each = classes
    .filter((of) => confusion.has(of))
    .map((of) => {
      const row = confusion.get(of) ?? new Map<string, number>();
      const right = row.get(of) ?? 0;
      const all = [...row.values()].reduce((sum, times) => sum + times, 0);
      const said = [...confusion.values()].reduce((sum, other) => sum + (other.get(of) ?? 0), 0);
      return f1(right, said - right, all - right);
    });
  return each.reduce((sum, value) => sum + value, 0) / each.length;
}

function f1(right: number, feigned: number, missed: number): number {
  return right === 0 ? (feigned + missed === 0 ? 1 : 0) : right / (right + (feigned + missed) / 2);
}

function rate({ wrong, of }: { readonly wrong: number; readonly of: number }): Rate {
  const z = 1.959964;
  const part = wrong / Math.max(1, of);
  const middle = (part + (z * z) / (2 * of)) / (1 + (z * z) / of);
  const half = (z / (1 + (z * z) / of)) * Math.sqrt((part * (1 - part)) / of + (z * z) / (4 * of * of));
  return { wrong, of, low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
}

/** The truth of the first seconds of a clip, as the bench cuts it. */
export function cutTruth<T extends Truth & { readonly seconds: number }>(
  truth: T,
  seconds: number,
): T & { readonly later?: readonly TruthEvent[] } {
  if (truth.seconds <= seconds) return truth;
  const segments = truth.segments
    .filter(([from]) => from < seconds)
    .map(([from, to, of]) => [from, Math.min(to, seconds), of] as const);
  const events = truth.events.filter(({ t }) => t < seconds - 1.2);
  const of: SoundClass = dominantOf(segments);
  const played = segments.reduce((sum, [from, to, each]) => sum + (PROGRAM.has(each) ? to - from : 0), 0);
  return {
    ...truth,
    seconds,
    segments,
    events,
    later: truth.events.filter(({ t }) => t >= seconds - 1.2),
    class: of,
    accept: of === truth.class ? truth.accept : [of],
    misconfig: played >= 1.5,
    forwarded: truth.forwarded && events.length > 0,
  };
}
