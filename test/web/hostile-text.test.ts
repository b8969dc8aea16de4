/** Whatever is typed or sent comes out of every address as text: never as markup, a formula, a header or a broken file. */
import { Workbook } from '@cj-tech-master/excelts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FIRST_NOTES } from '../../src/duty/duty-notes.ts';
import { newId } from '../../src/storage/new-id.ts';
import { ROUTES } from './access-table.ts';
import { startWorld, type Target, type World } from './access-world.ts';
import { newOpId, type Page } from './browser.ts';

const SCRIPT = '<script>alert(1)</script>"><img src=x onerror=alert(1)>';
/** What a spreadsheet would carry out, by its first sign. */
const FORMULAS = ['=cmd|calc', '+1+1', '-2+3', '@SUM(A1)', '\t=1', '\r=1', '\n=1'];
const HEADER = 'a\r\nSet-Cookie: stolen=1\r\n\r\n';
const PATHS = '../../../etc/passwd';
const STRANGE = '𠮷\u202e\u0000\ud800';
const HOSTILE = [SCRIPT, ...FORMULAS, HEADER, PATHS, STRANGE];

let world: World;
let target: Target;
let records: readonly string[] = [];
let calls: readonly string[] = [];

beforeAll(async () => {
  world = await startWorld();
  target = world.target('own');
  const page = await world.page('officer');
  if (typeof page === 'string') throw new Error(page);
  const made: { call: string; record: string }[] = [];
  for (const text of HOSTILE) {
    const one = await target.call();
    made.push(one);
    await fill(page, one, text);
  }
  records = made.map(({ record }) => record);
  calls = made.map(({ call }) => call);
  page.close();
  await fillOffice();
});
afterAll(() => world.close());

/** All texts of a call and its form. Some are refused by name; none may be refused by an error of ours. */
async function fill(page: Page, { call, record }: { call: string; record: string }, text: string) {
  const moment = Date.now();
  const draft = { kind: 'proposal', who: '', text, way: null, happenedAt: null, dueAt: null, call: null };
  for (const field of [
    'callerUnit',
    'callerName',
    'callerNumber',
    'recorder',
    'proposal',
    'content',
  ] as const) {
    const { fields } = (await world.bed.store.recordView(record)) ?? {};
    const base = fields?.[field].version ?? 0;
    await sent(page, { type: 'patch', opId: newOpId(), record, field, base, value: text });
  }
  await sent(page, { type: 'add-entry', opId: newOpId(), record, entry: newId(), draft } as never);
  await sent(page, { type: 'add-note', opId: newOpId(), call, note: newId(), moment, text });
  await sent(page, { type: 'register', opId: newOpId(), record });
  await sent(page, { type: 'void', opId: newOpId(), record, reason: text });
}

async function sent(page: Page, message: Parameters<Page['send']>[0]): Promise<void> {
  page.send(message);
  page.send({ type: 'ping', at: 1 });
  await page.next('pong');
}

/** 通讯录, 本班须知 and what is written at a locked seat. */
async function fillOffice(): Promise<void> {
  const locked = await world.session('locked');
  for (const [place, text] of HOSTILE.entries()) {
    const contact = {
      id: newId(),
      number: `0954-20${30_000 + place}`,
      unit: text,
      person: text,
      title: text,
    };
    await asked('/api/directory', {
      puts: [{ contact: { ...contact, class: 'public' }, was: null }],
      removes: [],
    });
    const base = await target.dutyNotesVersion();
    const notes = { ...FIRST_NOTES, other: text, reporting: text, superiors: [{ name: text, number: '1' }] };
    await asked(`/api/duty-notes/${target.room}`, { base, notes });
    await asked(
      '/api/lock/note',
      { note: newId(), call: null, moment: Date.now(), text, version: 1 },
      locked,
    );
  }
}

async function asked(path: string, body: unknown, as?: Awaited<ReturnType<World['session']>>): Promise<void> {
  const ask = as ?? (await world.session('leader'));
  const answer = await ask(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  expect([path, answer.status < 500]).toEqual([path, true]);
}

/** What may leave in this form. */
async function check(path: string, answer: Response): Promise<void> {
  const type = answer.headers.get('content-type') ?? '';
  // Log-out takes the cookie away; nothing else touches it.
  const cookie = answer.headers.get('set-cookie');
  expect([path, path === '/api/logout' ? null : cookie]).toEqual([path, null]);
  expect([path, cookie?.includes('stolen') ?? false]).toEqual([path, false]);
  expect([path, answer.headers.get('x-content-type-options')]).toEqual([path, 'nosniff']);
  const bytes = Buffer.from(await answer.arrayBuffer());
  if (type.startsWith('text/html')) {
    const html = bytes.toString('utf8');
    expect([path, html.match(/<script|<img|\son\w+=[^<>]*>/gi)]).toEqual([path, null]);
    expect(answer.headers.get('content-security-policy')).toContain("script-src 'self'");
  } else if (type.startsWith('application/json')) {
    expect(() => JSON.parse(bytes.toString('utf8'))).not.toThrow();
  } else if (type.startsWith('text/csv')) {
    expect([path, cells(bytes.toString('utf8')).filter((cell) => /^[=+\-@\t\r\n]/.test(cell))]).toEqual([
      path,
      [],
    ]);
  } else if (type.includes('spreadsheetml')) {
    const book = new Workbook();
    await book.xlsx.load(bytes);
    const all = book.worksheets.map((sheet) => JSON.stringify(sheet.getSheetValues()));
    expect([path, all.join().includes('"formula"')]).toEqual([path, false]);
  }
}

/** Cells of a CSV as RFC 4180 has them. */
function cells(text: string): readonly string[] {
  return [...text.replace(/^\ufeff/, '').matchAll(/"((?:[^"]|"")*)"|([^,\r\n]+)/g)].map(
    ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '',
  );
}

const today = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(Date.now());

it('is kept as it was typed, but for NUL and half signs', async () => {
  const kept = await world.bed.store.recordView(records[0] ?? '');
  expect(kept?.fields.content.value).toBe(SCRIPT);
  const strange = await world.bed.store.recordView(records.at(-1) ?? '');
  expect(strange?.fields.content.value).toBe('𠮷\u202e\ufffd');
});

describe('every address that is read', () => {
  /** Of one record, one call, one room: with each of the hostile texts in it. */
  const BY_ID: Readonly<Record<string, () => readonly string[]>> = {
    'GET /api/records/ID': () => records.map((id) => `/api/records/${id}`),
    'GET /api/records/ID/history': () => records.map((id) => `/api/records/${id}/history`),
    'GET /api/calls/ID': () => calls.map((id) => `/api/calls/${id}`),
    'GET /api/papers/records': () =>
      ['seed', 'full'].flatMap((form) =>
        ['html', 'docx'].map(
          (format) => `/api/papers/records?ids=${records.join(',')}&form=${form}&format=${format}`,
        ),
      ),
    'GET /api/papers/day': () =>
      ['html', 'docx', 'xlsx'].map(
        (format) => `/api/papers/day?room=${target.room}&date=${today}&format=${format}`,
      ),
    'GET /api/search/export': () =>
      ['csv', 'csv-gb18030', 'xlsx'].map((format) => `/api/search/export?format=${format}`),
  };

  it.each(Object.keys(ROUTES).filter((route) => route.startsWith('GET ')))('%s', async (route) => {
    const ask = await world.session('leader');
    const row = ROUTES[route];
    if (row === undefined) throw new Error('no row');
    const paths = BY_ID[route]?.() ?? [(await row.ask(target, ask)).path];
    expect(paths.length).toBeGreaterThan(0);
    for (const path of paths) {
      const answer = await ask(path);
      expect([path, answer.status]).toEqual([path, answer.status < 500 ? answer.status : 'no error of ours']);
      await check(path, answer);
    }
  });
});

describe('every address that takes text', () => {
  it.each(Object.keys(ROUTES).filter((route) => route.startsWith('POST ')))('%s', async (route) => {
    for (const text of [...HOSTILE, 'x'.repeat(100_000), '字'.repeat(100_000)]) {
      const ask = await world.session('leader');
      const row = ROUTES[route];
      if (row === undefined) throw new Error('no row');
      const { path, body, bytes } = await row.ask(target, ask);
      const answer = await ask(path, {
        method: 'POST',
        headers: { 'content-type': bytes === undefined ? 'application/json' : 'application/octet-stream' },
        body: bytes === undefined ? JSON.stringify(withTexts(body, text)) : text,
      });
      expect([route, text.slice(0, 20), answer.status < 500]).toEqual([route, text.slice(0, 20), true]);
      await check(path, answer);
    }
  });
});

/** The same body with another text wherever one stands. */
function withTexts(body: unknown, text: string): unknown {
  if (typeof body === 'string') return text;
  if (Array.isArray(body)) return body.map((one) => withTexts(one, text));
  if (typeof body !== 'object' || body === null) return body;
  return Object.fromEntries(Object.entries(body).map(([key, value]) => [key, withTexts(value, text)]));
}
