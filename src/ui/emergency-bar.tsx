/** On the form of a 突发信息: 转突发事件, or 不需上报 with a reason and who was asked; afterwards what was decided. */
import { Button } from 'antd';
import { type ReactElement, useState } from 'react';
import type { Refusal } from '../records/command.ts';
import type { RecordView } from '../web/protocol/record-view.ts';
import { emergencyWords as say } from './emergency-words.ts';
import { newId } from './ids.ts';
import { useMay } from './use-may.ts';
import { useScreen } from './use-screen.ts';
import { useText } from './use-text.ts';

export function EmergencyBar({ record }: { readonly record: RecordView }): ReactElement | null {
  const { go } = useScreen();
  const writes = useMay('write-record');
  const category = useText(record, 'category');
  const [asking, setAsking] = useState(false);
  const { emergency } = record;
  const isGone = record.state === 'no-record' || record.state === 'void' || record.state === 'merged';
  if (isGone || (category !== 'incident' && emergency === null)) return null;
  const incident = emergency?.incident ?? null;
  if (incident !== null)
    return (
      <p className="emergency soft-blue">
        <span>{say.decided}</span>
        <Button size="small" onClick={() => go('incident', incident)}>
          {say.open}
        </Button>
      </p>
    );
  if (!writes) return null;
  if (asking) return <NotReportable record={record} onDone={() => setAsking(false)} />;
  return (
    <p className={emergency === null ? 'emergency soft-amber' : 'emergency soft-grey'}>
      <span>{emergency === null ? say.undecided : say.decidedNot}</span>
      <Button
        size="small"
        type={emergency === null ? 'primary' : 'default'}
        onClick={() => go('incident', `from-${record.id}`)}
      >
        {say.toIncident}
      </Button>
      {emergency === null && (
        <Button size="small" onClick={() => setAsking(true)}>
          {say.notReportable}
        </Button>
      )}
    </p>
  );
}

function NotReportable(props: { readonly record: RecordView; readonly onDone: () => void }): ReactElement {
  const { record } = props;
  const [reason, setReason] = useState('');
  const [asked, setAsked] = useState('');
  const [trouble, setTrouble] = useState<string | null>(null);
  async function send(): Promise<void> {
    const refused = await sayNotReportable(record, reason, asked);
    setTrouble(refused);
    if (refused === null) props.onDone();
  }
  return (
    <form
      className="emergency soft-amber"
      aria-label={say.notReportable}
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <input
        // biome-ignore lint/a11y/noAutofocus: it was asked for by the button that stood here.
        autoFocus
        aria-label={say.reason}
        placeholder={say.reason}
        maxLength={400}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
      <input
        aria-label={say.asked}
        placeholder={say.asked}
        maxLength={100}
        value={asked}
        onChange={(event) => setAsked(event.target.value)}
      />
      <Button size="small" type="primary" htmlType="submit">
        {say.save}
      </Button>
      <Button size="small" onClick={props.onDone}>
        {say.cancel}
      </Button>
      {trouble !== null && (
        <span className="wrong" role="alert">
          {trouble}
        </span>
      )}
    </form>
  );
}

/** Null when it was written, else why not. */
async function sayNotReportable(
  { room, id: record }: RecordView,
  reason: string,
  asked: string,
): Promise<string | null> {
  try {
    const answer = await fetch(`/api/incidents/${encodeURIComponent(room)}/not-reportable`, {
      method: 'POST',
      cache: 'no-store',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ opId: newId(), record, reason, asked }),
    });
    return answer.ok ? null : ((await answer.json()) as Refusal).zh;
  } catch {
    return say.notSent;
  }
}
