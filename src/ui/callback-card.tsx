/** 待回拨 of the open call: since when, who calls back, 我来回拨 and 无法回拨 with its reason; afterwards how it ended. */
import { Button } from 'antd';
import { type ReactElement, useState } from 'react';
import type { CallbackView, CallView } from '../web/protocol/call-view.ts';
import { callbackWords as say } from './callback-words.ts';
import { clockMinute, duration, listMoment } from './format.ts';
import { OutsideText } from './outside-text.tsx';
import { ReasonForm } from './reason-form.tsx';
import { Badge } from './state-mark.tsx';
import { useCallCommands } from './use-call-commands.ts';
import { useDesk, useDeskState, useServerNow } from './use-desk.tsx';
import { useMay } from './use-may.ts';
import { words } from './words.ts';

export function CallbackCard({ call }: { readonly call: CallView }): ReactElement | null {
  if (call.callback === null) return null;
  return (
    <section className="callback" aria-label={say.title}>
      {call.callback.closed === null ? (
        <Waiting key={call.id} call={call} callback={call.callback} />
      ) : (
        <Closed closed={call.callback.closed} />
      )}
    </section>
  );
}

function Waiting(props: { readonly call: CallView; readonly callback: CallbackView }): ReactElement {
  const { call, callback } = props;
  const { store } = useDesk();
  const now = useServerNow(5_000);
  const [asks, setAsks] = useState(false);
  const me = useDeskState((state) => state.me);
  const { pending, refusal, dismiss } = useCallCommands(call.id);
  const may = useMay('write-record');
  const mine = callback.claimedBy !== null && callback.claimedBy === (me?.person?.name ?? me?.name);
  function giveUp(reason: string): void {
    dismiss();
    setAsks(false);
    store.command({ type: 'give-up-callback', call: call.id, reason });
  }
  return (
    <>
      <p>
        <Badge tone="red" mark="triangle" word={say.title} />{' '}
        {say.waits(clockMinute(callback.since), duration(Math.max(0, now - callback.since)))}
        {callback.claimedBy !== null && say.claimed(callback.claimedBy)}
        {say.told[callback.level]}
      </p>
      {may && !asks && (
        <p className="panel-buttons">
          <Button
            size="small"
            type="primary"
            disabled={mine || pending}
            onClick={() => {
              dismiss();
              store.command({ type: 'claim-callback', call: call.id });
            }}
          >
            {say.claim}
          </Button>
          <Button size="small" disabled={pending} onClick={() => setAsks(true)}>
            {say.giveUp}
          </Button>
        </p>
      )}
      {asks && (
        <>
          <ReasonForm
            words={{
              title: say.giveUp,
              hint: say.reason,
              choices: say.usual,
              other: say.reason,
              go: say.confirm,
            }}
            onReason={giveUp}
          />
          <Button size="small" type="text" onClick={() => setAsks(false)}>
            {words.form.cancel}
          </Button>
        </>
      )}
      {refusal !== null && (
        <p className="wrong" role="alert">
          {refusal.zh}
        </p>
      )}
    </>
  );
}

function Closed({ closed }: { readonly closed: NonNullable<CallbackView['closed']> }): ReactElement {
  const { store } = useDesk();
  const { call } = closed;
  return (
    <p>
      {say.title}：{say.closedSaid(listMoment(closed.at, store.now()), say.closed[closed.how])}
      {closed.reason !== null && (
        <>
          ：<OutsideText text={closed.reason} />
        </>
      )}
      {closed.by !== null && say.by(closed.by)}
      {call !== null && (
        <button
          type="button"
          className="text-button"
          onClick={() => store.dispatch({ type: 'select', selected: { kind: 'call', id: call } })}
        >
          {say.openOther}
        </button>
      )}
    </p>
  );
}
