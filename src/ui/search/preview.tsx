/** A record of another room, to be read where it was found: the desk shows only those of its own. */
import { Button } from 'antd';
import { type ReactElement, useEffect, useState } from 'react';
import { FIELDS } from '../../records/field.ts';
import { categoryName } from '../../records/names.ts';
import type { RecordView } from '../../web/protocol/record-view.ts';
import { formMoment, listMoment } from '../format.ts';
import { RecordMark } from '../state-mark.tsx';
import { words } from '../words.ts';
import { searchWords as say } from './words.ts';

export function Preview(props: {
  readonly record: string;
  readonly now: number;
  readonly onClose: () => void;
}): ReactElement {
  const [read, setRead] = useState<RecordView | 'gone' | null>(null);
  useEffect(() => {
    const stopped = new AbortController();
    setRead(null);
    void recordOf(props.record, stopped.signal).then((view) => {
      if (!stopped.signal.aborted) setRead(view ?? 'gone');
    });
    return () => stopped.abort();
  }, [props.record]);
  return (
    <aside className="card search-preview" aria-label={say.preview}>
      <header className="page-head">
        <h2>
          {read !== null && read !== 'gone' && (
            <>
              <RecordMark state={read.state} /> {read.number}
            </>
          )}
        </h2>
        <Button size="small" onClick={props.onClose}>
          {say.closePreview}
        </Button>
      </header>
      {read === 'gone' && <p className="wrong">{say.gone}</p>}
      {read !== null && read !== 'gone' && <Fields record={read} now={props.now} />}
    </aside>
  );
}

function Fields({ record, now }: { readonly record: RecordView; readonly now: number }): ReactElement {
  if (record.shut !== null) return <p>{record.shut === 'isolated' ? say.hidden : say.destroyed}</p>;
  const names = record.direction === 'outbound' ? words.outboundField : words.field;
  return (
    <dl>
      {FIELDS.filter((field) => record.fields[field].value !== '').map((field) => (
        <div key={field}>
          <dt>{names[field]}</dt>
          <dd>{shown(field, record.fields[field].value)}</dd>
        </div>
      ))}
      {record.entries.map((entry) => (
        <div key={entry.id}>
          <dt>{listMoment(entry.happenedAt ?? entry.at, now)}</dt>
          <dd className={entry.withdrawn === null ? undefined : 'search-struck'}>
            {entry.who} {entry.text}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function shown(field: (typeof FIELDS)[number], value: string): string {
  if (field === 'callTime') return formMoment(Number(value));
  return field === 'category' ? categoryName(value) : value;
}

async function recordOf(id: string, signal: AbortSignal): Promise<RecordView | null> {
  try {
    const answer = await fetch(`/api/records/${encodeURIComponent(id)}`, { cache: 'no-store', signal });
    return answer.ok ? ((await answer.json()) as { record: RecordView }).record : null;
  } catch {
    return null;
  }
}
