/** Parts of 本班须知 as 涉密误录处置 takes them: each whole, wherever it stands with the same words. Pure. */
import type { DutyNotes } from './duty-notes.ts';

export const NOTES_PARTS = [
  'leaderContact',
  'whereabouts',
  'superiors',
  'reporting',
  'other',
  'wall',
] as const satisfies readonly (keyof DutyNotes)[];
export type NotesPart = (typeof NOTES_PARTS)[number];

/** What of the notes is shut away, and under which name it was. */
export type ShutParts = Readonly<
  Partial<Record<NotesPart, { readonly name: string; readonly state: 'isolated' | 'destroyed' }>>
>;

/** Whether nobody has typed anything there. */
export function isEmptyPart(notes: DutyNotes, part: NotesPart): boolean {
  return wordsOf(notes, part).length === 0;
}

export function isSamePart(one: DutyNotes, other: DutyNotes, part: NotesPart): boolean {
  return JSON.stringify(wordsOf(one, part)) === JSON.stringify(wordsOf(other, part));
}

/** As if nobody had typed anything there: who writes on takes no sentence about it along into the next version. */
export function withoutParts(notes: DutyNotes, parts: readonly NotesPart[]): DutyNotes {
  const without = { ...notes };
  for (const part of parts)
    Object.assign(without, { [part]: part === 'wall' ? { ...notes.wall, texts: [] } : EMPTY[part] });
  return without;
}

const EMPTY = { leaderContact: '', whereabouts: [], superiors: [], reporting: '', other: '' } as const;

/** Whether 公示屏 shows telephones is no word of anybody. */
function wordsOf(notes: DutyNotes, part: NotesPart): string | readonly object[] {
  return part === 'wall' ? notes.wall.texts : notes[part];
}
