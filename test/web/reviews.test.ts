import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ReplayView, ReviewView } from '../../src/web/protocol/review-view.ts';
import { type Browser, createBrowser, keptLogins } from './browser.ts';
import { endedCall } from './ended-call.ts';
import { startWebBed, type WebBed } from './web-bed.ts';

let bed: WebBed;
let base: string;
let call: string;
const at = keptLogins(() => base);

beforeAll(async () => {
  bed = await startWebBed();
  base = `http://127.0.0.1:${bed.web.port}`;
  ({ call } = await endedCall(bed));
});
afterAll(() => bed.close());

const IMPROPER = {
  review: 'mark-1',
  seen: null,
  verdict: 'improper',
  reasons: ['manner'],
  remark: '语气生硬',
};

function post(browser: Browser, body: unknown, of = call, origin = base): Promise<Response> {
  return browser.fetch(`/api/calls/${of}/reviews`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin },
    body: JSON.stringify(body),
  });
}

async function read(browser: Browser, of = call): Promise<readonly ReviewView[]> {
  const answer = await browser.fetch(`/api/calls/${of}/replay`);
  return ((await answer.json()) as ReplayView).reviews;
}

describe('marks on a call over HTTP', () => {
  it('are set by a supervisor, under his own name, and read by the officer', async () => {
    const supervisor = await at('supervisor');
    expect((await post(supervisor, IMPROPER)).status).toBe(204);
    expect(await read(await at('zhang'))).toMatchObject([
      { id: 'mark-1', verdict: 'improper', reasons: ['manner'], remark: '语气生硬', by: '账号 supervisor' },
    ]);
    const audited = await bed.store.auditOf(call);
    expect(audited.map(({ kind, account }) => [kind, account])).toContainEqual([
      'call-reviewed',
      'a-supervisor',
    ]);
  });

  it('of two who saw the same state the second is told', async () => {
    const other = (await endedCall(bed)).call;
    const supervisor = await at('supervisor');
    expect((await post(supervisor, { ...IMPROPER, review: 'm-2' }, other)).status).toBe(204);
    const late = await post(await at('leader'), { ...IMPROPER, review: 'm-3' }, other);
    expect(late.status).toBe(409);
    expect(await late.json()).toMatchObject({ code: 'review-moved' });
    const changed = { ...IMPROPER, review: 'm-4', seen: 'm-2', verdict: 'proper', reasons: [] };
    expect((await post(await at('leader'), changed, other)).status).toBe(204);
    expect((await read(supervisor, other)).map(({ id }) => id)).toEqual(['m-4', 'm-2']);
  });

  it.each([
    ['zhang', 403, 200],
    ['leader', 204, 200],
    ['supervisor', 204, 200],
    ['city', 404, 404],
    ['admin', 404, 404],
    ['auditor', 404, 404],
  ])('%s: set %i, read %i', async (login, set, seen) => {
    const other = (await endedCall(bed)).call;
    const browser = await at(login);
    const answer = await post(browser, { ...IMPROPER, review: `by-${login}` }, other);
    expect(answer.status).toBe(set);
    expect((await browser.fetch(`/api/calls/${other}/replay`)).status).toBe(seen);
    expect((await bed.store.reviewsOfCall(other)).length).toBe(set === 204 ? 1 : 0);
    const refusals = (await bed.store.auditOf(other)).filter(({ kind }) => kind === 'review-refused');
    expect(refusals.length).toBe(set === 403 ? 1 : 0);
  });

  it('are for nobody who is not logged in, and not from another site', async () => {
    expect((await post(createBrowser(base), IMPROPER)).status).toBe(401);
    expect((await createBrowser(base).fetch(`/api/calls/${call}/replay`)).status).toBe(401);
    expect((await post(await at('supervisor'), IMPROPER, call, 'https://elsewhere')).status).toBe(403);
  });

  it.each([
    ['nothing', null],
    ['a verdict of its own', { ...IMPROPER, verdict: '合格' }],
    ['a reason of its own', { ...IMPROPER, reasons: ['because'] }],
    ['an id with a path in it', { ...IMPROPER, review: '../x' }],
    ['too many reasons', { ...IMPROPER, reasons: Array.from({ length: 13 }, () => 'manner') }],
    ['more than is asked for', { ...IMPROPER, at: 1 }],
  ])('with %s are refused', async (_what, body) => {
    expect((await post(await at('supervisor'), body)).status).toBe(400);
  });

  it.each(['nothing', '..%2F..%2Fetc', '%00', 'x'.repeat(100)])('are not found by the id %s', async (of) => {
    expect((await post(await at('supervisor'), IMPROPER, of)).status).toBe(404);
  });

  it('are found by 记录查询, and not shown of a call that is shut away', async () => {
    const supervisor = await at('supervisor');
    const search = async (review: string) => {
      const answer = await supervisor.fetch(`/api/search?review=${review}`);
      return (await answer.json()) as { hits: { call: string; review: string | null }[] };
    };
    const shown = (await search('improper')).hits.find((hit) => hit.call === call);
    expect(shown).toMatchObject({ review: 'improper' });
    expect((await search('none')).hits.map((hit) => hit.call)).not.toContain(call);
    expect((await supervisor.fetch('/api/search?review=bad')).status).toBe(400);
    const by = { account: 'a-zhang', person: 'p-zhang' };
    await bed.intake.work({ type: 'isolate', subject: call, by, reason: '涉密', at: Date.now() });
    expect(await read(supervisor)).toEqual([]);
  });
});
