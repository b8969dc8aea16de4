/** 公示屏 as a screen meets it: its link shows one room and opens nothing else. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { WallView } from '../../src/duty/wall.ts';
import { newId } from '../../src/storage/new-id.ts';
import type { MadeWallLink, WallLinksView } from '../../src/web/protocol/wall-links-view.ts';
import { type Question, ROUTES } from './access-table.ts';
import { startWorld, type World } from './access-world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

const post = (body: unknown) => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});

async function makeLink(): Promise<{ readonly id: string; readonly token: string }> {
  const answer = await world.ask('administrator', '/api/walls', post({ room: 'r-county', name: '大厅' }));
  const { id, path } = (await answer.json()) as MadeWallLink;
  const [page, token = ''] = path.split('#');
  expect(page).toBe('/wall.html');
  return { id, token };
}
const wall = (token: string) => ({ headers: { authorization: `Wall ${token}` } });
const links = async () =>
  ((await (await world.ask('administrator', '/api/walls')).json()) as WallLinksView).links;

describe('公示屏', () => {
  it('shows its room by its token, sets no cookie, notes that it was seen, and ends when it is revoked', async () => {
    const { id, token } = await makeLink();
    const answer = await world.ask('nobody', '/api/wall', wall(token));
    expect([answer.status, answer.headers.get('set-cookie'), answer.headers.get('cache-control')]).toEqual([
      ...[200, null, 'no-store'],
    ]);
    const view = (await answer.json()) as WallView;
    expect(view).toMatchObject({ room: 'county值班室', lines: ['0954-2035670'], demo: true });
    expect(Object.keys(view).sort()).toEqual(
      ['at', 'demo', 'lines', 'next', 'room', 'shift', 'texts', 'timeZone', 'unit', 'version'].sort(),
    );
    await expect.poll(async () => (await links()).find((link) => link.id === id)?.seenAt).toBeGreaterThan(0);
    const revoked = await world.ask('administrator', '/api/walls/revoke', post({ id }));
    expect(revoked.status).toBe(204);
    const after = await world.ask('nobody', '/api/wall', wall(token));
    expect([after.status, ((await after.json()) as { code: string }).code]).toEqual([
      404,
      'wall-link-unknown',
    ]);
  });

  it('keeps its token nowhere', async () => {
    const { id, token } = await makeLink();
    expect(token).toMatch(/^[\w-]{43}$/);
    expect(
      JSON.stringify([await links(), await world.bed.store.auditOf(id), world.bed.logged]),
    ).not.toContain(token);
  });

  it('opens no other address, whatever it is sent as', async () => {
    const { token } = await makeLink();
    const as: readonly Readonly<Record<string, string>>[] = [
      { authorization: `Wall ${token}` },
      { authorization: `Bearer ${token}` },
      { cookie: `dutyline=${token}; __Host-dutyline=${token}` },
    ];
    const own = await world.session('nobody');
    const asked: string[] = [];
    for (const [route, row] of Object.entries(ROUTES)) {
      const [method = ''] = route.split(' ');
      // Open to everybody: a token adds nothing.
      if (row.verdicts.nobody !== 'not-logged-in') continue;
      asked.push(route);
      for (const headers of as) {
        const { path, body, bytes }: Question = await row.ask(world.target('own'), own);
        const type = bytes === undefined ? 'application/json' : 'application/octet-stream';
        const answer = await own(path, {
          method,
          headers: { ...headers, ...(method === 'POST' ? { 'content-type': type } : {}) },
          ...(method === 'POST' ? { body: bytes ?? JSON.stringify(body ?? {}) } : {}),
        });
        await answer.arrayBuffer();
        expect([route, [401, 404].includes(answer.status)]).toEqual([route, true]);
      }
    }
    const open = Object.keys(ROUTES).filter((route) => !asked.includes(route));
    expect(open.sort()).toEqual(['GET /api/wall', 'GET /health', 'POST /api/login', 'POST /api/logout']);
  });

  it('slows an address that guesses and audits it once a minute, but not the screens beside it', async () => {
    const { token } = await makeLink();
    const address = { 'x-forwarded-for': '10.44.0.1' };
    const guess = async (headers: Readonly<Record<string, string>>) =>
      (await world.ask('nobody', '/api/wall', { headers: { ...address, ...headers } })).status;
    const wrong = () => guess({ authorization: `Wall ${'x'.repeat(43)}` });
    const entries = async () => {
      const verdict = await world.bed.store.verifyAudit();
      return verdict.ok ? verdict.entries : 0;
    };
    const before = await entries();
    const statuses: number[] = [];
    for (let count = 0; count < 12; count += 1) statuses.push(await wrong());
    expect(statuses).toEqual([...Array.from({ length: 10 }, () => 404), 429, 429]);
    expect(await guess({})).toBe(429);
    expect(await guess(wall(token).headers)).toBe(200);
    expect(await entries()).toBe(before + 1);
  });

  it.each([
    ['a name of blanks', { room: 'r-county', name: ' \u200b ' }],
    ['a name without end', { room: 'r-county', name: '字'.repeat(41) }],
    ['more than is asked', { room: 'r-county', name: '大厅', token: newId() }],
  ])('refuses %s', async (_what, body) => {
    expect((await world.ask('administrator', '/api/walls', post(body))).status).toBe(400);
  });
});
