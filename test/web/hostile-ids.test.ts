/** Ids that nobody was given: a path, another table's, another unit's, garbage. None of them opens anything. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../src/storage/new-id.ts';
import { ROUTES } from './access-table.ts';
import { startWorld, type World } from './access-world.ts';

let world: World;
/** Ids that stand, but of something else or in another unit. */
let others: readonly string[] = [];
beforeAll(async () => {
  world = await startWorld();
  const foreign = world.target('foreign');
  const { call, record } = await foreign.call();
  others = [call, record, await foreign.recording(), await foreign.stray(), foreign.room, foreign.seat];
});
afterAll(() => world.close());

const GUESSED = [
  newId(),
  '1',
  '0',
  '-1',
  'undefined',
  '__proto__',
  'constructor',
  '../../../../etc/passwd',
  '..\\..\\windows\\win.ini',
  '/etc/passwd',
  '%2e%2e%2f%2e%2e%2fetc%2fpasswd',
  '....//....//etc/passwd',
  'C:\\dutyline.sqlite',
  '*',
  '%',
  '_',
  "' OR 1=1 --",
  'x\u0000.wav',
  'a\r\nb',
  '𠮷',
  'x'.repeat(5_000),
];
const ALLOWED = ['bad-request', 'not-found', 'not-allowed', 'effect-not-given-up'];

/** A caller's number is what somebody typed or sent: any text is one, and nothing is known of it. */
const BY_NUMBER = 'GET /api/callers/ID/matters';

async function codeOf(answer: Response): Promise<string> {
  const text = await answer.text();
  expect(text).not.toMatch(/root:.*:0:0|SQLite format|SQLITE|syntax error/);
  if (answer.ok) return `${answer.status}`;
  return (JSON.parse(text) as { code: string }).code;
}

const BY_ID = Object.keys(ROUTES).filter((route) => route.includes('/ID') && route !== BY_NUMBER);

describe('an id in the address', () => {
  it.each(BY_ID)('%s', async (route) => {
    const row = ROUTES[route];
    if (row === undefined) throw new Error('no row');
    const [method = '', pattern = ''] = route.split(' ');
    for (const who of ['leader', 'supervisor'] as const) {
      const ask = await world.session(who);
      const { body } = await row.ask(world.target('own'), ask);
      for (const id of [...GUESSED, ...others]) {
        const path = pattern.replace('ID', encodeURIComponent(id));
        const answer = await ask(path, {
          method,
          headers: body === undefined ? {} : { 'content-type': 'application/json' },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        });
        expect([path, ALLOWED]).toEqual([path, expect.arrayContaining([await codeOf(answer)])]);
      }
    }
  });

  it('a number that nobody has is known of by nobody', async () => {
    const ask = await world.session('supervisor');
    for (const id of GUESSED) {
      const answer = await ask(`/api/callers/${encodeURIComponent(id)}/matters`);
      if (answer.ok) expect(await answer.json()).toEqual({ calls: [], open: [] });
      else expect(['bad-request', 'not-found']).toContain(await codeOf(answer));
    }
  });
});

describe('an id beside the address', () => {
  it.each([
    ['GET', (id: string) => `/api/papers/records?form=seed&format=html&ids=${id}`, null],
    ['GET', (id: string) => `/api/papers/day?date=2026-11-23&format=html&room=${id}`, null],
    ['GET', (id: string) => `/api/papers/blank?copies=1&form=seed&format=html&room=${id}`, null],
    ['GET', (id: string) => `/api/search?room=${id}`, null],
    ['GET', (id: string) => `/api/search/export?format=csv&room=${id}`, null],
    [
      'POST',
      () => '/api/lock/note',
      (call: string) => ({ note: newId(), call, moment: Date.now(), text: 'x', version: 1 }),
    ],
  ] as const)('%s %s', async (method, pathOf, bodyOf) => {
    const ask = await world.session('officer');
    for (const id of [...GUESSED, ...others]) {
      const path = pathOf(encodeURIComponent(id));
      const answer = await ask(path, {
        method,
        ...(bodyOf === null
          ? {}
          : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(bodyOf(id)) }),
      });
      expect([path, ALLOWED]).toEqual([path, expect.arrayContaining([await codeOf(answer)])]);
    }
  });

  it('a stray is attached to nobody else’s call', async () => {
    const ask = await world.session('officer');
    for (const call of [...GUESSED, ...others]) {
      const stray = await world.target('own').stray();
      const answer = await ask(`/api/strays/${stray}/attach`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ call }),
      });
      expect(['bad-request', 'not-found']).toContain(await codeOf(answer));
    }
  });
});
