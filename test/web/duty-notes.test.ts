import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DutyNotes, FIRST_NOTES } from '../../src/duty/duty-notes.ts';
import type { DutyNotesView } from '../../src/web/protocol/duty-notes-view.ts';
import { type Browser, createBrowser, keptLogins } from './browser.ts';
import { startWebBed, type WebBed } from './web-bed.ts';

let bed: WebBed;
const base = () => `http://127.0.0.1:${bed.web.port}`;
const at = keptLogins(base);

beforeAll(async () => {
  bed = await startWebBed();
});
afterAll(() => bed.close());

function post(browser: Browser, room: string, body: unknown, origin = base()): Promise<Response> {
  return browser.fetch(`/api/duty-notes/${room}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin },
    body: JSON.stringify(body),
  });
}

async function read(browser: Browser, room: string): Promise<DutyNotesView<DutyNotes>> {
  return (await (await browser.fetch(`/api/duty-notes/${room}`)).json()) as DutyNotesView<DutyNotes>;
}

let edits = 0;
function edited(base: number): { base: number; notes: DutyNotes } {
  edits += 1;
  const superiors = [{ name: '上级值班室', number: '0000-0000001' }];
  return { base, notes: { ...FIRST_NOTES, superiors, other: `第 ${edits} 次` } };
}

describe('本班须知', () => {
  it.each([
    ['zhang', 'r-county', 200, 204],
    ['zhang', 'r-county-2', 200, 204],
    ['zhang', 'r-city', 404, 404],
    ['leader', 'r-county', 200, 204],
    ['leader', 'r-city', 404, 404],
    ['city', 'r-city', 200, 204],
    ['city', 'r-county', 404, 404],
    ['supervisor', 'r-county', 200, 403],
    ['supervisor', 'r-city', 200, 403],
    ['admin', 'r-county', 404, 404],
    ['auditor', 'r-city', 404, 404],
    ['zhang', 'nowhere', 404, 404],
    ['zhang', '..%2Fetc', 404, 404],
  ])('for %s of %s: reading %i, editing %i', async (login, room, reads, writes) => {
    const browser = await at(login);
    const answer = await browser.fetch(`/api/duty-notes/${room}`);
    expect(answer.status).toBe(reads);
    expect((await browser.fetch(`/api/duty-notes/${room}/history`)).status).toBe(reads);
    const { version = 0 } = (await answer.json()) as { version?: number };
    expect((await post(browser, room, edited(version))).status).toBe(writes);
  });

  it('loses a part that was typed by mistake, in its history too', async () => {
    const [zhang, leader, city] = await Promise.all([at('zhang'), at('leader'), at('city')]);
    const { version } = await read(zhang, 'r-county');
    const typed = edited(version);
    await post(zhang, 'r-county', { base: version, notes: { ...typed.notes, other: '不该写的话' } });
    const name = `notes:r-county:${version + 1}:other`;
    const shut = async (browser: Browser, what: string): Promise<number> => {
      const headers = { 'content-type': 'application/json', origin: base() };
      const body = JSON.stringify({ reason: '误写' });
      return (await browser.fetch(`/api/shut/${name}/${what}`, { method: 'POST', headers, body })).status;
    };
    const history = async () => (await zhang.fetch('/api/duty-notes/r-county/history')).text();
    expect(await history()).toContain('不该写的话');
    expect(await shut(city, 'isolate')).toBe(404);
    expect(await shut(zhang, 'isolate')).toBe(204);
    expect(await read(zhang, 'r-county')).toMatchObject({
      ...{ notes: { other: '', superiors: typed.notes.superiors } },
      shut: { other: { name, state: 'isolated' } },
    });
    expect(await history()).not.toContain('不该写的话');
    expect(await shut(zhang, 'release')).toBe(403);
    expect(await shut(leader, 'release')).toBe(204);
    expect((await read(zhang, 'r-county')).notes.other).toBe('不该写的话');
  });

  it('says in the audit trail who printed which version', async () => {
    const browser = await at('supervisor');
    const { version } = await read(browser, 'r-county');
    expect((await post(browser, 'r-county/printed', { version })).status).toBe(204);
    expect((await post(browser, 'r-county/printed', { version: -1 })).status).toBe(400);
    const printed = (await bed.store.auditOf('r-county')).filter(({ kind }) => kind === 'duty-notes-printed');
    expect(printed.map(({ payloadJson }) => payloadJson)).toEqual([JSON.stringify({ version })]);
  });

  it('is for nobody who is not logged in, nor from another site', async () => {
    const stranger = createBrowser(base());
    expect((await stranger.fetch('/api/duty-notes/r-county')).status).toBe(401);
    expect((await post(stranger, 'r-county', edited(0))).status).toBe(401);
    expect((await post(await at('zhang'), 'r-county', edited(0), 'http://elsewhere.example')).status).toBe(
      403,
    );
  });

  it('says who wrote it and when, keeps what stood before, and shows what was written over', async () => {
    const zhang = await at('zhang');
    const before = await read(zhang, 'r-county');
    const mine = edited(before.version);
    expect((await post(zhang, 'r-county', mine)).status).toBe(204);
    const now = await read(await at('li'), 'r-county');
    expect(now).toMatchObject({
      notes: mine.notes,
      version: before.version + 1,
      editedBy: '张三',
      mayEdit: true,
    });
    const stale = await post(await at('li'), 'r-county', edited(before.version));
    expect([stale.status, ((await stale.json()) as { code: string }).code]).toEqual([
      409,
      'duty-notes-changed-meanwhile',
    ]);
    const { versions } = (await (await zhang.fetch('/api/duty-notes/r-county/history')).json()) as {
      versions: { version: number; by: string }[];
    };
    expect(versions[0]).toMatchObject({ version: now.version, by: '张三' });
    expect(versions.length).toBe(now.version);
  });

  it('is told to the pages of its room', async () => {
    const li = await at('li');
    const page = await li.open();
    await page.next('snapshot');
    await post(li, 'r-county', edited((await read(li, 'r-county')).version));
    const delta = await page.next('delta', ({ changes }) => changes.some(({ entity }) => entity === 'room'));
    expect(delta.changes).toContainEqual(
      expect.objectContaining({ entity: 'room', view: expect.objectContaining({ id: 'r-county' }) }),
    );
    page.close();
  });

  it.each([
    [{}],
    [{ base: 0 }],
    [{ base: -1, notes: FIRST_NOTES }],
    [{ base: 0, notes: { ...FIRST_NOTES, extra: 1 } }],
    [{ base: 0, notes: { ...FIRST_NOTES, whereabouts: [{ name: '甲' }] } }],
    [null],
  ])('refuses the malformed %j', async (body) => {
    expect((await post(await at('zhang'), 'r-county', body)).status).toBe(400);
  });
});
