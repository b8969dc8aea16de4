/**
 * 换班: one person asks another to take his shift, perhaps against one of the other's. It is asked, then accepted, refused or
 * withdrawn, or lapses when the shift begins, and stays to be seen whatever came of it. Pure; times are integer ms UTC.
 */

import type { RosterPerson } from './roster-check.ts';
import type { PlannedShift, Post } from './roster-plan.ts';
import type { RosterFault } from './roster-rules.ts';
import { objectionToStanding } from './standing.ts';

/** A shift by its ends. */
export interface ShiftEnds {
  readonly from: number;
  readonly to: number;
}

export interface Swap {
  readonly id: string;
  readonly shift: ShiftEnds;
  /** Whose shift it is, and who is to take it. */
  readonly giver: string;
  readonly taker: string;
  /** The shift the giver takes in return; null: none. */
  readonly back: ShiftEnds | null;
  /** `lapsed`: nobody had answered when the first of its shifts began. */
  readonly state: 'asked' | 'accepted' | 'refused' | 'withdrawn' | 'lapsed';
}

/** When what nobody answers lapses: the first of its shifts begins. */
export function lapsesAt({ shift, back }: Pick<Swap, 'shift' | 'back'>): number {
  return back === null ? shift.from : Math.min(shift.from, back.from);
}

/**
 * Why this cannot be asked or carried out now; null when it can. `published` are the dated shifts of the room that stand,
 * with their posts: only what was published can be swapped.
 */
export function refuseSwap(
  swap: Pick<Swap, 'shift' | 'giver' | 'taker' | 'back'>,
  published: readonly PlannedShift[],
  people: readonly RosterPerson[],
  now: number,
): RosterFault | null {
  if (swap.giver === swap.taker) return same;
  const taker = people.find(({ id }) => id === swap.taker);
  const giver = people.find(({ id }) => id === swap.giver);
  if (taker === undefined || giver === undefined) return noOne;
  // Whoever gets a shift by it has to be one who may be rostered now, whatever he was when the roster was published.
  for (const { name, standing } of swap.back === null ? [taker] : [taker, giver]) {
    const objection = objectionToStanding(name, standing);
    if (objection !== null) return objection;
  }
  const ends = swap.back === null ? [swap.shift] : [swap.shift, swap.back];
  const [given, back] = ends.map((one) => published.find((shift) => isSame(shift, one)));
  if (given === undefined || (swap.back !== null && back === undefined)) return notPublished;
  if (ends.some(({ from }) => from <= now)) return begun;
  if (!has(given, swap.giver) || (back !== undefined && !has(back, swap.taker))) return notTheirs;
  const after = swapped(published, swap);
  return [swap.giver, swap.taker].some((person) => isTwice(after, person, ends)) ? twice : null;
}

/** The shifts as they are after it: each takes the other's very posts. */
export function swapped(
  published: readonly PlannedShift[],
  swap: Pick<Swap, 'shift' | 'giver' | 'taker' | 'back'>,
): readonly PlannedShift[] {
  return published.map((shift) => {
    if (isSame(shift, swap.shift)) return handed(shift, swap.giver, swap.taker);
    return swap.back !== null && isSame(shift, swap.back) ? handed(shift, swap.taker, swap.giver) : shift;
  });
}

function handed(shift: PlannedShift, from: string, to: string): PlannedShift {
  return { ...shift, posts: handedPosts(shift.posts, from, to) };
}

/** Posts of one person in another's hands. */
export function handedPosts(posts: readonly Post[], from: string, to: string): readonly Post[] {
  return posts.map((post) => (post.person === from ? { ...post, person: to } : post));
}

function has(shift: PlannedShift, person: string): boolean {
  return shift.posts.some((post) => post.person === person);
}

/** Whether somebody would sit twice at one time because of a shift that changes hands. */
function isTwice(shifts: readonly PlannedShift[], person: string, changed: readonly ShiftEnds[]): boolean {
  const own = shifts.filter((shift) => has(shift, person));
  return own.some(
    (shift) =>
      changed.some((one) => isSame(one, shift)) &&
      (shift.posts.filter((post) => post.person === person).length > 1 ||
        own.some((other) => other !== shift && other.from < shift.to && shift.from < other.to)),
  );
}

function isSame(one: ShiftEnds, other: ShiftEnds): boolean {
  return one.from === other.from && one.to === other.to;
}

const same: RosterFault = {
  code: 'swap-same-person',
  zh: '换班双方不能是同一人。',
  en: 'Nobody swaps with himself.',
};
const noOne: RosterFault = {
  code: 'swap-person-unknown',
  zh: '换班双方都要是本值班室的人员。',
  en: 'Both have to belong to this room.',
};
const notPublished: RosterFault = {
  code: 'swap-not-published',
  zh: '这个班次还没有发布，请直接修改值班表。',
  en: 'The shift was not published; change the roster itself.',
};
const begun: RosterFault = {
  code: 'swap-too-late',
  zh: '这个班次已经开始，不能换班。临时顶班请由带班领导修改值班表后发布。',
  en: 'The shift has begun; whoever steps in is put on the roster.',
};
const notTheirs: RosterFault = {
  code: 'swap-not-theirs',
  zh: '值班表刚有变动，换班一方已不在这个班次上。请看新的值班表。',
  en: 'One of the two is not on that shift any more.',
};
const twice: RosterFault = {
  code: 'swap-double-duty',
  zh: '换班后有人同一时间要值两个班，不能换。',
  en: 'Somebody would be on two shifts at once.',
};
