import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createBrowser, loggedIn, openPage } from './browser.ts';
import type { WebBed } from './web-bed.ts';
import { startWebBed } from './web-bed.ts';

let bed: WebBed;
let base: string;
beforeAll(async () => {
  bed = await startWebBed();
  base = `http://127.0.0.1:${bed.web.port}`;
});
afterAll(() => bed.close());

describe('log-in', () => {
  it('gives a cookie that scripts cannot read and other sites do not send', async () => {
    const response = await createBrowser(base).logIn('ZHANG');
    expect(response.status).toBe(200);
    const cookie = response.headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(/^dutyline=[\w-]{43}; Max-Age=\d+; Path=\/; HttpOnly; SameSite=Strict$/);
    const { me } = (await response.json()) as { me: unknown };
    expect(me).toMatchObject({ account: 'a-zhang', role: 'officer', seat: null, person: { name: '张三' } });
  });

  it('keeps the secret out of the store', async () => {
    const browser = await loggedIn(base, 'zhang');
    const token = browser.cookie.split('=')[1] ?? '';
    expect(await bed.store.session(token)).toBeUndefined();
  });

  it('answers a wrong password, an unknown name and a closed account alike', async () => {
    await bed.intake.work({ type: 'account-disabled', account: 'a-leader', disabled: true, at: Date.now() });
    const answers = await Promise.all(
      [['zhang', 'wrong-password'], ['nobody', 'wrong-password'], ['leader']].map(
        async ([login = '', password]) => {
          const response = await createBrowser(base).logIn(login, password);
          return `${response.status} ${await response.text()}`;
        },
      ),
    );
    expect(new Set(answers).size).toBe(1);
    expect(answers[0]).toContain('"login-refused"');
  });

  it.each([
    ['no JSON', '{', 400],
    ['no body', '', 400],
    ['a missing password', '{"login":"zhang"}', 400],
    ['a number as password', '{"login":"zhang","password":1}', 400],
    ['a strange key', '{"login":"zhang","password":"x","role":"administrator"}', 400],
    ['an endless password', JSON.stringify({ login: 'zhang', password: 'x'.repeat(600) }), 400],
    ['a body above the limit', JSON.stringify({ login: 'zhang', password: 'x'.repeat(20_000) }), 413],
  ])('refuses %s in three words', async (_, body, status) => {
    const response = await createBrowser(base).fetch('/api/login', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    expect(response.status).toBe(status);
    expect(Object.keys((await response.json()) as object).sort()).toEqual(['code', 'en', 'zh']);
  });

  it('refuses a form sent by another site', async () => {
    const response = await createBrowser(base).fetch('/api/login', {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: 'http://evil.example' },
      body: '{}',
    });
    expect(response.status).toBe(403);
  });

  it('does not accept a replayed cookie after log-out and closes the sockets of that log-in', async () => {
    const browser = await loggedIn(base, 'zhang');
    const stolen = browser.cookie;
    const page = await browser.open();
    await page.next('snapshot');
    const out = await browser.fetch('/api/logout', { method: 'POST', headers: { origin: base } });
    expect(out.status).toBe(204);
    expect((await page.next('logged-out')).refusal.code).toBe('not-logged-in');
    expect(await page.closed).toBe(4003);
    const thief = createBrowser(base);
    thief.cookie = stolen;
    expect((await thief.fetch('/api/me')).status).toBe(401);
    await expect(openPage(base, stolen)).rejects.toThrow('status 401');
  });

  it('ends a log-in whose password was changed', async () => {
    const browser = await loggedIn(base, 'auditor');
    const row = await bed.store.account('a-auditor');
    await bed.intake.work({
      type: 'account-password',
      account: 'a-auditor',
      passwordHash: row?.passwordHash ?? '',
      at: Date.now(),
    });
    expect((await browser.fetch('/api/me')).status).toBe(401);
  });

  it.each([
    ['nothing', ''],
    ['a word', 'x'],
    ['a name alone', 'dutyline'],
    ['a secret nobody has', `dutyline=${'A'.repeat(43)}`],
    ['more than a cookie may hold', `dutyline=${'A'.repeat(9_000)}`],
    ['an escaped NUL', 'dutyline=%00'],
    ['the name of the other protocol', `__Host-dutyline=${'A'.repeat(43)}`],
  ])('takes a cookie with %s for nobody', async (_, cookie) => {
    const browser = createBrowser(base);
    browser.cookie = cookie;
    expect((await browser.fetch('/api/me')).status).toBe(401);
  });

  it('lists only the rooms a role may open', async () => {
    const listed = async (login: string): Promise<readonly string[]> => {
      const response = await (await loggedIn(base, login)).fetch('/api/rooms');
      return ((await response.json()) as { rooms: { id: string }[] }).rooms.map((room) => room.id).sort();
    };
    expect(await listed('zhang')).toEqual(['r-county', 'r-county-2']);
    expect(await listed('city')).toEqual(['r-city']);
    expect(await listed('supervisor')).toEqual(['r-city', 'r-county', 'r-county-2']);
    expect(await listed('admin')).toEqual([]);
  });

  it('locks one address out after five wrong passwords, a right one included, and writes each refusal down', async () => {
    const before = await bed.store.verifyAudit();
    const statuses: number[] = [];
    for (let attempt = 0; attempt < 6; attempt += 1) {
      statuses.push((await createBrowser(base).logIn('shared', `wrong-${attempt}`)).status);
    }
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429]);
    const locked = await createBrowser(base).logIn('shared');
    expect(locked.status).toBe(429);
    expect(await locked.json()).toMatchObject({ code: 'locked' });
    const after = await bed.store.verifyAudit();
    expect(before.ok && after.ok && after.entries - before.entries).toBe(7);
  });

  it('lets no burst of guesses slip through while the first ones are still being checked', async () => {
    const burst = await Promise.all(
      Array.from({ length: 12 }, (_, index) => createBrowser(base).logIn('supervisor', `guess-${index}`)),
    );
    expect(burst.filter((response) => response.status === 401)).toHaveLength(5);
  });
});

it('slows an address that tries every minute anew, whatever names it tries', async () => {
  const slow = await startWebBed({ loginsPerMinute: 3 });
  try {
    const statuses: number[] = [];
    for (const login of ['a', 'b', 'c', 'd']) {
      statuses.push((await createBrowser(`http://127.0.0.1:${slow.web.port}`).logIn(login)).status);
    }
    expect(statuses).toEqual([401, 401, 401, 429]);
  } finally {
    await slow.close();
  }
});
