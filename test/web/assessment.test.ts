/** 考核 over HTTP: who sees what, and that every figure has the list of what it counts. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FIGURES } from '../../src/duty/assessment/figure.ts';
import { WAYS } from '../../src/duty/assessment/table.ts';
import type { AssessmentView, CountedView } from '../../src/duty/assessment/view.ts';
import { wallTextIn } from '../../src/duty/time-zone.ts';
import { loggedIn } from './browser.ts';
import { callArrives, startWebBed, type WebBed } from './web-bed.ts';

const HOUR = 3_600_000;
/** Of this office, by its configuration. */
const LIMITS = { goodMs: 8_000, lateMs: 12_000 };
let bed: WebBed;
let span = '';
const base = () => `http://127.0.0.1:${bed.web.port}`;

beforeAll(async () => {
  bed = await startWebBed({}, ({ store }) => ({ store: { ...store, answerLimits: () => LIMITS } }));
  const at = Date.now();
  const today = wallTextIn('Asia/Shanghai', at).slice(0, 10);
  span = `from=${wallTextIn('Asia/Shanghai', at - 24 * HOUR).slice(0, 10)}&to=${today}`;
  const office = await bed.store.office();
  const shift = (id: string, from: number, officer: string) => ({
    ...{ id, room: 'r-county', from, to: from + 4 * HOUR, leaders: [], officers: [officer] },
  });
  const shifts = [shift('s-1', at - 8 * HOUR, 'p-zhang'), shift('s-2', at - 4 * HOUR, 'p-li')];
  await bed.intake.work({ type: 'office-import', office: { ...office, shifts }, at });
  for (const [unit, ago] of [
    ['county', 6],
    ['county', 5],
    ['county', 1],
    ['city', 1],
  ] as const)
    await endedCall(unit, at - ago * HOUR);
});
afterAll(() => bed.close());

/** Comes, is not answered, is over. */
async function endedCall(unit: string, at: number): Promise<void> {
  const linkedid = await callArrives(bed, unit, at);
  const stamp = { pbx: 'main', uniqueid: linkedid, linkedid, generation: 1 };
  const later = { pbxAt: at + 9_000, at: at + 9_000, receivedAt: at + 9_000 };
  await bed.intake.work({
    ...{ type: 'call-step', pbx: 'main', pbxFacts: [], texts: [], drafts: [], offsetMs: 0 },
    facts: [
      {
        ...stamp,
        ...later,
        kind: 'leg-closed',
        cause: 16,
        techCause: null,
        seen: 'live',
        factKey: `${linkedid} closed`,
      },
      { ...stamp, ...later, kind: 'call-ended', factKey: `${linkedid} ended` },
    ],
  });
}

async function look(login: string, more = ''): Promise<AssessmentView> {
  const browser = await loggedIn(base(), login);
  const answer = await browser.fetch(`/api/assessment?${span}${more}`);
  expect(answer.status).toBe(200);
  return (await answer.json()) as AssessmentView;
}
const callsOf = (view: AssessmentView, way: 'room' | 'officer') =>
  Object.fromEntries(view.tables[way].map(({ key, counts }) => [key, counts.calls]));

describe('考核', () => {
  it('counts calls for who was on duty, a supervisor sees his rooms, an officer his own shifts', async () => {
    const above = await look('supervisor');
    expect(callsOf(above, 'room')).toEqual({ 'r-county': 3, 'r-city': 1 });
    expect(above.limits).toEqual(LIMITS);
    expect(callsOf(above, 'officer')).toEqual({ 'p-zhang': 2, 'p-li': 1 });
    expect([above.ownOnly, callsOf(await look('leader'), 'room')]).toEqual([false, { 'r-county': 3 }]);
    const own = await look('zhang');
    expect([own.ownOnly, callsOf(own, 'room'), callsOf(own, 'officer')]).toEqual([
      ...[true, { 'r-county': 2 }, { 'p-zhang': 2 }],
    ]);
    expect(own.tables.officer.map(({ name }) => name)).toEqual(['张三']);
    // Nobody: a log-in that belongs to no person and sits nowhere.
    expect(callsOf(await look('shared'), 'room')).toEqual({});
  });

  it('has for every figure the list of what it counts', async () => {
    const browser = await loggedIn(base(), 'supervisor');
    const view = await look('supervisor', '&room=r-county');
    for (const way of WAYS)
      for (const { key, counts } of view.tables[way])
        for (const figure of FIGURES) {
          const count = counts[figure];
          if (count === null || count === 0) continue;
          const asked = `/api/assessment/items?${span}&room=r-county&figure=${figure}&way=${way}&key=${key}`;
          const answer = await browser.fetch(asked);
          const { total, items } = (await answer.json()) as CountedView;
          expect([way, key, figure, total, items.length]).toEqual([way, key, figure, count, count]);
        }
    expect(view.tables.room[0]?.counts).toMatchObject({ calls: 3, unanswered: 3, unregistered: 3, turns: 2 });
    expect([view.tables.room[0]?.counts.clocks, view.tables.line[0]?.counts.clocks]).toEqual([0, null]);
  });

  it('shows an officer no call of a colleague by asking for it', async () => {
    const browser = await loggedIn(base(), 'zhang');
    const answer = await browser.fetch(`/api/assessment/items?${span}&figure=calls&way=officer&key=p-li`);
    expect(await answer.json()).toMatchObject({ total: 0, items: [] });
  });

  it('goes into a spreadsheet and onto paper, audited', async () => {
    const before = await entries();
    const browser = await loggedIn(base(), 'leader');
    const sheet = await browser.fetch(`/api/assessment/xlsx?${span}&way=officer`);
    const bytes = Buffer.from(await sheet.arrayBuffer());
    expect([sheet.status, bytes.subarray(0, 2).toString()]).toEqual([200, 'PK']);
    const printed = await browser.fetch('/api/assessment/printed', {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: base() },
      body: JSON.stringify({ from: '2026-11-01', to: '2026-11-30', way: 'room' }),
    });
    expect(printed.status).toBe(204);
    // The log-in itself is one.
    expect(await entries()).toBe(before + 3);
  });

  it.each([
    'from=2026-11-01',
    'from=2026-11-30&to=2026-11-01',
    'from=2025-01-01&to=2026-11-01',
    'from=2026-02-30&to=2026-03-01',
  ])('refuses %s', async (query) => {
    const browser = await loggedIn(base(), 'leader');
    expect((await browser.fetch(`/api/assessment?${query}`)).status).toBe(400);
  });
});

async function entries(): Promise<number> {
  const verdict = await bed.store.verifyAudit();
  return verdict.ok ? verdict.entries : 0;
}
