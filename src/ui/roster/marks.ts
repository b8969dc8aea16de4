/** What is wrong with one shift, and how much of it there is in all. Pure. */
import type { RosterTrouble } from '../../duty/roster-check.ts';
import type { RosterShiftView } from '../../duty/roster-view.ts';
import { rosterWords as say } from './words.ts';

export type TroubleWord = keyof typeof say.troubles;

function troubleWord(trouble: RosterTrouble): TroubleWord {
  if (trouble.kind !== 'gap') return trouble.kind;
  return trouble.what === 'officers' ? 'gapOfficers' : 'gapLeaders';
}

/** Those that lie in this shift or name it. */
export function marksOf(
  shift: Pick<RosterShiftView, 'from' | 'to'>,
  troubles: readonly RosterTrouble[],
): readonly TroubleWord[] {
  const own = troubles.filter((trouble) => {
    if (trouble.kind === 'gap') return trouble.from < shift.to && shift.from < trouble.to;
    const ids = 'shifts' in trouble ? trouble.shifts : [trouble.shift];
    return ids.some((id) => id.endsWith(`@${shift.from}-${shift.to}`));
  });
  return [...new Set(own.map(troubleWord))];
}

/** Whether anything has to be mended, beyond what is only to be known. */
export function hasGrave(troubles: readonly RosterTrouble[]): boolean {
  return troubles.some((trouble) => isGrave(troubleWord(trouble)));
}

/**
 * `缺值班员 2 处`, in the order of the words: as many as there are marks in the table, and what no shift of it shows (hours that no
 * shift covers). Behind them what is wrong with 长期安排, which has no mark.
 */
export function troubleCounts(
  troubles: readonly RosterTrouble[],
  shifts: readonly Pick<RosterShiftView, 'from' | 'to'>[],
): readonly string[] {
  const marked = shifts.flatMap((shift) => marksOf(shift, troubles));
  const isMarked = (trouble: RosterTrouble) => shifts.some((shift) => marksOf(shift, [trouble]).length > 0);
  const unmarked = troubles.filter((trouble) => !isMarked(trouble) && !isOfStanding(trouble));
  return [
    ...counted([...marked, ...unmarked.map(troubleWord)], say.troubleCount),
    ...counted(troubles.filter(isOfStanding).map(troubleWord), say.standingTrouble),
  ];
}

function counted(
  words: readonly TroubleWord[],
  said: (word: string, count: number) => string,
): readonly string[] {
  return (Object.keys(say.troubles) as TroubleWord[]).flatMap((word) => {
    const count = words.filter((one) => one === word).length;
    return count === 0 ? [] : [said(say.troubles[word], count)];
  });
}

/** It names a shift without begin or end. */
function isOfStanding(trouble: RosterTrouble): boolean {
  return 'shift' in trouble && !/@\d+-\d+$/.test(trouble.shift);
}

/** Nobody comes to harm by 连班; everything else has to be mended. */
export function isGrave(word: TroubleWord): boolean {
  return word !== 'no-rest';
}

/** Whether what is planned differs from what counts. */
export function standOf({
  posts,
  published,
}: RosterShiftView): 'empty' | 'unpublished' | 'changed' | 'published' {
  if (published === null) return posts.length === 0 ? 'empty' : 'unpublished';
  return JSON.stringify(published) === JSON.stringify(posts) ? 'published' : 'changed';
}
