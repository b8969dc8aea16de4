import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const PAGE = path.resolve(import.meta.dirname, '../../src/ui');

let folder = '';
const files = new Map<string, string>();

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'dutyline-page-'));
  await build({
    root: PAGE,
    configFile: path.join(PAGE, 'vite.config.ts'),
    logLevel: 'error',
    build: { outDir: folder, emptyOutDir: true },
  });
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true }))
    if (entry.isFile())
      files.set(entry.name, await readFile(path.join(entry.parentPath, entry.name), 'utf8'));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

function all(ending: string): string {
  const found = [...files].filter(([name]) => name.endsWith(ending)).map(([, text]) => text);
  expect(found.length, `files ending in ${ending}`).toBeGreaterThan(0);
  return found.join('\n');
}

/** Where a pattern stands in a text, with what stands round it. */
function places(text: string, pattern: RegExp): readonly string[] {
  return [...text.matchAll(pattern)].map((match) =>
    text.slice(Math.max(0, match.index - 60), match.index + 60),
  );
}

describe('the built page runs on Chromium 90', () => {
  it.each([
    [':has() of 105', /:has\(/g],
    ['container queries of 105', /@container|container-type/g],
    ['cascade layers of 99', /@layer/g],
    ['color-mix of 111', /color-mix|oklch\(|\blab\(/g],
    ['dynamic viewport units of 108', /\d[dsl]v[hwib]\b/g],
    ['accent-color of 93', /accent-color/g],
    ['single transforms of 104', /[;{](?:translate|rotate|scale):/g],
    ['CSS nesting of 112', /[{;]\s*&/g],
    ['media ranges of 104', /@media[^{]*(?:>=|<=|[<>])/g],
    ['scrollbar-gutter of 94', /scrollbar-gutter|scrollbar-width|text-wrap/g],
    [':user-valid of 119', /:user-(?:in)?valid/g],
  ])('its style sheets have no %s', (_what, pattern) => {
    expect(places(all('.css'), pattern)).toEqual([]);
  });

  it.each([
    ['structuredClone of 98', /\bstructuredClone\b/g],
    ['randomUUID of 92', /\brandomUUID\b/g],
    ['changed copies of arrays of 110', /\.(?:toSorted|toReversed|toSpliced)\(/g],
    ['findLast of 97', /\.findLast(?:Index)?\(/g],
    ['grouping of 117', /\b(?:Object|Map)\.groupBy\b/g],
    ['withResolvers of 119', /\bwithResolvers\b/g],
    ['fromAsync of 121', /\bArray\.fromAsync\b/g],
    ['toWellFormed of 111', /\.(?:toWellFormed|isWellFormed)\(/g],
    ['AbortSignal.timeout of 103', /\bAbortSignal\.(?:timeout|any)\b/g],
    ['private brand checks and static blocks of 91 and 94', /#\w+ in |\bstatic\{/g],
    ['error causes of 93', /new \w*Error\([^()]*,\{cause:/g],
    ['set arithmetic of 122', /\.(?:symmetricDifference|isSubsetOf|isSupersetOf)\(/g],
  ])('its scripts do not call %s', (_what, pattern) => {
    expect(places(all('.js'), pattern)).toEqual([]);
  });

  it('brings along what its libraries call and Chromium 90 lacks', () => {
    const script = all('.js');
    const called = (['at', 'hasOwn'] as const).filter((name) =>
      name === 'at' ? /[\w)\]]\.at\(-?\d/.test(script) : /Object\.hasOwn\b/.test(script),
    );
    const provided = (['at', 'hasOwn'] as const).filter((name) =>
      new RegExp(`\\.prototype,[\`"']${name}[\`"']|Object,[\`"']${name}[\`"']`).test(script),
    );
    expect(provided).toEqual(expect.arrayContaining(called));
  });

  /**
   * antd 6.6.8 writes its rules at run time. Its newer selectors stand in rules of their own, which an old browser drops
   * whole: the outline of a focused input (ours is in base.css) and the arrow of a shared tooltip. One more means: look.
   */
  it('antd’s own rules use newer selectors only where they may be dropped', () => {
    const script = all('.js');
    expect(places(script, /@container|\d[dsl]v[hwib]\b/g)).toEqual([]);
    const has = places(script, /:has\(/g);
    for (const place of has)
      expect(place).toMatch(/focus-visible|unique-container|:has\(\+|only-child|buttonWrapper/);
    expect(places(script, /color-mix/g).every((place) => place.includes('connect-border-color'))).toBe(true);
  });
});

describe('the built page keeps to itself', () => {
  it('has no inline script or style, which the content security policy refuses', () => {
    const html = all('.html');
    expect([...html.matchAll(/<script(?![^>]*\bsrc=)/g)]).toEqual([]);
    expect([...html.matchAll(/<style|\son\w+=|style=/g)]).toEqual([]);
  });

  it('loads nothing from another host', () => {
    const loads = /(?:src|href)=["'](?:https?:)?\/\/|url\(["']?(?:https?:)?\/\/|import\(["'`]https?:/g;
    expect(places(all('.html') + all('.css') + all('.js'), loads)).toEqual([]);
  });

  it('calls nothing that plain HTTP lacks', () => {
    const secureOnly =
      /crypto\.subtle|navigator\.clipboard|navigator\.wakeLock|navigator\.locks|new Notification\(/g;
    expect(places(all('.js'), secureOnly)).toEqual([]);
  });
});
