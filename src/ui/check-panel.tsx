/** 登记前核对: five lines; what is missing in red, the focus on the first; Enter confirms. */
import { Button } from 'antd';
import { type ReactElement, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { type FieldName, REQUIRED_TO_REGISTER } from '../records/field.ts';
import type { RecordView } from '../web/protocol/record-view.ts';
import { said } from './field-notes.tsx';
import { focusField } from './focus-field.ts';
import { OutsideText } from './outside-text.tsx';
import { useDesk, useDeskState } from './use-desk.tsx';
import { useText } from './use-text.ts';
import { words } from './words.ts';

/** What is read once more before the number is given. */
const CHECKED = [
  'callTime',
  'callerUnit',
  'callerName',
  'callerNumber',
  'recorder',
  'recorderPhone',
  'proposal',
  'content',
  'category',
] as const satisfies readonly FieldName[];
type CheckedField = (typeof CHECKED)[number];

export function CheckPanel(props: {
  readonly record: RecordView;
  readonly onClose: () => void;
}): ReactElement {
  const { record, onClose } = props;
  const { store } = useDesk();
  const panel = useRef<HTMLElement>(null);
  const unsent = useDeskState((state) => state.unsent);
  const own = [...unsent.values()].filter((entry) => entry.record === record.id);
  const stuck = own.some((entry) => entry.kind === 'text' && (entry.conflict ?? entry.refusal) !== null);
  const label = record.direction === 'outbound' ? words.outboundField : words.field;
  const texts: Record<CheckedField, string> = {
    callTime: useText(record, 'callTime'),
    callerUnit: useText(record, 'callerUnit'),
    callerName: useText(record, 'callerName'),
    callerNumber: useText(record, 'callerNumber'),
    recorder: useText(record, 'recorder'),
    recorderPhone: useText(record, 'recorderPhone'),
    proposal: useText(record, 'proposal'),
    content: useText(record, 'content'),
    category: useText(record, 'category'),
  };
  const missing = CHECKED.filter(
    (field) => REQUIRED_TO_REGISTER.includes(field) && texts[field].trim() === '',
  );
  const ready = missing.length === 0 && !stuck;
  const [confirmed, setConfirmed] = useState(false);
  const uploaded = own.length === 0;

  useEffect(() => store.flush(), [store]);

  // Before it is painted: an Enter right behind Ctrl+Enter must find the button, and not the text with the caret.
  useLayoutEffect(() => {
    panel.current?.querySelector<HTMLElement>('[data-first]')?.focus();
  }, []);

  // Enter right after the last word: the registration waits for the text, so that it freezes what stands on screen.
  useEffect(() => {
    if (!confirmed || !ready || !uploaded) return;
    store.command({ type: 'register', record: record.id });
    onClose();
  }, [confirmed, ready, uploaded, store, record.id, onClose]);

  function line(title: string, fields: readonly CheckedField[]): ReactElement {
    return (
      <li key={title}>
        <span className="check-title">{title}</span>
        {fields.map((field) => (
          <Item
            key={field}
            name={label[field]}
            value={field === 'content' ? contentSaid(texts.content) : said(field, texts[field])}
            missing={missing.includes(field)}
            first={missing[0] === field}
            canSayNot={field === 'callerUnit' || field === 'callerName'}
            onNotSaid={() => store.type(record.id, field, words.notSaid, record.fields[field].version)}
            onFill={() => {
              onClose();
              setTimeout(() => focusField(field));
            }}
          />
        ))}
      </li>
    );
  }

  return (
    <section className="panel check" ref={panel} aria-label={words.form.checkTitle}>
      <h2>{words.form.checkTitle}</h2>
      <ul>
        {line(label.callTime, ['callTime'])}
        {line(`${label.callerUnit}、${label.callerName}`, ['callerUnit', 'callerName'])}
        {line(`${label.callerNumber}、${label.category}`, ['callerNumber', 'category'])}
        {line(words.form.checkRecorder, ['recorder', 'recorderPhone'])}
        {line(label.content, ['content'])}
      </ul>
      <p className={ready ? 'note' : 'wrong'} role="status">
        {stuck
          ? words.form.checkConflict
          : missing.length > 0
            ? words.form.checkMissing
            : confirmed
              ? words.form.checkWaiting
              : words.form.checkReady}
      </p>
      <p className="panel-buttons">
        <Button
          type="primary"
          disabled={!ready}
          {...(missing.length === 0 ? { 'data-first': true } : {})}
          onClick={() => setConfirmed(true)}
        >
          {words.form.register}
        </Button>
        <Button onClick={onClose}>{words.form.cancel}</Button>
      </p>
    </section>
  );
}

function Item(props: {
  readonly name: string;
  readonly value: string;
  readonly missing: boolean;
  readonly first: boolean;
  readonly canSayNot: boolean;
  readonly onNotSaid: () => void;
  readonly onFill: () => void;
}): ReactElement {
  if (!props.missing)
    return (
      <span className="check-value">
        <OutsideText text={props.value === '' ? '—' : props.value} />
      </span>
    );
  return (
    <span className="check-value missing">
      {props.name}
      {words.form.missing}
      <Button size="small" onClick={props.onFill} {...(props.first ? { 'data-first': true } : {})}>
        {words.form.fill}
      </Button>
      {props.canSayNot && (
        <Button size="small" onClick={props.onNotSaid}>
          {words.notSaid}
        </Button>
      )}
    </span>
  );
}

function contentSaid(content: string): string {
  if (content === '') return '';
  return `${words.form.characters([...content].length)}　${content.replace(/\s+/g, ' ').slice(0, 40)}`;
}
