/** Some of the consoles of the bench `consoles`, in a process of their own; tells when each of them saw each call. */
import { setTimeout as delay } from 'node:timers/promises';
import { loggedIn } from '../web/browser.ts';
import { type ConsolePage, openConsole } from './console-page.ts';
import type { ClientsOrder, ClientsReport, RejoinReport } from './consoles.ts';
import { exactNow } from './latency-clock.ts';

/** The service lets one log-in have thirty. */
const OF_ONE_LOGIN = 25;
const LATEST_MS = 60_000;
/** As a laptop that sleeps: not so long that the service takes it for gone. */
const SLEEP_MS = 12_000;
const AWAKE_MS = 8_000;

process.once('message', (order: ClientsOrder) => {
  run(order).catch((error: unknown) => {
    process.stderr.write(`${String(error)}\n`);
    process.exit(1);
  });
});

async function run(order: ClientsOrder): Promise<void> {
  const cookies: string[] = [];
  for (const login of order.logins) cookies.push((await loggedIn(order.base, login)).cookie);
  const open = async (index: number): Promise<ConsolePage> => {
    const page = openConsole(order.base, cookies[Math.floor(index / OF_ONE_LOGIN)] ?? '', order.calls);
    await page.ready;
    return page;
  };
  const pages: ConsolePage[] = [];
  for (let index = 0; index < order.consoles; index += 1) pages.push(await open(index));
  const stuck = order.bad ? await open(order.consoles) : null;
  const sleeper = order.bad ? await open(order.consoles) : null;
  let stuckCode: number | null = null;
  void stuck?.closed.then((code) => {
    stuckCode = code;
  });
  process.send?.('ready');
  await said('begin');
  stuck?.socket.pause();
  const sleeping = sleeper === null ? null : sleepNowAndThen(sleeper);

  const until = exactNow() + order.seconds * 1_000 + LATEST_MS;
  const isComplete = (page: ConsolePage) => page.ended.every((at) => at > 0);
  while (exactNow() < until && !pages.every(isComplete)) await delay(50);
  await sleeping?.();
  while (sleeper !== null && exactNow() < until && !isComplete(sleeper)) await delay(50);
  // It reads now what still lies in the network, and hears that it was cut.
  stuck?.socket.resume();
  await Promise.race([stuck?.closed, delay(2_000)]);
  process.send?.({
    first: pages.map((page) => page.first),
    ended: pages.map((page) => page.ended),
    deltas: pages.map((page) => page.deltas()),
    bytes: pages.map((page) => page.bytes()),
    stuck: stuck === null ? null : { code: stuckCode, bytes: stuck.bytes() },
    sleeper: sleeper === null ? null : { deltas: sleeper.deltas(), complete: isComplete(sleeper) },
  } satisfies ClientsReport);

  await said('rejoin');
  for (const page of pages) page.close();
  await Promise.all(pages.map((page) => page.closed));
  const begunAt = exactNow();
  const again = await Promise.all(pages.map((_page, index) => open(index)));
  process.send?.({
    rejoinMs: exactNow() - begunAt,
    snapshotBytes: again[0]?.bytes() ?? 0,
  } satisfies RejoinReport);
  for (const page of again) page.close();
  process.disconnect();
}

/** Answers how to wake it for good. */
function sleepNowAndThen(page: ConsolePage): () => Promise<void> {
  let stopped = false;
  const running = (async () => {
    while (!stopped) {
      page.socket.pause();
      await delay(SLEEP_MS);
      page.socket.resume();
      await delay(AWAKE_MS);
    }
  })();
  return async () => {
    stopped = true;
    await running;
  };
}

function said(word: string): Promise<void> {
  return new Promise((resolve) => {
    const listen = (message: unknown) => {
      if (message !== word) return;
      process.off('message', listen);
      resolve();
    };
    process.on('message', listen);
  });
}
