/** One signature: who, and his PIN. What was typed stays while somebody answers a call; a wrong PIN leaves the name. */
import { Button } from 'antd';
import { type FormEvent, type ReactElement, type ReactNode, useEffect, useRef, useState } from 'react';
import type { HandOverView } from '../../duty/hand-over-view.ts';
import { Mark } from '../icons.tsx';
import { hasFieldFocus } from '../use-keys.ts';
import type { HandOverDesk } from './hand-over-api.ts';
import { forgetInput, PIN, useKeptInput } from './kept-input.ts';
import { handOverWords as say } from './words.ts';

export function SignForm(props: {
  readonly desk: HandOverDesk;
  readonly handOver: string;
  readonly as: 'giver' | 'taker';
  /** Who may sign; the first is preset. */
  readonly people: HandOverView['people'];
  /** 接班人: the version of 本班须知 he says he has read; null: he has not said so. */
  readonly notes: number | null;
  /** The step before was done here just now: what was begun by a key goes on by keys. */
  readonly wantsFocus: boolean;
  readonly onSigned: () => void;
  /** What is to be said of whoever is chosen; null: nothing. */
  readonly warningOf?: (person: string) => string | null;
  readonly children?: ReactNode;
}): ReactElement {
  const { desk, handOver, as, people } = props;
  const role = as === 'giver' ? say.giver : say.taker;
  const [person, setPerson] = useKeptInput(`${handOver} ${as} person`, '');
  const pinName = `${handOver} ${as}${PIN}`;
  const [pin, setPin] = useKeptInput(pinName, '');
  const [trouble, setTrouble] = useState<string | null>(null);
  const [waiting, setWaiting] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const chosen = people.some(({ id }) => id === person) ? person : (people[0]?.id ?? '');
  const { wantsFocus } = props;
  useEffect(() => {
    // Somebody else's step, seen from another seat, takes no caret away.
    if (wantsFocus && !hasFieldFocus())
      form.current?.querySelector<HTMLElement>('[type="checkbox"], [type="password"]')?.focus();
  }, [wantsFocus]);

  async function sign(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (chosen === '' || pin === '' || waiting) return;
    setWaiting(true);
    const body = { id: handOver, as, person: chosen, pin, notes: props.notes };
    forgetInput(pinName);
    const refused = await desk.send('/signatures', body);
    setWaiting(false);
    setTrouble(refused);
    if (refused !== null) {
      form.current?.querySelector<HTMLElement>('[type="password"]')?.focus();
      return;
    }
    forgetInput(`${handOver} ${as} person`);
    props.onSigned();
  }
  const warning = props.warningOf?.(chosen) ?? null;
  if (people.length === 0) return <p className="empty-say">{say.nobodyElse}</p>;
  return (
    <form ref={form} className="hand-over-sign" onSubmit={(event) => void sign(event)}>
      <select aria-label={say.who(role)} value={chosen} onChange={({ target }) => setPerson(target.value)}>
        {people.map(({ id, name, title }) => (
          <option key={id} value={id}>
            {say.name(name, title)}
          </option>
        ))}
      </select>
      {warning !== null && (
        <p className="hand-over-band soft-amber" role="status">
          <Mark name="triangle" />
          {warning}
        </p>
      )}
      {props.children}
      <div className="hand-over-pin">
        <input
          type="password"
          inputMode="numeric"
          autoComplete="off"
          maxLength={16}
          aria-label={say.pin(role)}
          placeholder={say.pin(role)}
          value={pin}
          onChange={({ target }) => setPin(target.value)}
        />
        <Button type="primary" htmlType="submit" disabled={pin === '' || waiting}>
          {as === 'giver' ? say.giverSign : say.takerSign}
        </Button>
      </div>
      {(waiting || trouble !== null) && (
        <p className={waiting ? 'note' : 'wrong'} role="alert">
          {waiting ? say.signing : trouble}
        </p>
      )}
    </form>
  );
}
