/**
 * Finds the file the PBX says it records into, and refuses every path that does not really lie inside the configured
 * folder. The path is hostile: on FreePBX (16, 17) the file name holds the caller's number unfiltered, and a SIP From of
 * `12%2F..%2F34` makes it climb.
 */
import { constants } from 'node:fs';
import { type FileHandle, open, realpath } from 'node:fs/promises';
import { dirname, isAbsolute, join, normalize, relative } from 'node:path';
import { type FileTree, THIS_MACHINE } from './file-tree.ts';

/** The folder of sound as the PBX names it. */
export interface PbxFolder {
  readonly onPbx: string;
}

/** The same folder as we see it too (equal when both run on one machine; else a mount, or what a log-in there shows). */
export interface RecordingBase extends PbxFolder {
  readonly here: string;
}

/** Below the base folder, as the PBX names it absolutely or relative to its monitor folder; null when it lies elsewhere. */
export function belowBase(base: PbxFolder, reported: string): string | null {
  const absolute = isAbsolute(reported) ? reported : join(base.onPbx, reported);
  const inside = relative(base.onPbx, normalize(absolute));
  return inside === '' || leaves(inside) ? null : inside;
}

export type Located =
  /** `path` is real: no link in it. */
  | { readonly kind: 'there'; readonly path: string; readonly climbing: boolean }
  /** Nothing there yet; its folder, or the nearest one that exists, lies inside. */
  | { readonly kind: 'absent' }
  /** Outside, or no path at all. */
  | { readonly kind: 'outside' }
  /** The folder itself cannot be looked into: not mounted, no right, share gone. */
  | { readonly kind: 'cannot-look'; readonly detail: string };

/**
 * Judges a path as the PBX reported it: absolute, or relative to the PBX's monitor folder (MixMonitor's argument).
 * `climbing` marks a path that held `..` and yet ended inside: worth a security note. Never rejects.
 */
export async function locateRecording(
  base: RecordingBase,
  reported: string,
  tree: Pick<FileTree, 'realpath'> = THIS_MACHINE,
): Promise<Located> {
  if (reported.length === 0 || reported.length > 4_096 || /\p{Cc}/u.test(reported))
    return { kind: 'outside' };
  const climbing = reported.split('/').includes('..');
  const inside = belowBase(base, reported);
  if (inside === null) return { kind: 'outside' };
  let root: string;
  try {
    root = await tree.realpath(base.here);
  } catch (failure) {
    return { kind: 'cannot-look', detail: codeOf(failure) };
  }
  const wanted = join(root, inside);
  try {
    const path = await tree.realpath(wanted);
    return leaves(relative(root, path)) ? { kind: 'outside' } : { kind: 'there', path, climbing };
  } catch (failure) {
    if (!isAbsence(failure)) return { kind: 'cannot-look', detail: codeOf(failure) };
    return nearestFolderInside(root, dirname(wanted), tree);
  }
}

/**
 * Opens a located file for reading. Null when it is not a plain file (a pipe would hang, a device never ends), or became
 * a link since it was located. Rejects with the system's error otherwise.
 */
export async function openLocated(path: string): Promise<FileHandle | null> {
  const handle = await openWithoutLinks(path);
  if (handle === null) return null;
  try {
    if ((await handle.stat()).isFile() && (await realpath(path)) === path) return handle;
  } catch (failure) {
    await handle.close();
    throw failure;
  }
  await handle.close();
  return null;
}

async function openWithoutLinks(path: string): Promise<FileHandle | null> {
  try {
    return await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch (failure) {
    if (codeOf(failure) === 'ELOOP' || codeOf(failure) === 'ENXIO') return null;
    throw failure;
  }
}

async function nearestFolderInside(
  root: string,
  folder: string,
  tree: Pick<FileTree, 'realpath'>,
): Promise<Located> {
  for (let at = folder; ; at = dirname(at)) {
    try {
      return leaves(relative(root, await tree.realpath(at))) ? { kind: 'outside' } : { kind: 'absent' };
    } catch (failure) {
      if (!isAbsence(failure)) return { kind: 'cannot-look', detail: codeOf(failure) };
      // The base was there a moment ago: gone means unmounted, not that the path leads elsewhere.
      if (at === root) return { kind: 'cannot-look', detail: codeOf(failure) };
    }
  }
}

function leaves(path: string): boolean {
  return path === '..' || path.startsWith('../') || isAbsolute(path);
}

function isAbsence(failure: unknown): boolean {
  return ['ENOENT', 'ENOTDIR'].includes(codeOf(failure));
}

/** The system's code of a failure (`EACCES`), or its name. */
export function codeOf(failure: unknown): string {
  if (failure instanceof Error) return 'code' in failure ? String(failure.code) : failure.name;
  return 'unknown';
}

/**
 * One look at a growing file: its length, null when it is not there (or will be refused: the end of the call says so),
 * 'unreadable' when nobody can say. Never rejects.
 */
export async function lookAtRecording(
  base: RecordingBase,
  reported: string,
  tree: Pick<FileTree, 'realpath' | 'lstat'> = THIS_MACHINE,
): Promise<number | null | 'unreadable'> {
  const located = await locateRecording(base, reported, tree);
  if (located.kind === 'cannot-look') return 'unreadable';
  if (located.kind !== 'there') return null;
  try {
    return (await tree.lstat(located.path)).size;
  } catch (failure) {
    return isAbsence(failure) ? null : 'unreadable';
  }
}
