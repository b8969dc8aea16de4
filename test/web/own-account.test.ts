import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OwnAccountView, TotpOffer } from '../../src/web/protocol/own-account-view.ts';
import { totpAt } from '../../src/web/totp.ts';
import { type Browser, createBrowser, loggedIn, newOpId } from './browser.ts';
import { PASSWORD, startWebBed, type WebBed } from './web-bed.ts';

const NEXT = '新的密码-2026';

let bed: WebBed;
let base: string;
beforeAll(async () => {
  bed = await startWebBed();
  base = `http://127.0.0.1:${bed.web.port}`;
});
afterAll(() => bed.close());

async function post(browser: Browser, path: string, body: unknown): Promise<Response> {
  return browser.fetch(`/api/account/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: base },
    body: JSON.stringify(body),
  });
}

async function codeOf(answer: Response): Promise<string> {
  return answer.ok ? String(answer.status) : ((await answer.json()) as { code: string }).code;
}

async function view(browser: Browser): Promise<OwnAccountView> {
  return (await (await browser.fetch('/api/account')).json()) as OwnAccountView;
}

/** A log-in with a one-time code, or without. */
async function logInWith(login: string, totp: string | null): Promise<string> {
  return codeOf(
    await createBrowser(base).fetch('/api/login', {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: base },
      body: JSON.stringify({ login, password: PASSWORD, totp }),
    }),
  );
}

function codeNow(secret: string): string {
  return totpAt(secret, Math.floor(Date.now() / 30_000));
}

it('shows who one is, and where else one is logged in', async () => {
  const zhang = await loggedIn(base, 'zhang');
  await loggedIn(base, 'zhang');
  expect(await view(zhang)).toEqual({
    login: 'zhang',
    name: '账号 zhang',
    role: 'officer',
    unit: '原州区人民政府',
    person: '张三',
    hasPin: false,
    totp: false,
    otherSessions: 1,
  });
  expect(await view(await loggedIn(base, 'shared'))).toMatchObject({ person: null, hasPin: false });
});

describe('the own password', () => {
  it('is changed with the old one; other log-ins end with their pages, this one stays', async () => {
    const here = await loggedIn(base, 'auditor');
    const there = await loggedIn(base, 'auditor');
    const elsewhere = await loggedIn(base, 'city');
    const answer = await post(here, 'password', { password: PASSWORD, next: NEXT });
    expect([answer.status, await answer.json()]).toEqual([200, { ended: 1 }]);
    expect((await here.fetch('/api/me')).status).toBe(200);
    expect((await there.fetch('/api/me')).status).toBe(401);
    expect((await elsewhere.fetch('/api/me')).status).toBe(200);
    expect((await createBrowser(base).logIn('auditor')).status).toBe(401);
    expect((await createBrowser(base).logIn('auditor', NEXT)).status).toBe(200);
    const trail = await bed.store.auditOf('a-auditor');
    expect(trail.at(-1)?.kind).toBe('logged-in');
    expect(trail.map(({ kind }) => kind)).toContain('account-password-changed');
    expect(JSON.stringify(trail)).not.toContain(NEXT);
  });

  it('takes the sockets of the other log-ins with it at once', async () => {
    const here = await loggedIn(base, 'city');
    const page = await (await loggedIn(base, 'city')).open();
    await page.next('snapshot');
    await post(here, 'password', { password: PASSWORD, next: NEXT });
    expect((await page.next('logged-out')).refusal.code).toBe('not-logged-in');
    expect(await page.closed).toBe(4003);
  });

  it.each([
    ['seven signs', 'short-7', 'password-too-short'],
    ['one kind of signs', 'abcdefghijkl', 'password-one-kind'],
    ['the log-in name', 'xx-leader-99', 'password-has-account'],
    ['what everybody guesses', 'zhiban123', 'password-well-known'],
    ['129 signs', `${'ab1-'.repeat(32)}x`, 'password-too-long'],
    ['the old one', PASSWORD, 'password-same'],
    ['nothing', '', 'bad-request'],
  ])('may not be %s', async (_, next, code) => {
    const leader = await loggedIn(base, 'leader');
    expect(await codeOf(await post(leader, 'password', { password: PASSWORD, next }))).toBe(code);
  });

  it('is not changed without the old one, and guessing it is slowed', async () => {
    const admin = await loggedIn(base, 'admin');
    const codes: string[] = [];
    for (let attempt = 0; attempt < 6; attempt += 1)
      codes.push(await codeOf(await post(admin, 'password', { password: `wrong-${attempt}`, next: NEXT })));
    expect(codes).toEqual([...Array.from({ length: 5 }, () => 'wrong-password'), 'locked']);
    expect((await createBrowser(base).logIn('admin')).status).toBe(200);
    const trail = (await bed.store.auditOf('a-admin')).filter(({ kind }) => kind === 'own-password-refused');
    expect(trail).toHaveLength(5);
  });

  it('is not changed by another site', async () => {
    const leader = await loggedIn(base, 'leader');
    const answer = await leader.fetch('/api/account/password', {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: 'http://evil.example' },
      body: JSON.stringify({ password: PASSWORD, next: NEXT }),
    });
    expect(await codeOf(answer)).toBe('foreign-origin');
  });
});

describe('the own PIN', () => {
  it('is set with the password, and then 换人 takes it', async () => {
    const zhang = await loggedIn(base, 'zhang');
    expect(await codeOf(await post(zhang, 'pin', { password: 'wrong', pin: '8153' }))).toBe('wrong-password');
    expect(await codeOf(await post(zhang, 'pin', { password: PASSWORD, pin: '8153' }))).toBe('204');
    expect(await view(zhang)).toMatchObject({ hasPin: true });
    const page = await (await loggedIn(base, 'li')).open();
    await page.next('snapshot');
    page.send({ type: 'take-seat', opId: newOpId(), seat: 's-1' });
    await page.next('accepted');
    page.send({ type: 'change-person', opId: newOpId(), person: 'p-zhang', pin: '8153' });
    await page.next('me', ({ me }) => me.person?.id === 'p-zhang');
    page.close();
    expect((await bed.store.auditOf('p-zhang')).map(({ kind }) => kind)).toContain('person-pin-changed');
  });

  it.each([
    ['123', 'pin-form'],
    ['123456789', 'pin-form'],
    ['12a4', 'pin-form'],
    ['1234', 'pin-too-simple'],
    ['7777', 'pin-too-simple'],
  ])('may not be %s', async (pin, code) => {
    const zhang = await loggedIn(base, 'zhang');
    expect(await codeOf(await post(zhang, 'pin', { password: PASSWORD, pin }))).toBe(code);
  });

  it('of a shared account there is none', async () => {
    const shared = await loggedIn(base, 'shared');
    expect(await codeOf(await post(shared, 'pin', { password: PASSWORD, pin: '8153' }))).toBe(
      'no-person-for-pin',
    );
  });
});

describe('one-time codes', () => {
  it('count only once a code was typed; then the log-in asks for them, until they are switched off', async () => {
    const leader = await loggedIn(base, 'leader');
    expect(await codeOf(await post(leader, 'totp/confirm', { code: '123456' }))).toBe('totp-not-begun');
    const { secret, address } = (await (
      await post(leader, 'totp', { password: PASSWORD })
    ).json()) as TotpOffer;
    expect(secret).toMatch(/^[A-Z2-7]{32}$/);
    expect(address).toBe(`otpauth://totp/DutyLine:leader?secret=${secret}&issuer=DutyLine`);
    expect(await logInWith('leader', null)).toBe('200');
    const wrong = String((Number(codeNow(secret)) + 1) % 1_000_000).padStart(6, '0');
    expect(await codeOf(await post(leader, 'totp/confirm', { code: wrong }))).toBe('totp-wrong');
    expect(await view(leader)).toMatchObject({ totp: false });
    expect(await codeOf(await post(leader, 'totp/confirm', { code: codeNow(secret) }))).toBe('204');
    expect(await view(leader)).toMatchObject({ totp: true });
    expect(await logInWith('leader', null)).toBe('totp-needed');
    expect(await logInWith('leader', codeNow(secret))).toBe('200');
    expect(await codeOf(await post(leader, 'totp', { password: PASSWORD }))).toBe('totp-on-already');

    expect(await codeOf(await post(leader, 'totp/off', { password: 'wrong', code: codeNow(secret) }))).toBe(
      'wrong-password',
    );
    expect(await codeOf(await post(leader, 'totp/off', { password: PASSWORD, code: wrong }))).toBe(
      'totp-wrong',
    );
    expect(await codeOf(await post(leader, 'totp/off', { password: PASSWORD, code: codeNow(secret) }))).toBe(
      '204',
    );
    expect(await logInWith('leader', null)).toBe('200');
    const kinds = (await bed.store.auditOf('a-leader')).map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind.startsWith('account-totp'))).toEqual([
      'account-totp-on',
      'account-totp-off',
    ]);
    expect(JSON.stringify(await bed.store.auditOf('a-leader'))).not.toContain(secret);
  });

  it('a secret of another log-in is not confirmed here', async () => {
    const here = await loggedIn(base, 'supervisor');
    const there = await loggedIn(base, 'supervisor');
    const { secret } = (await (await post(here, 'totp', { password: PASSWORD })).json()) as TotpOffer;
    expect(await codeOf(await post(there, 'totp/confirm', { code: codeNow(secret) }))).toBe('totp-not-begun');
  });
});
