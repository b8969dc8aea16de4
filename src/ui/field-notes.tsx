/** What must be known about a field, under it: a conflict with both values, a refusal with the text kept, a take-over. */

import { Button } from 'antd';
import type { ReactElement } from 'react';
import type { FieldName } from '../records/field.ts';
import { categoryName } from '../records/names.ts';
import type { RecordView } from '../web/protocol/record-view.ts';
import { formMoment } from './format.ts';
import { Mark } from './icons.tsx';
import { OutsideText } from './outside-text.tsx';
import type { UnsentText } from './unsent.ts';
import { useDesk } from './use-desk.tsx';
import { words } from './words.ts';

export function FieldNotes(props: {
  readonly record: RecordView;
  readonly field: FieldName;
  readonly label: string;
  readonly text: { readonly unsent: UnsentText | null; readonly takenOverBy: string | null };
}): ReactElement | null {
  const { store } = useDesk();
  const { record, field, label } = props;
  const { unsent, takenOverBy } = props.text;
  const takeMine = (): void => store.dispatch({ type: 'take-mine', record: record.id, field });
  const takeTheirs = (): void => store.takeTheirs(record.id, field);

  if (unsent?.conflict != null) {
    const by = unsent.conflict.by ?? words.form.somebody;
    return (
      <div className="note conflict" role="alert">
        <p>
          <Mark name="triangle" />
          {words.form.conflict(label, by)}
        </p>
        <Choice who={words.form.mine} text={said(field, unsent.value)} onTake={takeMine} />
        <Choice who={words.form.theirs(by)} text={said(field, unsent.conflict.value)} onTake={takeTheirs} />
      </div>
    );
  }
  if (unsent?.refusal != null) {
    return (
      <div className="note conflict" role="alert">
        <p>
          <Mark name="triangle" />
          {unsent.refusal.zh}
        </p>
        <p>{words.form.refusedText}</p>
        <blockquote>
          <OutsideText text={said(field, unsent.value)} />
        </blockquote>
        <p className="note-buttons">
          <Button size="small" onClick={takeMine}>
            {words.form.tryAgain}
          </Button>
          <Button size="small" onClick={takeTheirs}>
            {words.form.drop}
          </Button>
        </p>
      </div>
    );
  }
  if (takenOverBy !== null) return <p className="note taken-note">{words.form.takenOver(takenOverBy)}</p>;
  return null;
}

function Choice(props: {
  readonly who: string;
  readonly text: string;
  readonly onTake: () => void;
}): ReactElement {
  return (
    <div className="choice">
      <span className="choice-who">{props.who}</span>
      <blockquote>{props.text === '' ? words.form.empty : <OutsideText text={props.text} />}</blockquote>
      <Button size="small" onClick={props.onTake}>
        {words.form.take}
      </Button>
    </div>
  );
}

/** A field's stored text as people read it. */
export function said(field: FieldName, value: string): string {
  if (field === 'category') return categoryName(value);
  if (field !== 'callTime' || value === '') return value;
  const at = Number(value);
  return Number.isFinite(at) ? formMoment(at) : value;
}
