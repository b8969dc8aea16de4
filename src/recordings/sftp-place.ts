/** The recordings of a PBX whose machine is reached by sftp. */
import { fetchFile } from './fetch-file.ts';
import type { FileTree } from './file-tree.ts';
import { codeOf, locateRecording, lookAtRecording, type RecordingBase } from './inside-base.ts';
import { scanRecordings } from './matching/scan.ts';
import type { OpenedRecording, RecordingPlace } from './recording-place.ts';
import { createSftp, type Sftp } from './sftp.ts';
import { DistantFailure } from './sftp-answers.ts';
import type { SftpAccess, SftpTiming } from './sftp-connection.ts';
import { SftpFailure, type SftpTrouble, sftpTrouble } from './sftp-trouble.ts';
import { WAV_HEAD_BYTES } from './wav-header.ts';

export interface SftpPlace extends RecordingPlace {
  /** What a person has to mend, or has to wait for; null when all is well as far as anybody has asked. */
  trouble(): SftpTrouble | null;
  /** Asks now whether the folder can be read. */
  check(): Promise<SftpTrouble | null>;
  /** A person has mended something: the next question is not held back. */
  askAgain(): void;
  close(): void;
}

export interface SftpPlaceOptions {
  readonly access: SftpAccess;
  /** The folder as the PBX names it, and as the account sees it. */
  readonly base: RecordingBase;
  /** Folder of this machine where parts of files lie until all of a file is kept. */
  readonly fetched: string;
  readonly timing?: SftpTiming;
}

/** Connects with the first question. */
export function createSftpPlace({ access, base, fetched, timing }: SftpPlaceOptions): SftpPlace {
  const sftp = createSftp(access, timing);
  let ofFolder: SftpTrouble | null = null;
  let ofFile: SftpTrouble | null = null;

  /** What the base folder is like is known from every question that goes through it. */
  const tree: FileTree = {
    ...sftp.tree,
    async realpath(path) {
      try {
        const real = await sftp.tree.realpath(path);
        if (path === base.here) ofFolder = null;
        return real;
      } catch (failure) {
        throw told(failure, path);
      }
    },
  };

  /** The failure as what a person can mend, where it is such a thing. */
  function told(failure: unknown, path: string): unknown {
    // Our own disk, on which the file is kept, has the same codes.
    if (!(failure instanceof DistantFailure)) return failure;
    const { code } = failure;
    const isFolder = path === base.here;
    if (code === 'EACCES') {
      const refused = sftpTrouble('sftp-folder-refused', path);
      if (isFolder) ofFolder = refused;
      else ofFile = refused;
      return new SftpFailure(refused);
    }
    if (!isFolder || (code !== 'ENOENT' && code !== 'ENOTDIR')) return failure;
    ofFolder = sftpTrouble('sftp-folder-missing', path);
    return new SftpFailure(ofFolder);
  }

  return {
    onPbx: base.onPbx,
    locate: (reported) => locateRecording(base, reported, tree),
    look: (reported) => lookAtRecording(base, reported, tree),
    async read(path, use) {
      try {
        return await readDistant(sftp, tree, path, fetched, (file) => {
          ofFile = null;
          return use(file);
        });
      } catch (failure) {
        throw told(failure, path);
      }
    },
    // What is not to be entered are folders of this machine.
    walk: (options) => scanRecordings(base.here, { ...options, exclude: [], tree }),
    trouble: () => sftp.trouble() ?? ofFolder ?? ofFile,
    async check() {
      try {
        await tree.realpath(base.here);
        for await (const _ of await tree.opendir(base.here)) break;
        return null;
      } catch (failure) {
        const why = told(failure, base.here);
        return why instanceof SftpFailure ? why.trouble : sftpTrouble('sftp-lost', codeOf(failure));
      }
    },
    askAgain: sftp.askAgain,
    close: sftp.close,
  };
}

/** The kind of the file is asked for first: opening a pipe would stop the server on the other side. */
async function readDistant<T>(
  sftp: Sftp,
  tree: FileTree,
  path: string,
  fetched: string,
  use: (file: OpenedRecording) => Promise<T>,
): Promise<T | null> {
  if (!(await tree.lstat(path)).isFile()) return null;
  const file = await sftp.open(path);
  try {
    const { size: bytes, mtimeMs, isFile } = await file.stat();
    if (!isFile() || (await tree.realpath(path)) !== path) return null;
    const head = await file.read(0, Math.min(bytes, WAV_HEAD_BYTES));
    return await use({
      bytes,
      head,
      async withContent(whole) {
        const { handle, remove } = await fetchFile({ file, path, bytes, mtimeMs }, fetched);
        try {
          const made = await whole(handle);
          await remove();
          return made;
        } finally {
          await handle.close();
        }
      },
    });
  } finally {
    await file.close();
  }
}
