import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { breaches, circles, importTable, rowsThatPointDown } from './support/architecture.ts';

const root = join(import.meta.dirname, '..');
const sources = new Map(
  globSync('**/*.{ts,tsx}', { cwd: join(root, 'src') })
    .filter((file) => !file.endsWith('.d.ts'))
    .map((file) => [file, readFileSync(join(root, 'src', file), 'utf8')]),
);

describe('src/', () => {
  it('has files in every part that the table names first', () => {
    expect(sources.size).toBeGreaterThan(50);
  });

  it('keeps to its import table, its purity and one file for each outside library', () => {
    expect(breaches(sources)).toEqual([]);
  });

  it('has a table in which every row names only rows above it', () => {
    expect(rowsThatPointDown()).toEqual([]);
  });

  it('has no file that imports itself through others', () => {
    expect(circles(sources)).toEqual([]);
  });

  it('is described by docs/architecture.md with the table that is enforced', () => {
    expect(readFileSync(join(root, 'docs/architecture.md'), 'utf8')).toContain(importTable());
  });
});

describe('a planted breach is found:', () => {
  const planted: readonly (readonly [name: string, file: string, text: string, told: string])[] = [
    [
      'a pure file that reads a file',
      'calls/x.ts',
      `import { readFileSync } from 'node:fs';`,
      'calls may not use Node',
    ],
    ['a page that uses Node', 'ui/x.tsx', `import fs from 'node:fs';`, 'ui may not use Node'],
    [
      'an arrow that points back up',
      'calls/x.ts',
      `import { open } from '../storage/store.ts';`,
      'calls may not import storage',
    ],
    [
      'a type that points back up',
      'lines/x.ts',
      `import type { Call } from '../calls/call.ts';`,
      'lines may not import calls',
    ],
    [
      'an import over several lines',
      'lines/x.ts',
      `import type {\n  Call,\n} from '../calls/call.ts';`,
      'lines may not import calls',
    ],
    ['a re-export', 'lines/x.ts', `export { a } from '../calls/call.ts';`, 'lines may not import calls'],
    [
      'an import at run time',
      'calls/x.ts',
      `const a = import('../storage/store.ts');`,
      'calls may not import storage',
    ],
    [
      'listening that controls',
      'asterisk/listen/x.ts',
      `import '../control/action.ts';`,
      'may not import asterisk/control',
    ],
    [
      'the page reaching into the service',
      'ui/x.ts',
      `import { a } from '../web/tls.ts';`,
      'ui may not import web',
    ],
    [
      'a library in a second file',
      'web/x.ts',
      `import AM from 'asterisk-manager';`,
      'belongs to asterisk/control/ami-manager.ts',
    ],
    [
      'a library nobody owns',
      'web/x.ts',
      `import _ from 'lodash/get';`,
      'imports lodash, which no file owns',
    ],
    [
      'a scoped library nobody owns',
      'web/x.ts',
      `import a from '@x/y/z';`,
      'imports @x/y, which no file owns',
    ],
    ['a clock in the core', 'records/x.ts', 'const at = Date.now();', 'records is pure'],
    ['another clock in the core', 'duty/x.ts', 'const at = new Date( );', 'duty is pure'],
    ['chance in the core', 'calls/x.ts', 'const id = Math.random();', 'calls is pure'],
    ['waiting in the core', 'calls/x.ts', 'export async function a() {}', 'calls is pure'],
    ['a folder the table does not know', 'utils/x.ts', '', 'belongs to no part'],
  ];
  it.each(planted)('%s', (_, file, text, told) => {
    expect(breaches(new Map([[file, text]])).join('\n')).toContain(told);
  });

  it('a circle of three files', () => {
    const circle = new Map([
      ['calls/a.ts', `import './b.ts';`],
      ['calls/b.ts', `import { c } from './c.ts';`],
      ['calls/c.ts', `import { a } from './a.ts';`],
    ]);
    expect(circles(circle)).toEqual(['calls/a.ts → calls/b.ts → calls/c.ts → calls/a.ts']);
  });

  it('but no circle of types within a part', () => {
    const types = new Map([
      ['calls/a.ts', `import { b } from './b.ts';`],
      ['calls/b.ts', `import type { A } from './a.ts';`],
    ]);
    expect(circles(types)).toEqual([]);
  });

  it('but nothing in comments, and no date that was given', () => {
    const text = `// import '../storage/store.ts'\n/* Date.now() */ const at = new Date(given);`;
    expect(breaches(new Map([['calls/x.ts', text]]))).toEqual([]);
  });
});
