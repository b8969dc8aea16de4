/** A record of another room, to be read where it was found: the desk shows only those of its own. */
import { Button } from 'antd';
import { type ReactElement, useEffect, useState } from 'react';
import type { RecordView } from '../../web/protocol/record-view.ts';
import { RecordPapers } from '../paper-choices.tsx';
import { RecordMark } from '../state-mark.tsx';
import { useMay } from '../use-may.ts';
import { RecordFields } from './record-fields.tsx';
import { searchWords as say } from './words.ts';

export function Preview(props: {
  readonly record: string;
  readonly now: number;
  /** Null: this person hears nothing. */
  readonly onReplay: ((call: string) => void) | null;
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
  const exports = useMay('export');
  const call = read === null || read === 'gone' ? null : read.call;
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
        {call !== null && props.onReplay !== null && (
          <Button size="small" onClick={() => props.onReplay?.(call)}>
            {say.replay}
          </Button>
        )}
        {exports && read !== null && read !== 'gone' && read.shut === null && (
          <RecordPapers record={read} hasSheet={false} />
        )}
        <Button size="small" onClick={props.onClose}>
          {say.closePreview}
        </Button>
      </header>
      {read === 'gone' && <p className="wrong">{say.gone}</p>}
      {read !== null && read !== 'gone' && <RecordFields record={read} now={props.now} />}
    </aside>
  );
}

async function recordOf(id: string, signal: AbortSignal): Promise<RecordView | null> {
  try {
    const answer = await fetch(`/api/records/${encodeURIComponent(id)}`, { cache: 'no-store', signal });
    return answer.ok ? ((await answer.json()) as { record: RecordView }).record : null;
  } catch {
    return null;
  }
}
