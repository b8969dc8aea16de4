/** The people of one role in a shift: typed by name and Enter, taken away by their own button or Backspace in the empty field. */
import { type ReactElement, useId, useState } from 'react';
import type { Post } from '../../duty/roster-plan.ts';
import type { DutyRole } from '../../duty/roster-rules.ts';
import type { RosterPersonView } from '../../duty/roster-view.ts';
import { typedName } from './person-typed.ts';
import { rosterWords as say } from './words.ts';

export function RoleLine(props: {
  readonly role: DutyRole;
  readonly posts: readonly Post[];
  readonly people: readonly RosterPersonView[];
  readonly mayEdit: boolean;
  /** True when the person was added. */
  readonly onAdd: (typed: string) => Promise<boolean>;
  readonly onRemove: (person: string) => void;
}): ReactElement {
  const { role, posts, people, mayEdit } = props;
  const [typed, setTyped] = useState('');
  const list = useId();
  const nameOf = (id: string) => people.find((person) => person.id === id)?.name ?? id;
  const last = posts.at(-1);
  return (
    <div className="roster-role">
      <span className="roster-role-name">{role.name}</span>
      <span className="roster-role-people">
        {posts.map(({ person }) => (
          <span key={person} className="roster-person">
            {nameOf(person)}
            {mayEdit && (
              <button
                type="button"
                className="text-button"
                aria-label={say.remove(nameOf(person))}
                onClick={() => props.onRemove(person)}
              >
                ×
              </button>
            )}
          </span>
        ))}
        {!mayEdit && posts.length === 0 && <span className="note">{say.noNobody}</span>}
        {mayEdit && (
          <>
            <input
              list={list}
              value={typed}
              aria-label={say.addTo(role.name)}
              placeholder={posts.length === 0 ? say.noNobody : ''}
              onChange={({ target }) => setTyped(target.value)}
              onKeyDown={(event) => {
                if (event.nativeEvent.isComposing || event.keyCode === 229) return;
                if (event.key === 'Enter' && typed.trim() !== '') {
                  event.preventDefault();
                  void props.onAdd(typed).then((added) => added && setTyped(''));
                } else if (event.key === 'Backspace' && typed === '' && last !== undefined) {
                  event.preventDefault();
                  props.onRemove(last.person);
                }
              }}
            />
            <datalist id={list}>
              {people
                .filter(
                  ({ id, standing }) => standing === 'permanent' && !posts.some((post) => post.person === id),
                )
                .map((person) => (
                  <option key={person.id} value={typedName(person, people)}>
                    {person.title ?? ''}
                  </option>
                ))}
            </datalist>
          </>
        )}
      </span>
    </div>
  );
}
