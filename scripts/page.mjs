/** The page: built by Vite from src/ui into build/page when its sources are not those of the last build. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { keep } from './child.mjs';
import { findNode24, repository } from './node24.mjs';

const page = join(repository, 'build', 'page');
const mark = join(page, '.sources');

/** What the page is made of: its own folder, the message types, the pure folders it shares with the service, the versions. */
const SOURCES = [
  'src/ui',
  'src/web/protocol',
  'src/calls',
  'src/sound',
  'src/lines',
  'src/records',
  'src/directory',
  'src/duty',
  'src/accounts',
  'package-lock.json',
];

/** Builds when needed. `say` gets one line on what takes long. Throws an Error with one line on failure. */
export async function buildPage(say) {
  const digest = sourceDigest();
  if (existsSync(mark) && readFileSync(mark, 'utf8') === digest) return;
  say('building the page');
  // Beside the old page and swapped in at the end: a service that is running never serves half a build.
  const fresh = `${page}.new-${process.pid}`;
  rmSync(fresh, { recursive: true, force: true });
  const vite = join(repository, 'node_modules', 'vite', 'bin', 'vite.js');
  const { code, output } = await keep(findNode24(), [
    vite,
    'build',
    'src/ui',
    '--outDir',
    fresh,
    '--emptyOutDir',
    '--logLevel',
    'warn',
  ]);
  if (code !== 0) {
    rmSync(fresh, { recursive: true, force: true });
    throw new Error(`page: vite build failed: ${output.trim().slice(0, 2_000)}`);
  }
  writeFileSync(join(fresh, '.sources'), digest);
  rmSync(page, { recursive: true, force: true });
  renameSync(fresh, page);
}

function sourceDigest() {
  const hash = createHash('sha256');
  for (const file of SOURCES.flatMap(filesBelow).sort(byName)) {
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(repository, file)))
      .update('\0');
  }
  return hash.digest('hex');
}

function filesBelow(name) {
  const path = join(repository, name);
  if (!existsSync(path)) return [];
  if (name.includes('.')) return [name];
  return readdirSync(path, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? filesBelow(`${name}/${entry.name}`) : [`${name}/${entry.name}`],
  );
}

function byName(one, other) {
  return one < other ? -1 : 1;
}
