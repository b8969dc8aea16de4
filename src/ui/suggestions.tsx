/** What may stand in a field, offered under it: arrows move, Enter takes, free text is always allowed. */
import type { ReactElement } from 'react';
import { OutsideText } from './outside-text.tsx';
import { words } from './words.ts';

export function Suggestions(props: {
  readonly id: string;
  readonly choices: readonly string[];
  readonly picked: number;
  readonly onTake: (choice: string) => void;
}): ReactElement {
  return (
    <div id={props.id} className="suggestions" role="listbox" aria-label={words.form.suggestions}>
      {props.choices.map((choice, index) => (
        <div
          key={choice}
          id={suggestionId(props.id, index)}
          role="option"
          tabIndex={-1}
          aria-selected={index === props.picked}
          className={index === props.picked ? 'suggestion picked' : 'suggestion'}
          // Mouse down, since a click would come after the field's blur has closed the list.
          onMouseDown={(event) => {
            event.preventDefault();
            props.onTake(choice);
          }}
        >
          <OutsideText text={choice} />
        </div>
      ))}
    </div>
  );
}

export function suggestionId(list: string, index: number): string {
  return `${list}-${index}`;
}
