/** The visible trace of 更正: what stood there, struck; who changed it, when and why. */
import type { ReactElement } from 'react';
import type { FieldName } from '../records/field.ts';
import type { RecordView } from '../web/protocol/record-view.ts';
import { isolated } from './bidi.ts';
import { said } from './field-notes.tsx';
import { listMoment } from './format.ts';
import { OutsideText } from './outside-text.tsx';
import { useDesk } from './use-desk.tsx';
import { words } from './words.ts';

export function Corrections(props: {
  readonly record: RecordView;
  readonly field: FieldName;
}): ReactElement | null {
  const { store } = useDesk();
  const own = props.record.corrections.filter((correction) => correction.field === props.field);
  if (own.length === 0) return null;
  return (
    <ul className="corrections">
      {own.map((correction) => (
        <li key={`${correction.at}${correction.to}`}>
          {words.form.was}{' '}
          <s>
            <OutsideText text={said(props.field, correction.from) || words.form.empty} />
          </s>
          <span className="trace">
            {words.form.correctionTrace(
              listMoment(correction.at, store.now()),
              correction.by,
              isolated(correction.reason),
            )}
          </span>
        </li>
      ))}
    </ul>
  );
}
