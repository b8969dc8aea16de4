/** The seals of a log and each reopening, for ever; opened again with a reason by who may, and sealed again. */
import { Button } from 'antd';
import { type ReactElement, useState } from 'react';
import type { ShiftLogList, ShiftLogView } from '../../duty/shift-log-view.ts';
import { typedForm } from '../format.ts';
import type { ShiftLogDesk } from './shift-log-api.ts';
import { shiftLogWords as say } from './words.ts';

export function SealPart(props: {
  readonly desk: ShiftLogDesk;
  readonly list: ShiftLogList;
  readonly log: ShiftLogView;
}): ReactElement | null {
  const { desk, list, log } = props;
  const { from, state } = log.shift;
  const [trouble, setTrouble] = useState<string | null>(null);
  if (log.seals.length === 0) return null;
  const told = [
    ...log.seals.map(({ at, by, digest }) => ({
      at,
      text: `${say.sealedBy(typedForm(at), by)}　${say.digest(digest)}`,
      title: digest,
    })),
    ...log.openings.map(({ at, by, reason }) => ({
      at,
      text: say.opened(typedForm(at), by, reason),
      title: undefined,
    })),
  ].sort((one, other) => one.at - other.at);
  return (
    <section className="shift-log-seals" aria-label={say.seals}>
      {!log.fits && (
        <p className="wrong" role="alert">
          {say.notFitting}
        </p>
      )}
      {told.map(({ at, text, title }) => (
        <p key={`${at} ${text}`} className="note" title={title}>
          <bdi>{text}</bdi>
        </p>
      ))}
      {list.mayReopen && state === 'sealed' && (
        <ReopenForm onSend={async (reason) => setTrouble(await desk.send('reopenings', { from, reason }))} />
      )}
      {list.mayReopen && state === 'reopened' && (
        <Button onClick={() => void desk.send('seals', { from }).then(setTrouble)}>{say.sealAgain}</Button>
      )}
      {trouble !== null && (
        <p className="wrong" role="alert">
          {trouble}
        </p>
      )}
    </section>
  );
}

function ReopenForm({ onSend }: { readonly onSend: (reason: string) => Promise<void> }): ReactElement {
  const [reason, setReason] = useState('');
  return (
    <form
      className="shift-log-form"
      aria-label={say.reopen}
      onSubmit={(event) => {
        event.preventDefault();
        void onSend(reason);
      }}
    >
      <input
        className="shift-log-what"
        aria-label={say.reopenReason}
        placeholder={say.reopenReason}
        value={reason}
        maxLength={200}
        onChange={({ target }) => setReason(target.value)}
      />
      <Button htmlType="submit">{say.reopen}</Button>
      <span className="note">{say.reopenNote}</span>
    </form>
  );
}
