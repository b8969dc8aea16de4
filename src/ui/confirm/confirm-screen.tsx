/** 批示确认: what was written down in a leader's name, large, with the call that proves it; one key confirms. */
import './confirm.css';
import { Button } from 'antd';
import { type ReactElement, useRef } from 'react';
import type { CallView } from '../../web/protocol/call-view.ts';
import { beginning } from '../bidi.ts';
import { listMoment } from '../format.ts';
import { Caller, OutsideText } from '../outside-text.tsx';
import { Player, type PlayerHandle } from '../player.tsx';
import { saidNumber } from '../saying.ts';
import { useScreenKeys } from '../screen-keys.ts';
import type { ScreenProps } from '../screens.tsx';
import { timelineWords } from '../timeline-words.ts';
import { useDesk, useDeskState } from '../use-desk.tsx';
import { useOwnKeys } from '../use-own-keys.ts';
import { confirmWords as say } from './confirm-words.ts';
import type { Unconfirmed } from './unconfirmed.ts';
import { useUnconfirmed } from './use-unconfirmed.ts';

export function ConfirmScreen(props: ScreenProps): ReactElement {
  const { items, failed, reload } = useUnconfirmed();
  const list = useRef<HTMLOListElement>(null);
  const keys = useOwnKeys();
  useScreenKeys((action) => {
    if (action !== 'confirm') return false;
    const card = document.activeElement?.closest('.confirm-card') ?? list.current?.firstElementChild;
    card?.querySelector<HTMLButtonElement>('.confirm-yes')?.click();
    return true;
  });
  return (
    <main className="screen" aria-label={say.title}>
      <header className="page-head">
        <h1>{say.title}</h1>
      </header>
      {failed && (
        <p className="wrong" role="alert">
          {say.failed} <Button onClick={reload}>{say.again}</Button>
        </p>
      )}
      {items !== null && (
        <p className="empty-say">{items.length === 0 ? say.none : say.explain(keys.said('confirm'))}</p>
      )}
      <ol className="confirm-list" ref={list} aria-live="polite">
        {items?.map((item) => (
          <Card key={item.entry.id} item={item} onGo={props.onGo} />
        ))}
      </ol>
    </main>
  );
}

function Card({ item, onGo }: { readonly item: Unconfirmed } & Pick<ScreenProps, 'onGo'>): ReactElement {
  const { record, entry, proof } = item;
  const keys = useOwnKeys();
  const { store } = useDesk();
  const commands = useDeskState((state) => state.commands);
  const own = [...commands.values()].filter(
    ({ message }) => message.type === 'confirm-entry' && message.entry === entry.id,
  );
  const pending = own.some(({ refusal }) => refusal === null);
  const refusal = own.find((command) => command.refusal !== null)?.refusal ?? null;
  const now = store.now();
  const way = entry.way === null ? '' : timelineWords.ways[entry.way];
  function confirm(): void {
    for (const { message } of own) store.dispatch({ type: 'dismiss-command', opId: message.opId });
    store.command({ type: 'confirm-entry', record: record.id, entry: entry.id });
  }
  function open(): void {
    store.dispatch({ type: 'select', selected: { kind: 'record', id: record.id } });
    onGo('desk');
  }
  return (
    <li className="confirm-card">
      <p className="confirm-text">
        <b>
          <OutsideText text={entry.who} />：
        </b>
        <OutsideText text={entry.text} />
      </p>
      <p>
        {say.saidAt(listMoment(entry.happenedAt ?? entry.at, now), way)}
        {entry.by !== null && `　${say.by(entry.by, listMoment(entry.at, now))}`}
      </p>
      <p>
        {say.about}：{record.number} <OutsideText text={record.fields.callerUnit.value} />{' '}
        <OutsideText text={beginning(record.fields.content.value, 200)} />{' '}
        <button type="button" className="text-button" onClick={open}>
          {say.open}
        </button>
      </p>
      {proof === null ? <p className="note">{say.noProof}</p> : <Proof call={proof} now={now} />}
      {refusal !== null && (
        <p className="wrong" role="alert">
          {refusal.zh}
        </p>
      )}
      <p className="panel-buttons">
        <Button
          type="primary"
          className="confirm-yes"
          aria-label={say.confirmThis(entry.who)}
          disabled={pending}
          onClick={confirm}
        >
          {pending ? say.confirming : say.confirm(keys.behind('confirm'))}
        </Button>
      </p>
    </li>
  );
}

function Proof({ call, now }: { readonly call: CallView; readonly now: number }): ReactElement {
  const player = useRef<PlayerHandle>(null);
  return (
    <section className="confirm-proof" aria-label={say.proof}>
      <p>
        {say.proof}：{listMoment(call.startedAt, now)} <OutsideText text={saidNumber(call)} />{' '}
        <Caller call={call} record={null} otherwise="" />
      </p>
      {call.shut === null && <Player ref={player} call={call} />}
    </section>
  );
}
