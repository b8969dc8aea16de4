import { expect, it } from 'vitest';
import { newId } from '../../src/storage/new-id.ts';
import type { AlertWork } from '../../src/storage/write-alert.ts';
import type { AlertBody } from '../../src/web/protocol/alert-view.ts';
import { done, onBothBackEnds } from './back-ends.ts';
import { ROOM } from './office.ts';
import { NOON } from './telling.ts';

const DAY = 86_400_000;

function raised(
  zh: string,
  at: number,
  room: string | null = ROOM,
): AlertWork & { readonly body: AlertBody } {
  const body = { id: newId(), kind: 'line-suspect', pbx: null, since: at, at, zh, en: zh };
  return { type: 'alert-raised', body, room };
}

function tried(alert: AlertBody, more: Partial<Extract<AlertWork, { type: 'alert-tried' }>>): AlertWork {
  const { id, at } = alert;
  return {
    ...{ type: 'alert-tried', alert: id, channel: 'webhook', state: 'waiting', answer: 'status 500' },
    ...{ at, nextAt: at + 2_000 },
    ...more,
  };
}

onBothBackEnds((backEnd) => {
  it('gives each receiver the oldest it has not taken, and when to try it again', async () => {
    const store = await backEnd.freshStore();
    const [first, second] = [raised('一', NOON), raised('二', NOON + 1)];
    for (const work of [second, first, first]) await done(store, work);
    const next = async (channel: 'webhook' | 'mail') => await store.nextAlert(channel, NOON - DAY);
    expect(await next('webhook')).toEqual({ body: first.body, attempts: 0, nextAt: 0 });
    await done(store, tried(first.body, {}));
    await done(store, tried(first.body, { at: NOON + 3_000, nextAt: NOON + 8_000 }));
    expect(await next('webhook')).toEqual({ body: first.body, attempts: 2, nextAt: NOON + 8_000 });
    expect(await store.channelStanding('webhook', NOON - DAY)).toEqual({
      ...{ channel: 'webhook', waiting: 2, failingSince: NOON, answer: 'status 500' },
    });
    await done(store, tried(first.body, { state: 'delivered', answer: null }));
    expect((await next('webhook'))?.body).toEqual(second.body);
    expect((await next('mail'))?.body).toEqual(first.body);
    await done(store, tried(second.body, { state: 'given-up' }));
    expect(await next('webhook')).toBeUndefined();
    // What is older than a day is no news.
    expect(await store.nextAlert('mail', NOON + 2)).toBeUndefined();
  });

  it('shows the log of the rooms that are asked for, the newest first, with any answer as text', async () => {
    const store = await backEnd.freshStore();
    const [own, other, whole] = [
      raised('本室', NOON),
      raised('别室', NOON + 1, 'room-2'),
      raised('系统', NOON + 2, null),
    ];
    for (const work of [own, other, whole]) await done(store, work);
    await done(store, tried(own.body, { answer: `\0${'长'.repeat(1_000)}` }));
    await done(store, tried(own.body, { channel: 'mail', state: 'delivered', answer: null }));
    const said = async (...asked: [string[], boolean]) =>
      (await store.alertLog(...asked, 10)).map(({ zh }) => zh);
    expect(await said([ROOM], true)).toEqual(['系统', '本室']);
    expect(await said([ROOM, 'room-2'], false)).toEqual(['别室', '本室']);
    expect(await said([], false)).toEqual([]);
    const [log] = (await store.alertLog([ROOM], false, 10)).map(({ deliveries }) => deliveries);
    expect(log).toMatchObject([
      { channel: 'mail', state: 'delivered', attempts: 1, answer: null },
      { channel: 'webhook', state: 'waiting', attempts: 1 },
    ]);
    expect(log?.[1]?.answer).toHaveLength(200);
  });

  it('forgets what is older than a year', async () => {
    const store = await backEnd.freshStore();
    const old = raised('旧', NOON - 400 * DAY);
    await done(store, old);
    await done(store, tried(old.body, {}));
    await done(store, raised('新', NOON));
    expect((await store.alertLog([ROOM], true, 10)).map(({ zh }) => zh)).toEqual(['新']);
  });
});
