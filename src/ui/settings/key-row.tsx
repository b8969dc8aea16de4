import type { ReactElement } from 'react';
import type { FreeAction } from '../../keys/action.ts';
import { keyWords, saidAction, saidChord } from '../key-words.ts';
import { settingsWords as say } from './settings-words.ts';

/** One of the keys of an action. */
export interface KeyPlaceOf {
  readonly action: FreeAction;
  readonly place: number;
}

export interface RowSaid {
  readonly zh: string;
  readonly isWrong: boolean;
}

/** An action and its keys, each a button. `active` and `asked` are places among them. */
export function KeyRow(props: {
  readonly action: FreeAction;
  readonly keys: readonly string[];
  readonly isChanged: boolean;
  /** Where Tab leads to; null: not into this row. */
  readonly active: number | null;
  /** The one that waits for a new key. */
  readonly asked: number | null;
  readonly said: RowSaid | null;
  readonly onActive: (place: number) => void;
  readonly onAsk: (place: number) => void;
  readonly onLeave: () => void;
  readonly onRestore: () => void;
}): ReactElement {
  const { action, asked, said } = props;
  const [name] = keyWords.actions[action];
  const keys = props.keys.length === 0 ? [''] : props.keys.map(saidChord);
  const places = keys.map((key, place) => ({ key, place }));
  return (
    <li className="keys-row">
      <span>{saidAction(action)}</span>
      <span className="keys-buttons">
        {places.map(({ key, place }) => (
          <button
            // The focus stays where a key has become another.
            key={place}
            type="button"
            className={asked === place ? 'keys-key keys-asked' : 'keys-key'}
            data-action={action}
            aria-label={asked === place ? say.keyWaiting(name) : say.keyOf(name, key)}
            tabIndex={props.active === place ? 0 : -1}
            aria-keyshortcuts="ArrowUp ArrowDown Home End"
            onFocus={() => props.onActive(place)}
            onBlur={() => {
              // A key that leads out of the page, to the address bar, is one that does not arrive here.
              if (asked === place && document.hasFocus()) props.onLeave();
            }}
            onClick={() => props.onAsk(place)}
          >
            {asked === place ? say.keyAsk : <kbd>{key === '' ? say.keyNone : key}</kbd>}
          </button>
        ))}
        {props.isChanged && asked === null && (
          <button
            type="button"
            className="text-button"
            aria-label={say.keyUsualOf(name)}
            onClick={props.onRestore}
          >
            {say.keyUsual}
          </button>
        )}
      </span>
      {said !== null && (
        <p className={said.isWrong ? 'wrong' : 'secret-right'} role="alert">
          {said.zh}
        </p>
      )}
    </li>
  );
}
