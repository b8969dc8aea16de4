/** What comes from the other side of an SSH connection, made into what the rest of us knows. No I/O. */
import { basename } from 'node:path';
import type { TreeEntry, TreeStats } from './file-tree.ts';
import { SftpFailure, sftpTrouble } from './sftp-trouble.ts';

/** The codes of SFTP (draft-ietf-secsh-filexfer-02 §7) as OpenSSH uses them, under the names a system has for them. */
const SYSTEM_CODES: Readonly<Record<number, string>> = {
  1: 'EOF',
  2: 'ENOENT',
  3: 'EACCES',
  4: 'EIO',
  5: 'EINVAL',
  8: 'ENOTSUP',
};

/** What ssh2 hands on as an error of one question. */
export function failureOf(error: Error & { readonly code?: unknown }): Error {
  const code = typeof error.code === 'number' ? SYSTEM_CODES[error.code] : undefined;
  return code === undefined ? new SftpFailure(sftpTrouble('sftp-lost', error.message)) : failed(code, '');
}

/** What the machine of the PBX answered, under a system's code: never a failure of this machine's own disk. */
export class DistantFailure extends Error {
  readonly code: string;

  constructor(code: string, path: string) {
    super(`${code}: ${basename(path)} on the PBX`);
    this.code = code;
  }
}

/** An error with a system's code; of the path no more than the name, which is hostile enough. */
export function failed(code: string, path: string): Error {
  return new DistantFailure(code, path);
}

export function isEnd(failure: unknown): boolean {
  return failure instanceof Error && 'code' in failure && failure.code === 'EOF';
}

/** A server may leave out what it likes, and say what it likes. */
export function statsOf(
  stats: Pick<TreeStats, 'isFile'> & { readonly size: number; readonly mtime: number },
  path: string,
): TreeStats {
  const { size, mtime } = stats;
  if (!Number.isSafeInteger(size) || !Number.isSafeInteger(mtime)) throw failed('EINVAL', path);
  return { size, mtimeMs: mtime * 1_000, isFile: () => stats.isFile() };
}

export function entryOf(name: string, stats: Omit<TreeEntry, 'name'>): TreeEntry {
  return {
    name,
    isDirectory: () => stats.isDirectory(),
    isSymbolicLink: () => stats.isSymbolicLink(),
    isFIFO: () => stats.isFIFO(),
    isSocket: () => stats.isSocket(),
    isBlockDevice: () => stats.isBlockDevice(),
    isCharacterDevice: () => stats.isCharacterDevice(),
  };
}

/** The name at the begin of a public key as it travels: a length, then `ssh-ed25519`. */
export function keyTypeOf(key: Buffer): string {
  const length = key.length < 4 ? 0 : key.readUInt32BE(0);
  const name = key.subarray(4, 4 + Math.min(length, 40)).toString('latin1');
  return /^[a-z0-9@.-]+$/.test(name) ? name : 'a key';
}
