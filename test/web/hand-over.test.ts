import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { HandOverView } from '../../src/duty/hand-over-view.ts';
import { hashPassword } from '../../src/web/password.ts';
import { type Browser, createBrowser, loggedIn } from './browser.ts';
import { callArrives, PIN, startWebBed, type WebBed } from './web-bed.ts';

let bed: WebBed;
const base = () => `http://127.0.0.1:${bed.web.port}`;
const at = (login: string): Promise<Browser> => loggedIn(base(), login);

beforeAll(async () => {
  bed = await startWebBed();
  const pinHash = await hashPassword(PIN);
  for (const person of ['p-zhang', 'p-li', 'p-city'])
    await bed.intake.work({ type: 'person-pin', person, pinHash, at: Date.now() });
});
afterAll(() => bed.close());

function post(browser: Browser, path: string, body: unknown = {}, room = 'r-county', origin = base()) {
  return browser.fetch(`/api/hand-over/${room}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin },
    body: JSON.stringify(body),
  });
}
async function codeOf(answer: Response): Promise<string> {
  return answer.status === 204 ? '204' : ((await answer.json()) as { code: string }).code;
}
async function read(browser: Browser): Promise<HandOverView> {
  return (await (await browser.fetch('/api/hand-over/r-county')).json()) as HandOverView;
}

describe('交接班', () => {
  it('is signed by two people with their own PINs, at one seat', async () => {
    const zhang = await at('zhang');
    await callArrives(bed, 'county', Date.now());
    expect(await codeOf(await post(zhang, ''))).toBe('204');
    const { open, mayHandOver } = await read(zhang);
    expect(mayHandOver).toBe(true);
    expect(open?.handOver.matters).toMatchObject([{ kind: 'draft', handed: true }]);
    const id = open?.handOver.id ?? '';
    const sign = async (as: string, person: string, pin = PIN) =>
      codeOf(await post(zhang, '/signatures', { id, as, person, pin, notes: as === 'taker' ? 0 : null }));
    expect(await sign('giver', 'p-zhang', '0000')).toBe('wrong-pin');
    expect(await sign('giver', 'p-city')).toBe('not-found');
    expect(await sign('taker', 'p-li')).toBe('hand-over-giver-first');
    const matter = { kind: 'draft', id: open?.handOver.matters[0]?.id };
    const decide = { id, matter, handed: false, reason: null };
    expect(await codeOf(await post(zhang, '/matters', decide))).toBe('204');
    expect(await sign('giver', 'p-zhang')).toBe('hand-over-matters-undecided');
    expect(await codeOf(await post(zhang, '/matters', { ...decide, handed: true }))).toBe('204');
    expect(await codeOf(await post(zhang, '/devices', { id, device: 'printer', works: true }))).toBe('204');
    expect(await sign('giver', 'p-zhang')).toBe('204');
    expect(await sign('taker', 'p-zhang')).toBe('hand-over-same-person');
    expect(await sign('taker', 'p-li')).toBe('204');
    const after = await read(await at('supervisor'));
    expect(after).toMatchObject({ open: null, broken: null, mayHandOver: false });
    expect(after.past[0]?.handOver).toMatchObject({
      ...{ id, state: 'done', devices: { printer: true } },
      ...{ giver: { person: 'p-zhang' }, takers: [{ person: 'p-li' }] },
    });
    expect((await bed.store.auditOf('p-zhang')).map(({ kind }) => kind)).toContain('pin-refused');
  });

  it('is for nobody from elsewhere, and nothing malformed', async () => {
    const zhang = await at('zhang');
    expect((await createBrowser(base()).fetch('/api/hand-over/r-county')).status).toBe(401);
    expect((await post(zhang, '', {}, 'r-county', 'http://elsewhere.example')).status).toBe(403);
    expect((await post(zhang, '', {}, 'r-city')).status).toBe(404);
    expect((await post(await at('supervisor'), '')).status).toBe(403);
    for (const [path, body] of [
      ['/matters', { id: 'x' }],
      ['/devices', { id: 'x', device: 'kettle', works: true }],
      ['/signatures', { id: 'x', as: 'boss', person: 'p-li', pin: PIN }],
      ['/signatures', { id: '../x', as: 'giver', person: 'p-li', pin: PIN }],
      ['/end', { id: 'x', how: 'somehow' }],
      ['/end', null],
    ] as const)
      expect([path, (await post(zhang, path, body)).status]).toEqual([path, 400]);
  });
});
