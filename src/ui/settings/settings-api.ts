/** 设置 and the service behind it: what the own account is, and each change of it. */
import { useCallback, useEffect, useState } from 'react';
import type { KeyMap } from '../../keys/own-keys.ts';
import type { Refusal } from '../../records/command.ts';
import type { OwnAccountView, TotpOffer } from '../../web/protocol/own-account-view.ts';
import { settingsWords as say } from './settings-words.ts';

export type Answer<Body> =
  | { readonly ok: true; readonly body: Body }
  | { readonly ok: false; readonly refusal: Refusal };

const UNREACHABLE: Refusal = { code: 'unreachable', zh: say.unreachable, en: 'server unreachable' };

/** The own account; read again after a change. */
export function useOwnAccount(): {
  readonly account: OwnAccountView | null;
  readonly trouble: string | null;
  readonly reload: () => void;
} {
  const [account, setAccount] = useState<OwnAccountView | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const [asked, setAsked] = useState(0);
  const reload = useCallback(() => setAsked((count) => count + 1), []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: asking again is what restarts the reading.
  useEffect(() => {
    let gone = false;
    void send<OwnAccountView>('/api/account', null).then((answer) => {
      if (gone) return;
      setTrouble(answer.ok ? null : answer.refusal.zh);
      if (answer.ok) setAccount(answer.body);
    });
    return () => {
      gone = true;
    };
  }, [asked]);
  return { account, trouble, reload };
}

export function changePassword(password: string, next: string): Promise<Answer<{ readonly ended: number }>> {
  return send('/api/account/password', { password, next });
}

export function changePin(password: string, pin: string): Promise<Answer<null>> {
  return send('/api/account/pin', { password, pin });
}

export function beginTotp(password: string): Promise<Answer<TotpOffer>> {
  return send('/api/account/totp', { password });
}

export function confirmTotp(code: string): Promise<Answer<null>> {
  return send('/api/account/totp/confirm', { code });
}

export function stopTotp(password: string, code: string): Promise<Answer<null>> {
  return send('/api/account/totp/off', { password, code });
}

export function changeKeys(keys: KeyMap): Promise<Answer<null>> {
  return send('/api/account/keys', { keys });
}

/** `body` null: a question; else a change. */
async function send<Body>(path: string, body: unknown): Promise<Answer<Body>> {
  try {
    const answer = await fetch(
      path,
      body === null
        ? { cache: 'no-store' }
        : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) },
    );
    const said: unknown = answer.status === 204 ? null : await answer.json();
    // The service is ours: what it answers has the form that its types say.
    return answer.ok ? { ok: true, body: said as Body } : { ok: false, refusal: said as Refusal };
  } catch {
    return { ok: false, refusal: UNREACHABLE };
  }
}
