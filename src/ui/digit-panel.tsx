/** A choice over the form's foot, by click or digit; the focus stands on the first. */
import { Button } from 'antd';
import { type KeyboardEvent, type ReactElement, type ReactNode, useEffect, useRef } from 'react';
import { words } from './words.ts';

export interface DigitChoice {
  readonly key: string;
  readonly word: ReactNode;
}

export function DigitPanel(props: {
  readonly title: string;
  readonly ask: string;
  readonly choices: readonly DigitChoice[];
  /** One under the other, for choices of whole lines. */
  readonly lines?: boolean;
  readonly onChoose: (key: string) => void;
  readonly onClose: () => void;
  readonly children?: ReactNode;
}): ReactElement {
  const panel = useRef<HTMLElement>(null);
  useEffect(() => panel.current?.querySelector<HTMLElement>('.panel-buttons button')?.focus(), []);
  function onKeyDown(event: KeyboardEvent): void {
    if (event.altKey || event.ctrlKey || !/^[1-9]$/.test(event.key)) return;
    const choice = props.choices[Number(event.key) - 1];
    if (choice === undefined) return;
    event.preventDefault();
    props.onChoose(choice.key);
  }
  return (
    <section className="panel" ref={panel} aria-label={props.title} onKeyDown={onKeyDown}>
      {props.children}
      <h2>{props.ask}</h2>
      <p className={props.lines === true ? 'panel-buttons panel-lines' : 'panel-buttons'}>
        {props.choices.map(({ key, word }, index) => (
          <Button key={key} onClick={() => props.onChoose(key)}>
            {index + 1} {word}
          </Button>
        ))}
        <Button type="text" onClick={props.onClose}>
          {words.form.cancel}
        </Button>
      </p>
    </section>
  );
}
