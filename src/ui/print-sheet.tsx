/** The paper: the seed's sample form (附件2), its words and its order, A4. Hidden on screen, alone on paper. */
import type { ReactElement } from 'react';
import type { RecordView } from '../web/protocol/record-view.ts';
import { formDay, formMoment } from './format.ts';
import { OutsideText } from './outside-text.tsx';
import { useDeskState } from './use-desk.tsx';
import { words } from './words.ts';

export function PrintSheet({ record }: { readonly record: RecordView }): ReactElement | null {
  const room = useDeskState((state) => state.room);
  if (room === null) return null;
  const value = (field: keyof RecordView['fields']): ReactElement => (
    <OutsideText text={record.fields[field].value} />
  );
  const time = Number(record.fields.callTime.value);
  const label = record.direction === 'outbound' ? words.outboundField : words.field;
  return (
    <article className="sheet" aria-hidden="true">
      <h1>{room.formTitle}</h1>
      <p className="sheet-line sheet-top">
        <span>{room.name}</span>
        <span>{formDay(time > 0 ? time : record.openedAt)}</span>
      </p>
      <table>
        <tbody>
          <tr>
            <th scope="row">{label.callTime}</th>
            <td colSpan={3}>{time > 0 ? formMoment(time) : ''}</td>
          </tr>
          <tr>
            <th scope="row">{label.callerUnit}</th>
            <td colSpan={3}>{value('callerUnit')}</td>
          </tr>
          <tr>
            <th scope="row">{label.callerName}</th>
            <td colSpan={3}>{value('callerName')}</td>
          </tr>
          <tr>
            <th scope="row">{label.callerNumber}</th>
            <td colSpan={3}>{value('callerNumber')}</td>
          </tr>
          <tr>
            <th scope="row">{label.recorder}</th>
            <td>{value('recorder')}</td>
            <th scope="row">{label.recorderPhone}</th>
            <td>{value('recorderPhone')}</td>
          </tr>
          <tr className="sheet-proposal">
            <th scope="row">{label.proposal}</th>
            <td colSpan={3}>{value('proposal')}</td>
          </tr>
          <tr className="sheet-content">
            <th scope="row">{label.content}</th>
            <td colSpan={3}>{value('content')}</td>
          </tr>
        </tbody>
      </table>
    </article>
  );
}
