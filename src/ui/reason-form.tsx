/** 事由: asked once before a call of another shift is heard or leaves; usual reasons by one click. */
import { Button } from 'antd';
import { type FormEvent, type ReactElement, useEffect, useRef, useState } from 'react';

export interface ReasonWords {
  readonly title: string;
  readonly hint: string;
  readonly choices: readonly string[];
  readonly other: string;
  readonly go: string;
}

export function ReasonForm(props: {
  readonly words: ReasonWords;
  readonly onReason: (reason: string) => void;
}): ReactElement {
  const { words, onReason } = props;
  const [other, setOther] = useState('');
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  function say(event: FormEvent): void {
    event.preventDefault();
    if (other.trim().length > 1) onReason(other.trim());
  }
  return (
    <form className="reason-form" onSubmit={say} aria-label={words.title}>
      <p>{words.hint}</p>
      <p className="panel-buttons">
        {words.choices.map((reason) => (
          <Button key={reason} size="small" onClick={() => onReason(reason)}>
            {reason}
          </Button>
        ))}
      </p>
      <p className="panel-buttons">
        <input
          ref={field}
          type="text"
          aria-label={words.other}
          placeholder={words.other}
          maxLength={200}
          value={other}
          onChange={(event) => setOther(event.target.value)}
        />
        <Button size="small" htmlType="submit" disabled={other.trim().length < 2}>
          {words.go}
        </Button>
      </p>
    </form>
  );
}
