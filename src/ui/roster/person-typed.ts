/** A person of the room as he is typed into a post: by name, and by title too where two have the same name. Pure. */
import type { RosterPersonView } from '../../duty/roster-view.ts';
import { namesIn, UNREAD } from '../../duty/sheet-names.ts';
import { rosterWords as say } from './words.ts';

/** Who it is, or why nobody can tell, in Chinese. */
export function personTyped(typed: string, people: readonly RosterPersonView[]): RosterPersonView | string {
  const [found, more] = namesIn(typed, people);
  if (found?.kind === 'namesakes') return UNREAD.namesakes;
  const person = found?.kind === 'person' && more === undefined ? found.person.id : null;
  return people.find(({ id }) => id === person) ?? say.unknownName(typed.trim());
}

/** As the list beside the field offers him: nobody is taken for another. */
export function typedName(
  { id, name, title }: RosterPersonView,
  people: readonly RosterPersonView[],
): string {
  const hasNamesake = people.some((other) => other.id !== id && other.name === name);
  return hasNamesake && title !== null ? `${name}（${title}）` : name;
}
