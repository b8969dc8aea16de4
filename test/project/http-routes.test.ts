import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startWebBed, type WebBed } from '../web/web-bed.ts';

const page = readFileSync(join(import.meta.dirname, '../../docs/reference/http.md'), 'utf8');

/** Of the pages of recordings and of set-up only the addresses are asked for here. */
const unasked = (): never => {
  throw new Error('nobody asks');
};

let bed: WebBed;
beforeAll(async () => {
  const recordingOffice = {
    view: unasked,
    storage: unasked,
    jobs: unasked,
    away: unasked,
    reconcile: unasked,
    retry: unasked,
    mayRetry: unasked,
    pbxsOf: unasked,
  };
  const setupOffice = {
    demo: false,
    pbxs: unasked,
    check: unasked,
    watchTrial: unasked,
    trial: unasked,
    proof: unasked,
    put: unasked,
    remove: unasked,
  };
  bed = await startWebBed({}, { recordingOffice, setupOffice });
});
afterAll(() => bed.close());

/** What the server answers, as the page writes it. HEAD goes with GET, files of the page with `GET /`. */
function registered(): readonly string[] {
  const shown = bed.web.routes
    .filter((route) => !route.startsWith('HEAD ') && /^\S+ \/(?:api\/|health|live)/.test(route))
    .map((route) => route.replaceAll(/:\w+/g, 'ID'));
  return [...new Set(shown)].sort(byText);
}

function byText(one: string, other: string): number {
  return one < other ? -1 : 1;
}

it('docs/reference/http.md describes every address the server answers, and no other', () => {
  const described = [...page.matchAll(/^\| `((?:GET|POST|PUT|PATCH|DELETE) \/[^`]+)`/gm)].map(
    ([, route]) => route ?? '',
  );
  expect(registered().length).toBeGreaterThan(15);
  // The upgrade of `/live` is no route of fastify's.
  expect([...described].filter((route) => route !== 'GET /live').sort(byText)).toEqual(registered());
});

it('serves nothing else but the page', () => {
  const other = bed.web.routes.filter((route) => !/^\S+ \/(?:api\/|health|live)/.test(route));
  expect(
    other
      .map((route) => route.replace(/^HEAD /, 'GET '))
      .filter((route) => !/^GET \/(?:$|\*|assets|[\w.-]+$)/.test(route)),
  ).toEqual([]);
});
