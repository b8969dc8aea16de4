#!/usr/bin/env node
/**
 * `npm run refusals`, after a refusal was added or taken away: brings the rows of docs/reference/refusals.md up to date from
 * the sources. A row that stands stays as it is; `…` stands for what differs each time.
 */
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from './node24.mjs';

const page = join(repository, 'docs/reference/refusals.md');
/** `{ code: 'x', zh: '…', en: '…' }`, over several lines or on one. */
const REFUSAL =
  /code: '([a-z0-9-]+)',\s*zh:\s*(['`])((?:\\.|(?!\2).)*)\2,\s*en:\s*(['`"])((?:\\.|(?!\4).)*)\4/gs;

const found = new Map();
for (const file of globSync('src/**/*.ts', { cwd: repository, exclude: ['src/ui/**'] })) {
  const source = readFileSync(join(repository, file), 'utf8');
  for (const [, code, , zh, , en] of source.matchAll(REFUSAL)) found.set(code, [shown(zh), shown(en)]);
}

const lines = readFileSync(page, 'utf8').split('\n');
const first = lines.findIndex((line) => line.startsWith('| ---')) + 1;
const rows = new Map();
let end = first;
for (; lines[end]?.startsWith('|'); end += 1) rows.set(/`([^`]+)`/.exec(lines[end])?.[1], lines[end]);
const added = [...found.keys()].filter((code) => !rows.has(code));
for (const code of added) rows.set(code, `| \`${code}\` | ${found.get(code).join(' | ')} |`);
const sorted = [...rows].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, row]) => row);
writeFileSync(page, [...lines.slice(0, first), ...sorted, ...lines.slice(end)].join('\n'));
process.stdout.write(
  `docs/reference/refusals.md: ${added.length} rows added${added.map((code) => ` ${code}`).join()}\n`,
);

function shown(sentence) {
  return sentence
    .replace(/\$\{[^}]*\}/g, '…')
    .replaceAll('\\', '')
    .replaceAll('|', '/');
}
