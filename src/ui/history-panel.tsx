/** 修改记录: everything that ever stood in the record's fields, by whom and when, the newest first. */
import { Button } from 'antd';
import { type ReactElement, useEffect, useRef, useState } from 'react';
import { FIELDS, URGENCIES } from '../records/field.ts';
import { categoryName } from '../records/names.ts';
import type { RecordView, RevisionView } from '../web/protocol/record-view.ts';
import { clockSecond, day, formMoment } from './format.ts';
import { OutsideText } from './outside-text.tsx';
import { timelineWords as say } from './timeline-words.ts';
import { words } from './words.ts';

export function HistoryPanel(props: {
  readonly record: RecordView;
  readonly onClose: () => void;
}): ReactElement {
  const { record } = props;
  const [read, setRead] = useState<readonly RevisionView[] | 'failed' | null>(null);
  const first = useRef<HTMLButtonElement>(null);
  useEffect(() => first.current?.focus(), []);
  useEffect(() => {
    let left = false;
    void historyOf(record.id).then((revisions) => {
      if (!left) setRead(revisions);
    });
    return () => {
      left = true;
    };
  }, [record.id]);
  const label = record.direction === 'outbound' ? words.outboundField : words.field;
  const revisions = read === null || read === 'failed' ? [] : [...read].sort(newestFirst);
  return (
    <section className="panel history" aria-label={say.choice.history}>
      <header>
        <h2>{say.choice.history}</h2>
        <Button ref={first} size="small" onClick={props.onClose}>
          {words.close}（Esc）
        </Button>
      </header>
      {read === 'failed' && (
        <p className="wrong" role="alert">
          {say.historyFailed}
        </p>
      )}
      {read !== null && read !== 'failed' && revisions.length === 0 && (
        <p className="empty-say">{say.historyEmpty}</p>
      )}
      <ol>
        {revisions.map((revision) => (
          <li key={`${revision.at} ${revision.field} ${revision.kind} ${revision.value}`}>
            <time>
              {day(revision.at).slice(5)} {clockSecond(revision.at)}
            </time>
            <span className="history-field">{label[revision.field]}</span>
            <span className="history-value">
              {revision.value === null ? say.erased : <OutsideText text={saidValue(revision)} />}
              <span className="note">
                {' '}
                {revision.by ?? say.system} {say.historyKind[revision.kind]}
                {revision.reason !== null && (
                  <>
                    ：<OutsideText text={revision.reason} />
                  </>
                )}
              </span>
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}

function saidValue({ field, value }: RevisionView): string {
  if (value === null || value === '') return words.form.empty;
  if (field === 'callTime') return formMoment(Number(value));
  if (field === 'category') return categoryName(value);
  if (field === 'urgency') return words.urgency[URGENCIES.find((name) => name === value) ?? 'normal'];
  return field === 'readBack' || field === 'idVerified' ? words.done.yes : value;
}

function newestFirst(a: RevisionView, b: RevisionView): number {
  return b.at - a.at || FIELDS.indexOf(a.field) - FIELDS.indexOf(b.field);
}

async function historyOf(record: string): Promise<readonly RevisionView[] | 'failed'> {
  try {
    const answer = await fetch(`/api/records/${encodeURIComponent(record)}/history`, { cache: 'no-store' });
    if (!answer.ok) return 'failed';
    const { revisions } = (await answer.json()) as { readonly revisions: readonly RevisionView[] };
    return revisions;
  } catch {
    return 'failed';
  }
}
