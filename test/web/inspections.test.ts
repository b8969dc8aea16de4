/** 检查 and 迎检 over HTTP: a supervisor of the city inspects the county, whose officers read, confirm and answer. */
import { Workbook } from '@cj-tech-master/excelts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listPage } from '../../src/documents/paper-page.ts';
import { readinessPaper } from '../../src/documents/readiness-paper.ts';
import { INSPECTION_ITEMS, INSPECTION_REMARK } from '../../src/duty/inspection-items.ts';
import type { InspectionListView, InspectionPageView } from '../../src/duty/inspection-view.ts';
import type { ReadinessView } from '../../src/duty/readiness-view.ts';
import { newId } from '../../src/storage/new-id.ts';
import type { Work } from '../../src/storage/work.ts';
import { paragraphsOf, partOf } from '../documents/office-parts.ts';
import { telling } from '../storage/telling.ts';
import { type Browser, createBrowser, keptLogins } from './browser.ts';
import { PASSWORD, startWebBed, type WebBed } from './web-bed.ts';

const bytesOf = async (response: Response): Promise<Buffer> => Buffer.from(await response.arrayBuffer());
const HOUR = 3_600_000;
const NOW = Date.now();
let bed: WebBed;
let supervisor: Browser;
let zhang: Browser;
const base = () => `http://127.0.0.1:${bed.web.port}`;
const at = keptLogins(base);

beforeAll(async () => {
  bed = await startWebBed();
  [supervisor, zhang] = await Promise.all([at('supervisor'), at('zhang')]);
});
afterAll(() => bed.close());

async function post(browser: Browser, path: string, body: unknown): Promise<string> {
  const answer = await browser.fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: base() },
    body: JSON.stringify(body),
  });
  return answer.status === 204 ? '204' : ((await answer.json()) as { code: string }).code;
}
async function read<View>(browser: Browser, path: string): Promise<View> {
  return (await (await browser.fetch(path)).json()) as View;
}
const head = (id: string) => ({
  ...{ id, unit: 'county', rooms: ['r-county'], from: NOW - 24 * HOUR, to: NOW + HOUR },
  ...{ inspectedAt: NOW, inspectors: '王某、李某' },
});
const WRONG = { situation: '响铃 <b>19</b> 秒才接', verdict: 'to-mend', mendBy: '2026-12-01' };
const page = (browser: Browser, id: string) => read<InspectionPageView>(browser, `/api/inspections/${id}`);
const list = (browser: Browser) => read<InspectionListView>(browser, '/api/inspections');

/** Every required item 符合, but for B1. */
async function judged(id: string, b1: object = {}): Promise<void> {
  expect(await post(supervisor, '/api/inspections', head(id))).toBe('204');
  for (const { code: item, isRequired } of INSPECTION_ITEMS) {
    const said = { situation: '', verdict: 'meets', mendBy: null, ...(item === 'B1' ? b1 : {}) };
    if (isRequired)
      expect(await post(supervisor, `/api/inspections/${id}/items`, { item, base: 0, ...said })).toBe('204');
  }
}
const sign = (browser: Browser, id: string, as: string) =>
  post(browser, `/api/inspections/${id}/signatures`, { as });

/** From a superior office; rings for so long. */
async function superiorCalls(linkedid: string, from: number, ms: number): Promise<void> {
  const call = telling(linkedid, from, 'main');
  const rest = telling(linkedid, from + 2_000 + ms, 'main');
  const facts = [
    call.say(
      {
        ...{ kind: 'call-arrived', direction: 'inbound', line: 'l-county', lineNumber: '0954-2035671' },
        ...{ callerNumber: '09542030001', dialled: '2035671', channel: `PJSIP/telco-${linkedid}` },
        ...{ endpoint: 'PJSIP/telco', role: 'trunk', seen: 'live' },
      },
      linkedid,
      { drafts: [{ linkedid, generation: 1 }] },
    ),
    ...[call.dials(), call.rings(), rest.isAnswered(), ...rest.closes(), rest.ends()],
  ];
  for (const work of facts) await done(work);
}
async function done(work: Work): Promise<void> {
  const written = await bed.intake.work(work);
  if (!written.ok) throw new Error(written.refusal.en);
}

describe('检查', () => {
  it('is a supervisor’s to write and the office’s to read, confirm and answer', async () => {
    const id = newId();
    expect(await post(zhang, '/api/inspections', head(id))).toBe('not-allowed');
    await judged(id, WRONG);
    expect(await sign(zhang, id, 'inspected')).toBe('inspection-not-signed');
    expect(await sign(zhang, id, 'inspector')).toBe('not-allowed');
    expect(await sign(supervisor, id, 'inspector')).toBe('204');
    expect(await post(supervisor, `/api/inspections/${id}/items`, { item: 'A1', base: 1, ...WRONG })).toBe(
      'inspection-signed',
    );
    expect(await sign(supervisor, id, 'inspected')).toBe('not-allowed');
    expect(await sign(zhang, id, 'inspected')).toBe('204');
    const view = await page(zhang, id);
    expect(view).toMatchObject({ mayInspect: false, mayAnswer: true, place: { unit: 'county' } });
    expect(view.inspection).toMatchObject({
      inspector: { name: '账号 supervisor' },
      inspected: { name: '张三' },
      answers: { B1: { ...WRONG, mending: { state: 'open' } } },
    });
    // What stood beside the items stays as it was shown.
    expect(view.known.C1[0]?.text).toBe('没有登记突发事件。');
    const mend = (how: string) => ({ item: 'B1', how, text: '已增设话机' });
    expect(await post(zhang, `/api/inspections/${id}/mended`, mend('mended'))).toBe('not-allowed');
    expect(await post(zhang, `/api/inspections/${id}/mended`, mend('reported'))).toBe('204');
    const open = (await list(supervisor)).toMend;
    expect(open).toMatchObject([{ inspection: id, code: 'B1', answer: { mending: { state: 'reported' } } }]);
    // 回头看: the next inspection has it before its eyes, and closes it.
    const next = newId();
    await judged(next);
    expect((await page(supervisor, next)).lookBack).toMatchObject([{ inspection: id, code: 'B1' }]);
    expect(await sign(supervisor, next, 'inspector')).toBe('204');
    expect((await list(supervisor)).toMend).toEqual([]);
    expect((await page(zhang, id)).inspection.answers.B1.mending).toMatchObject({
      ...{ state: 'mended', seenIn: next },
      told: { text: '已增设话机', by: '张三' },
    });
    const paper = await (await zhang.fetch(`/api/papers/inspection?inspection=${id}`)).text();
    expect(paper).toMatch(/已报整改（[^）]*）：已增设话机.*已整改（/s);
  });

  it('loses what was written by mistake: shut by the office or the inspector, opened by who may decide, destroyed by two', async () => {
    const id = newId();
    await judged(id, { ...WRONG, situation: '不该写的话' });
    const name = `item:${id}:B1`;
    const shut = (browser: Browser, what: string, more: object = {}) =>
      post(browser, `/api/shut/${name}/${what}`, { reason: '误写', ...more });
    const situation = async () => (await page(zhang, id)).inspection.answers.B1.situation;
    expect(await shut(supervisor, 'isolate')).toBe('not-found');
    expect(await sign(supervisor, id, 'inspector')).toBe('204');
    const [leader, city, auditor] = await Promise.all([at('leader'), at('city'), at('auditor')]);
    for (const browser of [city, auditor]) expect(await shut(browser, 'isolate')).toBe('not-found');
    expect(await shut(zhang, 'isolate')).toBe('204');
    expect(await situation()).toBe('（内容已按规定隔离或销毁）');
    expect((await page(auditor, id)).shut).toEqual({ [name]: 'isolated' });
    const paper = await (await zhang.fetch(`/api/papers/inspection?inspection=${id}&format=html`)).text();
    expect(paper).toContain('（内容已按规定隔离或销毁）');
    expect(paper).not.toContain('不该写的话');
    expect(await shut(zhang, 'release')).toBe('not-allowed');
    expect(await shut(supervisor, 'release')).toBe('204');
    expect(await situation()).toBe('不该写的话');
    const second = { login: 'supervisor', password: PASSWORD, totp: null };
    expect(await shut(zhang, 'destroy', second)).toBe('not-allowed');
    expect(await shut(leader, 'destroy', { ...second, login: 'leader' })).toBe('two-persons-needed');
    expect(await shut(leader, 'destroy', second)).toBe('204');
    expect((await page(zhang, id)).shut).toEqual({ [name]: 'destroyed' });
    const kinds = (await bed.store.auditOf(name)).map(({ kind }) => kind);
    expect(kinds).toEqual([
      ...['secrecy-isolated', 'secrecy-released', 'secrecy-destroyed', 'secrecy-destroyed'],
    ]);
  });

  it('shows each office its own, and whoever may not see one the same as none', async () => {
    const id = newId();
    await judged(id);
    const units = async (login: string) => (await list(await at(login))).places.map(({ unit }) => unit);
    expect(await units('supervisor')).toEqual(['city', 'county']);
    expect(await units('leader')).toEqual(['county']);
    expect(await units('auditor')).toEqual(['city', 'county']);
    for (const login of ['city', 'admin'])
      expect((await (await at(login)).fetch(`/api/inspections/${id}`)).status).toBe(404);
    expect((await createBrowser(base()).fetch('/api/inspections')).status).toBe(401);
    const auditor = await at('auditor');
    expect((await page(auditor, id)).mayInspect).toBe(false);
    const answer = { item: 'A1', base: 1, ...WRONG };
    expect(await post(auditor, `/api/inspections/${id}/items`, answer)).toBe('not-allowed');
  });

  it.each([
    { ...head('x'), unit: '../county' },
    { ...head('x'), rooms: Array.from({ length: 51 }, () => 'r-county') },
    { ...head('x'), from: -1 },
    { ...head('x'), more: 1 },
  ])('takes no malformed table: %j', async (body) => {
    expect(await post(supervisor, '/api/inspections', body)).toBe('bad-request');
  });

  it('is printed in the words of 附件3, also for Word and Excel; texts stay texts, and each paper is audited', async () => {
    const id = newId();
    await judged(id, WRONG);
    const paper = (more: string) => supervisor.fetch(`/api/papers/inspection?inspection=${id}${more}`);
    const html = await (await paper('')).text();
    for (const { text } of INSPECTION_ITEMS) expect(html).toContain(text);
    expect(html).toContain(INSPECTION_REMARK);
    expect(html).toContain('<h1>原州区人民政府值班工作检查记录表</h1>');
    expect(html).toContain('原州区人民政府 区政府值班室');
    expect(html).toContain('&#60;b&#62;19');
    expect(html).toContain('整改期限：2026-12-01。');
    expect(html).not.toContain('系统掌握情况');
    expect(await (await paper('&annex=yes')).text()).toContain('没有登记突发事件。');
    const word = paragraphsOf(partOf(await bytesOf(await paper('&format=docx')), 'word/document.xml'));
    const book = new Workbook();
    await book.xlsx.load(await bytesOf(await paper('&format=xlsx')));
    const sheet = book.getWorksheet('检查记录表');
    const cells = (column: string) =>
      Array.from({ length: 14 }, (_, row) => sheet?.getCell(`${column}${row + 1}`).text);
    for (const { text } of INSPECTION_ITEMS)
      expect([word, cells('C')]).toEqual([expect.arrayContaining([text]), expect.arrayContaining([text])]);
    expect(cells('A').slice(0, 4)).toEqual([
      '原州区人民政府值班工作检查记录表',
      expect.stringContaining('检查人：王某、李某'),
      '检查内容',
      '值班值守工作情况',
    ]);
    expect(cells('D')[7]).toBe('待整改。\n响铃 <b>19</b> 秒才接\n整改期限：2026-12-01。');
    expect(cells('A')[13]).toBe(INSPECTION_REMARK);
    // Printed it is as wide as one sheet of A4.
    expect(sheet?.pageSetup).toMatchObject({
      paperSize: 9,
      orientation: 'portrait',
      fitToWidth: 1,
      printTitlesRow: '3:3',
      fitToHeight: 0,
    });
    expect((await paper('&format=pdf')).status).toBe(400);
    const kinds = (await bed.store.auditOf(id)).map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === 'inspection-printed')).toHaveLength(4);
  });
});

describe('迎检', () => {
  it('shows a day of a room: each call with its answer, the 值班抽查 of a superior, what is known, and prints each part', async () => {
    const contact = {
      ...{ id: newId(), number: '0954-2030001', unit: '市政府总值班室', person: null, title: null },
      class: 'superior',
    };
    expect(await post(zhang, '/api/directory', { puts: [{ contact, was: null }], removes: [] })).toBe('204');
    await superiorCalls('9.1', NOW - 3 * HOUR, 4_000);
    await superiorCalls('9.2', NOW - 2 * HOUR, 19_000);
    const span = `from=${NOW - 24 * HOUR}&to=${NOW}`;
    const [first] = (await read<ReadinessView>(zhang, `/api/readiness/r-county?${span}`)).calls;
    const record = (await bed.store.callView(first?.id ?? ''))?.record ?? '';
    await done({
      type: 'record-command',
      command: {
        ...{ type: 'patch-field', opId: newId(), record, field: 'category', base: 0 },
        ...{ value: 'duty-check', client: 't' },
      },
      asker: { account: null, person: 'p-zhang', seat: 's-1' },
      at: NOW,
    });
    const view = await read<ReadinessView>(zhang, `/api/readiness/r-county?${span}`);
    expect(view.calls).toMatchObject([
      { rangMs: 4_000, speed: 'good', isCheck: true, who: '市政府总值班室' },
      { rangMs: 19_000, speed: 'late', isCheck: false },
    ]);
    expect(view.answering.map(({ text }) => text)).toContain('响铃超过 15 秒才接 1 通：');
    expect(view).toMatchObject({ roomName: '区政府值班室', unitName: '原州区人民政府', mayHear: true });
    const paper = async (part: string) =>
      (await zhang.fetch(`/api/papers/readiness?room=r-county&${span}&part=${part}`)).text();
    expect(await paper('calls')).toContain('19 秒');
    expect(await paper('checks')).toContain('市政府总值班室（值班抽查）');
    expect(await paper('checks')).not.toContain('19 秒');
    for (const part of ['roster', 'notes', 'lines', 'clocks'])
      expect(await paper(part)).toContain('区政府值班室');
    const kinds = (await bed.store.auditOf('r-county')).map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === 'readiness-printed')).toHaveLength(7);
  });

  it('prints the name of a role as text, whatever the office called it', () => {
    const shift = {
      from: NOW,
      to: NOW + HOUR,
      name: '<i>夜</i>',
      posts: [{ role: '<b>值班', names: ['李某'] }],
    };
    const view = {
      ...{
        room: 'r',
        roomName: '区政府值班室',
        unitName: '区政府',
        at: NOW,
        from: NOW,
        to: NOW,
        shifts: [shift],
      },
      ...{ notes: [], answering: [], calls: [], isCut: false, lines: [], clocks: [] },
      ...{ mayExport: true, mayHear: true },
    };
    const html = listPage(readinessPaper(view, 'roster', () => 0));
    expect(html).toContain('<th>&#60;b&#62;值班</th>');
    expect(html).not.toMatch(/<[bi]>/);
  });

  it.each(['', '?from=1&to=1', '?from=0&to=3000000000', '?from=a&to=2', '?from=0&to=1&more=1'])(
    'answers no malformed stretch: %j',
    async (query) => {
      expect((await zhang.fetch(`/api/readiness/r-county${query}`)).status).toBe(400);
    },
  );
});
