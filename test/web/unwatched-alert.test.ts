import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLinkBoard } from '../../src/web/link-board.ts';
import type { LinkView } from '../../src/web/protocol/room-view.ts';
import { dueIn, look, newWatch } from '../../src/web/unwatched.ts';
import { startUnwatchedAlert, type UnwatchedAlert } from '../../src/web/unwatched-alert.ts';
import { createWebhook, type WebhookOptions } from '../../src/web/webhook.ts';
import { type AlertBed, startAlertBed } from './alert-bed.ts';
import { type Receiver, startReceiver } from './receiver.ts';

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
  let receiver: Receiver;
  let alert: UnwatchedAlert | null;
  let bed: AlertBed | null;
  let board = createLinkBoard();

  beforeEach(async () => {
    [alert, bed] = [null, null];
    board = createLinkBoard();
    receiver = await startReceiver();
  });
  afterEach(async () => {
    alert?.close();
    await bed?.close();
    await receiver.close();
  });

  async function start(options: Partial<WebhookOptions> = {}): Promise<void> {
    bed = await startAlertBed([createWebhook({ webhook: receiver.address, signingKey: null, ...options })]);
    alert = startUnwatchedAlert({ alerts: bed.alerts, links: board, clock: Date.now, afterMs: 50 });
  }
  const arrivals = (count: number) => receiver.arrivals(count);

  it('hears of an unwatched line, and of the line that is watched again, in that order', async () => {
    board.set(link('up'));
    await start({ signingKey: 'shared key' });
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
    await start();
    expect((await arrivals(1))[0]?.body.kind).toBe('line-unwatched');
  });

  it('gets it again after an error, a redirect and a silence, and then no more', async () => {
    receiver.answers.push(500, 302, 0, 200);
    board.set(link('down'));
    await start({ timeoutMs: 1_000 });
    const all = await arrivals(4);
    expect(new Set(all.map((one) => one.body.id)).size).toBe(1);
    board.set(link('up'));
    expect((await arrivals(5))[4]?.body.kind).toBe('line-watched-again');
  });

  it('hears nothing of an outage that ended in time', async () => {
    board.set(link('up'));
    board.set(link('up', 'other'));
    await start();
    board.set(link('down'));
    board.set(link('up'));
    board.set(link('down', 'other'));
    expect((await arrivals(1))[0]?.body.pbx).toBe('other');
  });

  it('has its address kept out of the log', async () => {
    receiver.answers.push(500);
    board.set(link('down'));
    await start();
    await arrivals(2);
    const logged = bed?.logged.join(' ') ?? '';
    expect(logged).toContain('alert-not-delivered');
    expect(logged).not.toContain('secret');
  });
});
