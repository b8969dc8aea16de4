import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RecordView } from '../../src/web/protocol/record-view.ts';
import type { Browser, Page } from './browser.ts';
import { loggedIn, newOpId, openPage } from './browser.ts';
import type { WebBed } from './web-bed.ts';
import { callArrives, PIN, startWebBed } from './web-bed.ts';

let bed: WebBed;
let base: string;
let zhang: Browser;
let li: Browser;
beforeAll(async () => {
  bed = await startWebBed();
  base = `http://127.0.0.1:${bed.web.port}`;
  zhang = await loggedIn(base, 'zhang');
  li = await loggedIn(base, 'li');
});
afterAll(() => bed.close());

/** Two officers in one room with a fresh draft. */
async function twoAtADraft(): Promise<{ one: Page; two: Page; record: string }> {
  const [one, two] = await Promise.all([zhang.open(), li.open()]);
  await Promise.all([one.next('snapshot'), two.next('snapshot')]);
  await callArrives(bed);
  const delta = await one.next('delta', (message) =>
    message.changes.some((change) => change.entity === 'record'),
  );
  const change = delta.changes.find((candidate) => candidate.entity === 'record');
  if (change?.entity !== 'record') throw new Error('no draft');
  return { one, two, record: change.view.id };
}

function recordIn(page: Page, id: string): RecordView | undefined {
  const views = page.all.flatMap((message) => {
    if (message.type === 'snapshot') return message.records;
    if (message.type !== 'delta') return [];
    return message.changes.flatMap((change) => (change.entity === 'record' ? [change.view] : []));
  });
  return views.findLast((view) => view.id === id);
}

describe('the way in', () => {
  it.each([
    ['another site', 'http://evil.example', 'status 403'],
    ['the same host on another port', 'http://127.0.0.1:1', 'status 403'],
    ['https to a plain port', 'https://127.0.0.1', 'status 403'],
    ['a file', 'null', 'status 403'],
  ])('is closed to %s', async (_, origin, status) => {
    await expect(openPage(base, zhang.cookie, origin)).rejects.toThrow(status);
  });

  it('is closed without a log-in', async () => {
    await expect(openPage(base, '')).rejects.toThrow('status 401');
    await expect(openPage(base, `dutyline=${'A'.repeat(43)}`)).rejects.toThrow('status 401');
  });

  it('is nowhere but at /live', async () => {
    await expect(openPage(base, zhang.cookie, base, '/api/me')).rejects.toThrow('status 404');
    await expect(openPage(base, zhang.cookie, base, '/live/../x')).rejects.toThrow('status 404');
    const response = await fetch(`${base}/live`, { headers: { cookie: zhang.cookie } });
    expect(response.status).toBe(404);
  });

  it('is closed to accounts that hear nothing', async () => {
    const page = await (await loggedIn(base, 'admin')).open();
    expect((await page.next('refused')).refusal.code).toBe('no-room');
    expect(await page.closed).toBe(4004);
  });

  it('asks for hello first', async () => {
    const page = await openPage(base, zhang.cookie);
    page.send({ type: 'register', opId: newOpId(), record: 'r1' });
    expect(await page.closed).toBe(4001);
  });

  it('tells an older page to load itself again', async () => {
    const page = await zhang.open({ protocol: 0 });
    await page.next('reload');
    expect(await page.closed).toBe(4002);
  });
});

describe('a room', () => {
  it('shows a page its own unit and nothing of another', async () => {
    const page = await zhang.open();
    const snapshot = await page.next('snapshot');
    expect(snapshot.room.id).toBe('r-county');
    expect(snapshot).toMatchObject({
      demo: false,
      insecure: false,
      practiceFields: false,
      me: { account: 'a-zhang', role: 'officer' },
    });
    expect(snapshot.links).toHaveLength(1);
    await callArrives(bed, 'city');
    await callArrives(bed, 'county');
    const delta = await page.next('delta', (message) =>
      message.changes.some((change) => change.entity === 'call'),
    );
    const rooms = delta.changes.flatMap((change) => (change.entity === 'call' ? [change.view.room] : []));
    expect(new Set(rooms)).toEqual(new Set(['r-county']));
    expect(page.all.flatMap((message) => JSON.stringify(message)).join()).not.toContain('r-city');
    page.close();
  });

  it('may be named by who watches several, but not by who may not see it', async () => {
    const page = await (await loggedIn(base, 'supervisor')).open({ room: 'r-county-2' });
    expect((await page.next('snapshot')).room.id).toBe('r-county-2');
    const officer = await zhang.open({ room: 'r-city' });
    expect((await officer.next('snapshot')).room.id).toBe('r-county');
    page.close();
    officer.close();
  });

  it('tells every page when a link is lost', async () => {
    const page = await zhang.open();
    const { links } = await page.next('snapshot');
    const [link] = links;
    if (link === undefined) throw new Error('no link');
    bed.links.set({ ...link, state: 'down', since: Date.now() });
    const down = await page.next('delta', ({ changes }) =>
      changes.some((change) => change.entity === 'link'),
    );
    expect(down.changes[0]).toMatchObject({ entity: 'link', view: { pbx: 'main', state: 'down' } });
    expect(down.position).toBeGreaterThan(0);
    bed.links.set({ ...link, state: 'up', since: Date.now() });
    page.close();
  });
});

describe('writing', () => {
  it('is accepted when durable and shown to the others', async () => {
    const { one, two, record } = await twoAtADraft();
    const opId = newOpId();
    const value = '<b>停电</b> 𠮷 \u202e';
    one.send({ type: 'patch', opId, record, field: 'content', base: 0, value });
    const accepted = await one.next('accepted', (message) => message.opId === opId);
    expect((await bed.store.recordView(record))?.fields.content.value).toBe(value);
    await two.next('delta', () => recordIn(two, record)?.fields.content.value === value);
    expect(recordIn(two, record)?.fields.content).toMatchObject({ by: '张三', version: accepted.version });
    one.close();
    two.close();
  });

  it('answers a repeated operation as the first time and changes nothing', async () => {
    const { one, two, record } = await twoAtADraft();
    const patch = { type: 'patch', opId: newOpId(), record, field: 'content', base: 0, value: '甲' } as const;
    one.send(patch);
    one.send(patch);
    const [first, second] = [await one.next('accepted'), await one.next('accepted')];
    expect(second).toMatchObject({ opId: first.opId, version: first.version });
    two.send(patch);
    expect(await two.next('accepted')).toMatchObject({ version: first.version });
    expect((await bed.store.recordView(record))?.fields.content.version).toBe(first.version);
    one.close();
    two.close();
  });

  it('of one page in its order never conflicts; of two hands it does, with both values', async () => {
    const { one, two, record } = await twoAtADraft();
    for (const value of ['一', '一二', '一二三']) {
      one.send({ type: 'patch', opId: newOpId(), record, field: 'content', base: 0, value });
    }
    const versions = [await one.next('accepted'), await one.next('accepted'), await one.next('accepted')];
    expect(new Set(versions.map((answer) => answer.version)).size).toBe(3);
    const opId = newOpId();
    two.send({ type: 'patch', opId, record, field: 'content', base: 0, value: '另一句' });
    const conflict = await two.next('conflict');
    expect(conflict).toMatchObject({
      opId,
      record,
      yours: '另一句',
      current: { value: '一二三', by: '张三' },
    });
    one.close();
    two.close();
  });

  it("of another unit's record, of an unknown one and of a read-only role is refused and written down", async () => {
    await callArrives(bed, 'city');
    const city = await bed.store.snapshot('r-city', Date.now());
    const foreign = city.records[0]?.id ?? '';
    expect(foreign).not.toBe('');
    const page = await zhang.open();
    await page.next('snapshot');
    const before = await bed.store.verifyAudit();
    const answers = [];
    for (const record of [foreign, '0199c7a1-7b1e-7c4e-9d55-0a1b2c3d4e5f']) {
      page.send({ type: 'patch', opId: newOpId(), record, field: 'content', base: 0, value: 'x' });
      answers.push((await page.next('refused')).refusal);
    }
    expect(answers[0]).toEqual(answers[1]);
    expect(answers[0]?.code).toBe('not-found');
    const watcher = await (await loggedIn(base, 'supervisor')).open({ room: 'r-city' });
    await watcher.next('snapshot');
    watcher.send({ type: 'patch', opId: newOpId(), record: foreign, field: 'content', base: 0, value: 'x' });
    expect((await watcher.next('refused')).refusal.code).toBe('not-allowed');
    const after = await bed.store.verifyAudit();
    expect(before.ok && after.ok && after.entries - before.entries).toBeGreaterThanOrEqual(3);
    expect((await bed.store.recordView(foreign))?.fields.content.value).toBe('');
    page.close();
    watcher.close();
  });

  it('opens a form by hand, takes its texts at once, and registers it with a number', async () => {
    const page = await zhang.open();
    await page.next('snapshot');
    const record = '0199c7a1-7b1e-7c4e-9d55-0a1b2c3d4e60';
    page.send({ type: 'open-by-hand', opId: newOpId(), record });
    const texts = {
      callTime: '1763888820000',
      callerUnit: '市应急局',
      callerName: '未说明',
      recorder: '张三',
      content: '停水',
    };
    for (const [field, value] of Object.entries(texts)) {
      page.send({ type: 'patch', opId: newOpId(), record, field: field as 'content', base: 0, value });
    }
    page.send({ type: 'register', opId: newOpId(), record });
    for (let answer = 0; answer < 7; answer += 1) await page.next('accepted');
    expect((await bed.store.recordView(record))?.number).toMatch(/^值电〔\d{4}〕\d+号$/);
    page.close();
  });
});

describe('soft holds', () => {
  it('show live text to the other, keep him out, and change hands by one click that is told', async () => {
    const { one, two, record } = await twoAtADraft();
    const key = { record, field: 'content' } as const;
    one.send({ type: 'hold', ...key, text: '停电' });
    expect((await two.next('hold')).hold).toEqual({
      ...key,
      person: '张三',
      client: one.client,
      text: '停电',
    });
    two.send({ type: 'hold', ...key, text: '我来' });
    two.send({ type: 'take-over', ...key });
    expect(await one.next('released')).toEqual({ type: 'released', ...key, takenOverBy: '李四' });
    expect((await one.next('hold')).hold).toMatchObject({ person: '李四', text: '停电' });
    one.send({ type: 'hold', ...key, text: '还是我' });
    two.send({ type: 'release', ...key });
    expect(await one.next('released')).toMatchObject({ takenOverBy: null });
    expect(one.all.filter((message) => message.type === 'hold' && message.hold.text === '我来')).toEqual([]);
    const late = await zhang.open();
    expect((await late.next('snapshot')).holds).toEqual([]);
    for (const page of [one, two, late]) page.close();
  });

  it('are in the snapshot of who comes later and never cross rooms', async () => {
    const { one, two, record } = await twoAtADraft();
    one.send({ type: 'hold', record, field: 'proposal', text: '请示' });
    await two.next('hold');
    const late = await li.open();
    expect((await late.next('snapshot')).holds).toMatchObject([{ record, field: 'proposal', text: '请示' }]);
    const city = await (await loggedIn(base, 'city')).open();
    expect((await city.next('snapshot')).holds).toEqual([]);
    city.send({ type: 'take-over', record, field: 'proposal' });
    city.send({ type: 'ping', at: 1 });
    await city.next('pong');
    expect((await (await li.open()).next('snapshot')).holds).toMatchObject([{ person: '张三' }]);
    for (const page of [one, two, late, city]) page.close();
  });
});

describe('seats', () => {
  it('a person sits down where he logs in; 换人 by PIN is told to every page of the seat', async () => {
    const page = await (await loggedIn(base, 'zhang')).open();
    await page.next('snapshot');
    page.send({ type: 'take-seat', opId: newOpId(), seat: 's-1' });
    await page.next('accepted');
    expect((await page.next('me')).me).toMatchObject({ seat: 's-1', person: { id: 'p-zhang' } });
    expect((await bed.store.seat('s-1'))?.person?.id).toBe('p-zhang');
    const shared = await (await loggedIn(base, 'shared')).open();
    await shared.next('snapshot');
    shared.send({ type: 'take-seat', opId: newOpId(), seat: 's-1' });
    expect((await shared.next('me')).me.person?.id).toBe('p-zhang');
    page.send({ type: 'change-person', opId: newOpId(), person: 'p-li', pin: PIN });
    expect((await page.next('me')).me.person?.name).toBe('李四');
    expect((await shared.next('me', ({ me }) => me.person?.id === 'p-li')).me.seat).toBe('s-1');
    page.close();
    shared.close();
  });

  it('are not for another unit, nor for people of another room', async () => {
    const page = await (await loggedIn(base, 'zhang')).open();
    await page.next('snapshot');
    const refusal = async (message: Parameters<Page['send']>[0]): Promise<string> => {
      page.send(message);
      return (await page.next('refused')).refusal.code;
    };
    expect(await refusal({ type: 'change-person', opId: newOpId(), person: 'p-li', pin: PIN })).toBe(
      'no-seat',
    );
    expect(await refusal({ type: 'take-seat', opId: newOpId(), seat: 's-city' })).toBe('not-found');
    expect(await refusal({ type: 'take-seat', opId: newOpId(), seat: 'nowhere' })).toBe('not-found');
    page.send({ type: 'take-seat', opId: newOpId(), seat: 's-2' });
    await page.next('accepted');
    expect(await refusal({ type: 'change-person', opId: newOpId(), person: 'p-city', pin: PIN })).toBe(
      'not-found',
    );
    expect(await refusal({ type: 'change-person', opId: newOpId(), person: 'p-zhang', pin: PIN })).toBe(
      'no-pin',
    );
    page.close();
  });

  it('move a page to the room of the seat', async () => {
    const page = await (await loggedIn(base, 'leader')).open();
    await page.next('snapshot');
    page.send({ type: 'take-seat', opId: newOpId(), seat: 's-3' });
    expect((await page.next('snapshot')).room.id).toBe('r-county-2');
    page.close();
  });

  it('slow down who guesses a PIN, at whatever seat', async () => {
    const codes: string[] = [];
    for (const seat of ['s-1', 's-2']) {
      const page = await (await loggedIn(base, 'shared')).open();
      await page.next('snapshot');
      page.send({ type: 'take-seat', opId: newOpId(), seat });
      await page.next('accepted');
      for (const pin of ['0000', '1111', '2222']) {
        page.send({ type: 'change-person', opId: newOpId(), person: 'p-li', pin });
        codes.push((await page.next('refused')).refusal.code);
      }
      page.close();
    }
    expect(codes).toEqual(['wrong-pin', 'wrong-pin', 'wrong-pin', 'wrong-pin', 'locked', 'locked']);
  });
});

describe('what is too much or none of its business', () => {
  it.each([
    ['no JSON', 'hello?', 'not-json'],
    ['an unknown message', '{"type":"delete-all"}', 'unknown-message'],
    ['a record that is a path', '{"type":"hold","record":"../x","field":"content","text":""}', 'bad-message'],
  ])('%s is refused and the page goes on', async (_, text, code) => {
    const page = await zhang.open();
    await page.next('snapshot');
    page.send(text);
    expect((await page.next('refused')).refusal.code).toBe(code);
    page.send({ type: 'ping', at: 7 });
    expect((await page.next('pong')).at).toBe(7);
    page.close();
  });

  it('a simulated call outside the demonstration is refused', async () => {
    const page = await zhang.open();
    await page.next('snapshot');
    page.send({ type: 'simulate-call', opId: newOpId(), story: 'missed' });
    expect((await page.next('refused')).refusal.code).toBe('not-demo');
    page.close();
  });

  it('a frame above the limit ends the socket', async () => {
    const page = await zhang.open();
    await page.next('snapshot');
    page.send('x'.repeat(300_000));
    expect(await page.closed).toBe(1009);
  });

  it('a binary frame ends the socket', async () => {
    const page = await zhang.open();
    await page.next('snapshot');
    page.socket.send(Buffer.from([1, 2, 3]));
    expect(await page.closed).toBe(1003);
  });
});
