/** 身份 of the people of the room: who may be rostered, in the words of the notice. */
import { type ReactElement, useState } from 'react';
import type { RosterView } from '../../duty/roster-view.ts';
import { STANDING_WORDS, STANDINGS } from '../../duty/standing.ts';
import type { RosterState } from './roster-api.ts';
import { rosterWords as say } from './words.ts';

export function PeoplePanel({
  desk,
  view,
}: {
  readonly desk: RosterState;
  readonly view: RosterView;
}): ReactElement {
  const [trouble, setTrouble] = useState<string | null>(null);
  return (
    <section className="roster-panel-body" aria-label={say.peopleTitle}>
      <h2>{say.peopleTitle}</h2>
      <p className="note">{say.peopleHint}</p>
      {view.people.length === 0 && <p className="note">{say.peopleNone}</p>}
      {trouble !== null && (
        <p className="wrong" role="alert">
          {trouble}
        </p>
      )}
      {view.people.map(({ id, name, title, standing }) => (
        <label key={id} className="roster-standing">
          <span>
            {name} <span className="note">{title}</span>
          </span>
          <select
            disabled={!view.mayEdit}
            className={standing === 'permanent' ? undefined : 'soft-amber'}
            value={standing ?? ''}
            onChange={({ target }) =>
              void desk.send('standing', { person: id, standing: target.value }).then(setTrouble)
            }
          >
            {standing === null && <option value="">{say.notSaid}</option>}
            {STANDINGS.map((one) => (
              <option key={one} value={one}>
                {STANDING_WORDS[one]}
              </option>
            ))}
          </select>
        </label>
      ))}
    </section>
  );
}
