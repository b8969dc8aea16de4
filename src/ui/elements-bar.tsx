/** 要素条: ticked by click or Alt+digit, or by the text naming the element; an open chip says what to ask. */
import type { ReactElement } from 'react';
import { type Element, elementsOf, namesElement } from './elements.ts';
import { Mark } from './icons.tsx';
import { words } from './words.ts';

export function ElementsBar(props: {
  readonly category: string;
  readonly content: string;
  readonly ticked: ReadonlySet<string>;
  readonly onTick: (name: string) => void;
}): ReactElement | null {
  const elements = elementsOf(props.category);
  if (elements.length === 0) return null;
  return (
    <div className="elements">
      {elements.map((element, index) => (
        <Chip
          key={element.name}
          element={element}
          index={index}
          done={props.ticked.has(element.name) || namesElement(props.content, element.name)}
          onTick={props.onTick}
        />
      ))}
    </div>
  );
}

function Chip(props: {
  readonly element: Element;
  readonly index: number;
  readonly done: boolean;
  readonly onTick: (name: string) => void;
}): ReactElement {
  const { element, done } = props;
  return (
    <button
      type="button"
      className={done ? 'element done' : 'element'}
      aria-pressed={done}
      tabIndex={-1}
      aria-keyshortcuts={`Alt+${props.index + 1}`}
      title={`${words.form.ask(element.ask)}（Alt+${props.index + 1}）`}
      // The caret stays where it is.
      onMouseDown={(event) => event.preventDefault()}
      onClick={() => props.onTick(element.name)}
    >
      <Mark name={done ? 'tick' : 'ring'} />
      {element.name}
    </button>
  );
}
