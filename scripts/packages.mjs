/** Our npm packages: installed by `npm ci` when they are absent or not those of the lockfile. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { keep } from './child.mjs';
import { repository } from './node24.mjs';

const lockfile = join(repository, 'package-lock.json');
const installed = join(repository, 'node_modules', '.package-lock.json');
const stamp = join(repository, 'node_modules', '.dutyline-lock');

/** Installs when needed. `say` gets one line on what takes long. Throws an Error with one line on failure. */
export async function installPackages(say) {
  if (packagesAreFresh()) return;
  say('installing packages (npm ci), about half a minute');
  // `npm start` puts node_modules/.bin first on PATH, and npm ci deletes that folder: npm has to run on the user's own Node.
  const path = (process.env.PATH ?? '').split(':').filter((folder) => !folder.endsWith('node_modules/.bin'));
  const env = { ...process.env, PATH: path.join(':') };
  // NODE_ENV=production would leave out Vite, which builds the page.
  const args = ['ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error'];
  const npm = process.env.npm_execpath;
  const node = process.env.npm_node_execpath;
  const { code, output } =
    npm && node && existsSync(node) && !node.startsWith(repository)
      ? await keep(node, [npm, ...args], env)
      : await keep('npm', args, env);
  if (code !== 0) throw new Error(`packages: npm ci failed: ${lastComplaint(output)}`);
  writeFileSync(stamp, lockDigest());
}

function packagesAreFresh() {
  if (!existsSync(installed)) return false;
  if (existsSync(stamp)) return readFileSync(stamp, 'utf8') === lockDigest();
  return statSync(installed).mtimeMs >= statSync(lockfile).mtimeMs;
}

function lockDigest() {
  return createHash('sha256').update(readFileSync(lockfile)).digest('hex');
}

function lastComplaint(output) {
  const lines = output.split('\n').filter((line) => line.trim() !== '');
  return (
    lines
      .filter((line) => /error/i.test(line))
      .slice(0, 4)
      .join(' | ')
      .slice(0, 600) ||
    lines.slice(-1).join('') ||
    'no reason given'
  );
}
