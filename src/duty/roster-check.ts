/**
 * What is wrong with a 值班表 before it is published: stretches without an officer or without 带班领导, one person in two places,
 * two shifts running into each other without rest, people who may not be rostered. Pure; times are integer ms UTC.
 */
import type { Shift } from './roster.ts';
import { objectionToStanding, type Standing } from './standing.ts';

export interface RosterPerson {
  readonly id: string;
  readonly name: string;
  /** Null: nobody has said. */
  readonly standing: Standing | null;
}

export type RosterTrouble =
  | {
      readonly kind: 'gap';
      readonly what: 'officers' | 'leaders';
      readonly room: string;
      readonly from: number;
      readonly to: number;
    }
  | {
      readonly kind: 'double';
      readonly person: string;
      readonly shifts: readonly [string, string];
      readonly from: number;
      readonly to: number;
    }
  /** Straight from one shift into the next. */
  | { readonly kind: 'no-rest'; readonly person: string; readonly shifts: readonly [string, string] }
  | {
      readonly kind: 'not-permanent' | 'standing-unsaid';
      readonly person: string;
      readonly shift: string;
    }
  | { readonly kind: 'unknown-person'; readonly person: string; readonly shift: string };

/**
 * Everything between two moments. Standing arrangements (shifts without begin or end) fill what no dated shift covers, as
 * `onDutyAt` counts them, and are nobody's double duty.
 */
export function troublesOf(
  shifts: readonly Shift[],
  people: readonly RosterPerson[],
  span: { readonly room: string; readonly from: number; readonly to: number },
): readonly RosterTrouble[] {
  const own = shifts.filter((shift) => shift.room === span.room);
  return [
    ...gaps(own, span, 'officers'),
    ...gaps(own, span, 'leaders'),
    ...doubles(bounded(shifts), span),
    ...unfit(own, people),
  ];
}

type Bounded = Shift & { readonly from: number; readonly to: number };

function bounded(shifts: readonly Shift[]): readonly Bounded[] {
  return shifts.filter(isBounded);
}

function isBounded(shift: Shift): shift is Bounded {
  return shift.from !== null && shift.to !== null;
}

interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** What is left of a stretch when others are cut out of it. */
function without(whole: Stretch, cuts: readonly Stretch[]): readonly Stretch[] {
  const left: Stretch[] = [];
  let { from } = whole;
  for (const cut of cuts.toSorted((one, other) => one.from - other.from)) {
    if (cut.from > from && from < whole.to) left.push({ from, to: Math.min(cut.from, whole.to) });
    from = Math.max(from, cut.to);
  }
  return from < whole.to ? [...left, { from, to: whole.to }] : left;
}

function gaps(
  shifts: readonly Shift[],
  { room, from, to }: { readonly room: string; readonly from: number; readonly to: number },
  what: 'officers' | 'leaders',
): readonly RosterTrouble[] {
  const dated = bounded(shifts);
  const filled = [
    ...dated.filter((shift) => shift[what].length > 0),
    // A dated shift wins over a standing one even where it has nobody of a kind.
    ...shifts
      .filter((shift) => !isBounded(shift) && shift[what].length > 0)
      .flatMap((shift) => without({ from: shift.from ?? from, to: shift.to ?? to }, dated)),
  ].toSorted((one, other) => one.from - other.from);
  const found: RosterTrouble[] = [];
  let covered = from;
  for (const one of [...filled, { from: to, to }]) {
    const begin = Math.min(Math.max(one.from, from), to);
    if (begin > covered) found.push({ kind: 'gap', what, room, from: covered, to: begin });
    covered = Math.max(covered, Math.min(one.to, to));
  }
  return found;
}

function doubles(
  shifts: readonly Bounded[],
  span: { readonly room: string; readonly from: number; readonly to: number },
): readonly RosterTrouble[] {
  const near = shifts
    .filter((shift) => shift.from < span.to && shift.to > span.from)
    .toSorted((one, other) => one.from - other.from);
  const of = new Map<string, Bounded[]>();
  // A leader may lead two rooms; an officer sits in one.
  for (const shift of near)
    for (const person of shift.officers) of.set(person, [...(of.get(person) ?? []), shift]);
  return [...of].flatMap(([person, own]) =>
    own.flatMap((shift, at): readonly RosterTrouble[] =>
      // A long one may lie over several, not only over the one that begins next.
      own.slice(at + 1).flatMap((later, between): readonly RosterTrouble[] => {
        if (shift.room !== span.room && later.room !== span.room) return [];
        const pair = [shift.id, later.id] as const;
        if (later.from < shift.to)
          return [
            { kind: 'double', person, shifts: pair, from: later.from, to: Math.min(shift.to, later.to) },
          ];
        return between === 0 && later.from === shift.to ? [{ kind: 'no-rest', person, shifts: pair }] : [];
      }),
    ),
  );
}

function unfit(shifts: readonly Shift[], people: readonly RosterPerson[]): readonly RosterTrouble[] {
  const known = new Map(people.map((person) => [person.id, person]));
  const of = (shift: Shift, id: string): readonly RosterTrouble[] => {
    const person = known.get(id);
    if (person === undefined) return [{ kind: 'unknown-person', person: id, shift: shift.id }];
    const objection = objectionToStanding(person.name, person.standing);
    return objection === null ? [] : [{ kind: objection.code, person: id, shift: shift.id }];
  };
  return shifts.flatMap((shift) => {
    const others = new Set([...shift.leaders, ...(shift.standby ?? [])]);
    for (const id of shift.officers) others.delete(id);
    return [
      ...shift.officers.flatMap((id) => of(shift, id)),
      // Nobody else's 身份 is asked for here, but whose it became that may not be on duty is no 带班 and no 备班 either.
      ...[...others].flatMap((id) => of(shift, id)).filter(({ kind }) => kind === 'not-permanent'),
    ];
  });
}
