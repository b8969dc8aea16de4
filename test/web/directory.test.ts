import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Contact } from '../../src/directory/contact.ts';
import type { DirectoryView } from '../../src/web/protocol/directory-view.ts';
import { type Browser, createBrowser, keptLogins, newOpId } from './browser.ts';
import { callArrives, startWebBed, type WebBed } from './web-bed.ts';

let bed: WebBed;
const base = () => `http://127.0.0.1:${bed.web.port}`;
const at = keptLogins(base);

beforeAll(async () => {
  bed = await startWebBed();
});
afterAll(() => bed.close());

function contact(given: Partial<Contact> = {}): Contact {
  const number = `0954-8${String(Math.floor(Math.random() * 900_000) + 100_000)}`;
  return { id: newOpId(), number, unit: '某镇人民政府', person: '周某', title: null, class: null, ...given };
}

function post(browser: Browser, body: unknown, origin = base()): Promise<Response> {
  return browser.fetch('/api/directory', {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin },
    body: JSON.stringify(body),
  });
}

async function listed(browser: Browser): Promise<DirectoryView> {
  return (await (await browser.fetch('/api/directory')).json()) as DirectoryView;
}

const adding = (one: Contact) => ({ puts: [{ contact: one, was: null }], removes: [] });

describe('the directory', () => {
  it.each([
    ['zhang', 200, 204, 204],
    ['leader', 200, 204, 204],
    ['city', 200, 204, 204],
    ['supervisor', 200, 204, 204],
    ['admin', 200, 204, 403],
    ['auditor', 404, 404, 404],
  ])('for %s: reading %i, an entry %i, a superior one %i', async (login, read, write, superior) => {
    const browser = await at(login);
    expect((await browser.fetch('/api/directory')).status).toBe(read);
    expect((await post(browser, adding(contact()))).status).toBe(write);
    expect((await post(browser, adding(contact({ class: 'superior' })))).status).toBe(superior);
  });

  it('is for nobody who is not logged in, nor from another site', async () => {
    const stranger = createBrowser(base());
    expect((await stranger.fetch('/api/directory')).status).toBe(401);
    expect((await post(stranger, adding(contact()))).status).toBe(401);
    expect((await post(await at('zhang'), adding(contact()), 'http://elsewhere.example')).status).toBe(403);
  });

  it('shows numbers of superior offices to the duty room, never to the administrator', async () => {
    const superior = contact({ class: 'superior', unit: '上级值班室', number: '0000-0000001' });
    const zhang = await at('zhang');
    expect((await post(zhang, adding(superior))).status).toBe(204);
    expect((await listed(zhang)).contacts).toContainEqual(superior);
    const admin = await at('admin');
    const seen = await listed(admin);
    expect(seen).toMatchObject({ mayEdit: true, seesSuperior: false });
    expect(seen.contacts).toContainEqual({ ...superior, number: null });
    expect(JSON.stringify(seen)).not.toContain(superior.number);
    // Nor by making it an ordinary one.
    const lowered = { ...superior, class: 'public' };
    for (const was of [superior, { ...superior, class: null }, null]) {
      const answer = await post(admin, { puts: [{ contact: lowered, was }], removes: [] });
      expect([403, 409]).toContain(answer.status);
    }
    expect((await post(admin, { puts: [], removes: [superior] })).status).toBe(403);
    expect((await listed(zhang)).contacts).toContainEqual(superior);
  });

  it('changes, merges and deletes what the writer saw', async () => {
    const zhang = await at('zhang');
    const one = contact();
    const other = contact({ number: one.number, person: '吴某' });
    await post(zhang, adding(one));
    await post(zhang, adding(other));
    const changed = { ...one, title: '镇长' };
    expect((await post(zhang, { puts: [{ contact: changed, was: one }], removes: [] })).status).toBe(204);
    const stale = await post(zhang, {
      puts: [{ contact: { ...one, person: '郑某' }, was: one }],
      removes: [],
    });
    expect([stale.status, ((await stale.json()) as { code: string }).code]).toEqual([
      409,
      'contact-changed-meanwhile',
    ]);
    const merged = { ...changed, person: '周某、吴某' };
    const merge = { puts: [{ contact: merged, was: changed }], removes: [other] };
    expect((await post(zhang, merge)).status).toBe(204);
    expect((await post(zhang, { puts: [], removes: [merged] })).status).toBe(204);
    const ids = (await listed(zhang)).contacts.map(({ id }) => id);
    expect(ids).not.toContain(one.id);
    expect(ids).not.toContain(other.id);
  });

  it.each([
    [{}],
    [{ puts: [], removes: [] }],
    [{ puts: [{ contact: { ...contact(), id: '../x' }, was: null }], removes: [] }],
    [{ puts: [{ contact: { ...contact(), number: 1 }, was: null }], removes: [] }],
    [{ puts: [{ contact: { ...contact(), class: 'boss' }, was: null }], removes: [] }],
    [{ puts: [{ contact: { ...contact(), extra: 1 }, was: null }], removes: [] }],
    [{ puts: Array(2).fill({ contact: contact(), was: null }), removes: [] }],
    ['text'],
    [null],
  ])('refuses the malformed %j', async (body) => {
    expect((await post(await at('zhang'), body)).status).toBe(400);
  });

  it('says what is wrong with an entry', async () => {
    const answer = await post(await at('zhang'), adding(contact({ number: '总机' })));
    expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([
      409,
      'contact-number',
    ]);
  });

  it('is told to pages: the caller of an open call has a name at once', async () => {
    await callArrives(bed);
    const zhang = await at('zhang');
    const page = await zhang.open();
    await page.next('snapshot');
    await post(zhang, adding(contact({ number: '0954-2031234', unit: '某某街道', class: 'subordinate' })));
    const delta = await page.next('delta', ({ changes }) => changes.some((one) => one.entity === 'call'));
    expect(delta.changes).toContainEqual(
      expect.objectContaining({
        entity: 'call',
        view: expect.objectContaining({
          caller: expect.objectContaining({ unit: '某某街道', class: 'subordinate' }),
        }),
      }),
    );
    page.close();
  });
});
