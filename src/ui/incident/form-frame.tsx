/** What every form of 突发事件 has: Enter sends it, why it was not kept stands above its buttons. */
import { Button } from 'antd';
import type { ReactElement, ReactNode } from 'react';
import { FormEnd } from '../form-end.tsx';
import { incidentWords as say } from './words.ts';

export function FormFrame(props: {
  readonly title: string;
  /** `line`: one line, whose label is its title. */
  readonly shape?: 'line';
  /** What sends it. */
  readonly word: string;
  readonly trouble: string | null;
  readonly onSend: () => void;
  readonly onCancel: () => void;
  /** Another way out. */
  readonly otherwise?: readonly [word: string, act: () => void] | undefined;
  readonly children: ReactNode;
}): ReactElement {
  const { title, shape, trouble, otherwise } = props;
  return (
    <form
      className={shape === 'line' ? 'incident-form incident-reason' : 'incident-form'}
      aria-label={title}
      onSubmit={(event) => {
        event.preventDefault();
        props.onSend();
      }}
    >
      {shape !== 'line' && <h2>{title}</h2>}
      {props.children}
      <FormEnd
        trouble={trouble}
        row="incident-actions"
        send={props.word}
        cancel={say.form.cancel}
        onCancel={props.onCancel}
      >
        {otherwise !== undefined && <Button onClick={otherwise[1]}>{otherwise[0]}</Button>}
      </FormEnd>
    </form>
  );
}

/** What is known of the units or people of an office, to be chosen from while typing. */
export function Choices({ id, of }: { readonly id: string; readonly of: readonly string[] }): ReactElement {
  return (
    <datalist id={id}>
      {of.map((name) => (
        <option key={name} value={name} />
      ))}
    </datalist>
  );
}

/** A text of several lines; the service says when it is too long. */
export function LongText(props: {
  readonly label: string;
  readonly value: string;
  readonly rows: number;
  readonly hint?: string;
  readonly onChange: (text: string) => void;
}): ReactElement {
  return (
    <label>
      <span>{props.label}</span>
      <textarea
        rows={props.rows}
        value={props.value}
        maxLength={12_000}
        placeholder={props.hint}
        onChange={(event) => props.onChange(event.target.value)}
      />
    </label>
  );
}
