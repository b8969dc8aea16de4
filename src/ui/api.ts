/** The page's HTTP calls: log in, log out, who am I. Outside trouble becomes a refusal that can be shown. */
import type { Refusal } from '../records/command.ts';
import type { Me } from '../web/protocol.ts';
import { words } from './words.ts';

export type LoginAnswer =
  | { readonly ok: true; readonly me: Me }
  | { readonly ok: false; readonly refusal: Refusal };
export type WhoAnswer =
  | { readonly kind: 'in'; readonly me: Me }
  | { readonly kind: 'out' }
  | { readonly kind: 'unreachable' };

/** Logs in; the session cookie is set by the server. */
export async function logIn(account: string, password: string): Promise<LoginAnswer> {
  try {
    const answer = await fetch('/api/login', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ account, password }),
    });
    const body: unknown = await answer.json();
    if (answer.ok && isMe(body)) return { ok: true, me: body };
    if (isRefusal(body)) return { ok: false, refusal: body };
    return { ok: false, refusal: unexpected(answer.status) };
  } catch {
    return {
      ok: false,
      refusal: { code: 'unreachable', zh: words.login.unreachable, en: 'server unreachable' },
    };
  }
}

/** Ends the session on the server; a server out of reach ends it when the cookie expires. */
export async function logOut(): Promise<boolean> {
  try {
    return (await fetch('/api/logout', { method: 'POST' })).ok;
  } catch {
    return false;
  }
}

/** Who is logged in here. */
export async function whoAmI(): Promise<WhoAnswer> {
  try {
    const answer = await fetch('/api/me', { cache: 'no-store' });
    if (answer.status === 401 || answer.status === 403) return { kind: 'out' };
    const body: unknown = answer.ok ? await answer.json() : null;
    return isMe(body) ? { kind: 'in', me: body } : { kind: 'unreachable' };
  } catch {
    return { kind: 'unreachable' };
  }
}

function unexpected(status: number): Refusal {
  return { code: `http-${status}`, zh: words.login.unexpected(status), en: `unexpected answer ${status}` };
}

function isMe(body: unknown): body is Me {
  return typeof body === 'object' && body !== null && 'account' in body && 'role' in body;
}

function isRefusal(body: unknown): body is Refusal {
  return typeof body === 'object' && body !== null && 'code' in body && 'zh' in body;
}
