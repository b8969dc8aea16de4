import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CallFact } from '../../src/calls/fact.ts';
import { CALLBACK_RULE } from '../../src/duty/callback.ts';
import { createAlertSender } from '../../src/web/alert-sender.ts';
import { startCallbackWatch } from '../../src/web/callback-watch.ts';
import { createWebhook } from '../../src/web/webhook.ts';
import { loggedIn, newOpId, type Page } from './browser.ts';
import { startReceiver } from './receiver.ts';
import { callArrives, startWebBed, type WebBed } from './web-bed.ts';

const MINUTE = 60_000;
const NOTE = '0190a000-0000-7000-8000-0000000000aa';

let bed: WebBed;
beforeEach(async () => {
  bed = await startWebBed();
});
afterEach(() => bed.close());

/** Rang and was given up by the caller; the call's id. */
async function missedCall(unit = 'county', at = Date.now()): Promise<string> {
  const linkedid = await callArrives(bed, unit, at);
  const stamp = { pbx: 'main', linkedid, uniqueid: linkedid, generation: 1, pbxAt: at, at, receivedAt: at };
  const facts = [
    { ...stamp, factKey: `${linkedid} closed`, kind: 'leg-closed', cause: 16, techCause: null, seen: 'live' },
    { ...stamp, factKey: `${linkedid} ended`, kind: 'call-ended' },
  ] as readonly CallFact[];
  await bed.intake.work({
    type: 'call-step',
    pbx: 'main',
    facts,
    pbxFacts: [],
    texts: [],
    drafts: [],
    offsetMs: 0,
  });
  const [open] = (await bed.store.allOpenCallbacks()).slice(-1);
  return open?.call ?? '';
}

async function page(login: string): Promise<Page> {
  const opened = await (await loggedIn(`http://127.0.0.1:${bed.web.port}`, login)).open();
  await opened.next('snapshot');
  return opened;
}

async function callOf(opened: Page, fits: (view: { notes: readonly unknown[] }) => boolean) {
  const delta = await opened.next('delta', (message) =>
    message.changes.some((change) => change.entity === 'call' && fits(change.view)),
  );
  return delta.changes.flatMap((change) => (change.entity === 'call' ? [change.view] : []))[0];
}

describe('待回拨', () => {
  it('is taken on and given up by an officer, and every page of the room hears of it', async () => {
    const call = await missedCall();
    const [zhang, li] = [await page('zhang'), await page('li')];
    zhang.send({ type: 'claim-callback', opId: newOpId(), call });
    expect((await callOf(li, () => true))?.callback).toMatchObject({ claimedBy: '张三', closed: null });
    const empty = newOpId();
    zhang.send({ type: 'give-up-callback', opId: empty, call, reason: '  ' });
    expect(await zhang.next('refused')).toMatchObject({ opId: empty, refusal: { code: 'reason-needed' } });
    zhang.send({ type: 'give-up-callback', opId: newOpId(), call, reason: '空号' });
    expect((await callOf(li, () => true))?.callback?.closed).toMatchObject({
      how: 'given-up',
      by: '张三',
      reason: '空号',
    });
  });

  it.each([
    ['city', 'not-found'],
    ['supervisor', 'not-allowed'],
  ])('of the county is not for %s: %s', async (login, code) => {
    const call = await missedCall();
    const stranger = await page(login);
    stranger.send({ type: 'claim-callback', opId: newOpId(), call });
    expect(await stranger.next('refused')).toMatchObject({ refusal: { code } });
  });

  it('is told to all seats, then to 带班领导 and the webhook, once each, also after a restart', async () => {
    const began = Date.now();
    const call = await missedCall('county', began);
    const receiver = await startReceiver();
    const deps = { clock: () => now, log: () => {} };
    let now = began;
    const alerts = createAlertSender({
      ...deps,
      store: bed.store,
      intake: bed.intake,
      channels: [createWebhook({ webhook: receiver.address, signingKey: null })],
    });
    const watched = {
      ...deps,
      store: bed.store,
      intake: bed.intake,
      rule: CALLBACK_RULE,
      alerts,
      lookMs: 5,
    };
    let watch = startCallbackWatch(watched);
    const level = async () => (await bed.store.callView(call))?.callback?.level;
    const minutesLater = async (minutes: number, wanted: number) => {
      now = began + minutes * MINUTE;
      await expect.poll(level, { interval: 10 }).toBe(wanted);
    };
    await minutesLater(4, 0);
    await minutesLater(6, 1);
    await watch.close();
    watch = startCallbackWatch(watched);
    await minutesLater(11, 2);
    const [alert] = await receiver.arrivals(1);
    expect(alert?.body).toMatchObject({ kind: 'callback-overdue', pbx: null, since: began });
    // The caller's number is nobody's business outside.
    expect(alert?.text).not.toContain('2031234');
    await delay(50);
    expect(await receiver.arrivals(1)).toHaveLength(1);
    await watch.close();
    await alerts.close();
    await receiver.close();
  });
});

describe('a note at a moment of a call', () => {
  const add = (call: string, text: string) =>
    ({ type: 'add-note', opId: newOpId(), call, note: NOTE, moment: 1_000, text }) as const;

  it('is written by officer or supervisor, seen by all, and struck', async () => {
    const call = await missedCall();
    const [zhang, supervisor] = [await page('zhang'), await page('supervisor')];
    supervisor.send(add(call, '语速过快<b>'));
    expect((await supervisor.next('accepted')).type).toBe('accepted');
    expect((await callOf(zhang, (view) => view.notes.length > 0))?.notes).toMatchObject([
      { id: NOTE, text: '语速过快<b>', struck: false },
    ]);
    zhang.send({ type: 'strike-note', opId: newOpId(), call, note: NOTE });
    expect((await callOf(zhang, () => true))?.notes).toMatchObject([{ struck: true }]);
  });

  it('is refused to another unit, and with an id of another form', async () => {
    const call = await missedCall();
    const city = await page('city');
    city.send(add(call, '甲'));
    expect(await city.next('refused')).toMatchObject({ refusal: { code: 'not-found' } });
    city.send({ ...add(call, '甲'), note: "'; drop table calls" });
    expect(await city.next('refused')).toMatchObject({ refusal: { code: 'bad-message' } });
  });
});
