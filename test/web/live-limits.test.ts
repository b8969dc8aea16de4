import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OUTLET_LIMITS } from '../../src/web/live-outlet.ts';
import { SOCKET_LIMITS, type SocketLimits } from '../../src/web/live-socket.ts';
import type { Browser, Page } from './browser.ts';
import { loggedIn, newOpId, openPage } from './browser.ts';
import type { WebBed } from './web-bed.ts';
import { callArrives, startWebBed } from './web-bed.ts';

let bed: WebBed;
let base: string;
let zhang: Browser;
const beds: WebBed[] = [];
beforeAll(async () => {
  const limits = { recheckMs: 100, burst: 20, perSecond: 200, mostWaiting: 500, mostOfOneSession: 4 };
  bed = await bedWith(limits);
  base = `http://127.0.0.1:${bed.web.port}`;
  zhang = await loggedIn(base, 'zhang');
});
afterAll(async () => {
  for (const one of beds) await one.close();
});

/** One that is impatient in more than what is tested would cut, on a loaded machine, who does all that is asked. */
async function bedWith(socketLimits: Partial<SocketLimits>): Promise<WebBed> {
  const made = await startWebBed({ socketLimits: { ...SOCKET_LIMITS, ...socketLimits } });
  beds.push(made);
  return made;
}

describe('a socket', () => {
  it('without hello is closed in time, however much else it says', async () => {
    const { web } = await bedWith({ helloMs: 1_000 });
    const there = await loggedIn(`http://127.0.0.1:${web.port}`, 'zhang');
    const page = await openPage(there.base, there.cookie);
    let said = 0;
    const chatter = setInterval(() => {
      page.send({ type: 'ping', at: 1 });
      said += 1;
    }, 30);
    expect(await page.closed).toBe(4001);
    clearInterval(chatter);
    expect(page.all.length).toBeGreaterThan(2);
    // Two seconds by a clock that stands still while this machine has no time for us.
    expect(said * 30).toBeLessThan(2_000);
  });

  it('is one of a few of the same log-in', async () => {
    const pages = await Promise.all([1, 2, 3, 4].map(() => zhang.open()));
    await Promise.all(pages.map((page) => page.next('snapshot')));
    await expect(zhang.open()).rejects.toThrow('status 429');
    pages[0]?.close();
    await pages[0]?.closed;
    for (const page of pages) page.close();
    await Promise.all(pages.map((page) => page.closed));
  });

  it('that answers no ping is cut', async () => {
    const { web } = await bedWith({ heartbeatMs: 200 });
    const page = await (await loggedIn(`http://127.0.0.1:${web.port}`, 'zhang')).open();
    page.socket.pong = () => {};
    Object.assign(page.socket, { _autoPong: false });
    expect(await page.closed).toBe(1006);
  });

  it('ends when its account is closed while it is open', async () => {
    const page = await (await loggedIn(base, 'leader')).open();
    await page.next('snapshot');
    await bed.intake.work({ type: 'account-disabled', account: 'a-leader', disabled: true, at: Date.now() });
    expect((await page.next('logged-out')).refusal.code).toBe('not-logged-in');
    expect(await page.closed).toBe(4003);
  });

  it('that sends faster than allowed is held back, and nothing is lost', async () => {
    const page = await zhang.open();
    await page.next('snapshot');
    const began = Date.now();
    for (let ping = 0; ping < 120; ping += 1) page.send({ type: 'ping', at: ping });
    for (let ping = 0; ping < 120; ping += 1) expect((await page.next('pong')).at).toBe(ping);
    // 20 at once, 200 a second after that.
    expect(Date.now() - began).toBeGreaterThan(300);
    page.close();
  });

  it('that floods is cut', async () => {
    const page = await zhang.open();
    await page.next('snapshot');
    for (let ping = 0; ping < 3_000; ping += 1) page.send({ type: 'ping', at: ping });
    expect(await page.closed).toBe(1006);
    const other = await zhang.open();
    await other.next('snapshot');
    other.close();
  });
});

describe('a slow page', () => {
  const long = '停电'.repeat(9_000);

  /** A page that reads nothing from the network, and one that writes long texts into a draft both see. */
  async function slowPage(lagMs: number) {
    const outletLimits = { ...OUTLET_LIMITS, slowBytes: 65_536, drainedBytes: 16_384, lagMs, pollMs: 20 };
    // A page that reads nothing hears no ping either: what cuts it must be its lag.
    const socketLimits = { ...SOCKET_LIMITS, heartbeatMs: 600_000 };
    const slowBed = await startWebBed({ outletLimits, socketLimits });
    beds.push(slowBed);
    const officer = await loggedIn(`http://127.0.0.1:${slowBed.web.port}`, 'zhang');
    const [page, writer] = [await officer.open(), await officer.open()];
    await writer.next('snapshot');
    await page.next('snapshot');
    await callArrives(slowBed);
    const delta = await page.next('delta', ({ changes }) =>
      changes.some((change) => change.entity === 'record'),
    );
    const change = delta.changes.find(({ entity }) => entity === 'record');
    const record = change?.entity === 'record' ? change.view.id : '';
    page.socket.pause();
    const write = async (from: number, to: number): Promise<void> => {
      for (let time = from; time < to; time += 1) {
        const value = `${long}${time}`;
        writer.send({ type: 'patch', opId: newOpId(), record, field: 'content', base: 0, value });
        await writer.next('accepted');
      }
    };
    return { slowBed, officer, page, writer, record, write };
  }

  function versionsSeen(page: Page, record: string): readonly number[] {
    return page.all.flatMap((message) =>
      message.type === 'delta'
        ? message.changes.flatMap((change) =>
            change.entity === 'record' && change.view.id === record
              ? [change.view.fields.content.version]
              : [],
          )
        : [],
    );
  }

  // The kernel buffers some MB on loopback before the service sees that a page is slow: 160 texts are 8 MB.
  it('gets the newest view at the end instead of each one it missed', async () => {
    const { page, writer, record, write } = await slowPage(60_000);
    await write(0, 160);
    page.socket.resume();
    await page.next('delta', () => versionsSeen(page, record).at(-1) === 160);
    const versions = versionsSeen(page, record);
    expect(versions.length).toBeLessThan(150);
    expect(versions).toEqual([...versions].sort((left, right) => left - right));
    await write(160, 161);
    await page.next('delta', () => versionsSeen(page, record).at(-1) === 161);
    page.close();
    writer.close();
  });

  it('is cut when it stays behind, without holding up the others, and comes back by position', async () => {
    const { slowBed, officer, page, writer, record, write } = await slowPage(500);
    const client = page.client;
    await write(0, 200);
    await writer.next('delta', () => versionsSeen(writer, record).at(-1) === 200);
    while (!slowBed.logged.some((line) => line.code === 'slow-page-cut')) await write(200, 201);
    page.socket.resume();
    await page.closed;
    const position = Math.max(
      ...page.all.flatMap((message) =>
        'position' in message && message.type !== 'accepted' ? [message.position] : [],
      ),
    );
    const back = await officer.open({ client, position });
    await back.next('delta', () => (versionsSeen(back, record).at(-1) ?? 0) >= 200);
    expect(back.all.some((message) => message.type === 'snapshot')).toBe(false);
    back.close();
    writer.close();
  });
});
