import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { foldIncident } from '../../src/duty/incident.ts';
import { openClocks } from '../../src/duty/incident-clock.ts';
import type { IncidentPageView, IncidentView } from '../../src/duty/incident-view.ts';
import { LIMITS_OF_NOTICE, LIMITS_OF_TOWNSHIP, type ReportLimits } from '../../src/duty/report-limits.ts';
import { newId } from '../../src/storage/new-id.ts';
import { startIncidentWatch } from '../../src/web/incident-watch.ts';
import type { AlertBody } from '../../src/web/protocol/alert-view.ts';
import { type Browser, createBrowser, loggedIn } from './browser.ts';
import { startWebBed, type WebBed } from './web-bed.ts';

const MINUTE = 60_000;
let bed: WebBed;
const base = () => `http://127.0.0.1:${bed.web.port}`;

beforeAll(async () => {
  bed = await startWebBed();
});
afterAll(() => bed.close());

function post(browser: Browser, body: unknown, path = '', room = 'r-county', origin = base()) {
  return browser.fetch(`/api/incidents/${room}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin },
    body: JSON.stringify(body),
  });
}
async function codeOf(answer: Response): Promise<string> {
  return answer.status === 204 ? '204' : ((await answer.json()) as { code: string }).code;
}
const SAID = { record: null, occurredAt: null, level: 'major', title: '<b>山火</b>', text: '正在扑救' };
const open = (incident: string, receivedAt: number) => ({
  ...{ opId: newId(), incident, ask: { type: 'open', ...SAID, receivedAt } },
});
const reported = (incident: string, report: string, sentAt: number, more: object = {}) => ({
  ...{ opId: newId(), incident },
  ask: {
    ...{ type: 'report', report, kind: 'first', channel: 'written', sentAt, to: '市政府总值班室' },
    ...{ receiver: '赵某', signer: '张三', text: '<i>火势已控制</i>', call: null, furtherDueAt: null },
    ...more,
  },
});

describe('突发事件', () => {
  it('is opened, reported on paper and closed by an officer, and read by who sees the room', async () => {
    const zhang = await loggedIn(base(), 'zhang');
    const [id, first] = [newId(), newId()];
    const received = Date.now() - 50 * MINUTE;
    expect(await codeOf(await post(zhang, open(id, received)))).toBe('204');
    expect(await codeOf(await post(zhang, reported(id, first, received + 20 * MINUTE)))).toBe('204');
    const supervisor = await loggedIn(base(), 'supervisor');
    const page = (await (await supervisor.fetch('/api/incidents/r-county')).json()) as IncidentPageView;
    expect(page).toMatchObject({ mayWrite: false, undecided: [], incidents: [{ id, title: SAID.title }] });
    expect(page.incidents[0]?.clocks.map(({ phase }) => phase)).toEqual(['over', 'kept']);
    expect(page.people).toContain('张三');
    const view = (await (await zhang.fetch(`/api/incidents/r-county/${id}`)).json()) as IncidentView;
    expect(view.reports).toMatchObject([{ signedBy: 'p-zhang', signer: '张三', by: '张三' }]);
    const paper = (format: string, report = first) =>
      zhang.fetch(`/api/papers/report?incident=${id}&report=${report}&format=${format}`);
    const html = await (await paper('html')).text();
    expect(html).toContain('突发事件信息报告（初报）');
    expect(html).toContain('&#60;i&#62;火势已控制');
    const docx = Buffer.from(await (await paper('docx')).arrayBuffer());
    expect(docx.subarray(0, 2).toString()).toBe('PK');
    expect((await paper('html', 'nothing')).status).toBe(404);
    expect((await paper('pdf')).status).toBe(400);
    const step = (ask: object) => post(zhang, { opId: newId(), incident: id, ask });
    const corrected = { ...SAID, type: 'correct', receivedAt: received, level: 'extreme', title: '大火' };
    const { record: _record, ...known } = corrected;
    expect(await codeOf(await step(known))).toBe('204');
    const again = await (await paper('html')).text();
    for (const words of ['事件等级', '重大', '山火']) expect(again).toContain(words);
    for (const words of ['特别重大', '大火']) expect(again).not.toContain(words);
    expect(await codeOf(await step({ type: 'withdraw', report: first, reason: '数字有误' }))).toBe('204');
    const struck = await (await paper('html')).text();
    for (const words of ['paper-withdrawn', '已撤回', '数字有误']) expect(struck).toContain(words);
    expect(await codeOf(await step({ type: 'close', reason: '' }))).toBe('incident-reason');
    expect(await codeOf(await step({ type: 'close', reason: '误报' }))).toBe('204');
    const kinds = (await bed.store.auditOf(id)).map(({ kind }) => kind);
    for (const kind of ['incident-opened', 'report-sent', 'report-printed', 'incident-closed'])
      expect(kinds).toContain(kind);
  });

  it('is for nobody from elsewhere, and takes nothing malformed', async () => {
    const zhang = await loggedIn(base(), 'zhang');
    const id = newId();
    const made = open(id, Date.now() - MINUTE);
    expect((await createBrowser(base()).fetch('/api/incidents/r-county')).status).toBe(401);
    expect((await post(zhang, made, '', 'r-county', 'http://elsewhere.example')).status).toBe(403);
    expect((await post(zhang, made, '', 'r-city')).status).toBe(404);
    expect((await post(await loggedIn(base(), 'supervisor'), made)).status).toBe(403);
    expect((await post(zhang, made)).status).toBe(204);
    const city = await loggedIn(base(), 'city');
    expect((await city.fetch(`/api/incidents/r-city/${id}`)).status).toBe(404);
    expect((await post(city, reported(id, newId(), Date.now()), '', 'r-city')).status).toBe(404);
    const paper = `/api/papers/report?incident=${id}&report=x`;
    expect((await city.fetch(paper)).status).toBe(404);
    for (const body of [
      null,
      { ...made, ask: { ...made.ask, level: 'worst' } },
      { ...made, ask: { ...made.ask, room: 'r-city' } },
      { ...made, incident: '../x' },
      { ...made, ask: { ...made.ask, receivedAt: 1.5 } },
      { ...made, ask: { ...made.ask, text: 'x'.repeat(20_001) } },
      { opId: newId(), incident: id, ask: { type: 'erase' } },
    ])
      expect((await post(zhang, body)).status).toBe(400);
    expect((await post(zhang, { opId: newId() }, '/not-reportable')).status).toBe(400);
    expect(await codeOf(await post(zhang, open(newId(), Date.now() + 3_600_000)))).toBe('incident-future');
  });
});

describe('the clocks tell the receivers', () => {
  const received = Date.UTC(2026, 10, 26, 15, 50);
  const openedAt = (at: number) =>
    foldIncident('i-1', [
      {
        ...{ kind: 'incident-opened', at, by: null, room: 'r-county', record: null },
        ...{ occurredAt: null, receivedAt: received, level: 'unrated' },
      },
    ]);

  /** What goes out when somebody looks at these minutes after 接报, one after the other. */
  async function told(
    minutes: readonly number[],
    limits: ReportLimits = LIMITS_OF_NOTICE,
    incident = openedAt(received),
  ) {
    if (incident === undefined) throw new Error('not opened');
    const sent: AlertBody[] = [];
    let now = received + (minutes[0] ?? 0) * MINUTE;
    const looked: (() => void)[] = [];
    const watch = startIncidentWatch({
      store: {
        runningClocks: (at) => {
          looked.shift()?.();
          const clocks = incident.openedAt > at ? [] : openClocks(incident, limits, at);
          return Promise.resolve([{ incident, title: '山火', clocks }]);
        },
        roomView: (id, at) => bed.store.roomView(id, at),
      },
      alerts: { send: (body) => sent.push(body) },
      timeZone: 'Asia/Shanghai',
      clock: () => now,
      log: () => {},
      lookMs: 5,
    });
    for (const minute of [...minutes, minutes.at(-1) ?? 0]) {
      now = received + minute * MINUTE;
      // The second look after it has seen all that the first one saw.
      for (let turn = 0; turn < 2; turn += 1)
        await new Promise<void>((resolve) => {
          looked.push(resolve);
        });
    }
    await watch.close();
    return sent.map(({ id, kind, zh }) => ({ id, kind, zh }));
  }

  it('before the limit and at it, once each, over midnight', async () => {
    const sent = await told([19, 21, 22, 31, 32]);
    expect(sent.map(({ id, kind }) => `${kind} ${id}`)).toEqual([
      'report-due-soon incident-i-1-telephone-near',
      'report-overdue incident-i-1-telephone-over',
    ]);
    expect(sent[1]?.zh).toContain('时限 2026-11-27 00:20）');
    expect(JSON.stringify(sent)).not.toContain('山火');
  });

  it('at its start for what fell due while the service stood still, and says so', async () => {
    const sent = await told([75]);
    expect(sent.map(({ kind }) => kind)).toEqual(['report-overdue', 'report-overdue']);
    expect(sent[0]?.zh).toContain('已超过时限 45 分钟');
    expect(sent[0]?.zh).toContain('届满时本系统未运行');
  });

  it('for what was entered late without a word of the service, which ran', async () => {
    const sent = await told([75, 80], LIMITS_OF_NOTICE, openedAt(received + 79 * MINUTE));
    expect(sent.map(({ kind }) => kind)).toEqual(['report-overdue', 'report-overdue']);
    expect(sent[0]?.zh).toContain('已超过时限 50 分钟');
    expect(sent[0]?.zh).not.toContain('未运行');
  });

  it('at once where it is 第一时间', async () => {
    const sent = await told([0], LIMITS_OF_TOWNSHIP);
    expect(sent.map(({ kind }) => kind)).toEqual(['report-due-soon']);
    expect(sent[0]?.zh).toContain('第一时间电话报告');
  });
});
