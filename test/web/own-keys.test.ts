import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LockView } from '../../src/web/protocol/lock-view.ts';
import type { Me } from '../../src/web/protocol/room-view.ts';
import { type Browser, loggedIn, newOpId, type Page } from './browser.ts';
import { PIN, startWebBed, type WebBed } from './web-bed.ts';

const F4 = { newest: ['F4', 'Alt+J'] };

let bed: WebBed;
let base: string;
beforeAll(async () => {
  bed = await startWebBed();
  base = `http://127.0.0.1:${bed.web.port}`;
});
afterAll(() => bed.close());

async function choose(browser: Browser, keys: unknown, origin = base): Promise<number> {
  const answer = await browser.fetch('/api/account/keys', {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin },
    body: JSON.stringify({ keys }),
  });
  return answer.status;
}

async function meOf(browser: Browser): Promise<Me> {
  return ((await (await browser.fetch('/api/me')).json()) as { me: Me }).me;
}

async function seated(login: string, seat: string): Promise<{ browser: Browser; page: Page }> {
  const browser = await loggedIn(base, login);
  const page = await browser.open();
  await page.next('snapshot');
  page.send({ type: 'take-seat', opId: newOpId(), seat });
  await page.next('accepted');
  await page.next('me');
  return { browser, page };
}

describe('own keys', () => {
  it('hold at once on every page of the person, at another seat, and change with 换人', async () => {
    const here = await seated('zhang', 's-1');
    const there = await seated('zhang', 's-2');
    expect(await choose(here.browser, F4)).toBe(204);
    for (const { page } of [here, there])
      expect((await page.next('me', ({ me }) => me.keys.newest !== undefined)).me.keys).toEqual(F4);
    expect((await meOf(await loggedIn(base, 'zhang'))).keys).toEqual(F4);
    // Somebody else at the same page has his own, and changes his own.
    here.page.send({ type: 'change-person', opId: newOpId(), person: 'p-li', pin: PIN });
    expect((await here.page.next('me', ({ me }) => me.person?.id === 'p-li')).me.keys).toEqual({});
    expect(await choose(here.browser, { jot: ['Alt+M'] })).toBe(204);
    expect((await here.page.next('me', ({ me }) => me.keys.jot !== undefined)).me.keys).toEqual({
      jot: ['Alt+M'],
    });
    expect((await meOf(there.browser)).keys).toEqual(F4);
    expect((await bed.store.auditOf('p-li')).map(({ kind, account }) => [kind, account])).toContainEqual([
      'own-keys-changed',
      'a-zhang',
    ]);
    for (const { page } of [here, there]) page.close();
  });

  it('are with the locked page of who was there, and cannot be changed from it', async () => {
    const { browser, page } = await seated('zhang', 's-2');
    await browser.fetch('/api/lock', { method: 'POST', headers: { origin: base } });
    const { view }: { view: LockView } = await page.next('locked');
    expect(view.keys).toEqual(F4);
    expect(await choose(browser, {})).toBe(423);
    page.close();
  });

  it('of a shared account where nobody sits, and of who has no duty room, are the account’s', async () => {
    for (const login of ['shared', 'admin']) {
      const browser = await loggedIn(base, login);
      expect((await meOf(browser)).keys).toEqual({});
      expect(await choose(browser, { lock: ['Alt+B'] })).toBe(204);
      expect((await meOf(await loggedIn(base, login))).keys).toEqual({ lock: ['Alt+B'] });
      expect(await choose(browser, {})).toBe(204);
      expect((await meOf(browser)).keys).toEqual({});
    }
  });

  it.each([
    [null],
    [[]],
    ['F4'],
    [{ newest: 'F4' }],
    [{ newest: [] }],
    [{ newest: ['F4', 'F3', 'F10'] }],
    [{ newest: ['F5'] }],
    [{ newest: ['Ctrl+Shift+B'] }],
    [{ newest: ['<script>'] }],
    [{ newest: ['F4', 'F4'] }],
    [{ newest: ['F4'], notes: ['F4'] }],
    [{ newest: [{}] }],
    [{ escape: ['F4'] }],
    [{ unknown: ['F4'] }],
    [{ constructor: ['F4'] }],
    [{ newest: ['x'.repeat(25)] }],
  ])('refuse %j', async (keys) => {
    const browser = await loggedIn(base, 'li');
    const before = await meOf(browser);
    expect(await choose(browser, keys)).toBe(400);
    expect(await meOf(browser)).toEqual(before);
  });

  it('come from the own site only', async () => {
    expect(await choose(await loggedIn(base, 'zhang'), {}, 'http://elsewhere.example')).toBe(403);
  });
});
