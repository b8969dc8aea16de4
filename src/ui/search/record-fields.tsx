/** A 电话记录单 read only: every item that was filled in, and its timeline. */
import type { ReactElement } from 'react';
import { FIELDS } from '../../records/field.ts';
import { categoryName } from '../../records/names.ts';
import type { RecordView } from '../../web/protocol/record-view.ts';
import { formMoment, listMoment } from '../format.ts';
import { OutsideText } from '../outside-text.tsx';
import { words } from '../words.ts';
import { searchWords as say } from './words.ts';

/** What was written on a record and about it, to be read only. */
export function RecordFields({
  record,
  now,
}: {
  readonly record: RecordView;
  readonly now: number;
}): ReactElement {
  if (record.shut !== null) return <p>{record.shut === 'isolated' ? say.hidden : say.destroyed}</p>;
  const names = record.direction === 'outbound' ? words.outboundField : words.field;
  return (
    <dl>
      {FIELDS.filter((field) => record.fields[field].value !== '').map((field) => (
        <div key={field}>
          <dt>{names[field]}</dt>
          <dd>
            <OutsideText text={shown(field, record.fields[field].value)} />
          </dd>
        </div>
      ))}
      {record.entries.map((entry) => (
        <div key={entry.id}>
          <dt>{listMoment(entry.happenedAt ?? entry.at, now)}</dt>
          <dd>{entry.withdrawn === null ? said(entry) : <s className="struck-entry">{said(entry)}</s>}</dd>
        </div>
      ))}
    </dl>
  );
}

function said({ who, text }: RecordView['entries'][number]): ReactElement {
  return (
    <>
      <OutsideText text={who} /> <OutsideText text={text} />
    </>
  );
}

function shown(field: (typeof FIELDS)[number], value: string): string {
  if (field === 'callTime') return formMoment(Number(value));
  return field === 'category' ? categoryName(value) : value;
}
