import { Workbook } from '@cj-tech-master/excelts';
import iconv from 'iconv-lite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FieldName } from '../../src/records/field.ts';
import { newId } from '../../src/storage/new-id.ts';
import type { SearchAnswer } from '../../src/web/protocol/search-view.ts';
import { type Browser, createBrowser, keptLogins } from './browser.ts';
import { endedCall } from './ended-call.ts';
import { callArrives, startWebBed, type WebBed } from './web-bed.ts';

let bed: WebBed;
const at = keptLogins(() => `http://127.0.0.1:${bed.web.port}`);

async function record(room: string, texts: Partial<Record<FieldName, string>>): Promise<string> {
  const id = newId();
  const asker = { account: 'a-zhang', person: 'p-zhang', seat: null };
  const done = async (command: Record<string, unknown>) => {
    const answer = await bed.intake.command({ opId: newId(), record: id, ...command } as never, asker);
    if (!answer.ok) throw new Error(answer.refusal.en);
  };
  await done({ type: 'open-by-hand', room });
  for (const [field, value] of Object.entries(texts))
    await done({ type: 'patch-field', field, base: 0, value, client: 'tab' });
  return id;
}

/** A call of the county that is over, with 电话内容, held 规范 first and 不规范 then. Answers its id. */
async function reviewedCall(content: string): Promise<string> {
  const { call, record } = await endedCall(bed);
  const asker = { account: 'a-zhang', person: 'p-zhang', seat: null };
  const typed = { type: 'patch-field', record, field: 'content', client: 'tab' } as const;
  await bed.intake.command({ ...typed, opId: newId(), base: 0, value: content }, asker);
  const by = { type: 'review-call', call, account: 'a-supervisor', person: null } as const;
  const proper = { verdict: 'proper', reasons: [], remark: '' } as const;
  const improper = { verdict: 'improper', reasons: ['manner', 'other'], remark: '=1+1,重来' } as const;
  const said = Date.UTC(2026, 10, 22, 19, 7);
  for (const mark of [
    { ...by, ...proper, review: 'first', seen: null, name: '李某', at: said - 60_000 },
    { ...by, ...improper, review: 'second', seen: 'first', name: '=杜督查', at: said },
  ]) {
    const written = await bed.intake.work(mark);
    if (!written.ok) throw new Error(written.refusal.en);
  }
  return call;
}

async function search(browser: Browser, query: string): Promise<SearchAnswer> {
  const answer = await browser.fetch(`/api/search?${query}`);
  expect(answer.status).toBe(200);
  return (await answer.json()) as SearchAnswer;
}

const ids = ({ hits }: SearchAnswer) => hits.map(({ id }) => id);

let county = '';
let second = '';
let city = '';

beforeAll(async () => {
  bed = await startWebBed();
  county = await record('r-county', {
    content: '人民路停电',
    callerUnit: '=cmd|calc',
    callerNumber: '139 0954 0001',
    category: 'public',
  });
  second = await record('r-county-2', { content: '停电二' });
  city = await record('r-city', { content: '停电三㐂' });
});
afterAll(() => bed.close());

describe('records are found', () => {
  it.each([
    ['zhang', () => [county, second]],
    ['leader', () => [county, second]],
    ['city', () => [city]],
    ['supervisor', () => [county, second, city]],
  ] as const)('by %s, of the rooms that may be seen and no others', async (login, expected) => {
    const browser = await at(login);
    for (const query of ['text=停电', '', 'state=draft'])
      expect(ids(await search(browser, query)).sort()).toEqual([...expected()].sort());
  });

  it.each(['admin', 'auditor'])('by %s not at all, and the audit trail knows', async (login) => {
    const browser = await at(login);
    for (const path of ['/api/search?text=停电', '/api/search/export?format=csv'])
      expect((await browser.fetch(path)).status).toBe(403);
    const told = await bed.store.auditOf(`a-${login}`);
    expect(told.filter(({ kind }) => kind === 'search-refused').length).toBe(2);
    expect((await browser.fetch('/api/callers/13909540001/matters')).status).toBe(404);
  });

  it('in one room; a room of others is not told from one that does not exist', async () => {
    const zhang = await at('zhang');
    expect(ids(await search(zhang, 'room=r-county-2'))).toEqual([second]);
    for (const path of ['search?', 'search/export?format=csv&'])
      for (const room of ['r-city', 'r-nowhere']) {
        const answer = await zhang.fetch(`/api/${path}room=${room}`);
        expect([answer.status, await answer.json()]).toMatchObject([404, { code: 'not-found' }]);
      }
  });

  it('with a citizen’s number masked in the list, whole for who may hear', async () => {
    const [hit] = (await search(await at('zhang'), 'text=人民路')).hits;
    expect(hit).toMatchObject({ caller: '139 **** 0001', rawCaller: '139 0954 0001', excerpt: '人民路停电' });
  });

  it('page by page, whatever comes meanwhile', async () => {
    const supervisor = await at('supervisor');
    const first = await search(supervisor, 'limit=2&text=停电');
    await record('r-city', { content: '停电四' });
    const rest = await search(supervisor, `limit=2&text=停电&before=${first.next}`);
    expect([...ids(first), ...ids(rest)].sort()).toEqual([county, second, city].sort());
    expect(rest.next).toBeNull();
  });

  it.each([
    'before=0%27--',
    'before=ZZ',
    'limit=0',
    'limit=1000',
    'limit=1&limit=2',
    'from=yesterday',
    'from=-1',
    'to=99999999999999',
    'state=drafts',
    'state=__proto__',
    'category=constructor',
    'class=x',
    'sound=maybe',
    'sound=toString',
    'tail=123',
    'tail=5678%20or%201',
    'room=a%20or%201=1',
    `text=${'x'.repeat(201)}`,
    'text=%00',
    'text[a]=b&text=c',
    'rooms=r-city',
  ])('never by a query the page does not write: %s', async (query) => {
    const answer = await (await at('zhang')).fetch(`/api/search?${query}`);
    expect([answer.status, await answer.json()]).toMatchObject([400, { code: 'bad-request' }]);
  });

  it.each([
    `text=${encodeURIComponent('" OR 1=1 --')}`,
    'text=*',
    'text=NEAR(停 电)',
    "recorder=x' or '1'='1",
  ])('and hostile words are words: %s', async (query) => {
    expect((await search(await at('zhang'), query)).hits).toEqual([]);
  });

  it('by nobody who is not logged in', async () => {
    const stranger = createBrowser(`http://127.0.0.1:${bed.web.port}`);
    for (const path of ['search', 'search/export?format=csv', 'callers/1/matters'])
      expect((await stranger.fetch(`/api/${path}`)).status).toBe(401);
  });
});

describe('a list is taken along', () => {
  it('as CSV that Excel reads, no cell a formula, numbers masked, and the audit trail knows', async () => {
    const zhang = await at('zhang');
    const answer = await zhang.fetch('/api/search/export?format=csv&text=人民路');
    expect(answer.headers.get('content-disposition')).toContain('attachment');
    const bytes = Buffer.from(await answer.arrayBuffer());
    expect(bytes.subarray(0, 3).toString('hex')).toBe('efbbbf');
    const text = bytes.toString('utf8');
    expect(text).toContain("'=cmd|calc");
    expect(text).toContain('139 **** 0001');
    expect(text).not.toContain('0954 0001');
    expect(text.split('\r\n').length).toBe(3);
    const told = (await bed.store.auditOf('a-zhang')).filter(({ kind }) => kind === 'records-exported');
    expect(told[0]?.payloadJson).toContain('人民路');
  });

  it('as GB18030, the rare characters too', async () => {
    const answer = await (await at('city')).fetch('/api/search/export?format=csv-gb18030&text=停电三');
    const bytes = Buffer.from(await answer.arrayBuffer());
    expect(bytes.includes(Buffer.from('cda3b5e7', 'hex'))).toBe(true);
    expect(iconv.decode(bytes, 'gb18030')).toContain('停电三㐂');
  });

  it('as a workbook of all pages', async () => {
    const zhang = await at('zhang');
    const answer = await zhang.fetch('/api/search/export?format=xlsx');
    const book = new Workbook();
    await book.xlsx.load(Buffer.from(await answer.arrayBuffer()));
    const sheet = book.getWorksheet('电话记录');
    expect(sheet?.rowCount).toBe((await search(zhang, '')).hits.length + 1);
    expect(JSON.stringify(sheet?.getSheetValues())).not.toContain('formula');
  });

  it.each(['format=pdf', 'format=__proto__', '', 'format=csv&state=x'])('never by %s', async (query) => {
    expect((await (await at('zhang')).fetch(`/api/search/export?${query}`)).status).toBe(400);
  });
});

describe('what is known of a number', () => {
  it('is its last calls, within the rooms that may be seen', async () => {
    await callArrives(bed, 'county');
    const matters = async (login: string) =>
      (await (await at(login)).fetch('/api/callers/0954-2031234/matters')).json();
    expect(await matters('zhang')).toMatchObject({ calls: [{ room: 'r-county' }], open: [] });
    expect(await matters('city')).toEqual({ calls: [], open: [] });
    expect(await matters('supervisor')).toMatchObject({ calls: [{ room: 'r-county' }] });
    const zhang = await at('zhang');
    expect((await zhang.fetch(`/api/callers/${'9'.repeat(81)}/matters`)).status).toBe(400);
    expect((await zhang.fetch('/api/callers/%00/matters')).status).toBe(400);
  });
});

describe('a list that is taken along has 评议', () => {
  it('that counts, with its reasons, who and when; no cell of it a formula, nothing of what is shut away', async () => {
    const call = await reviewedCall('市局反映积水=1');
    const supervisor = await at('supervisor');
    const csv = await (await supervisor.fetch('/api/search/export?format=csv&text=积水')).text();
    const [titles = '', row = ''] = csv.split('\r\n');
    expect(titles.split(',').slice(-4)).toEqual(['评议', '评议原因', '评议人', '评议时间']);
    expect(
      row.endsWith(`,不规范,"语气、用语不当；其他（写在备注中）；备注：=1+1,重来",'=杜督查,2026-11-23 03:07`),
    ).toBe(true);
    const book = new Workbook();
    const answer = await (await at('zhang')).fetch('/api/search/export?format=xlsx&text=积水');
    await book.xlsx.load(Buffer.from(await answer.arrayBuffer()));
    const sheet = book.getWorksheet('电话记录');
    const last = (line: number) => (sheet?.getSheetValues()[line] as unknown[] | undefined)?.slice(-4);
    expect(last(1)).toEqual(['评议', '评议原因', '评议人', '评议时间']);
    expect(last(2)).toEqual([
      '不规范',
      '语气、用语不当；其他（写在备注中）；备注：=1+1,重来',
      '=杜督查',
      '2026-11-23 03:07',
    ]);
    const by = { account: 'a-zhang', person: 'p-zhang' };
    await bed.intake.work({ type: 'isolate', subject: call, by, reason: '涉密', at: Date.now() });
    const after = await (await supervisor.fetch('/api/search/export?format=csv&review=improper')).text();
    expect(after).not.toContain('语气');
  });
});
