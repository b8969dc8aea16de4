import { Workbook } from '@cj-tech-master/excelts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FieldName } from '../../src/records/field.ts';
import { paragraphsOf, partOf } from '../documents/office-parts.ts';
import { type Browser, createBrowser, keptLogins } from './browser.ts';
import { callArrives, startWebBed, type WebBed } from './web-bed.ts';

const HOSTILE = '=cmd|\' /C calc\'!A0 <script>alert(1)</script> </w:t> "x" &amp; \u202e\u0001';
const AS_TEXT = '=cmd|\' /C calc\'!A0 <script>alert(1)</script> </w:t> "x" &amp; ��';
const AT = Date.UTC(2026, 10, 22, 19, 7);

let bed: WebBed;
let record: string;
let other: string;
let zhang: Browser;
const at = keptLogins(() => `http://127.0.0.1:${bed.web.port}`);

beforeAll(async () => {
  bed = await startWebBed();
  record = await recordOf(AT, { callerUnit: HOSTILE, callerName: '张某', content: `第一段\n${HOSTILE}` });
  other = await recordOf(AT + 60_000, { callerUnit: '市水务局', content: '北街停水' });
  zhang = await at('zhang');
});
afterAll(() => bed.close());

/** A call of that moment whose draft was filled in by hand. */
async function recordOf(moment: number, texts: Partial<Record<FieldName, string>>): Promise<string> {
  await callArrives(bed, 'county', moment);
  const span = await bed.store.roomSpan('r-county', moment, moment + 1);
  const id = span.calls[0]?.record ?? '';
  for (const [field, value] of Object.entries(texts) as [FieldName, string][]) {
    const { version } = (await bed.store.recordView(id))?.fields[field] ?? { version: 0 };
    const patch = { type: 'patch-field', record: id, field, base: version, client: 'tab', value } as const;
    const asker = { account: 'a-zhang', person: 'p-zhang', seat: null };
    const answer = await bed.intake.command({ ...patch, opId: `op-${id}-${field}` }, asker);
    if (!answer.ok) throw new Error(answer.refusal.en);
  }
  return id;
}

const get = (browser: Browser, path: string): Promise<Response> => browser.fetch(`/api/papers/${path}`);
const bytesOf = async (response: Response): Promise<Buffer> => Buffer.from(await response.arrayBuffer());

describe('a record on paper', () => {
  it('comes as a page in which hostile text is text', async () => {
    const response = await get(zhang, `records?ids=${record}`);
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(response.headers.get('cache-control')).toBe('no-store');
    const html = await response.text();
    expect(html).toContain('原州区人民政府值班室电话记录单');
    expect(html).not.toMatch(/<script|<\/w:t>|\u202e/);
    expect(html).toContain('&#60;script&#62;alert(1)&#60;/script&#62;');
    expect(html).toContain('草稿');
  });

  it('comes for Word with the words of the page, in its order', async () => {
    const response = await get(zhang, `records?ids=${record}&form=seed&format=docx`);
    expect(response.headers.get('content-disposition')).toContain(encodeURIComponent('电话记录单 草稿.docx'));
    const file = await bytesOf(response);
    const xml = partOf(file, 'word/document.xml');
    expect(xml).toContain('w:eastAsia="仿宋_GB2312"');
    expect(xml).toMatch(/w:line="560" w:lineRule="exact"|w:lineRule="exact" w:line="560"/);
    expect(paragraphsOf(xml)).toEqual([
      '原州区人民政府值班室电话记录单',
      '区政府值班室\t2026年11月23日',
      '来电时间：2026年11月23日 03时07分',
      `来电单位：${AS_TEXT}`,
      '来 电 人：张某',
      '来电号码：0954-2031234',
      '记 录 人：张三\t联系电话：',
      '拟办意见：',
      '',
      '',
      '电话内容：',
      '第一段',
      AS_TEXT,
    ]);
    expect(paragraphsOf(partOf(file, 'word/header1.xml'))).toEqual(['草稿']);
  });

  it('comes in 完整版, with a column for a hand', async () => {
    const html = await (await get(zhang, `records?ids=${record}&form=full&column=blank`)).text();
    expect(html).toMatch(/编号：未登记<\/th><th class="paper-column"[^>]*>领导批示/);
    const file = await bytesOf(await get(zhang, `records?ids=${record}&form=full&column=blank&format=docx`));
    const said = paragraphsOf(partOf(file, 'word/document.xml'));
    expect(said.slice(2, 4)).toEqual(['编号：未登记', '领导批示']);
    expect(said).toContain('办理经过');
  });

  it('comes with others in the order asked for, and each is in the audit trail', async () => {
    const before = (await bed.store.auditOf(other)).length;
    const html = await (await get(zhang, `records?ids=${other},${record}`)).text();
    expect(html.match(/<article/g)).toHaveLength(2);
    expect(html.indexOf('市水务局')).toBeLessThan(html.indexOf('第一段'));
    const rows = (await bed.store.auditOf(other)).slice(before);
    expect(rows.map(({ kind, account }) => [kind, account])).toEqual([['record-printed', 'a-zhang']]);
    expect(JSON.parse(rows[0]?.payloadJson ?? '')).toMatchObject({
      form: 'seed',
      format: 'html',
      together: 2,
    });
  });
});

describe('the list of a day', () => {
  it('comes as a page, for Word and for Excel, with the calls of that day only', async () => {
    const day = 'day?room=r-county&date=2026-11-23';
    const html = await (await get(zhang, day)).text();
    expect(html).toContain('区政府值班室来电一览');
    expect(html).toContain('共 2 通电话');
    expect(html).not.toMatch(/<script|\u202e/);
    const word = paragraphsOf(
      partOf(await bytesOf(await get(zhang, `${day}&format=docx`)), 'word/document.xml'),
    );
    expect(word).toContain('市水务局');
    const book = new Workbook();
    await book.xlsx.load(await bytesOf(await get(zhang, `${day}&format=xlsx`)));
    const sheet = book.worksheets[0];
    const rows = [1, 2, 3].map((row) => Object.values(sheet?.getRow(row).values ?? []));
    expect(rows[0]?.slice(0, 5)).toEqual(['序号', '时间', '来去电', '号码', '单位']);
    expect(rows[1]?.slice(0, 6)).toEqual(['1', '03:07', '来电', '0954-2031234', AS_TEXT, '张某']);
    expect(rows[2]?.[4]).toBe('市水务局');
    expect(sheet?.getRow(2).getCell(5).formula).toBeFalsy();
    expect(sheet?.rowCount).toBe(3);
    const empty = await (await get(zhang, 'day?room=r-county&date=2026-11-22')).text();
    expect(empty).toContain('共 0 通电话');
  });

  it('is in the audit trail with the forms it told of', async () => {
    await get(zhang, 'day?room=r-county&date=2026-11-23');
    const row = (await bed.store.auditOf('r-county')).at(-1);
    expect(row?.kind).toBe('list-exported');
    const payload = JSON.parse(row?.payloadJson ?? '') as { date: string; rows: number; records: string };
    expect(payload).toMatchObject({ date: '2026-11-23', format: 'html', rows: 2 });
    expect(payload.records.split(' ').toSorted()).toEqual([record, other].toSorted());
  });
});

it('blank forms come in as many copies as asked for', async () => {
  const html = await (await get(zhang, 'blank?room=r-county&copies=3')).text();
  expect(html.match(/<article class="paper paper-seed paper-blank">/g)).toHaveLength(3);
  const file = await bytesOf(await get(zhang, 'blank?room=r-county&form=full&format=docx'));
  expect(paragraphsOf(partOf(file, 'word/document.xml'))).toContain('批示');
});

describe('who may take papers out', () => {
  const paths = () => [`records?ids=${record}`, 'day?room=r-county&date=2026-11-23', 'blank?room=r-county'];

  it.each([
    ['city', 404],
    ['admin', 404],
    ['auditor', 404],
    ['supervisor', 200],
    ['leader', 200],
  ])('%s: %i', async (login, status) => {
    const browser = await at(login);
    for (const path of paths()) expect((await get(browser, path)).status, path).toBe(status);
  });

  it('nobody who is not logged in', async () => {
    const stranger = createBrowser(`http://127.0.0.1:${bed.web.port}`);
    for (const path of paths()) expect((await get(stranger, path)).status).toBe(401);
  });

  it('nobody gets a batch in which one does not exist, and it is not said which', async () => {
    const response = await get(zhang, `records?ids=${record},nothing`);
    expect([response.status, ((await response.json()) as { code: string }).code]).toEqual([404, 'not-found']);
  });

  it.each([
    'records',
    'records?ids=',
    'records?ids=../x',
    `records?ids=${Array.from({ length: 51 }, (_, index) => `id-${index}`).join(',')}`,
    'records?ids=a&ids=b',
    'records?ids=a&form=other',
    'records?ids=a&format=pdf',
    'records?ids=a&column=blank',
    'day?room=r-county&date=2026-02-30',
    'day?room=r-county&date=today',
    'day?room=r-county&date=2026-11-23&format=exe',
    'blank?room=r-county&copies=51',
    'blank?room=r-county&copies=0',
  ])('nobody gets %s', async (path) => {
    expect((await get(zhang, path)).status).toBe(400);
  });

  it('nobody gets a record that was shut away, and the list says nothing of it', async () => {
    const origin = `http://127.0.0.1:${bed.web.port}`;
    const shut = await zhang.fetch(`/api/shut/${other}/isolate`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin },
      body: JSON.stringify({ reason: '涉密' }),
    });
    expect(shut.status).toBe(204);
    const response = await get(zhang, `records?ids=${record},${other}`);
    expect([response.status, ((await response.json()) as { code: string }).code]).toEqual([
      409,
      'record-shut',
    ]);
    const html = await (await get(zhang, 'day?room=r-county&date=2026-11-23')).text();
    expect(html).toContain('已按涉密误录处置');
    expect(html).not.toMatch(/市水务局|北街停水/);
  });
});
