/** What was typed into a version of 本班须知, as 涉密误录处置 is asked for it. */
import type { DutyNotes } from '../../duty/duty-notes.ts';
import { isEmptyPart, NOTES_PARTS, type NotesPart } from '../../duty/notes-parts.ts';
import { secrecyItem } from '../secrecy-item.ts';
import type { SecrecyItem } from '../secrecy-panel.tsx';
import type { DutyNotesVersion } from './duty-notes-api.ts';
import { dutyNotesWords as say } from './words.ts';

type Shown = Pick<DutyNotesVersion, 'version' | 'notes' | 'shut'>;

/** By parts. What is shut is opened under the name by which it was shut, which may be that of another version. */
export function partsIn(room: string, { version, notes, shut }: Shown): readonly SecrecyItem[] {
  if (version === 0) return [];
  return NOTES_PARTS.filter((part) => shut[part] !== undefined || !isEmptyPart(notes, part)).map((part) => {
    const is = shut[part];
    const own = secrecyItem(
      { kind: 'notes', room, version, part },
      `${say.version(version)} ${partWord(part)}`,
      textOf(notes, part),
      is?.state ?? null,
    );
    return is === undefined ? own : { ...own, id: is.name };
  });
}

/** Parts whose text is not to be seen. */
export function hiddenParts({ notes, shut }: Omit<Shown, 'version'>): readonly string[] {
  return NOTES_PARTS.filter((part) => shut[part] !== undefined && isEmptyPart(notes, part)).map(partWord);
}

function partWord(part: NotesPart): string {
  return say[part];
}

function textOf(notes: DutyNotes, part: NotesPart): string {
  switch (part) {
    case 'whereabouts':
      return notes.whereabouts.map(({ name, place }) => `${name} ${place}`.trim()).join('、');
    case 'superiors':
      return notes.superiors.map(({ name }) => name).join('、');
    case 'wall':
      return notes.wall.texts.map(({ title }) => title).join('、');
    default:
      return notes[part];
  }
}
