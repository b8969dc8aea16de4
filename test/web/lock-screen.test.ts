import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NOTE_LIMIT } from '../../src/records/field-text.ts';
import { newId } from '../../src/storage/new-id.ts';
import { SOCKET_LIMITS } from '../../src/web/live-socket.ts';
import { PROTOCOL } from '../../src/web/protocol/client-message.ts';
import type { LockView, SignedNote } from '../../src/web/protocol/lock-view.ts';
import { type Browser, loggedIn, newOpId, openPage, type Page } from './browser.ts';
import { callArrives, PASSWORD, PIN, soundOf, startWebBed, type WebBed } from './web-bed.ts';

let bed: WebBed;
let base: string;
let now = 0;
beforeAll(async () => {
  bed = await startWebBed(
    { lockAfterMs: 600_000, socketLimits: { ...SOCKET_LIMITS, recheckMs: 50 } },
    { clock: () => Date.now() + now },
  );
  base = `http://127.0.0.1:${bed.web.port}`;
});
afterAll(() => bed.close());

async function post(browser: Browser, path: string, body: unknown = {}): Promise<Response> {
  return browser.fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: base },
    body: JSON.stringify(body),
  });
}

async function codeOf(answer: Response): Promise<string> {
  return answer.ok ? String(answer.status) : ((await answer.json()) as { code: string }).code;
}

/** An officer at seat 1, with a page. */
async function seated(login = 'zhang', seat = 's-1'): Promise<{ browser: Browser; page: Page }> {
  const browser = await loggedIn(base, login);
  const page = await browser.open();
  await page.next('snapshot');
  page.send({ type: 'take-seat', opId: newOpId(), seat });
  await page.next('accepted');
  return { browser, page };
}

async function locked(login = 'zhang'): Promise<{ browser: Browser; page: Page; view: LockView }> {
  const { browser, page } = await seated(login);
  expect((await post(browser, '/api/lock')).status).toBe(204);
  const { view } = await page.next('locked');
  return { browser, page, view };
}

async function newestCall(): Promise<{ readonly call: string; readonly record: string }> {
  const { calls } = await bed.store.snapshot('r-county', Date.now());
  const [call] = calls;
  if (call?.record == null) throw new Error('no call');
  return { call: call.id, record: call.record };
}

/** A note as the page sends it. */
function written(text: string, call: string | null, over: Record<string, unknown> = {}) {
  return { note: newId(), call, moment: Date.now(), text, version: 1, ...over };
}

/** Unlocks by password, says hello again, and answers what was signed. */
async function opened(browser: Browser, page: Page): Promise<readonly SignedNote[]> {
  expect(await codeOf(await post(browser, '/api/unlock', { password: PASSWORD }))).toBe('204');
  await page.next('unlocked');
  page.send({ type: 'hello', protocol: PROTOCOL, client: page.client, position: null });
  await page.next('snapshot');
  return (await page.next('signed')).signed;
}

describe('a locked screen', () => {
  it('tells the line and what rings, and nothing of records, lists and sound', async () => {
    await callArrives(bed);
    const linkedid = await callArrives(bed);
    const { call, record } = await newestCall();
    const { browser, page, view } = await locked();
    expect(view).toMatchObject({
      line: 'up',
      seat: { name: '1 号坐席', room: '区政府值班室' },
      name: '张三',
    });
    // Those who have a PIN.
    expect([view.person, view.people.map(({ id }) => id)]).toEqual(['p-zhang', ['p-li']]);
    const [newest] = view.calls;
    expect(newest).toMatchObject({ id: call, phase: 'arriving', caller: { number: '09542031234' } });
    expect(Object.keys(newest ?? {}).sort()).toEqual(
      ['caller', 'dialled', 'direction', 'here', 'id', 'phase', 'since', 'tampered'].sort(),
    );
    const sound = await soundOf(bed, linkedid);
    for (const path of [
      `/api/records/${record}`,
      `/api/calls/${call}`,
      `/api/recordings/${sound}`,
      '/api/search',
      '/api/rooms',
      '/api/account',
    ])
      expect([path, await codeOf(await browser.fetch(path))]).toEqual([path, 'screen-locked']);
    const before = page.all.length;
    page.send({ type: 'patch', opId: newOpId(), record, field: 'content', base: 0, value: '北街停水' });
    expect((await page.next('refused')).refusal.code).toBe('screen-locked');
    await bed.intake.work({ type: 'note-add', ...aNote(call) });
    page.send({ type: 'ping', at: 1 });
    await page.next('pong');
    const since = page.all.slice(before).map(({ type }) => type);
    expect(since.filter((type) => type !== 'refused' && type !== 'pong')).toEqual([]);
    page.close();
  });

  it('hears of the next call at once', async () => {
    const { page, view } = await locked();
    await callArrives(bed);
    const { call } = await newestCall();
    const told = await page.next('locked', ({ view: next }) => next.calls.length > view.calls.length);
    expect(told.view.calls[0]?.id).toBe(call);
    page.close();
  });

  it('is locked in every tab of the log-in, and after a reload', async () => {
    const { browser, page } = await seated();
    const other = await browser.open();
    await other.next('snapshot');
    await post(browser, '/api/lock');
    await Promise.all([page.next('locked'), other.next('locked')]);
    const again = await openPage(base, browser.cookie);
    again.send({ type: 'hello', protocol: PROTOCOL, client: newOpId(), position: null });
    await again.next('locked');
    expect(again.all.map(({ type }) => type)).toEqual(['locked']);
    expect(await (await browser.fetch('/api/me')).json()).toMatchObject({
      locked: true,
      me: { name: '账号 zhang' },
    });
    for (const one of [page, other, again]) one.close();
  });

  it('survives a restart of the service', async () => {
    const { browser, page } = await locked();
    page.close();
    await page.closed;
    await bed.restart();
    const again = await openPage(base, browser.cookie);
    again.send({ type: 'hello', protocol: PROTOCOL, client: newOpId(), position: null });
    await again.next('locked');
    expect(again.all.map(({ type }) => type)).toEqual(['locked']);
    again.close();
  });
});

describe('a screen is locked by itself', () => {
  it('when nobody does anything for so long, and not while somebody does', async () => {
    const { browser, page } = await seated();
    try {
      now = 590_000;
      expect((await post(browser, '/api/active')).status).toBe(204);
      now = 1_180_000;
      // What the page asks by itself is no sign of life.
      expect((await browser.fetch('/api/me')).status).toBe(200);
      page.send({ type: 'ping', at: 1 });
      await page.next('pong');
      expect(page.all.some(({ type }) => type === 'locked')).toBe(false);
      now = 1_200_000;
      await page.next('locked');
      expect(await codeOf(await post(browser, '/api/active'))).toBe('screen-locked');
      // Two looks at once: the second may tell what the first is still writing down.
      const why = async () =>
        (await bed.store.auditOf('s-1')).filter(({ kind }) => kind === 'screen-locked').at(-1)?.payloadJson;
      await expect.poll(why, { timeout: 10_000 }).toContain('idle');
    } finally {
      now = 0;
      page.close();
    }
  });

  it('when the browser was closed so long', async () => {
    const browser = await loggedIn(base, 'zhang');
    try {
      now = 700_000;
      expect(await codeOf(await browser.fetch('/api/rooms'))).toBe('screen-locked');
    } finally {
      now = 0;
    }
  });
});

describe('a locked screen is opened', () => {
  it('by the own password, and the desk is as it was', async () => {
    const { browser, page } = await locked();
    expect(await codeOf(await post(browser, '/api/unlock', { password: 'wrong' }))).toBe('wrong-password');
    expect(await codeOf(await post(browser, '/api/unlock', { password: PASSWORD }))).toBe('204');
    await page.next('unlocked');
    page.send({ type: 'hello', protocol: PROTOCOL, client: page.client, position: null });
    expect((await page.next('snapshot')).me).toMatchObject({ seat: 's-1', person: { id: 'p-zhang' } });
    expect((await browser.fetch('/api/rooms')).status).toBe(200);
    page.close();
  });

  it('by the PIN of another officer, who sits there from then on', async () => {
    const { browser, page } = await locked();
    expect(await codeOf(await post(browser, '/api/unlock', { person: 'p-li', pin: '0000' }))).toBe(
      'wrong-pin',
    );
    expect(await codeOf(await post(browser, '/api/unlock', { person: 'p-li', pin: PIN }))).toBe('204');
    await page.next('unlocked');
    page.send({ type: 'hello', protocol: PROTOCOL, client: page.client, position: null });
    expect((await page.next('snapshot')).me.person).toMatchObject({ id: 'p-li' });
    page.close();
  });

  it('never by the PIN of another room, nor a leader’s by an officer’s', async () => {
    const { browser, page } = await locked();
    expect(await codeOf(await post(browser, '/api/unlock', { person: 'p-city', pin: PIN }))).toBe(
      'wrong-password',
    );
    page.close();
    const leader = await locked('leader');
    expect(leader.view.people).toEqual([]);
    expect(await codeOf(await post(leader.browser, '/api/unlock', { person: 'p-li', pin: PIN }))).toBe(
      'wrong-password',
    );
    expect(await codeOf(await leader.browser.fetch('/api/rooms'))).toBe('screen-locked');
    leader.page.close();
  });

  it.each([
    ['nothing', {}],
    ['an empty password', { password: '' }],
    ['both ways at once', { password: PASSWORD, person: 'p-li', pin: PIN }],
    ['a number', { person: 'p-li', pin: 7294 }],
    ['an endless one', { password: 'x'.repeat(600) }],
  ])('never by %s', async (_, body) => {
    const { browser, page } = await locked();
    expect(await codeOf(await post(browser, '/api/unlock', body))).toBe('bad-request');
    expect(await codeOf(await browser.fetch('/api/rooms'))).toBe('screen-locked');
    page.close();
  });

  it('never by guessing on', async () => {
    const { browser, page } = await locked('shared');
    const codes: string[] = [];
    for (let attempt = 0; attempt < 6; attempt += 1)
      codes.push(await codeOf(await post(browser, '/api/unlock', { password: `wrong-${attempt}` })));
    expect(codes).toEqual([...Array.from({ length: 5 }, () => 'wrong-password'), 'locked']);
    expect(await codeOf(await post(browser, '/api/unlock', { password: PASSWORD }))).toBe('locked');
    page.close();
  });
});

describe('先记后登', () => {
  it('puts what was written into the empty 电话内容 of the call, under the name of who unlocked', async () => {
    await callArrives(bed);
    const { call, record } = await newestCall();
    const { browser, page } = await locked();
    const note = written('北街停水，三百户', call);
    for (const [text, version] of [
      ['北街停水', 1],
      ['北街停水，三百户', 2],
      ['北街停', 1],
    ] as const) {
      const answer = await post(browser, '/api/lock/note', { ...note, text, version });
      expect([answer.status, await answer.json()]).toEqual([200, { version, signed: [] }]);
    }
    expect((await bed.store.recordView(record))?.fields.content.value).toBe('');
    expect(await opened(browser, page)).toEqual([{ as: 'content', record, call }]);
    const { content } = (await bed.store.recordView(record))?.fields ?? {};
    expect(content).toMatchObject({ value: '北街停水，三百户', by: '张三' });
    expect((await bed.store.auditOf(record)).map(({ kind }) => kind)).toContain('lock-note-signed');
    expect(await bed.store.lockNotes('s-1', 'any')).toEqual([]);
    // A late repeat of the page changes nothing and is told so.
    expect(await codeOf(await post(browser, '/api/lock/note', { ...note, version: 9 }))).toBe(
      'lock-note-landed',
    );
    page.close();
  });

  it('never writes over what somebody has written: it becomes notes of the call', async () => {
    await callArrives(bed);
    const { call, record } = await newestCall();
    const { browser, page } = await locked();
    const long = `${'停水'.repeat(NOTE_LIMIT / 2)}还有一句`;
    await post(browser, '/api/lock/note', written(long, call));
    const colleague = await loggedIn(base, 'li');
    const desk = await colleague.open();
    await desk.next('snapshot');
    desk.send({ type: 'patch', opId: newOpId(), record, field: 'content', base: 0, value: '同事所写' });
    await desk.next('accepted');
    expect(await opened(browser, page)).toEqual([{ as: 'notes', record, call }]);
    expect((await bed.store.recordView(record))?.fields.content.value).toBe('同事所写');
    const notes = (await bed.store.callView(call))?.notes ?? [];
    expect(notes.map(({ text }) => text).join('')).toBe(long);
    expect(notes.map(({ by }) => by)).toEqual(['锁屏先记，张三解锁', '锁屏先记，张三解锁']);
    desk.close();
    page.close();
  });

  it('without a call becomes a form of its own', async () => {
    const { browser, page } = await locked();
    const note = written('门口来人反映路灯不亮', null);
    await post(browser, '/api/lock/note', note);
    expect(await opened(browser, page)).toEqual([{ as: 'by-hand', record: note.note, call: null }]);
    const record = await bed.store.recordView(note.note);
    expect(record).toMatchObject({ byHand: true, state: 'draft', room: 'r-county' });
    expect(record?.fields.content.value).toBe('门口来人反映路灯不亮');
    page.close();
  });

  it('waits through a log-out, and is signed by who sits down next', async () => {
    await callArrives(bed);
    const { call, record } = await newestCall();
    const { browser, page } = await locked();
    await post(browser, '/api/lock/note', written('对方要求回电', call));
    expect((await post(browser, '/api/logout')).status).toBe(204);
    await page.closed;
    const next = await loggedIn(base, 'li');
    const desk = await next.open();
    await desk.next('snapshot');
    desk.send({ type: 'take-seat', opId: newOpId(), seat: 's-1' });
    expect((await desk.next('signed')).signed).toEqual([{ as: 'content', record, call }]);
    expect((await bed.store.recordView(record))?.fields.content).toMatchObject({
      value: '对方要求回电',
      by: '李四',
    });
    desk.close();
  });

  it('is left alone by others as long as its own screen is locked', async () => {
    await callArrives(bed);
    const { call } = await newestCall();
    const { browser, page } = await locked();
    await post(browser, '/api/lock/note', written('还在写', call));
    const colleague = await seated('li');
    colleague.page.send({ type: 'ping', at: 1 });
    await colleague.page.next('pong');
    expect(colleague.page.all.some(({ type }) => type === 'signed')).toBe(false);
    colleague.page.close();
    expect(await opened(browser, page)).toHaveLength(1);
    page.close();
  });

  it('of a call that is shut away goes nowhere until it is opened, and with it when it is destroyed', async () => {
    await callArrives(bed);
    const { call } = await newestCall();
    const { browser, page } = await locked();
    await post(browser, '/api/lock/note', written('涉及内容', call));
    const by = { account: 'a-leader', person: null };
    await bed.intake.work({ type: 'isolate', subject: call, by, reason: '误录', at: Date.now() });
    expect(await codeOf(await post(browser, '/api/unlock', { password: PASSWORD }))).toBe('204');
    await page.next('unlocked');
    page.send({ type: 'hello', protocol: PROTOCOL, client: page.client, position: null });
    await page.next('snapshot');
    page.send({ type: 'ping', at: 1 });
    await page.next('pong');
    expect(page.all.some(({ type }) => type === 'signed')).toBe(false);
    expect((await bed.store.lockNotes('s-1', 'any')).map(({ text }) => text)).toEqual(['涉及内容']);
    const other = { account: 'a-supervisor', person: null };
    const hands = [by, other] as const;
    await bed.intake.work({ type: 'destroy', subject: call, by: hands, reason: '误录', at: Date.now() });
    expect(await bed.store.lockNotes('s-1', 'any')).toEqual([]);
    page.close();
  });

  it.each([
    ['another room’s call', { call: 'city' }, 'not-found'],
    ['a guessed call', { call: newId() }, 'not-found'],
    ['a path', { call: '../../etc/passwd' }, 'bad-request'],
    ['an id that is none', { note: 'x' }, 'bad-request'],
    ['4,001 characters', { text: '水'.repeat(4_001) }, 'lock-note-too-long'],
    ['a strange key', { record: 'x' }, 'bad-request'],
  ])('refuses %s', async (_, over, code) => {
    const { browser, page } = await locked();
    const body = { ...written('x', null), ...over };
    if (body.call === 'city') {
      await callArrives(bed, 'city');
      body.call = (await bed.store.livingCalls('r-city'))[0]?.id ?? '';
    }
    expect(await codeOf(await post(browser, '/api/lock/note', body))).toBe(code);
    page.close();
  });

  it('keeps hostile text as text, without NUL', async () => {
    const { browser, page } = await locked();
    const note = written('=cmd|x\u0000<script>\ud800', null);
    expect((await post(browser, '/api/lock/note', note)).status).toBe(200);
    await opened(browser, page);
    expect((await bed.store.recordView(note.note))?.fields.content.value).toBe('=cmd|x<script>\ufffd');
    page.close();
  });
});

function aNote(call: string) {
  const who = { account: 'a-li', person: 'p-li', name: '李四' };
  return { note: newId(), call, moment: Date.now(), text: '要点', ...who, at: Date.now() } as const;
}
