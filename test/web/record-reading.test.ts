import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createBrowser, keptLogins } from './browser.ts';
import { callArrives, startWebBed, type WebBed } from './web-bed.ts';

let bed: WebBed;
let call: string;
let record: string;
const at = keptLogins(() => `http://127.0.0.1:${bed.web.port}`);

beforeAll(async () => {
  bed = await startWebBed();
  await callArrives(bed);
  const [view] = (await bed.store.snapshot('r-county', Date.now())).calls;
  call = view?.id ?? '';
  record = view?.record ?? '';
  const command = { type: 'patch-field', record, field: 'content', base: 0, client: 'tab' } as const;
  for (const [index, value] of ['报', '报告', '报告事故'].entries())
    await bed.intake.command(
      { ...command, opId: `op-${index}`, base: index, value },
      {
        account: 'a-zhang',
        person: 'p-zhang',
        seat: null,
      },
    );
});
afterAll(() => bed.close());

describe('a record of any day', () => {
  it('comes with its call, by either id', async () => {
    const zhang = await at('zhang');
    const byRecord = await (await zhang.fetch(`/api/records/${record}`)).json();
    expect(byRecord).toMatchObject({ record: { id: record, call }, call: { id: call, record } });
    expect(await (await zhang.fetch(`/api/calls/${call}`)).json()).toEqual(byRecord);
  });

  it('tells what stood in its fields: the strokes of one hand as one', async () => {
    const { revisions } = (await (
      await (await at('zhang')).fetch(`/api/records/${record}/history`)
    ).json()) as {
      revisions: { field: string; value: string; kind: string; by: string }[];
    };
    expect(revisions.filter(({ field }) => field === 'content')).toMatchObject([
      { value: '报告事故', kind: 'typed', by: '张三' },
    ]);
    expect(revisions.some(({ kind }) => kind === 'prefilled')).toBe(true);
  });

  it.each([
    ['city', 404],
    ['admin', 404],
    ['auditor', 404],
    ['supervisor', 200],
    ['leader', 200],
  ])('is seen by %s: %i', async (login, status) => {
    const browser = await at(login);
    for (const path of [`records/${record}`, `records/${record}/history`, `calls/${call}`])
      expect((await browser.fetch(`/api/${path}`)).status).toBe(status);
  });

  it.each(['nothing', '..%2F..%2Fetc', '%00', 'x'.repeat(100)])('is not found by the id %s', async (id) => {
    const zhang = await at('zhang');
    expect((await zhang.fetch(`/api/records/${id}`)).status).toBe(404);
  });

  it('is for nobody who is not logged in', async () => {
    const stranger = createBrowser(`http://127.0.0.1:${bed.web.port}`);
    expect((await stranger.fetch(`/api/records/${record}`)).status).toBe(401);
  });

  it('shows no history once it is shut away', async () => {
    const by = { account: 'a-zhang', person: 'p-zhang' };
    await bed.intake.work({ type: 'isolate', subject: record, by, reason: '涉密', at: Date.now() });
    const zhang = await at('zhang');
    expect((await zhang.fetch(`/api/records/${record}/history`)).status).toBe(409);
    expect(await (await zhang.fetch(`/api/records/${record}`)).json()).toMatchObject({
      record: { shut: 'isolated', fields: { content: { value: '' } } },
    });
  });
});
