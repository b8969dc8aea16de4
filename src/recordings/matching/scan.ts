/**
 * Walks a folder of recordings: names, lengths, times. Never opens a file, never follows a link, never leaves the folder;
 * a hostile tree costs a count, not the walk. What a folder held is remembered, so that a second walk asks only for
 * folders that were changed and files that may still have grown: 10,000 files cost some hundred system calls then.
 */
import { join } from 'node:path';
import { type FileTree, THIS_MACHINE, type TreeEntry } from '../file-tree.ts';
import { codeOf } from '../inside-base.ts';
import { isSoundName } from './file-name.ts';
import type { FoundFile } from './found-file.ts';
import {
  createScanMemory,
  type RememberedFile,
  type RememberedFolder,
  type ScanCounts,
  type ScanMemory,
  type Skipped,
} from './scan-memory.ts';

export interface ScanOptions {
  /** The file system that holds the folder; this machine's when left out. */
  readonly tree?: FileTree;
  readonly memory?: ScanMemory;
  /** Our clock, ms UTC. */
  readonly now: () => number;
  /** False: the folder (relative to the base) is not entered. */
  readonly enter?: (folder: string) => boolean;
  /** Absolute folders that are not entered, such as our own library. */
  readonly exclude?: readonly string[];
  readonly deepest?: number;
  readonly mostFiles?: number;
  readonly mostFolders?: number;
  readonly mostInFolder?: number;
}

/** Null: the base itself is there and was walked. Otherwise nothing is known of any file. */
export type ScanTrouble = string | null;

export interface Scan {
  /** Read to its end before `counts` and `trouble` mean anything. Never rejects. */
  files(): AsyncGenerator<FoundFile, void, undefined>;
  counts(): ScanCounts;
  /** The system's code when the base folder cannot be read (`ENOENT`: not mounted). */
  trouble(): ScanTrouble;
}

/** FreePBX goes 3 folders deep, MikoPBX 4. */
const DEEPEST = 8;
const MOST_FILES = 1_000_000;
const MOST_FOLDERS = 200_000;
const MOST_IN_FOLDER = 200_000;
/** Longer paths are nobody's honest names, and the store's index takes no more. */
const LONGEST_PATH_BYTES = 1_024;
/** A folder changed within so long of our look may change again under the same time: file systems and shares round. */
const RACY_MS = 5_000;
/** MixMonitor writes every 2 s; a call on hold writes silence. */
const OLD_MS = 10 * 60_000;
const AT_ONCE = 32;

/** A walk of `base`, an absolute folder of that file system. Nothing happens before `files` is read. */
export function scanRecordings(base: string, options: ScanOptions): Scan {
  const { memory = createScanMemory(), now, exclude = [], deepest = DEEPEST } = options;
  const { mostFiles = MOST_FILES, mostFolders = MOST_FOLDERS, mostInFolder = MOST_IN_FOLDER } = options;
  const { enter = () => true, tree = THIS_MACHINE } = options;
  const counts: ScanCounts = {
    files: 0,
    folders: 0,
    remembered: 0,
    links: 0,
    others: 0,
    badNames: 0,
    unreadable: 0,
    troubles: [],
    tooDeep: 0,
    truncated: false,
  };
  let trouble: ScanTrouble = null;

  async function* walk(root: string): AsyncGenerator<FoundFile, void, undefined> {
    const waiting: string[] = [''];
    const entered = new Set<string>();
    for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
      const found = await readFolder(root, folder);
      if (found === null) continue;
      entered.add(folder);
      if (counts.folders >= mostFolders) {
        counts.truncated = true;
        return;
      }
      counts.folders += 1;
      for (const kind of ['links', 'others', 'badNames'] as const) counts[kind] += found.counts[kind];
      for (const { name, bytes, mtimeMs } of found.files) {
        if (counts.files >= mostFiles) {
          counts.truncated = true;
          return;
        }
        counts.files += 1;
        yield { path: folder === '' ? name : `${folder}/${name}`, bytes, mtimeMs };
      }
      for (const name of found.folders.toReversed()) {
        const inner = folder === '' ? name : `${folder}/${name}`;
        if (exclude.includes(join(root, inner)) || !enter(inner)) continue;
        if (inner.split('/').length > deepest) counts.tooDeep += 1;
        else waiting.push(inner);
      }
    }
    // What is gone need not be remembered; what was not entered this time may be wanted the next.
    for (const folder of memory.folders.keys()) {
      if (!entered.has(folder) && enter(folder)) memory.folders.delete(folder);
    }
  }

  /** Null: it cannot be read, or it is no folder of ours any more; counted. */
  async function readFolder(root: string, folder: string): Promise<RememberedFolder | null> {
    const path = join(root, folder);
    try {
      const { mtimeMs } = await tree.lstat(path);
      const before = memory.folders.get(folder);
      if (before !== undefined && before.mtimeMs === mtimeMs) {
        counts.remembered += 1;
        const kept = { ...before, files: await lookAgain(path, before.files) };
        memory.folders.set(folder, kept);
        return kept;
      }
      const found = await list(path, folder, mtimeMs);
      // A folder that was exchanged for a link since its parent was read would lead elsewhere.
      if ((await tree.realpath(path)) !== path) {
        counts.links += 1;
        return null;
      }
      if (Math.abs(now() - mtimeMs) >= RACY_MS && !counts.truncated) memory.folders.set(folder, found);
      else memory.folders.delete(folder);
      return found;
    } catch (failure) {
      const code = codeOf(failure);
      if (folder === '') trouble = code;
      else if (code === 'ENOENT') return null;
      counts.unreadable += 1;
      if (counts.troubles.length < 5) counts.troubles.push(code);
      return null;
    }
  }

  async function list(path: string, folder: string, mtimeMs: number): Promise<RememberedFolder> {
    const found = { links: 0, others: 0, badNames: 0 };
    const names: string[] = [];
    const folders: string[] = [];
    let seen = 0;
    for await (const entry of await tree.opendir(path)) {
      seen += 1;
      if (seen > mostInFolder) {
        counts.truncated = true;
        break;
      }
      const kind = kindOf(entry, folder);
      if (kind === 'sound') names.push(entry.name);
      else if (kind === 'folder') folders.push(entry.name);
      else found[kind] += 1;
    }
    // The order of a folder is the file system's whim; the same walk twice should say the same.
    return { mtimeMs, files: await lookAtAll(path, names.sort()), folders: folders.sort(), counts: found };
  }

  async function lookAgain(path: string, files: readonly RememberedFile[]): Promise<RememberedFile[]> {
    if (files.every((file) => file.old)) return [...files];
    const young = await lookAtAll(
      path,
      files.filter((file) => !file.old).map((file) => file.name),
    );
    const looked = new Map(young.map((file) => [file.name, file]));
    return files.flatMap((file) => (file.old ? [file] : (looked.get(file.name) ?? [])));
  }

  /** Files that vanished meanwhile, or are none, are left out. */
  async function lookAtAll(path: string, names: readonly string[]): Promise<RememberedFile[]> {
    const files: RememberedFile[] = [];
    for (let from = 0; from < names.length; from += AT_ONCE) {
      const looked = await Promise.all(names.slice(from, from + AT_ONCE).map((name) => lookAt(path, name)));
      for (const file of looked) if (file !== null) files.push(file);
    }
    return files;
  }

  async function lookAt(folder: string, name: string): Promise<RememberedFile | null> {
    try {
      const found = await tree.lstat(join(folder, name));
      if (!found.isFile()) return null;
      const mtimeMs = Math.floor(found.mtimeMs);
      return { name, bytes: found.size, mtimeMs, old: now() - found.mtimeMs >= OLD_MS };
    } catch (failure) {
      // Broken UTF-8 comes as another name than the file has, which then is not there.
      if (codeOf(failure) === 'ENOENT') return null;
      throw failure;
    }
  }

  return {
    async *files() {
      let root: string;
      try {
        root = await tree.realpath(base);
      } catch (failure) {
        trouble = codeOf(failure);
        return;
      }
      yield* walk(root);
    },
    counts: () => counts,
    trouble: () => trouble,
  };
}

function kindOf(entry: TreeEntry, folder: string): 'sound' | 'folder' | keyof Skipped {
  const { name } = entry;
  if (entry.isSymbolicLink()) return 'links';
  const isBad =
    /[\p{Cc}\ufffd]/u.test(name) ||
    Buffer.byteLength(folder) + 1 + Buffer.byteLength(name) > LONGEST_PATH_BYTES ||
    // Only a machine that lies tells such a name.
    name.includes('/');
  if (isBad) return 'badNames';
  if (entry.isDirectory()) return 'folder';
  // Some file systems do not tell the kind with the name: such an entry is looked at.
  return isSoundName(name) && !isSpecial(entry) ? 'sound' : 'others';
}

function isSpecial(entry: TreeEntry): boolean {
  return entry.isFIFO() || entry.isSocket() || entry.isBlockDevice() || entry.isCharacterDevice();
}
