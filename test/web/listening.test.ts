import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Browser, loggedIn } from './browser.ts';
import { callArrives, soundOf, startWebBed, type WebBed } from './web-bed.ts';

const THREE_DAYS = 3 * 24 * 3_600_000;
let bed: WebBed;
let base: string;
let officer: Browser;
let supervisor: Browser;
beforeAll(async () => {
  bed = await startWebBed();
  base = `http://127.0.0.1:${bed.web.port}`;
  officer = await loggedIn(base, 'zhang');
  supervisor = await loggedIn(base, 'supervisor');
});
afterAll(() => bed.close());

const post = (browser: Browser, path: string, body: unknown, origin = base) =>
  browser.fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin },
    body: JSON.stringify(body),
  });
const sound = async (at = Date.now()) => soundOf(bed, await callArrives(bed, 'county', at));
const statusOf = async (browser: Browser, path: string) => (await browser.fetch(path)).status;

async function audited(kind: string, subject: string): Promise<readonly string[]> {
  const rows = await bed.store.auditOf(subject);
  return rows.filter((row) => row.kind === kind).map((row) => row.payloadJson ?? '');
}

describe('who listens', () => {
  it('is not asked why for a call of the own shift', async () => {
    expect(await statusOf(officer, `/api/recordings/${await sound()}`)).toBe(200);
  });

  it('says why before anything older, or from above, is heard', async () => {
    const old = await sound(Date.now() - THREE_DAYS);
    for (const [browser, recording] of [
      [officer, old],
      [supervisor, await sound()],
    ] as const) {
      const path = `/api/recordings/${recording}`;
      for (const kind of ['', '/original', '/peaks']) {
        const refused = await browser.fetch(`${path}${kind}`);
        expect([refused.status, ((await refused.json()) as { code: string }).code]).toEqual([
          403,
          'listen-reason-needed',
        ]);
      }
      expect((await post(browser, `${path}/listen`, { reason: null })).status).toBe(403);
      expect((await post(browser, `${path}/listen`, { reason: ' \u200b\u0007 ' })).status).toBe(403);
      expect((await post(browser, `${path}/listen`, { reason: '核实来电内容' })).status).toBe(200);
      expect(await statusOf(browser, path)).toBe(200);
      expect(await audited('recording-replayed', recording)).toEqual([
        expect.stringContaining('核实来电内容'),
      ]);
    }
  });

  it('leaves the seconds that were heard in the audit trail, joined and in order', async () => {
    const recording = await sound();
    const opened = await post(supervisor, `/api/recordings/${recording}/listen`, { reason: '督查抽听' });
    const { listen } = (await opened.json()) as { listen: string };
    const told = await post(supervisor, `/api/listens/${listen}`, {
      seconds: [
        [10, 12.04],
        [0, 3],
        [2.5, 4],
        [7, 7],
      ],
    });
    expect(told.status).toBe(204);
    expect((await audited('recording-heard', recording)).map((text) => JSON.parse(text))).toEqual([
      { seconds: '[[0,4],[10,12]]', reason: '督查抽听' },
    ]);
    // Nobody tells in another's name, and no other site in ours.
    expect((await post(officer, `/api/listens/${listen}`, { seconds: [[0, 1]] })).status).toBe(404);
    expect(
      (await post(supervisor, `/api/listens/${listen}`, { seconds: [[0, 1]] }, 'http://evil')).status,
    ).toBe(403);
    for (const seconds of [[[0]], [[-1, 2]], 'x', [[0, 'x']], [[0, 1e9]]]) {
      expect((await post(supervisor, `/api/listens/${listen}`, { seconds })).status).toBe(400);
    }
    await supervisor.fetch('/api/logout', { method: 'POST', headers: { origin: base } });
    expect((await post(supervisor, `/api/listens/${listen}`, { seconds: [[0, 1]] })).status).toBe(401);
    supervisor = await loggedIn(base, 'supervisor');
    expect((await post(supervisor, `/api/listens/${listen}`, { seconds: [[0, 1]] })).status).toBe(404);
    expect(await statusOf(supervisor, `/api/recordings/${recording}`)).toBe(403);
  });
});

describe('涉密误录处置', () => {
  const callOf = async (recording: string) => (await bed.store.recording(recording))?.call ?? '';
  const second = { reason: '误谈涉密事项', login: 'leader', password: 'correct horse battery', totp: null };

  it('shuts the sound for everybody at once, by any officer, and opens it by a leader only', async () => {
    const recording = await sound();
    const call = await callOf(recording);
    expect((await post(officer, `/api/shut/${call}/isolate`, { reason: '误谈涉密事项' })).status).toBe(204);
    for (const browser of [officer, await loggedIn(base, 'leader')]) {
      const refused = await browser.fetch(`/api/recordings/${recording}`);
      expect([refused.status, ((await refused.json()) as { code: string }).code]).toEqual([
        409,
        'recording-shut',
      ]);
    }
    expect((await post(officer, `/api/shut/${call}/release`, { reason: '核实无误' })).status).toBe(403);
    const leader = await loggedIn(base, 'leader');
    expect((await post(leader, `/api/shut/${call}/release`, { reason: '核实无误' })).status).toBe(204);
    expect(await statusOf(officer, `/api/recordings/${recording}`)).toBe(200);
  });

  it('destroys by two different persons who may, each with the own password', async () => {
    const { PASSWORD } = await import('./web-bed.ts');
    const recording = await sound();
    const call = await callOf(recording);
    const path = `/api/shut/${call}/destroy`;
    const leader = await loggedIn(base, 'leader');
    const withPassword = { ...second, password: PASSWORD };
    expect((await post(officer, path, withPassword)).status).toBe(403);
    const bad: readonly (readonly [object, number, string])[] = [
      [{ ...withPassword, login: 'supervisor', password: 'wrong' }, 403, 'login-refused'],
      [{ ...withPassword, login: 'zhang' }, 403, 'second-person-may-not'],
      [withPassword, 409, 'two-persons-needed'],
      [{ ...withPassword, reason: '' }, 400, 'bad-request'],
      [{}, 400, 'bad-request'],
    ];
    for (const [body, status, code] of bad) {
      const refused = await post(leader, path, body);
      expect([refused.status, ((await refused.json()) as { code: string }).code]).toEqual([status, code]);
    }
    expect((await post(leader, path, { ...withPassword, login: 'supervisor' })).status).toBe(204);
    expect((await bed.store.callView(call))?.shut).toBe('destroyed');
    expect((await bed.store.pendingEffects()).map((effect) => effect.kind)).toContain('erase-recordings');
  });

  it('of another unit, or of nothing, is refused in one way', async () => {
    const foreign = await callOf(await soundOf(bed, await callArrives(bed, 'city')));
    for (const id of [foreign, 'nobody', '..%2f', 'x'.repeat(90)]) {
      expect((await post(officer, `/api/shut/${id}/isolate`, { reason: '误谈涉密事项' })).status).toBe(404);
    }
  });
});
