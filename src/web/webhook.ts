/** The office's webhook: one POST of JSON, signed, and what the receiver said to it. When it is repeated is `alert-sender.ts`. */
import { createHmac } from 'node:crypto';
import type { AlertChannel } from './alert-sender.ts';

export interface WebhookOptions {
  readonly webhook: string;
  /** Signs each body: `X-DutyLine-Signature: sha256=<hex>`. Null sends none. */
  readonly signingKey: string | null;
  readonly timeoutMs?: number;
}

export function createWebhook(options: WebhookOptions): AlertChannel {
  return {
    name: 'webhook',
    async deliver(body, stopped) {
      const text = JSON.stringify(body);
      try {
        const response = await fetch(options.webhook, {
          method: 'POST',
          headers: { 'content-type': 'application/json', ...signatureOf(text, options.signingKey) },
          body: text,
          // A redirect could lead an alert with names in it anywhere.
          redirect: 'manual',
          signal: AbortSignal.any([stopped, AbortSignal.timeout(options.timeoutMs ?? 10_000)]),
        });
        await response.body?.cancel();
        return response.ok ? null : `status ${response.status}`;
      } catch (error) {
        // The address may hold a key: only the kind of trouble is told.
        return error instanceof Error ? codeOf(error) : 'failed';
      }
    },
  };
}

function signatureOf(text: string, key: string | null): Record<string, string> {
  if (key === null) return {};
  return { 'x-dutyline-signature': `sha256=${createHmac('sha256', key).update(text).digest('hex')}` };
}

/** The code of the cause. Node's fetch (undici) gives none to an answer that is no HTTP, nor to an address or port that it does not take. */
function codeOf(error: Error): string {
  const { cause } = error;
  if (typeof cause === 'object' && cause !== null && 'code' in cause && typeof cause.code === 'string')
    return cause.code;
  if (cause instanceof Error && cause.name === 'HTTPParserError') return 'no-http';
  return error.name === 'TypeError' ? 'bad-address' : error.name;
}
