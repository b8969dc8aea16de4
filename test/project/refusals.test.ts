import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');

/** The three ways in which a sentence is tied to its code in our sources. */
const WAYS = [
  /code: '([a-z0-9-]+)',\s*zh:/g,
  /'?([a-z][a-z0-9-]*)'?: \{\s*zh: /g,
  /\brefus(?:al|e)\(\s*'([a-z0-9-]+)',\s*['`]/g,
];

/** Of the service: what the page says about itself stands in the words of the page. */
function codesInSources(): readonly string[] {
  const texts = globSync('src/**/*.ts', { cwd: root, exclude: ['src/ui/**'] }).map((file) =>
    readFileSync(join(root, file), 'utf8'),
  );
  const codes = texts.flatMap((text) =>
    WAYS.flatMap((way) => [...text.matchAll(way)].map((match) => match[1] ?? '')),
  );
  return [...new Set(codes)].sort(byText);
}

function byText(one: string, other: string): number {
  return one < other ? -1 : 1;
}

it('docs/reference/refusals.md explains every code and no other', () => {
  const page = readFileSync(join(root, 'docs/reference/refusals.md'), 'utf8');
  const explained = [...page.matchAll(/^\| `([^`]+)` \|/gm)].map((match) => match[1] ?? '');
  expect(codesInSources().length).toBeGreaterThan(60);
  expect(explained).toEqual(codesInSources());
});
