/**
 * The outward alert: a POST of JSON to the office's webhook, repeated with growing pauses until the receiver says 2xx,
 * because the network that hides a PBX often hides the receiver too.
 */
import { createHmac } from 'node:crypto';
import type { Log } from './log.ts';

export interface WebhookOptions {
  readonly webhook: string;
  /** Signs each body: `X-DutyLine-Signature: sha256=<hex>`. Null sends none. */
  readonly signingKey: string | null;
  readonly timeoutMs?: number;
  /** Pauses between attempts; the last one repeats. */
  readonly pausesMs?: readonly number[];
}

/** What the receiver gets as JSON. */
export interface AlertBody {
  readonly id: string;
  readonly kind: string;
  /** Null: it is about no PBX. */
  readonly pbx: string | null;
  /** Since when it is (or until now was) so, ms UTC. */
  readonly since: number;
  readonly at: number;
  readonly zh: string;
  readonly en: string;
}

export interface Webhook {
  /** Never waits and never throws; what is sent later arrives later. */
  send(body: AlertBody): void;
  /** Ends without waiting for a receiver that does not answer. */
  close(): Promise<void>;
}

const PAUSES_MS = [2_000, 5_000, 15_000, 60_000, 300_000];
/** An alert older than this is no news; the one after it is. */
const GIVE_UP_MS = 24 * 3_600_000;

export function createWebhook(
  options: WebhookOptions,
  deps: { readonly clock: () => number; readonly log: Log },
): Webhook {
  const ended = new AbortController();
  // One after the other: 'watched again' must never overtake 'unwatched'.
  let sending = Promise.resolve();

  async function deliver(body: AlertBody): Promise<void> {
    const text = JSON.stringify(body);
    const pauses = options.pausesMs ?? PAUSES_MS;
    const about = { kind: body.kind, pbx: body.pbx };
    for (let attempt = 0; !ended.signal.aborted; attempt += 1) {
      const answer = await post(text);
      if (answer === null) {
        deps.log('info', 'alert-delivered', about);
        return;
      }
      deps.log('warn', 'alert-not-delivered', { ...about, attempt, answer });
      if (deps.clock() - body.at > GIVE_UP_MS) return;
      await pause(pauses[Math.min(attempt, pauses.length - 1)] ?? 60_000);
    }
  }

  /** Null when the receiver took it; else what it said. */
  async function post(text: string): Promise<string | null> {
    try {
      const response = await fetch(options.webhook, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...signatureOf(text, options.signingKey) },
        body: text,
        // A redirect could lead an alert with names in it anywhere.
        redirect: 'manual',
        signal: AbortSignal.any([ended.signal, AbortSignal.timeout(options.timeoutMs ?? 10_000)]),
      });
      await response.body?.cancel();
      return response.ok ? null : `status ${response.status}`;
    } catch (error) {
      // The address may hold a key: only the kind of trouble is told.
      return error instanceof Error ? (codeOf(error.cause) ?? error.name) : 'failed';
    }
  }

  function pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      ended.signal.addEventListener('abort', () => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  return {
    send(body) {
      sending = sending
        .then(() => deliver(body))
        .catch((error: unknown) => {
          deps.log('error', 'alert-failed', { error: String(error) });
        });
    },
    async close() {
      ended.abort();
      await sending;
    },
  };
}

function signatureOf(text: string, key: string | null): Record<string, string> {
  if (key === null) return {};
  return { 'x-dutyline-signature': `sha256=${createHmac('sha256', key).update(text).digest('hex')}` };
}

function codeOf(cause: unknown): string | null {
  return typeof cause === 'object' && cause !== null && 'code' in cause ? String(cause.code) : null;
}
