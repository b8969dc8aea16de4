/** The way back: one's own password, or the PIN of who is or takes over here. */
import { Button } from 'antd';
import { type FormEvent, type ReactElement, useEffect, useRef, useState } from 'react';
import type { LockView } from '../../web/protocol/lock-view.ts';
import { useDesk, useDeskState } from '../use-desk.tsx';
import { lockWords as say } from './lock-words.ts';

/** Value of the choice that asks for the account's password. */
const ACCOUNT = '';

export function UnlockForm(props: { readonly view: LockView; readonly focusFirst: boolean }): ReactElement {
  const { people, person } = props.view;
  const { store } = useDesk();
  const account = useDeskState((state) => state.me?.name ?? '');
  const [who, setWho] = useState(people.some(({ id }) => id === person) ? (person ?? ACCOUNT) : ACCOUNT);
  const [secret, setSecret] = useState('');
  const [said, setSaid] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  // Only when the page was locked: no later event moves the focus.
  const [focusFirst] = useState(props.focusFirst);
  useEffect(() => {
    if (focusFirst) field.current?.focus();
  }, [focusFirst]);
  const chosen = people.some(({ id }) => id === who) ? who : ACCOUNT;

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (busy || secret === '') return;
    setBusy(true);
    const refusal = await store.unlock(
      chosen === ACCOUNT ? { password: secret } : { person: chosen, pin: secret },
    );
    setBusy(false);
    setSecret('');
    // Of 换人 the sentence says that nobody was changed; here nobody was to be.
    setSaid(refusal?.code === 'wrong-pin' ? say.wrongPin : (refusal?.zh ?? null));
    if (refusal !== null) field.current?.focus();
  }

  return (
    <form className="lock-unlock" aria-label={say.unlockTitle} onSubmit={(event) => void submit(event)}>
      <label htmlFor="lock-person">{say.who}</label>
      <select
        id="lock-person"
        value={chosen}
        onChange={(event) => {
          setWho(event.target.value);
          field.current?.focus();
        }}
      >
        {people.map(({ id, name }) => (
          <option key={id} value={id}>
            {say.byPin(name)}
          </option>
        ))}
        <option value={ACCOUNT}>{say.byPassword(account)}</option>
      </select>
      <label htmlFor="lock-secret">{chosen === ACCOUNT ? say.password : say.pin}</label>
      <input
        id="lock-secret"
        ref={field}
        type="password"
        inputMode={chosen === ACCOUNT ? 'text' : 'numeric'}
        // A browser that knows the password must not type it for whoever stands here; it heeds no `off`.
        autoComplete="new-password"
        maxLength={chosen === ACCOUNT ? 512 : 16}
        value={secret}
        onChange={(event) => setSecret(event.target.value)}
      />
      <p className="wrong" role="alert">
        {said ?? ''}
      </p>
      <Button type="primary" htmlType="submit" block>
        {busy ? say.unlocking : say.unlock}
      </Button>
      <Button type="link" size="small" onClick={() => void store.leave()}>
        {say.logOut}
      </Button>
    </form>
  );
}
