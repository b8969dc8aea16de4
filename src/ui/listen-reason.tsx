/** 收听事由: asked once before a call of another shift is heard; usual reasons by one click. */
import { Button } from 'antd';
import { type FormEvent, type ReactElement, useEffect, useRef, useState } from 'react';
import { words } from './words.ts';

export function ListenReason({ onReason }: { readonly onReason: (reason: string) => void }): ReactElement {
  const [other, setOther] = useState('');
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  function say(event: FormEvent): void {
    event.preventDefault();
    if (other.trim().length > 1) onReason(other.trim());
  }
  return (
    <form className="listen-reason" onSubmit={say} aria-label={words.why.title}>
      <p>{words.why.hint}</p>
      <p className="panel-buttons">
        {words.why.choices.map((reason) => (
          <Button key={reason} size="small" onClick={() => onReason(reason)}>
            {reason}
          </Button>
        ))}
      </p>
      <p className="panel-buttons">
        <input
          ref={field}
          type="text"
          aria-label={words.why.other}
          placeholder={words.why.other}
          maxLength={200}
          value={other}
          onChange={(event) => setOther(event.target.value)}
        />
        <Button size="small" htmlType="submit" disabled={other.trim().length < 2}>
          {words.why.go}
        </Button>
      </p>
    </form>
  );
}
