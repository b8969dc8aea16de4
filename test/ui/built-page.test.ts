import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { newerScripts } from './chromium-90/newer-scripts.ts';
import { newerStyles } from './chromium-90/newer-styles.ts';

const PAGE = path.resolve(import.meta.dirname, '../../src/ui');

let folder = '';
const files = new Map<string, string>();

beforeAll(async () => {
  // As it is shipped: of the tests' own environment Vite would make React's build for developers.
  vi.stubEnv('NODE_ENV', 'production');
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

afterAll(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true, force: true });
});

function all(ending: string): string {
  const found = [...files].filter(([name]) => name.endsWith(ending)).map(([, text]) => text);
  expect(found.length, `files ending in ${ending}`).toBeGreaterThan(0);
  return found.join('\n');
}

/** Names that a later Chromium has for something of its own: why the page may say them. */
const EXCUSED: Readonly<Record<string, string>> = {
  maxHeight: 'of a style',
  marginTop: 'of a style',
  limits: 'of a link to the PBX',
  zip: 'the ending of a file’s name',
  getName: 'of antd’s animations',
  Profiler: 'a component of React',
  fromElement: 'read by React where relatedTarget is missing',
  roundRect: 'wavesurfer.js asks whether it is there',
  skipTransition: 'React, of a transition that it began',
  startViewTransition: 'React, in a try that goes on without it',
  canIntercept: 'React, in a handler of the browser’s navigation',
  currentEntry: 'React asks whether there is a navigation',
};

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

  it('its style sheets have no word that is not in the lists of Chromium 90', () => {
    expect(newerStyles(all('.css'))).toEqual([]);
  });

  it('its scripts name nothing that came later', () => {
    const found = [...newerScripts(all('.js'))].filter(([name]) => !(name in EXCUSED));
    expect(found).toEqual([]);
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

/** What the browser fetches before a person opens another screen: what index.html names, and all that this imports. */
function firstLoad(): readonly string[] {
  const named = [...all('.html').matchAll(/(?:src|href)="[^"]*?([\w.-]+\.(?:js|css))"/g)];
  const loaded = new Set(named.map(([, name = '']) => name));
  // The set grows while it is walked: imports of imports. `import(` is fetched later.
  for (const name of loaded)
    for (const [, other = ''] of (files.get(name) ?? '').matchAll(/(?:from|import)["']\.\/([\w.-]+)["']/g))
      loaded.add(other);
  return [...loaded];
}

describe('the first load of 值班台', () => {
  it('is at most 450 KB of scripts and styles, gzipped', () => {
    const loaded = firstLoad();
    const sizes = loaded.map((name) => gzipSync(files.get(name) ?? '').length);
    // 值班台 itself is among them, and the libraries it stands on.
    const whole = loaded.map((name) => files.get(name) ?? '').join('');
    const parts = ['desk-panes', 'form-grid', 'createRoot', 'darkAlgorithm'];
    expect(parts.filter((part) => !whole.includes(part))).toEqual([]);
    expect(sizes.every((size) => size > 100)).toBe(true);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(450_000);
  });

  it('leaves every other screen to when it is opened', () => {
    // `use-desk` is what every screen reads the page's state by.
    const screens = [...files.keys()].filter(
      (name) => /-(?:screen|panel|desk)-[\w-]+\.js$/.test(name) && !name.startsWith('use-'),
    );
    expect(screens.length).toBeGreaterThanOrEqual(8);
    expect(screens.filter((name) => firstLoad().includes(name))).toEqual([]);
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
