/** 换班 of one shift: asked by who is on it, answered by who is asked. */
import { Button } from 'antd';
import { type ReactElement, useEffect, useRef, useState } from 'react';
import type { RosterShiftView, RosterView, SwapView } from '../../duty/roster-view.ts';
import { FormEnd } from '../form-end.tsx';
import { clockMinute, listMoment, typedForm } from '../format.ts';
import { secrecyItem } from '../secrecy-item.ts';
import { Secrecy } from '../secrecy-panel.tsx';
import { useOpId } from '../use-op-id.ts';
import type { RosterState } from './roster-api.ts';
import { rosterWords as say } from './words.ts';

export function SwapPart(props: {
  readonly desk: RosterState;
  readonly view: RosterView;
  readonly shift: RosterShiftView;
}): ReactElement | null {
  const { desk, view, shift } = props;
  const [asking, setAsking] = useState(false);
  const swaps = view.swaps.filter(
    ({ shift: one, back }) => one.from === shift.from || back?.from === shift.from,
  );
  const isMine = shift.published?.some(({ person }) => person === view.me) === true;
  const mayAsk = view.mayEdit && isMine && shift.from > view.at;
  if (swaps.length === 0 && !mayAsk) return null;
  return (
    <div className="roster-swaps">
      <h3>{say.swap.list}</h3>
      {swaps.map((swap) => (
        <SwapLine key={swap.id} desk={desk} view={view} swap={swap} />
      ))}
      <Secrecy
        of="text"
        items={swaps.map(({ id, reason, shut }) =>
          secrecyItem({ kind: 'swap', id }, say.swap.why, reason, shut),
        )}
        onDone={desk.reload}
      />
      {mayAsk && !asking && <Button onClick={() => setAsking(true)}>{say.swap.ask}</Button>}
      {mayAsk && asking && <AskForm desk={desk} view={view} shift={shift} onDone={() => setAsking(false)} />}
    </div>
  );
}

/** One swap in a sentence, with what the person at this seat may say to it. */
export function SwapLine(props: {
  readonly desk: RosterState;
  readonly view: RosterView;
  readonly swap: SwapView;
}): ReactElement {
  const { desk, view, swap } = props;
  const [trouble, setTrouble] = useState<string | null>(null);
  const nameOf = (id: string) => view.people.find((person) => person.id === id)?.name ?? id;
  const answer = (how: 'accepted' | 'refused' | 'withdrawn') =>
    void desk.send(`swaps/${encodeURIComponent(swap.id)}`, { how, words: '' }).then(setTrouble);
  const isOpen = swap.state === 'asked' && view.mayEdit;
  const moment = (at: number) => listMoment(at, view.at);
  // A shift always with its day, also today's.
  const begin = (at: number) => typedForm(at).slice(5);
  return (
    <div className="roster-swap">
      <p>
        {say.swap.asked(
          nameOf(swap.giver),
          nameOf(swap.taker),
          begin(swap.shift.from),
          swap.back === null ? null : begin(swap.back.from),
        )}{' '}
        <span className={swap.state === 'asked' ? 'badge soft-amber' : 'badge soft-grey'}>
          {say.swap.states[swap.state]}
        </span>
      </p>
      <p className="note">
        {`${swap.reason}　${moment(swap.askedAt)} ${swap.askedBy ?? ''}`}
        {swap.answeredAt !== null && `　${moment(swap.answeredAt)} ${swap.answeredBy ?? ''}`}
      </p>
      {isOpen && view.me === swap.taker && (
        <p className="roster-actions">
          <Button size="small" type="primary" onClick={() => answer('accepted')}>
            {say.swap.accept}
          </Button>
          <Button size="small" onClick={() => answer('refused')}>
            {say.swap.refuse}
          </Button>
        </p>
      )}
      {isOpen && view.me === swap.giver && (
        <p className="roster-actions">
          <Button size="small" onClick={() => answer('withdrawn')}>
            {say.swap.withdraw}
          </Button>
        </p>
      )}
      {trouble !== null && (
        <p className="wrong" role="alert">
          {trouble}
        </p>
      )}
    </div>
  );
}

function AskForm(props: {
  readonly desk: RosterState;
  readonly view: RosterView;
  readonly shift: RosterShiftView;
  readonly onDone: () => void;
}): ReactElement {
  const { desk, view, shift } = props;
  const others = view.people.filter(({ id, standing }) => id !== view.me && standing === 'permanent');
  const [taker, setTaker] = useState(others[0]?.id ?? '');
  const [back, setBack] = useState('');
  const [reason, setReason] = useState('');
  const [trouble, setTrouble] = useState<string | null>(null);
  const opIds = useOpId();
  const offered = view.shifts.filter(
    (one) =>
      one.from > view.at &&
      one.from !== shift.from &&
      one.published?.some(({ person }) => person === taker) === true,
  );
  const first = useRef<HTMLSelectElement>(null);
  // Its button is gone: what was opened by a key goes on by keys.
  useEffect(() => first.current?.focus(), []);
  async function send(): Promise<void> {
    const found = offered.find(({ from }) => String(from) === back);
    const refused = await desk.send('swaps', {
      opId: opIds.of(JSON.stringify([shift.from, taker, back, reason])),
      shift: { from: shift.from, to: shift.to },
      taker,
      back: found === undefined ? null : { from: found.from, to: found.to },
      reason,
    });
    setTrouble(refused);
    if (refused === null) props.onDone();
  }
  return (
    <form
      className="roster-form"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <label>
        <span>{say.swap.taker}</span>
        <select ref={first} value={taker} onChange={({ target }) => setTaker(target.value)}>
          {others.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span>{say.swap.back}</span>
        <select value={back} onChange={({ target }) => setBack(target.value)}>
          <option value="">{say.swap.noBack}</option>
          {offered.map(({ from, day, name }) => (
            <option key={from} value={String(from)}>
              {`${day.slice(5)} ${name} ${clockMinute(from)}`}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span>{say.swap.reason}</span>
        <input value={reason} maxLength={200} onChange={({ target }) => setReason(target.value)} />
      </label>
      <FormEnd
        trouble={trouble}
        row="roster-actions"
        send={say.swap.send}
        cancel={say.cancel}
        onCancel={props.onDone}
      />
    </form>
  );
}
