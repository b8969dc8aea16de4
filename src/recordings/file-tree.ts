/** What finding and walking recordings asks of a file system: that of this machine, or one that is far away. */
import type { Dirent, Stats } from 'node:fs';
import { lstat, opendir, realpath } from 'node:fs/promises';

/** Node's own functions have this shape. All reject with an error whose `code` says why (`ENOENT`). */
export interface FileTree {
  /** The path without any link in it; rejects with ENOENT when nothing is there. */
  readonly realpath: (path: string) => Promise<string>;
  readonly lstat: (path: string) => Promise<TreeStats>;
  /** Whatever a folder holds, in no order. */
  readonly opendir: (path: string) => Promise<AsyncIterable<TreeEntry>>;
}

export type TreeStats = Pick<Stats, 'size' | 'mtimeMs' | 'isFile'>;

export type TreeEntry = Pick<
  Dirent,
  'name' | 'isDirectory' | 'isSymbolicLink' | 'isFIFO' | 'isSocket' | 'isBlockDevice' | 'isCharacterDevice'
>;

export const THIS_MACHINE: FileTree = { realpath, lstat, opendir };
