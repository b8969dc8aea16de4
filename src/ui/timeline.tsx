/** 办理经过 of a record, in the order in which it happened; struck entries stay, with who struck them and why. */
import { Button } from 'antd';
import type { ReactElement } from 'react';
import { inOrder } from '../records/entry.ts';
import type { EntryView, RecordView } from '../web/protocol/record-view.ts';
import type { FormPanel } from './action-bar.tsx';
import { listMoment } from './format.ts';
import { OutsideText } from './outside-text.tsx';
import { Badge } from './state-mark.tsx';
import { timelineWords as say } from './timeline-words.ts';
import { useDesk } from './use-desk.tsx';
import { useMay } from './use-may.ts';

export function Timeline(props: {
  readonly record: RecordView;
  readonly onPanel: (panel: FormPanel | null) => void;
}): ReactElement {
  const { record } = props;
  return (
    <section className="timeline" aria-label={say.title}>
      <h2>{say.title}</h2>
      {record.entries.length === 0 && <p className="empty-say">{say.none}</p>}
      <ol>
        {inOrder(record.entries).map((entry) => (
          <Entry key={entry.id} record={record} entry={entry} onPanel={props.onPanel} />
        ))}
      </ol>
    </section>
  );
}

function Entry(props: {
  readonly record: RecordView;
  readonly entry: EntryView;
  readonly onPanel: (panel: FormPanel | null) => void;
}): ReactElement {
  const { record, entry } = props;
  const { store } = useDesk();
  const now = store.now();
  const { withdrawn, confirmed, call } = entry;
  const told = entry.kind === 'instruction';
  const open = ['draft', 'registered', 'in-hand', 'done'].includes(record.state) && withdrawn === null;
  const mayConfirm = useMay('confirm-instruction');
  const writes = useMay('write-record');
  const text = <OutsideText text={entry.text} />;
  return (
    <li className={withdrawn === null ? 'entry' : 'entry entry-struck'}>
      <time>{listMoment(entry.happenedAt ?? entry.at, now)}</time>
      <div>
        <p>
          <b>{say.kind[entry.kind]}</b>
          {entry.who !== '' && (
            <>
              {' '}
              <OutsideText text={entry.who} />
            </>
          )}
          {entry.way !== null && `（${say.ways[entry.way]}）`} {withdrawn === null ? text : <s>{text}</s>}
        </p>
        <p className="note entry-foot">
          {entry.by !== null && <span>{told ? say.by(entry.by) : say.written(entry.by)}</span>}
          {entry.dueAt !== null && <span>{say.dueAt(listMoment(entry.dueAt, now))}</span>}
          {told && withdrawn === null && confirmed !== null && (
            <Badge
              tone="green"
              mark="tick"
              word={say.confirmed(confirmed.by, listMoment(confirmed.at, now))}
            />
          )}
          {told && withdrawn === null && confirmed === null && (
            <Badge tone="amber" mark="ring" word={say.unconfirmed} />
          )}
          {withdrawn !== null && <OutsideText text={say.struck(withdrawn.by, withdrawn.reason)} />}
          {call !== null && (
            <button
              type="button"
              className="text-button"
              onClick={() => store.dispatch({ type: 'select', selected: { kind: 'call', id: call } })}
            >
              {say.proof}
            </button>
          )}
          {open && told && confirmed === null && mayConfirm && (
            <Button
              size="small"
              onClick={() => store.command({ type: 'confirm-entry', record: record.id, entry: entry.id })}
            >
              {say.confirm}
            </Button>
          )}
          {open && writes && confirmed === null && (
            <button
              type="button"
              className="text-button"
              aria-label={say.strikeThis(say.kind[entry.kind])}
              onClick={() => props.onPanel({ kind: 'strike', entry: entry.id })}
            >
              {say.strike}
            </button>
          )}
        </p>
      </div>
    </li>
  );
}
