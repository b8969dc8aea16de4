/** Which Node runs the product: the pinned one that `npm ci` brought, else any Node 24 or later that runs us now. */
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const repository = resolve(dirname(fileURLToPath(import.meta.url)), '..');

const NEEDED_MAJOR = 24;

/**
 * Path of a Node 24 binary. Throws an Error with one line for a person when there is none. Node 20 must never go on to
 * load better-sqlite3 13: it ends in a segmentation fault instead of a message.
 * `node_modules/.bin/node` is not used: npm 10.9 does not make that link, since two platform packages own the name.
 */
export function findNode24() {
  const pinned = join(repository, 'node_modules', `node-${process.platform}-${process.arch}`, 'bin', 'node');
  if (existsSync(pinned)) return pinned;
  if (isNewEnough()) return process.execPath;
  throw new Error(
    `Node ${NEEDED_MAJOR} is missing: this is Node ${process.versions.node}, and ${relativeOf(pinned)} is not there. Run "npm ci" first.`,
  );
}

/** Whether the Node that runs this line can run the product itself. */
export function isNewEnough() {
  return Number(process.versions.node.split('.')[0]) >= NEEDED_MAJOR;
}

function relativeOf(path) {
  return path.slice(repository.length + 1);
}
