/** Log in. Nothing typed is ever cleared but the password of a refused try; errors stand under the fields. */
import { Button, Input, type InputRef } from 'antd';
import { type FormEvent, type ReactElement, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import type { Refusal } from '../records/command.ts';
import { logIn } from './api.ts';
import { isPlainHttp } from './plain-http.ts';
import { useDesk, useDeskState } from './use-desk.tsx';
import { words } from './words.ts';

export function Login(): ReactElement {
  const { store } = useDesk();
  const why = useDeskState((state) => state.loggedOutWhy);
  const unsent = useDeskState((state) => state.unsent.size + state.strangers.length);
  const [account, setAccount] = useState('');
  const [password, setPassword] = useState('');
  const [code, setCode] = useState<string | null>(null);
  const [refusal, setRefusal] = useState<Refusal | null>(why);
  const [busy, setBusy] = useState(false);
  const codeField = useRef<InputRef>(null);

  async function enter(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (busy) return;
    if (account.trim() === '' || password === '')
      return setRefusal({ code: 'empty', zh: words.login.missing, en: 'account and password' });
    setBusy(true);
    const answer = await logIn(account.trim(), password, code);
    setBusy(false);
    if (answer.ok) return store.begin();
    setRefusal(answer.refusal);
    if (answer.refusal.code !== 'totp-needed') return;
    // Drawn at once: the field is not there before.
    flushSync(() => setCode(''));
    codeField.current?.focus();
  }

  return (
    <main className="login">
      {isPlainHttp() && (
        <p className="bar bar-red" role="alert">
          {words.bars.insecure}
        </p>
      )}
      <form className="login-card" onSubmit={(event) => void enter(event)}>
        <h1>{words.app.product}</h1>
        <p className="login-mark">{words.app.unclassified}</p>
        <label htmlFor="account">{words.login.account}</label>
        <Input
          id="account"
          size="large"
          autoFocus
          autoComplete="username"
          value={account}
          onChange={(event) => setAccount(event.target.value)}
        />
        <label htmlFor="password">{words.login.password}</label>
        <Input.Password
          id="password"
          size="large"
          autoComplete="current-password"
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
        {code !== null && (
          <>
            <label htmlFor="code">{words.login.code}</label>
            <Input
              id="code"
              size="large"
              ref={codeField}
              inputMode="numeric"
              autoComplete="one-time-code"
              value={code}
              onChange={(event) => setCode(event.target.value)}
            />
          </>
        )}
        <p className="wrong login-wrong" role="alert">
          {refusal?.zh ?? ''}
        </p>
        <Button type="primary" size="large" htmlType="submit" block>
          {busy ? words.login.entering : words.login.enter}
        </Button>
        {unsent > 0 && <p className="login-unsent">{words.login.unsent(unsent)}</p>}
        <p className="login-notice">{words.login.notice}</p>
      </form>
    </main>
  );
}
