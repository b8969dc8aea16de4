/** 更正 of a registered record: new text and reason, both kept with the old text for everybody to see. */
import { Button } from 'antd';
import { type FormEvent, type ReactElement, useEffect, useRef, useState } from 'react';
import { FIELD_LIMITS, type FieldName, FROZEN_AT_REGISTRATION } from '../records/field.ts';
import type { RecordView } from '../web/protocol/record-view.ts';
import { typedForm, typedMoment } from './format.ts';
import { useDesk } from './use-desk.tsx';
import { words } from './words.ts';

export function CorrectPanel(props: {
  readonly record: RecordView;
  readonly field: FieldName;
  readonly onClose: () => void;
}): ReactElement {
  const { record, onClose } = props;
  const { store } = useDesk();
  const label = record.direction === 'outbound' ? words.outboundField : words.field;
  const [field, setField] = useState(props.field);
  const [value, setValue] = useState(() => start(record, props.field));
  const [reason, setReason] = useState('');
  const first = useRef<HTMLTextAreaElement>(null);
  useEffect(() => first.current?.focus(), []);
  const meant = field === 'callTime' ? typedMoment(value, store.now()) : value;
  const wrongTime = field === 'callTime' && meant === null;
  const ready = reason.trim() !== '' && !wrongTime && value !== start(record, field);

  function confirm(event: FormEvent): void {
    event.preventDefault();
    if (!ready) return;
    store.command({ type: 'correct', record: record.id, field, value: String(meant), reason: reason.trim() });
    onClose();
  }

  return (
    <form className="panel correct" onSubmit={confirm} aria-label={words.form.correct}>
      <p className="correct-which">
        <select
          aria-label={words.form.correct}
          value={field}
          onChange={(event) => {
            const next = FROZEN_AT_REGISTRATION.find((name) => name === event.target.value) ?? field;
            setField(next);
            setValue(start(record, next));
          }}
        >
          {FROZEN_AT_REGISTRATION.map((name) => (
            <option key={name} value={name}>
              {label[name]}
            </option>
          ))}
        </select>
      </p>
      <textarea
        aria-label={words.form.correctionValue(label[field])}
        ref={first}
        rows={field === 'content' ? 5 : 1}
        maxLength={FIELD_LIMITS[field] * 2}
        value={value}
        onChange={(event) => setValue(event.target.value)}
      />
      {wrongTime && <p className="wrong">{words.form.timeWrong}</p>}
      <label htmlFor="correct-reason">{words.form.correctionReason}</label>
      <input
        id="correct-reason"
        type="text"
        autoComplete="off"
        maxLength={500}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
      <p className="panel-buttons">
        <Button type="primary" htmlType="submit" disabled={!ready}>
          {words.form.confirmCorrection}
        </Button>
        <Button onClick={onClose}>{words.form.cancel}</Button>
      </p>
    </form>
  );
}

function start(record: RecordView, field: FieldName): string {
  const { value } = record.fields[field];
  return field === 'callTime' && value !== '' ? typedForm(Number(value)) : value;
}
