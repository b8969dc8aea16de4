/** The page's HTTP calls: log in, log out, who am I. Outside trouble becomes a refusal that can be shown. */
import type { Refusal } from '../records/command.ts';
import type { Me } from '../web/protocol/room-view.ts';
import { words } from './words.ts';

export type LoginAnswer =
  | { readonly ok: true; readonly me: Me }
  | { readonly ok: false; readonly refusal: Refusal };
export type WhoAnswer =
  | { readonly kind: 'in'; readonly me: Me; readonly locked: boolean }
  | { readonly kind: 'out' }
  | { readonly kind: 'unreachable' };

/** Logs in; the session cookie is set by the server. `totp` null when no one-time code was asked for. */
export async function logIn(login: string, password: string, totp: string | null): Promise<LoginAnswer> {
  try {
    const answer = await fetch('/api/login', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ login, password, totp }),
    });
    const body: unknown = await answer.json();
    const me = meIn(body);
    if (answer.ok && me !== null) return { ok: true, me };
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
    const me = meIn(body);
    return me === null ? { kind: 'unreachable' } : { kind: 'in', me, locked: isLocked(body) };
  } catch {
    return { kind: 'unreachable' };
  }
}

function unexpected(status: number): Refusal {
  return { code: `http-${status}`, zh: words.login.unexpected(status), en: `unexpected answer ${status}` };
}

function isLocked(body: unknown): boolean {
  return typeof body === 'object' && body !== null && 'locked' in body && body.locked === true;
}

/** The service is ours and trusted; what is looked at is only whether a proxy answered instead of it. */
function meIn(body: unknown): Me | null {
  return typeof body === 'object' && body !== null && 'me' in body ? (body.me as Me) : null;
}

function isRefusal(body: unknown): body is Refusal {
  return typeof body === 'object' && body !== null && 'code' in body && 'zh' in body;
}
