/** 作废 with its reason: number, texts and sound stay, struck. */
import { Button } from 'antd';
import { type FormEvent, type ReactElement, useEffect, useRef, useState } from 'react';
import type { RecordView } from '../web/protocol/record-view.ts';
import { useDesk } from './use-desk.tsx';
import { words } from './words.ts';

export function VoidPanel(props: {
  readonly record: RecordView;
  readonly onClose: () => void;
}): ReactElement {
  const { store } = useDesk();
  const [reason, setReason] = useState('');
  const first = useRef<HTMLInputElement>(null);
  useEffect(() => first.current?.focus(), []);
  function confirm(event: FormEvent): void {
    event.preventDefault();
    if (reason.trim() === '') return;
    store.command({ type: 'void', record: props.record.id, reason: reason.trim() });
    props.onClose();
  }
  return (
    <form className="panel" onSubmit={confirm} aria-label={words.form.void}>
      <label htmlFor="void-reason">{words.form.voidReason}</label>
      <input
        id="void-reason"
        type="text"
        ref={first}
        autoComplete="off"
        maxLength={500}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
      <p className="panel-buttons">
        <Button danger htmlType="submit" disabled={reason.trim() === ''}>
          {words.form.confirmVoid}
        </Button>
        <Button onClick={props.onClose}>{words.form.cancel}</Button>
      </p>
    </form>
  );
}
