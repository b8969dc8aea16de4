import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRecordingLibrary } from '../../src/recordings/library.ts';
import { createSealingKeys } from '../../src/recordings/vault/sealing-key.ts';
import type { AttachmentView, RecordView } from '../../src/web/protocol/record-view.ts';
import { docx, pdf, png, zip } from '../documents/attachment-files.ts';
import { type Browser, createBrowser, keptLogins, newOpId } from './browser.ts';
import { callArrives, PASSWORD, startWebBed, type WebBed } from './web-bed.ts';

const MOST_BYTES = 300_000;

let bed: WebBed;
let record: string;
const base = (): string => `http://127.0.0.1:${bed.web.port}`;
const at = keptLogins(base);

beforeAll(async () => {
  bed = await startWebBed({ attachments: { mostBytes: MOST_BYTES, mostOfRecord: 12 } }, ({ recordings }) => ({
    library: createRecordingLibrary(recordings, createSealingKeys([Buffer.alloc(32, 5)])),
  }));
  await callArrives(bed);
  record = (await bed.store.snapshot('r-county', Date.now())).records[0]?.id ?? '';
});
afterAll(() => bed.close());

function upload(
  browser: Browser,
  content: Buffer,
  { name = '情况报告.pdf', op = newOpId(), to = record, headers = {} as Record<string, string> } = {},
): Promise<Response> {
  const query = new URLSearchParams({ name, op });
  return browser.fetch(`/api/records/${to}/attachments?${query.toString()}`, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream', origin: base(), ...headers },
    body: new Uint8Array(content),
  });
}

async function idFrom(response: Response): Promise<string> {
  expect(response.status).toBe(201);
  return ((await response.json()) as { attachment: string }).attachment;
}

async function shown(): Promise<readonly AttachmentView[]> {
  const view = (await (await (await at('zhang')).fetch(`/api/records/${record}`)).json()) as {
    record: RecordView;
  };
  return view.record.attachments;
}

function remove(browser: Browser, id: string, reason: string): Promise<Response> {
  return browser.fetch(`/api/attachments/${id}/remove`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: base() },
    body: JSON.stringify({ reason }),
  });
}

describe('an upload', () => {
  it('is kept sealed, listed with its digest, and comes back as it was, only ever to be saved', async () => {
    const zhang = await at('zhang');
    const content = pdf('滑坡现场情况');
    const id = await idFrom(await upload(zhang, content, { name: `现场"情况"'(1)*.pdf` }));
    const sha256 = createHash('sha256').update(content).digest('hex');
    expect(await shown()).toMatchObject([{ id, type: 'pdf', bytes: content.length, sha256, by: '张三' }]);
    const answer = await zhang.fetch(`/api/attachments/${id}`);
    expect(Buffer.from(await answer.arrayBuffer()).equals(content)).toBe(true);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'application/octet-stream',
      'content-disposition': `attachment; filename="attachment.pdf"; filename*=UTF-8''%E7%8E%B0%E5%9C%BA_%E6%83%85%E5%86%B5_%27%281%29_.pdf`,
      'content-security-policy': "sandbox; default-src 'none'",
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    });
    const file = (await bed.store.attachment(id))?.file ?? '';
    expect(readFileSync(join(bed.recordings, file)).includes('滑坡')).toBe(false);
    expect((await bed.store.auditOf(record)).map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['attachment-added', 'attachment-downloaded']),
    );
  });

  it('repeated after a lost answer is the same attachment', async () => {
    const zhang = await at('zhang');
    const op = newOpId();
    const id = await idFrom(await upload(zhang, png(), { name: '照片.png', op }));
    const again = await upload(zhang, png(), { name: '照片.png', op });
    expect(again.status).toBe(200);
    expect(await again.json()).toEqual({ attachment: id });
    expect((await shown()).filter((one) => one.name === '照片.png')).toHaveLength(1);
  });

  it('is told to every page of the room', async () => {
    const page = await (await at('li')).open();
    await page.next('snapshot');
    const id = await idFrom(await upload(await at('zhang'), docx(), { name: '通知.docx' }));
    const delta = await page.next('delta', ({ changes }) =>
      changes.some(
        (change) => change.entity === 'record' && change.view.attachments.some((one) => one.id === id),
      ),
    );
    expect(delta.changes.length).toBeGreaterThan(0);
    page.close();
  });

  it.each([
    ['a program with the name of a PDF', Buffer.from('MZ\u0090\0\u0003'), 415, 'attachment-kind'],
    ['a ZIP', zip('a.exe'), 415, 'attachment-kind'],
    ['nothing', Buffer.alloc(0), 415, 'attachment-kind'],
    ['too much', Buffer.alloc(MOST_BYTES + 1, 'a'), 413, 'attachment-too-large'],
  ])('of %s is refused', async (_what, content, status, code) => {
    const before = await shown();
    const answer = await upload(await at('zhang'), content);
    expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([status, code]);
    expect(await shown()).toEqual(before);
  });

  it.each([
    ['no name', { name: '' }],
    ['a short operation', { op: 'x' }],
    ['a hostile operation', { op: "'; drop table attachments; --" }],
  ])('with %s is refused', async (_what, given) => {
    expect((await upload(await at('zhang'), pdf(), given)).status).toBe(400);
  });

  it('from a foreign page, or of a body that is no file, is refused', async () => {
    const zhang = await at('zhang');
    expect((await upload(zhang, pdf(), { headers: { origin: 'http://evil.example' } })).status).toBe(403);
    const json = await upload(zhang, pdf(), { headers: { 'content-type': 'application/json' } });
    expect(json.status).toBeGreaterThanOrEqual(400);
    expect(json.status).toBeLessThan(500);
  });

  it('keeps a hostile name harmless on the page and on the disk', async () => {
    const id = await idFrom(
      await upload(await at('zhang'), pdf(), { name: '../../<img src=x onerror=alert(1)>\u202efdp.exe' }),
    );
    const [one] = (await shown()).filter((attachment) => attachment.id === id);
    expect(one?.name).toBe('_img src=x onerror=alert(1)_fdp.exe.pdf');
    const row = await bed.store.attachment(id);
    expect(row?.file).toMatch(/^\d{4}\/\d{2}\/\d{2}\/[0-9a-f-]{36}\.pdf$/);
  });
});

describe('who may', () => {
  it.each([
    ['zhang', 201, 200, 204],
    ['leader', 201, 200, 204],
    ['supervisor', 403, 200, 403],
    ['city', 404, 404, 404],
    ['admin', 404, 404, 404],
    ['auditor', 404, 404, 404],
  ])('%s: adds %i, downloads %i, removes %i', async (login, adds, downloads, removes) => {
    const id = await idFrom(await upload(await at('zhang'), pdf(login)));
    const browser = await at(login);
    const added = await upload(browser, pdf(`by ${login}`));
    expect(added.status).toBe(adds);
    if (adds === 201)
      expect((await remove(await at('zhang'), await idFrom(added.clone() as Response), '测试')).status).toBe(
        204,
      );
    expect((await browser.fetch(`/api/attachments/${id}`)).status).toBe(downloads);
    expect((await remove(browser, id, '测试')).status).toBe(removes);
    if (removes !== 204) await remove(await at('zhang'), id, '测试');
  });

  it('nobody without a log-in, and no id that was guessed', async () => {
    const nobody = createBrowser(base());
    const [one] = await shown();
    expect((await upload(nobody, pdf())).status).toBe(401);
    expect((await nobody.fetch(`/api/attachments/${one?.id}`)).status).toBe(401);
    expect((await remove(nobody, one?.id ?? '', '测试')).status).toBe(401);
    const zhang = await at('zhang');
    for (const id of [
      '..%2F..%2Fetc%2Fpasswd',
      '%00',
      'x'.repeat(500),
      '0190a000-0000-7000-8000-000000000000',
    ])
      expect((await zhang.fetch(`/api/attachments/${id}`)).status).toBe(404);
    expect((await upload(zhang, pdf(), { to: '0190a000-0000-7000-8000-000000000000' })).status).toBe(404);
  });

  it('not more than the office allows of one record', async () => {
    const zhang = await at('zhang');
    let last = await upload(zhang, pdf('1'));
    for (let n = 2; last.status === 201 && n < 20; n += 1) last = await upload(zhang, pdf(String(n)));
    expect(last.status).toBe(409);
    expect(await last.json()).toMatchObject({ code: 'attachments-too-many' });
    for (const { id, removed } of await shown()) if (removed === null) await remove(zhang, id, '测试');
  });
});

describe('what was kept', () => {
  it('stays struck with its reason when it is removed, and is sent no more', async () => {
    const zhang = await at('zhang');
    const id = await idFrom(await upload(zhang, pdf()));
    expect((await remove(zhang, id, '')).status).toBe(400);
    expect((await remove(zhang, id, '传错了')).status).toBe(204);
    expect((await shown()).find((one) => one.id === id)?.removed).toMatchObject({
      by: '张三',
      reason: '传错了',
    });
    const answer = await zhang.fetch(`/api/attachments/${id}`);
    expect([answer.status, await answer.json()]).toMatchObject([409, { code: 'attachment-removed' }]);
  });

  it('is not sent when it is no longer what was uploaded', async () => {
    const zhang = await at('zhang');
    const id = await idFrom(await upload(zhang, pdf()));
    const path = join(bed.recordings, (await bed.store.attachment(id))?.file ?? '');
    const bytes = readFileSync(path);
    bytes[bytes.length - 20] = (bytes[bytes.length - 20] ?? 0) ^ 1;
    writeFileSync(path, bytes);
    const answer = await zhang.fetch(`/api/attachments/${id}`);
    expect([answer.status, await answer.json()]).toMatchObject([409, { code: 'attachment-away' }]);
    await remove(zhang, id, '测试');
  });

  it('is named on the full form on paper, the removed ones not', async () => {
    const zhang = await at('zhang');
    await idFrom(await upload(zhang, pdf(), { name: '纸上要有<b>.pdf' }));
    const gone = await idFrom(await upload(zhang, pdf(), { name: '纸上没有.pdf' }));
    await remove(zhang, gone, '传错了');
    const page = await (await zhang.fetch(`/api/papers/records?ids=${record}&form=full&format=html`)).text();
    expect(page).toContain('纸上要有_b_.pdf');
    expect(page).not.toContain('纸上没有');
  });

  it('is shut away and destroyed with its record', async () => {
    const zhang = await at('zhang');
    const id = await idFrom(await upload(zhang, pdf()));
    const post = (browser: Browser, path: string, body: object) =>
      browser.fetch(path, {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin: base() },
        body: JSON.stringify(body),
      });
    expect((await post(zhang, `/api/shut/${record}/isolate`, { reason: '疑似涉密' })).status).toBe(204);
    expect(await shown()).toEqual([]);
    expect((await zhang.fetch(`/api/attachments/${id}`)).status).toBe(409);
    expect((await upload(zhang, pdf())).status).toBe(409);
    expect((await remove(zhang, id, '测试')).status).toBe(409);
    const destroyed = await post(await at('leader'), `/api/shut/${record}/destroy`, {
      reason: '涉密',
      login: 'supervisor',
      password: PASSWORD,
      totp: null,
    });
    expect(destroyed.status).toBe(204);
    expect(await bed.store.attachment(id)).toMatchObject({ name: null });
    const pending = await bed.store.pendingEffects();
    expect(pending).toEqual(
      expect.arrayContaining([expect.objectContaining({ kind: 'erase-attachment', attachment: id })]),
    );
    expect(readdirSync(bed.recordings).length).toBeGreaterThan(0);
  });
});
