/** One page on its socket, in a process of its own: when did it have each call, and when as ended? */
import type { CallView } from '../../src/web/protocol/call-view.ts';
import type { ServerMessage } from '../../src/web/protocol/server-message.ts';
import { loggedIn } from '../web/browser.ts';
import { callOf, exactNow, type SeenTimes } from './latency-clock.ts';

process.once('message', (order: { base: string; calls: number }) => {
  watch(order.base, order.calls).catch((error: unknown) => {
    process.stderr.write(`${String(error)}\n`);
    process.exit(1);
  });
});

async function watch(base: string, calls: number): Promise<void> {
  const first = new Map<number, number>();
  const ended = new Map<number, number>();
  const page = await (await loggedIn(base, 'zhang')).open();
  await page.next('snapshot');
  page.socket.removeAllListeners('message');
  page.socket.on('message', (data) => {
    const at = exactNow();
    const message = JSON.parse((data as Buffer).toString()) as ServerMessage;
    if (message.type !== 'delta') return;
    for (const change of message.changes) if (change.entity === 'call') note(change.view, at);
    if (ended.size === calls) finish();
  });
  process.send?.('ready');

  function note(view: CallView, at: number): void {
    const call = callOf(view.caller.number);
    if (call < 0) return;
    if (!first.has(call)) first.set(call, at);
    if (view.phase === 'ended' && !ended.has(call)) ended.set(call, at);
  }

  function finish(): void {
    process.send?.({ first: [...first], ended: [...ended] } satisfies SeenTimes);
    page.close();
  }
}
