/** The columns of 考核: figures under their headings, and the middle values beside them. Pure. */
import type { Figure } from '../../duty/assessment/figure.ts';
import type { AssessmentRow } from '../../duty/assessment/table.ts';
import { assessmentWords as say } from './words.ts';

export interface Group {
  readonly name: string;
  readonly figures: readonly Figure[];
  readonly middle: { readonly title: string; readonly shown: (row: AssessmentRow) => string } | null;
}

export const GROUPS: readonly Group[] = [
  {
    name: say.groups.answer,
    figures: ['calls', 'in-time', 'near', 'late'],
    middle: {
      title: say.ring,
      shown: ({ ringP50, ringP95 }) =>
        ringP50 === null || ringP95 === null
          ? say.unknown
          : `${say.seconds(ringP50)} / ${say.seconds(ringP95)}`,
    },
  },
  {
    name: say.groups.missed,
    figures: ['unanswered', 'called-back', 'given-up', 'waiting'],
    middle: {
      title: say.back50,
      shown: ({ backP50 }) => (backP50 === null ? say.unknown : say.minutes(backP50)),
    },
  },
  {
    name: say.groups.forms,
    figures: ['registered', 'unregistered'],
    middle: {
      title: say.register,
      shown: ({ registerP50 }) => (registerP50 === null ? say.unknown : say.minutes(registerP50)),
    },
  },
  {
    name: say.groups.turns,
    figures: ['turns', 'turns-on-time', 'turns-late', 'turns-missing'],
    middle: null,
  },
  { name: say.groups.clocks, figures: ['clocks', 'clocks-kept'], middle: null },
  { name: say.groups.watch, figures: ['findings', 'confirmed'], middle: null },
  { name: say.groups.review, figures: ['proper', 'improper'], middle: null },
];

/** Of the incoming calls, those that were answered in time; null: there was none. */
export function shareInTime({ counts }: AssessmentRow): number | null {
  const { calls, 'in-time': good } = counts;
  return calls === null || good === null || calls === 0 ? null : good / calls;
}
