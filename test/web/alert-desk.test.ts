import { afterEach, beforeEach, expect, it } from 'vitest';
import { newId } from '../../src/storage/new-id.ts';
import type { AlertView } from '../../src/web/protocol/alert-view.ts';
import { loggedIn } from './browser.ts';
import { startWebBed, type WebBed } from './web-bed.ts';

let bed: WebBed;
beforeEach(async () => {
  bed = await startWebBed();
});
afterEach(() => bed.close());

async function raise(zh: string, room: string | null, at = Date.now()): Promise<string> {
  const body = { id: newId(), kind: 'line-suspect', pbx: null, since: at, at, zh, en: zh };
  await bed.intake.work({ type: 'alert-raised', body, room });
  return body.id;
}

it('shows the alerts of the rooms one reaches, and those of the installation', async () => {
  await raise('区值班室', 'r-county');
  await raise('市值班室', 'r-city');
  await raise('磁盘', null);
  const seenBy = async (login: string) => {
    const browser = await loggedIn(`http://127.0.0.1:${bed.web.port}`, login);
    const answer = await browser.fetch('/api/alerts');
    if (!answer.ok) return answer.status;
    const { alerts } = (await answer.json()) as { readonly alerts: readonly AlertView[] };
    return alerts.map(({ zh }) => zh).toSorted();
  };
  expect(await seenBy('zhang')).toEqual(['区值班室', '磁盘'].toSorted());
  expect(await seenBy('city')).toEqual(['市值班室', '磁盘'].toSorted());
  expect(await seenBy('supervisor')).toEqual(['区值班室', '市值班室', '磁盘'].toSorted());
  expect(await seenBy('admin')).toHaveLength(3);
  expect(await seenBy('auditor')).toBe(403);
});

it('says of one that became older than a day while the service stood still that it was given up', async () => {
  const A_DAY = 24 * 3_600_000;
  const [old, fresh] = [Date.now() - A_DAY - 60_000, Date.now() - A_DAY + 60_000];
  for (const at of [old, fresh]) {
    const alert = await raise('区值班室', 'r-county', at);
    await bed.intake.work({
      ...{ type: 'alert-tried', alert, channel: 'webhook', state: 'waiting', answer: 'status 500', at },
      nextAt: at + 300_000,
    });
  }
  const browser = await loggedIn(`http://127.0.0.1:${bed.web.port}`, 'zhang');
  const { alerts } = (await (await browser.fetch('/api/alerts')).json()) as {
    readonly alerts: readonly AlertView[];
  };
  expect(alerts.map(({ at, deliveries }) => [at, deliveries[0]?.state])).toEqual([
    [fresh, 'waiting'],
    [old, 'given-up'],
  ]);
});
