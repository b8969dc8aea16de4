import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ShiftLogList, ShiftLogView } from '../../src/duty/shift-log-view.ts';
import { newId } from '../../src/storage/new-id.ts';
import { type Browser, createBrowser, keptLogins } from './browser.ts';
import { callArrives, PASSWORD, startWebBed, type WebBed } from './web-bed.ts';

let bed: WebBed;
let now = Date.now();
const base = () => `http://127.0.0.1:${bed.web.port}`;
const at = keptLogins(base);

beforeAll(async () => {
  bed = await startWebBed({}, { clock: () => now });
});
afterAll(() => bed.close());

function post(browser: Browser, path: string, body: unknown, room = 'r-county', origin = base()) {
  return browser.fetch(`/api/shift-log/${room}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin },
    body: JSON.stringify(body),
  });
}
async function codeOf(answer: Promise<Response>): Promise<string> {
  const got = await answer;
  return got.status === 204 ? '204' : ((await got.json()) as { code: string }).code;
}
async function listOf(browser: Browser): Promise<ShiftLogList> {
  return (await (await browser.fetch('/api/shift-log/r-county')).json()) as ShiftLogList;
}
async function logOf(browser: Browser, from: number): Promise<ShiftLogView> {
  return (await (await browser.fetch(`/api/shift-log/r-county/${from}`)).json()) as ShiftLogView;
}

describe('值班日志', () => {
  it('is written by the officers of the room, opened again by a leader, and printed by who may', async () => {
    const [zhang, leader, supervisor] = await Promise.all([at('zhang'), at('leader'), at('supervisor')]);
    await callArrives(bed, 'county', now - 60_000);
    const { name, shifts, mayWrite, mayReopen } = await listOf(zhang);
    expect([name, shifts.length, mayWrite, mayReopen]).toEqual(['区政府值班室', 1, true, false]);
    const from = shifts[0]?.from ?? 0;
    const line = { opId: newId(), from, part: 'event', happenedAt: now - 30_000, text: ' 巡查\n完毕 ' };
    expect(await codeOf(post(zhang, '/lines', line))).toBe('204');
    // Sent again after a lost answer, when a minute has gone by.
    expect(await codeOf(post(zhang, '/lines', { ...line, happenedAt: now - 20_000 }))).toBe('204');
    expect(
      await codeOf(post(zhang, '/lines', { ...line, opId: newId(), part: 'remark', happenedAt: null })),
    ).toBe('204');
    expect(await codeOf(post(zhang, '/lines', { ...line, opId: newId(), happenedAt: now + 60_000 }))).toBe(
      'shift-log-future',
    );
    const open = await logOf(await at('supervisor'), from);
    expect(open).toMatchObject({
      ...{ counts: { inbound: 1 }, seals: [], signed: null },
      lines: [
        { part: 'event', text: '巡查 完毕', by: { name: '张三' } },
        { part: 'remark', text: '巡查 完毕' },
      ],
    });
    const id = open.lines[0]?.id ?? '';
    expect(await codeOf(post(zhang, '/ticks', { from, line: id, ticked: false }))).toBe('204');
    expect(
      await codeOf(post(zhang, '/edits', { from, line: id, happenedAt: now - 40_000, text: '再次巡查' })),
    ).toBe('204');
    expect((await logOf(zhang, from)).lines[0]).toMatchObject({ text: '再次巡查', ticked: false });

    expect(await codeOf(post(leader, '/reopenings', { from, reason: '补正' }))).toBe('shift-log-not-sealed');
    const by = { room: 'r-county', id: 'h-1', account: 'a-zhang', person: 'p-zhang', at: now };
    await bed.intake.work({ ...by, type: 'hand-over-begin' });
    await bed.intake.work({ ...by, type: 'hand-over-end', how: 'stay' });
    now += 60_000;
    expect(await codeOf(post(zhang, '/ticks', { from, line: id, ticked: true }))).toBe('shift-log-sealed');
    expect(await codeOf(post(zhang, '/reopenings', { from, reason: '补正' }))).toBe('not-allowed');
    expect(await codeOf(post(leader, '/reopenings', { from, reason: '补正' }))).toBe('204');
    expect(await codeOf(post(zhang, '/ticks', { from, line: id, ticked: true }))).toBe('204');
    expect(await codeOf(post(supervisor, '/seals', { from }))).toBe('204');
    expect(await logOf(zhang, from)).toMatchObject({
      shift: { state: 'sealed' },
      seals: [{ by: null }, { by: '账号 supervisor' }],
      openings: [{ by: '账号 leader', reason: '补正' }],
    });
    expect((await listOf(zhang)).broken).toBeNull();

    const paper = (browser: Browser, format: string) =>
      browser.fetch(`/api/papers/shift-log?room=r-county&from=${from}&format=${format}`);
    expect(await (await paper(zhang, 'html')).text()).toContain('原州区人民政府值班室值班日志');
    const word = await paper(supervisor, 'docx');
    expect(
      Buffer.from(await word.arrayBuffer())
        .subarray(0, 2)
        .toString(),
    ).toBe('PK');
    expect((await paper(zhang, 'pdf')).status).toBe(400);
    const kinds = (await bed.store.auditOf('r-county')).map(({ kind }) => kind);
    expect(kinds).toEqual(['shift-log-refused', 'shift-log-exported', 'shift-log-exported']);
  });

  it('has a line by hand shut away by any officer, opened by a leader, destroyed by two', async () => {
    const [zhang, leader, city] = await Promise.all([at('zhang'), at('leader'), at('city')]);
    const from = (await listOf(zhang)).shifts[0]?.from ?? 0;
    await post(zhang, '/lines', {
      opId: newId(),
      from,
      part: 'remark',
      happenedAt: null,
      text: '不该写的话',
    });
    const id = (await logOf(zhang, from)).lines.find(({ text }) => text === '不该写的话')?.id ?? '';
    const lineOf = async () => (await logOf(zhang, from)).lines.find((line) => line.id === id);
    const name = `line:r-county:${id}`;
    const shut = async (browser: Browser, what: string, more: object = {}) => {
      const answer = browser.fetch(`/api/shut/${encodeURIComponent(name)}/${what}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin: base() },
        body: JSON.stringify({ reason: '误写', ...more }),
      });
      return codeOf(answer);
    };
    expect(await shut(city, 'isolate')).toBe('not-found');
    expect(await shut(zhang, 'isolate')).toBe('204');
    expect(await lineOf()).toMatchObject({ text: null });
    const paper = await zhang.fetch(`/api/papers/shift-log?room=r-county&from=${from}&format=html`);
    expect(await paper.text()).toContain('（内容已按规定隔离或销毁）');
    expect(await shut(zhang, 'release')).toBe('not-allowed');
    expect(await shut(leader, 'release')).toBe('204');
    expect(await lineOf()).toMatchObject({ text: '不该写的话' });
    const second = { login: 'supervisor', password: PASSWORD, totp: null };
    expect(await shut(zhang, 'destroy', second)).toBe('not-allowed');
    expect(await shut(leader, 'destroy', { ...second, login: 'leader' })).toBe('two-persons-needed');
    expect(await shut(leader, 'destroy', second)).toBe('204');
    expect((await logOf(zhang, from)).shut).toEqual({ [name]: 'destroyed' });
    const kinds = (await bed.store.auditOf(name)).map(({ kind }) => kind);
    expect(kinds).toEqual([
      ...['secrecy-isolated', 'secrecy-released', 'secrecy-destroyed', 'secrecy-destroyed'],
    ]);
  });

  it('is for nobody from elsewhere, and nothing malformed', async () => {
    const zhang = await at('zhang');
    expect((await createBrowser(base()).fetch('/api/shift-log/r-county')).status).toBe(401);
    expect((await zhang.fetch('/api/shift-log/r-city')).status).toBe(404);
    expect((await zhang.fetch('/api/shift-log/r-county/1')).status).toBe(404);
    expect((await zhang.fetch('/api/shift-log/r-county/yesterday')).status).toBe(404);
    expect((await zhang.fetch('/api/shift-log/r-county?before=x')).status).toBe(400);
    const line = { opId: newId(), from: 1, part: 'event', happenedAt: 1, text: '巡查' };
    expect((await post(zhang, '/lines', line, 'r-county', 'http://elsewhere.example')).status).toBe(403);
    expect((await post(zhang, '/lines', line, 'r-city')).status).toBe(404);
    expect((await post(await at('supervisor'), '/lines', line)).status).toBe(403);
    for (const [path, body] of [
      ['/lines', { ...line, happenedAt: null }],
      ['/lines', { ...line, part: 'remark' }],
      ['/lines', { ...line, text: 'x'.repeat(2_001) }],
      ['/lines', { ...line, more: true }],
      ['/lines', { ...line, opId: 'record:1' }],
      ['/edits', { from: 1, line: '../x', happenedAt: null, text: 'x' }],
      ['/ticks', { from: 1.5, line: 'x', ticked: true }],
      ['/ticks', null],
    ] as const)
      expect([path, (await post(zhang, path, body)).status]).toEqual([path, 400]);
  });
});
