/** People as they stand in a cell of a roster: blanks within names, titles, telephones, several in one cell. Pure. */
import type { RosterPerson } from './roster-check.ts';
import { plain } from './sheet-heading.ts';

export interface SheetPerson extends RosterPerson {
  readonly title: string | null;
}

/** Why a name is nobody's. */
export const UNREAD = {
  stranger: '不是本室登记的人员，请核对姓名，或先登记人员。',
  namesakes: '本室有两人同名，不知道是哪一位。请在姓名后写上职务。',
} as const;

/** Somebody of the room, or what is no one's name, or more than one's. */
export type Found =
  | { readonly kind: 'person'; readonly person: SheetPerson }
  | { readonly kind: keyof typeof UNREAD; readonly text: string };

/** People of a cell. Telephones, what stands in brackets (but a title) and blanks within a name are no names. */
export function namesIn(cell: string, people: readonly SheetPerson[]): readonly Found[] {
  const titles = new Set(people.map(({ title }) => plain(title ?? '')));
  const text = cell
    .normalize('NFKC')
    .replace(/\(([^)]*)\)/g, (_, inner: string) => (titles.has(plain(inner)) ? ` ${plain(inner)} ` : ' '))
    .replace(/\+?\d[\d\- ]{4,}\d/g, ' ');
  return text
    .split(/[、,;/|\r\n]+/)
    .map((piece) => piece.trim())
    .filter((piece) => piece !== '')
    .flatMap((piece) => personsIn(piece.split(/\s+/), people));
}

/** The longest run of words that is a name; a word that is somebody's title belongs to the one before. */
function personsIn(words: readonly string[], people: readonly SheetPerson[]): readonly Found[] {
  const found: Found[] = [];
  let at = 0;
  while (at < words.length) {
    const match = longest(words, at, people);
    const last = found.at(-1);
    if (match !== null) {
      found.push(match.found);
      at += match.count;
      continue;
    }
    const word = words[at] ?? '';
    if (!(last?.kind === 'person' && last.person.title === word))
      found.push({ kind: 'stranger', text: word });
    at += 1;
  }
  return found;
}

function longest(
  words: readonly string[],
  at: number,
  people: readonly SheetPerson[],
): { readonly found: Found; readonly count: number } | null {
  for (let count = Math.min(4, words.length - at); count > 0; count -= 1) {
    const text = words.slice(at, at + count).join('');
    const [person, other] = people.filter(
      ({ name, title }) =>
        plain(name) === text || (title !== null && `${plain(name)}${plain(title)}` === text),
    );
    if (person === undefined) continue;
    return { found: other === undefined ? { kind: 'person', person } : { kind: 'namesakes', text }, count };
  }
  return null;
}
