/**
 * A shift as it is planned: who has which post. Only permanent staff of the room, each person once; what is over is not
 * changed any more. Pure; times are integer ms UTC.
 */
import type { Shift } from './roster.ts';
import type { RosterPerson } from './roster-check.ts';
import type { DutyRole, PostKind, RosterFault } from './roster-rules.ts';
import { objectionToStanding } from './standing.ts';

/** One person in one role; the words stand with it, so that a later change of the dictionary rewrites no history. */
export interface Post {
  readonly role: string;
  readonly kind: PostKind;
  readonly person: string;
}

/** Named by its ends: a room has no two shifts with the same ones. */
export interface PlannedShift {
  readonly from: number;
  readonly to: number;
  readonly name: string;
  readonly posts: readonly Post[];
}

const MOST_POSTS = 24;
const LONGEST_MS = 4 * 86_400_000;

/** Why these posts cannot stand; null when they can. `before` are the posts the shift had: their roles may be out of use. */
export function refuseShift(
  shift: PlannedShift,
  given: {
    readonly before: readonly Post[];
    readonly roles: readonly DutyRole[];
    readonly people: readonly RosterPerson[];
    readonly now: number;
  },
): RosterFault | null {
  if (!(shift.from < shift.to) || shift.to - shift.from > LONGEST_MS || shift.posts.length > MOST_POSTS)
    return malformed;
  if (shift.to <= given.now) return over;
  const roles = new Set(
    [...given.roles, ...given.before.map(({ role: name, kind }) => ({ name, kind }))].map(nameOf),
  );
  if (!shift.posts.every(({ role: name, kind }) => roles.has(nameOf({ name, kind })))) return noRole;
  const known = new Map(given.people.map((person) => [person.id, person]));
  for (const { person: id } of shift.posts) {
    const person = known.get(id);
    if (person === undefined) return noPerson;
    const objection = objectionToStanding(person.name, person.standing);
    if (objection !== null) return objection;
  }
  return new Set(shift.posts.map(({ person }) => person)).size < shift.posts.length ? twice : null;
}

function nameOf({ name, kind }: DutyRole): string {
  return `${kind} ${name}`;
}

/** What the roster knows of it: who leads, who sits, who stands by. */
export function asShift(room: string, { from, to, name, posts }: PlannedShift): Shift {
  const of = (kind: PostKind) => posts.filter((post) => post.kind === kind).map(({ person }) => person);
  const ends = { room, from, to, name };
  return {
    id: shiftId(room, { from, to }),
    ...ends,
    leaders: of('leader'),
    officers: of('officer'),
    standby: of('standby'),
  };
}

function shiftId(room: string, { from, to }: { readonly from: number; readonly to: number }): string {
  return `${room}@${from}-${to}`;
}

/** The posts of a shift that came without words, such as one of `office.yaml`: in the room's first role of each kind. */
export function postsOf(shift: Shift, roles: readonly DutyRole[]): readonly Post[] {
  const nameFor = (kind: PostKind) => roles.find((role) => role.kind === kind)?.name ?? FALLBACK[kind];
  const put = (kind: PostKind, people: readonly string[]) =>
    people.map((person): Post => ({ role: nameFor(kind), kind, person }));
  return [
    ...put('leader', shift.leaders),
    ...put('officer', shift.officers),
    ...put('standby', shift.standby ?? []),
  ];
}

const FALLBACK: Readonly<Record<PostKind, string>> = {
  leader: '带班领导',
  officer: '值班员',
  standby: '备班',
};

const malformed: RosterFault = {
  code: 'roster-shift-malformed',
  zh: '这个班次的起止时间不对，或一个班次超过 24 人。',
  en: 'The shift ends before it begins, lasts more than four days, or has more than 24 people.',
};
const over: RosterFault = {
  code: 'roster-shift-over',
  zh: '该班次已结束，值班表不能再改。实际到岗情况以交接班记录为准。',
  en: 'The shift is over; who was there stands in its hand-over.',
};
const noRole: RosterFault = {
  code: 'roster-role-unknown',
  zh: '没有这个岗位，可能刚被修改。请重新打开本页。',
  en: 'There is no such role; it may just have been changed.',
};
const noPerson: RosterFault = {
  code: 'roster-person-unknown',
  zh: '此人不是本值班室的人员，不能排班。请先在“系统”中登记人员。',
  en: 'The person does not belong to this room.',
};
const twice: RosterFault = {
  code: 'roster-person-twice',
  zh: '同一人在一个班次中排了两次。',
  en: 'A person stands twice in one shift.',
};
