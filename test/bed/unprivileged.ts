import { chownSync, lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const NOBODY = 65_534;

/**
 * Whom servers of the test run as: `nobody` when the tests were started as root (root ignores file modes, so
 * that nothing about rights could be proved), else ourselves.
 */
export function serverUser(): { uid: number; gid: number } | Record<string, never> {
  return process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};
}

/** Gives a folder and all in it to the servers' user. */
export function handOver(path: string): void {
  const user = serverUser();
  if (!('uid' in user)) return;
  chownSync(path, user.uid, user.gid);
  if (!lstatSync(path).isDirectory()) return;
  for (const name of readdirSync(path)) handOver(join(path, name));
}
