/** A reason over the form's foot, asked before something is struck: 作废 of a record, an entry of 办理经过. */
import { Button } from 'antd';
import { type FormEvent, type ReactElement, useEffect, useRef, useState } from 'react';
import { words } from './words.ts';

export function ReasonPanel(props: {
  readonly title: string;
  readonly ask: string;
  readonly confirm: string;
  readonly onReason: (reason: string) => void;
  readonly onClose: () => void;
}): ReactElement {
  const [reason, setReason] = useState('');
  const first = useRef<HTMLInputElement>(null);
  useEffect(() => first.current?.focus(), []);
  function confirm(event: FormEvent): void {
    event.preventDefault();
    if (reason.trim() === '') return;
    props.onReason(reason.trim());
    props.onClose();
  }
  return (
    <form className="panel" onSubmit={confirm} aria-label={props.title}>
      <label htmlFor="panel-reason">{props.ask}</label>
      <input
        id="panel-reason"
        type="text"
        ref={first}
        autoComplete="off"
        maxLength={500}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
      <p className="panel-buttons">
        <Button danger htmlType="submit" disabled={reason.trim() === ''}>
          {props.confirm}
        </Button>
        <Button onClick={props.onClose}>{words.form.cancel}</Button>
      </p>
    </form>
  );
}
