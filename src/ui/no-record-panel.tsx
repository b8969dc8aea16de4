/** 无需记录: one of six reasons, by click or digit. Call and sound stay, no number is taken. */
import { Button } from 'antd';
import { type KeyboardEvent, type ReactElement, useEffect, useRef } from 'react';
import { NO_RECORD_REASONS } from '../records/field.ts';
import type { RecordView } from '../web/protocol/record-view.ts';
import { useDesk } from './use-desk.tsx';
import { words } from './words.ts';

export function NoRecordPanel(props: {
  readonly record: RecordView;
  readonly onClose: () => void;
}): ReactElement {
  const { store } = useDesk();
  const panel = useRef<HTMLElement>(null);
  useEffect(() => panel.current?.querySelector('button')?.focus(), []);

  function choose(index: number): void {
    const reason = NO_RECORD_REASONS[index];
    if (reason === undefined) return;
    store.command({ type: 'mark-no-record', record: props.record.id, reason });
    props.onClose();
  }
  function onKeyDown(event: KeyboardEvent): void {
    if (/^[1-6]$/.test(event.key) && !event.altKey && !event.ctrlKey) choose(Number(event.key) - 1);
  }

  return (
    <section className="panel" ref={panel} aria-label={words.form.noRecord} onKeyDown={onKeyDown}>
      <h2>{words.form.noRecordWhich}</h2>
      <p className="panel-buttons">
        {NO_RECORD_REASONS.map((reason, index) => (
          <Button key={reason} onClick={() => choose(index)}>
            {index + 1} {words.noRecordReason[reason]}
          </Button>
        ))}
        <Button type="text" onClick={props.onClose}>
          {words.form.cancel}
        </Button>
      </p>
    </section>
  );
}
