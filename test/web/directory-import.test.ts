import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ImportPreview } from '../../src/web/protocol/directory-import-view.ts';
import { xlsx } from '../documents/tables.ts';
import { type Browser, createBrowser, keptLogins } from './browser.ts';
import { startWebBed, type WebBed } from './web-bed.ts';

let bed: WebBed;
const base = () => `http://127.0.0.1:${bed.web.port}`;
const at = keptLogins(base);

beforeAll(async () => {
  bed = await startWebBed();
});
afterAll(() => bed.close());

function send(browser: Browser, path: string, body: string | Uint8Array, type: string, origin = base()) {
  return browser.fetch(`/api/directory/${path}`, {
    method: 'POST',
    headers: { 'content-type': type, origin },
    body: body as never,
  });
}
const upload = (browser: Browser, body: string | Uint8Array) =>
  send(browser, 'preview', body, 'application/octet-stream');
const confirm = (browser: Browser, body: unknown) =>
  send(browser, 'import', JSON.stringify(body), 'application/json');

const FILE = '单位,姓名,职务,电话,类别\n某镇,周某,镇长,0954-2035670、13900001111,下级\n某局,,,总机,\n';

describe('a file for the directory', () => {
  it('is shown before it is written, and written as a whole', async () => {
    const zhang = await at('zhang');
    const answer = await upload(
      zhang,
      await xlsx(
        FILE.trim()
          .split('\n')
          .map((line) => line.split(',')),
      ),
    );
    expect(answer.status).toBe(200);
    const preview = (await answer.json()) as ImportPreview;
    expect(preview).toMatchObject({
      rows: [{ row: 2, contact: { number: '0954-2035670', title: '镇长' }, standing: [] }, { row: 2 }],
      troubles: [{ row: 3, column: '电话', text: '总机' }],
    });
    expect(await bed.store.contacts()).toEqual([]);
    const puts = preview.rows.map(({ contact }) => ({ contact, was: null }));
    const bad = { contact: { ...preview.rows[0]?.contact, id: 'x', number: '总机' }, was: null };
    expect((await confirm(zhang, { puts: [...puts, bad], removes: [] })).status).toBe(409);
    expect(await bed.store.contacts()).toEqual([]);
    expect((await confirm(zhang, { puts, removes: [] })).status).toBe(204);
    expect(await bed.store.contacts()).toHaveLength(2);
    const again = (await (await upload(zhang, FILE)).json()) as ImportPreview;
    expect(again.rows.map(({ standing }) => standing.length)).toEqual([1, 1]);
  });

  it('finds out no number of a superior office for the administrator', async () => {
    const contact = {
      id: 'c-superior',
      number: '0000-0000001',
      unit: '上级值班室',
      person: null,
      title: null,
      class: 'superior' as const,
    };
    const done = await bed.intake.work({
      type: 'directory-change',
      seesSuperior: true,
      how: 'contact-added',
      puts: [{ contact, was: null }],
      removes: [],
      account: null,
      person: null,
      at: Date.now(),
    });
    expect(done.ok).toBe(true);
    const file = '单位,电话\n某局,0000-0000001\n';
    const standing = async (login: string) =>
      ((await (await upload(await at(login), file)).json()) as ImportPreview).rows[0]?.standing.length;
    expect([await standing('admin'), await standing('leader')]).toEqual([0, 1]);
    const puts = [{ contact: { ...contact, id: 'c-other' }, was: null }];
    expect((await confirm(await at('admin'), { puts, removes: [] })).status).toBe(403);
  });

  it('refuses what it cannot read, what is too large, and who may not', async () => {
    const zhang = await at('zhang');
    const code = async (body: string | Uint8Array) =>
      ((await (await upload(zhang, body)).json()) as { code: string }).code;
    expect(await code('单位,地址\n某局,x')).toBe('import-no-heading');
    expect(await code(Buffer.from('d0cf11e0a1b11ae1', 'hex'))).toBe('import-old-excel');
    expect((await upload(zhang, Buffer.alloc(2_000_001, 65))).status).toBe(413);
    expect((await upload(await at('auditor'), FILE)).status).toBe(404);
    expect((await upload(createBrowser(base()), FILE)).status).toBe(401);
    expect((await send(zhang, 'preview', FILE, 'application/json')).status).toBe(400);
  });

  it.each([
    ['leader', 204],
    ['city', 204],
    ['supervisor', 204],
    ['admin', 204],
    ['auditor', 404],
  ])('is confirmed by %s: %i', async (login, status) => {
    const contact = {
      id: `c-${login}`,
      number: '0954-2039999',
      unit: `单位 ${login}`,
      person: null,
      title: null,
      class: null,
    };
    const browser = await at(login);
    expect((await confirm(browser, { puts: [{ contact, was: null }], removes: [] })).status).toBe(status);
    expect((await confirm(browser, { puts: [], removes: [] })).status).toBe(status === 204 ? 400 : status);
  });

  it('is taken ten times a minute', async () => {
    const zhang = await at('zhang');
    const statuses: number[] = [];
    for (let count = 0; count < 11; count += 1) statuses.push((await upload(zhang, FILE)).status);
    expect(statuses).toContain(429);
  });
});
