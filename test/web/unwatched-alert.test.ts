import { createHmac } from 'node:crypto';
import type { IncomingHttpHeaders, Server } from 'node:http';
import { createServer } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLinkBoard } from '../../src/web/link-board.ts';
import type { LinkView } from '../../src/web/protocol/room-view.ts';
import { dueIn, look, newWatch } from '../../src/web/unwatched.ts';
import type { AlertBody, AlertOptions, UnwatchedAlert } from '../../src/web/unwatched-alert.ts';
import { startUnwatchedAlert } from '../../src/web/unwatched-alert.ts';

const link = (state: LinkView['state'], pbx = 'main'): LinkView => ({
  pbx,
  name: pbx,
  state,
  since: Date.now(),
  reason: null,
  offsetMs: null,
  limits: [],
  quarantined: 0,
});

describe('when to tell', () => {
  it('waits the whole time, tells once, and tells when it is over', () => {
    const lost = look(newWatch('main'), { state: 'down' }, 1_000, 60_000);
    expect(lost.alert).toBeNull();
    expect(dueIn(lost.watch, 1_000, 60_000)).toBe(60_000);
    const trying = look(lost.watch, { state: 'connecting' }, 60_999, 60_000);
    expect(trying.alert).toBeNull();
    const told = look(trying.watch, { state: 'down' }, 61_000, 60_000);
    expect(told.alert).toBe('line-unwatched');
    expect(look(told.watch, { state: 'down' }, 500_000, 60_000).alert).toBeNull();
    expect(dueIn(told.watch, 500_000, 60_000)).toBeNull();
    expect(look(told.watch, { state: 'up' }, 600_000, 60_000).alert).toBe('line-watched-again');
  });

  it('says nothing about an outage that ended in time', () => {
    const lost = look(newWatch('main'), { state: 'down' }, 1_000, 60_000);
    const back = look(lost.watch, { state: 'up' }, 50_000, 60_000);
    expect(back).toEqual({ watch: newWatch('main'), alert: null });
  });
});

describe('the webhook', () => {
  interface Got {
    readonly headers: IncomingHttpHeaders;
    readonly text: string;
    readonly body: AlertBody;
  }
  let receiver: Server;
  let got: Got[];
  let answers: number[];
  let wake: () => void;
  let alert: UnwatchedAlert | null;
  const links = () => board;
  let board = createLinkBoard();

  beforeEach(async () => {
    got = [];
    answers = [];
    wake = () => {};
    alert = null;
    board = createLinkBoard();
    receiver = createServer((request, response) => {
      let text = '';
      request.on('data', (chunk) => {
        text += String(chunk);
      });
      request.on('end', () => {
        got.push({ headers: request.headers, text, body: JSON.parse(text) as AlertBody });
        const status = answers.shift() ?? 204;
        // 0: takes the request and never answers.
        if (status !== 0) response.writeHead(status, { location: 'http://127.0.0.1:1/' }).end();
        wake();
      });
    });
    await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  });
  afterEach(async () => {
    await alert?.close();
    receiver.closeAllConnections();
    await new Promise((resolve) => receiver.close(resolve));
  });

  function start(options: Partial<AlertOptions> = {}): void {
    const address = receiver.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    alert = startUnwatchedAlert(
      {
        webhook: `http://127.0.0.1:${port}/hook?key=secret`,
        afterMs: 50,
        signingKey: null,
        timeoutMs: 300,
        pausesMs: [10],
        ...options,
      },
      { links: links(), clock: Date.now, log: (_level, _code, about) => logged.push(JSON.stringify(about)) },
    );
  }
  const logged: string[] = [];

  async function arrivals(count: number): Promise<readonly Got[]> {
    while (got.length < count) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    return got;
  }

  it('hears of an unwatched line, and of the line that is watched again, in that order', async () => {
    board.set(link('up'));
    start({ signingKey: 'shared key' });
    board.set(link('down'));
    const [first] = await arrivals(1);
    expect(first?.body).toMatchObject({ kind: 'line-unwatched', pbx: 'main' });
    expect((first?.body.at ?? 0) - (first?.body.since ?? 0)).toBeGreaterThanOrEqual(50);
    const signature = createHmac('sha256', 'shared key')
      .update(first?.text ?? '')
      .digest('hex');
    expect(first?.headers['x-dutyline-signature']).toBe(`sha256=${signature}`);
    board.set(link('up'));
    expect((await arrivals(2))[1]?.body.kind).toBe('line-watched-again');
  });

  it('is told of a line that was never reached since the start', async () => {
    board.set(link('connecting'));
    start();
    expect((await arrivals(1))[0]?.body.kind).toBe('line-unwatched');
  });

  it('gets it again after an error, a redirect and a silence, and then no more', async () => {
    answers = [500, 302, 0, 200];
    board.set(link('down'));
    start();
    const all = await arrivals(4);
    expect(new Set(all.map((one) => one.body.id)).size).toBe(1);
    board.set(link('up'));
    expect((await arrivals(5))[4]?.body.kind).toBe('line-watched-again');
  });

  it('hears nothing of an outage that ended in time', async () => {
    board.set(link('up'));
    board.set(link('up', 'other'));
    start();
    board.set(link('down'));
    board.set(link('up'));
    board.set(link('down', 'other'));
    expect((await arrivals(1))[0]?.body.pbx).toBe('other');
  });

  it('has its address kept out of the log', async () => {
    answers = [500];
    board.set(link('down'));
    start();
    await arrivals(2);
    expect(logged.join(' ')).not.toContain('secret');
  });
});
