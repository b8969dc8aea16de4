/**
 * 值班台 while ten calls ring: `npm run bench -- page [SECONDS] [CALLS OF THE DAY]`. The whole service with the demonstration
 * PBX in a process of its own, the built page in Debian's Chromium, an officer who types in a form all the time. Ten calls
 * begin within a second, ring, are answered, transferred, missed; how long the page's thread was held is what is measured,
 * beside an empty page with one text area in the same browser. Goal: no task over 100 ms.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { DEMO_LOGIN } from '../../src/service/demonstration.ts';
import { openChromium } from '../bed/chromium.ts';
import { createBrowser, newOpId } from '../web/browser.ts';
import { hasKey, messageOf } from './child-message.ts';
import { type Spread, spreadOf } from './spread.ts';

/** Ten at once, which is what the demonstration tells at most. */
const STORIES = [
  ...['answered', 'missed', 'answered', 'colour-ringback', 'transferred'],
  ...['missed', 'answered', 'forwarded', 'answered', 'transferred'],
];
const SENTENCE =
  '北街发生管道爆裂，三百户停水，请求支援。现场已有两辆抢修车，预计两小时恢复供水，暂无人员伤亡。';
const KEY_EVERY_MS = 70;
/** How much slower an office computer is than this one, for the second figure. */
const SLOWER = 4;

/** What a page's thread did while somebody typed. */
interface Held {
  /** Tasks of 50 ms and more, as the browser tells them. */
  readonly longTasks: number;
  readonly over100: number;
  readonly longestMs: number;
  /** Of the time, the thread was at work. */
  readonly busyPercent: number;
  /** From a key to the picture that shows it. */
  readonly keyMs: Spread;
}

export async function run([seconds = '30', calls = '300']: readonly string[]): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'dutyline-page-'));
  const service = fork(new URL('./page-service.ts', import.meta.url), [folder, calls]);
  const browser = await openChromium();
  try {
    const { port } = await messageOf<{ port: number }>(service, (message) => hasKey(message, 'port'));
    const base = `http://127.0.0.1:${port}`;
    for (const slower of [1, SLOWER]) {
      const load = loadavg()[0];
      const bare = await typing(await barePage(browser), Number(seconds) / 2, slower);
      const desk = await openDesk(browser, base);
      await ringTen(base);
      await desk.locator('.strip').getByText('另有 7 路').waitFor();
      const held = await typing(desk, Number(seconds), slower);
      const rows = await desk.locator('.rows h2').allTextContents();
      say({ slower, seconds: Number(seconds), rows, load: [load, loadavg()[0]] });
      say({ desk: held });
      say({ bare });
      say({ busyTimesBare: Math.round((held.busyPercent / Math.max(bare.busyPercent, 0.1)) * 10) / 10 });
      await desk.locator('.strip').getByText('线路空闲').waitFor({ timeout: 120_000 });
      await desk.context().close();
    }
    await ended(service);
  } finally {
    await browser.close();
    service.kill();
    await rm(folder, { recursive: true, force: true });
  }
}

async function barePage(browser: Browser): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1366, height: 625 } });
  await page.setContent('<textarea style="width:600px;height:300px"></textarea>');
  await page.locator('textarea').focus();
  return page;
}

/** Logged in and seated, with a form open that somebody writes in. */
async function openDesk(browser: Browser, base: string): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1366, height: 625 }, locale: 'zh-CN' });
  await page.goto(base);
  await page.getByLabel('账号').fill(DEMO_LOGIN.login);
  await page.getByLabel('密码').fill(DEMO_LOGIN.password);
  await page.keyboard.press('Enter');
  await page.getByText('一号坐席').first().click();
  await page.locator('.strip').waitFor();
  await page.keyboard.press('Alt+N');
  await page.waitForFunction(() => document.activeElement?.id === 'field-content');
  return page;
}

async function ringTen(base: string): Promise<void> {
  const client = createBrowser(base);
  await client.logIn(DEMO_LOGIN.login, DEMO_LOGIN.password);
  const socket = await client.open();
  await socket.next('snapshot');
  for (const story of STORIES) socket.send({ type: 'simulate-call', opId: newOpId(), story });
  for (const _story of STORIES) await socket.next('accepted');
  socket.close();
}

/** Types for so many seconds and tells what that did to the page. */
async function typing(page: Page, seconds: number, slower: number): Promise<Held> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  await session.send('Emulation.setCPUThrottlingRate', { rate: slower });
  const busyMs = async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN) * 1_000;
  };
  await page.evaluate(() => {
    const seen = { tasks: [] as number[], keys: [] as number[] };
    Object.assign(window, { seen });
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) seen.tasks.push(duration);
    }).observe({ type: 'longtask' });
    const keys: PerformanceObserverInit & { readonly durationThreshold: number } = {
      type: 'event',
      durationThreshold: 16,
    };
    new PerformanceObserver((list) => {
      for (const { name, duration } of list.getEntries()) if (name === 'keydown') seen.keys.push(duration);
    }).observe(keys);
  });
  const busyBefore = await busyMs();
  const begunAt = performance.now();
  for (let sign = 0; performance.now() - begunAt < seconds * 1_000; sign += 1) {
    const due = begunAt + sign * KEY_EVERY_MS;
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, due - performance.now())));
    // A key of its own, and what an input method hands over.
    await page.keyboard.press('x');
    await page.keyboard.insertText(SENTENCE[sign % SENTENCE.length] ?? '');
  }
  const took = performance.now() - begunAt;
  const busy = (await busyMs()) - busyBefore;
  await session.send('Emulation.setCPUThrottlingRate', { rate: 1 });
  const { tasks, keys } = await page.evaluate(
    () =>
      (window as unknown as { readonly seen: { readonly tasks: number[]; readonly keys: number[] } }).seen,
  );
  await session.detach();
  return {
    longTasks: tasks.length,
    over100: tasks.filter((ms) => ms > 100).length,
    longestMs: Math.max(0, ...tasks),
    busyPercent: Math.round((busy / took) * 1_000) / 10,
    // The browser tells keys that took less than 16 ms only as such.
    keyMs: spreadOf(keys.length === 0 ? [16] : keys),
  };
}

async function ended(child: ChildProcess): Promise<void> {
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.send('end');
  await gone;
}

function say(figures: Readonly<Record<string, unknown>>): void {
  process.stdout.write(`${JSON.stringify(figures)}\n`);
}
