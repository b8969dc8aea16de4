/**
 * The outward alert: a POST to the office's webhook when a line has been unwatched for so long, and again when it is
 * watched. Repeated with growing pauses until the receiver says 2xx, because the network that hides the PBX often hides
 * the receiver too.
 */
import { createHmac, randomUUID } from 'node:crypto';
import type { LinkBoard } from './link-board.ts';
import type { Log } from './log.ts';
import type { LinkView } from './protocol/room-view.ts';
import type { AlertKind, Watch } from './unwatched.ts';
import { dueIn, look, newWatch } from './unwatched.ts';

export interface AlertOptions {
  readonly webhook: string;
  readonly afterMs: number;
  /** Signs each body: `X-DutyLine-Signature: sha256=<hex>`. Null sends none. */
  readonly signingKey: string | null;
  readonly timeoutMs?: number;
  /** Pauses between attempts; the last one repeats. */
  readonly pausesMs?: readonly number[];
}

export interface UnwatchedAlert {
  close(): Promise<void>;
}

/** What the receiver gets as JSON. */
export interface AlertBody {
  readonly id: string;
  readonly kind: AlertKind;
  readonly pbx: string;
  /** Since when the line is (or until now was) unwatched, ms UTC. */
  readonly since: number;
  readonly at: number;
  readonly zh: string;
  readonly en: string;
}

const PAUSES_MS = [2_000, 5_000, 15_000, 60_000, 300_000];
/** An outage older than this is no news; the one after it is. */
const GIVE_UP_MS = 24 * 3_600_000;

export function startUnwatchedAlert(
  options: AlertOptions,
  deps: { readonly links: LinkBoard; readonly clock: () => number; readonly log: Log },
): UnwatchedAlert {
  const watches = new Map<string, Watch>();
  const timers = new Map<string, NodeJS.Timeout>();
  const ended = new AbortController();
  // One after the other: 'watched again' must never overtake 'unwatched'.
  let sending = Promise.resolve();

  function check(link: LinkView): void {
    const before = watches.get(link.pbx) ?? newWatch(link.pbx);
    const at = deps.clock();
    const { watch, alert } = look(before, link, at, options.afterMs);
    watches.set(link.pbx, watch);
    clearTimeout(timers.get(link.pbx));
    const due = dueIn(watch, at, options.afterMs);
    if (due !== null) timers.set(link.pbx, setTimeout(() => checkAgain(link.pbx), due).unref());
    if (alert === null) return;
    const since = watch.downSince ?? before.downSince ?? at;
    const body = bodyOf(alert, link.pbx, since, at);
    sending = sending
      .then(() => deliver(body))
      .catch((error: unknown) => {
        deps.log('error', 'alert-failed', { error: String(error) });
      });
  }

  function checkAgain(pbx: string): void {
    const link = deps.links.get(pbx);
    if (link !== undefined) check(link);
  }

  async function deliver(body: AlertBody): Promise<void> {
    const text = JSON.stringify(body);
    const pauses = options.pausesMs ?? PAUSES_MS;
    for (let attempt = 0; !ended.signal.aborted; attempt += 1) {
      const answer = await post(text);
      if (answer === null) {
        deps.log('info', 'alert-delivered', { kind: body.kind, pbx: body.pbx });
        return;
      }
      deps.log('warn', 'alert-not-delivered', { kind: body.kind, pbx: body.pbx, attempt, answer });
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

  const stop = deps.links.subscribe(check);
  for (const link of deps.links.all()) check(link);

  return {
    close: async () => {
      stop();
      for (const timer of timers.values()) clearTimeout(timer);
      ended.abort();
      await sending;
    },
  };
}

function bodyOf(kind: AlertKind, pbx: string, since: number, at: number): AlertBody {
  const seconds = Math.round((at - since) / 1_000);
  const texts =
    kind === 'line-unwatched'
      ? {
          zh: `电话交换机（${pbx}）的来电已 ${seconds} 秒无人监听（连接中断，或账号听不到通话），不会自动登记，请先人工补记。`,
          en: `Nobody has heard the calls of the PBX ${pbx} for ${seconds} s (no connection, or an account that hears none): they are not recorded by themselves.`,
        }
      : {
          zh: `电话交换机（${pbx}）的来电已恢复监听，中断共 ${seconds} 秒。`,
          en: `The calls of the PBX ${pbx} are heard again after ${seconds} s.`,
        };
  return { id: randomUUID(), kind, pbx, since, at, ...texts };
}

function signatureOf(text: string, key: string | null): Record<string, string> {
  if (key === null) return {};
  return { 'x-dutyline-signature': `sha256=${createHmac('sha256', key).update(text).digest('hex')}` };
}

function codeOf(cause: unknown): string | null {
  return typeof cause === 'object' && cause !== null && 'code' in cause ? String(cause.code) : null;
}
