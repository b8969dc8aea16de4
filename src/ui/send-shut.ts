/** What the page asks of 涉密误录处置, over HTTP: the second person's password must not lie in an outbox. */
import type { Refusal } from '../records/command.ts';
import { words } from './words.ts';

export type ShutAction =
  | { readonly type: 'isolate' | 'release'; readonly reason: string }
  | {
      readonly type: 'destroy';
      readonly reason: string;
      readonly login: string;
      readonly password: string;
      readonly totp: string | null;
    };

/** `subject`: the id of a call or record, or the name of what was written by hand. Null when it is done; else why not. */
export async function sendShut(subject: string, { type, ...body }: ShutAction): Promise<Refusal | null> {
  try {
    const answer = await fetch(`/api/shut/${encodeURIComponent(subject)}/${type}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return answer.ok ? null : ((await answer.json()) as Refusal);
  } catch {
    return { code: 'unreachable', zh: words.shut.failed, en: 'server unreachable' };
  }
}
