/**
 * The way to the machine of a PBX whose folder is not shared: one SSH connection, made when something is asked and given up
 * when nothing is (`sftp-connection.ts`). It lists, looks and reads; nothing here can write. Every answer has a shape, or is
 * none.
 */
import { posix } from 'node:path';
import type { FileTree, TreeEntry, TreeStats } from './file-tree.ts';
import { entryOf, failed, isEnd, statsOf } from './sftp-answers.ts';
import {
  connect,
  type Link,
  type Question,
  type Session,
  type SftpAccess,
  type SftpEntry,
  type SftpStats,
  type SftpTiming,
} from './sftp-connection.ts';
import { createHold } from './sftp-hold.ts';
import { SftpFailure, type SftpTrouble } from './sftp-trouble.ts';

export const SFTP_TIMING: SftpTiming = {
  connectWithinMs: 10_000,
  answerWithinMs: 15_000,
  idleMs: 60_000,
  firstBackOffMs: 1_000,
  longestBackOffMs: 60_000,
  refusedBackOffMs: 10 * 60_000,
};

export interface Sftp {
  /** Rejects with `SftpFailure`, or an error whose `code` is that of a system (`ENOENT`, `EACCES`, `EIO`). */
  readonly tree: FileTree;
  /** Opens a file for reading; rejects as `tree` does. */
  open(path: string): Promise<DistantFile>;
  /** Why there is no connection, or null: there is one, or none was needed yet. */
  trouble(): SftpTrouble | null;
  /** A person has mended something: the next question is not held back. */
  askAgain(): void;
  close(): void;
}

export interface DistantFile {
  stat(): Promise<TreeStats>;
  /** So many bytes from there on; fewer only where the file ends. */
  read(position: number, length: number): Promise<Buffer>;
  close(): Promise<void>;
}

/** More answers without a name in a row than any folder has. */
const MOST_EMPTY_ANSWERS = 100;

/** Connects with the first question. */
export function createSftp(access: SftpAccess, timing: SftpTiming = SFTP_TIMING): Sftp {
  let link: Link | null = null;
  const hold = createHold(timing);
  let idle: NodeJS.Timeout | undefined;
  let asked = 0;

  async function connected(): Promise<Session> {
    if (link !== null) return link.opened;
    const why = hold.now();
    if (why !== null) throw new SftpFailure(why);
    const made = connect(access, timing, (trouble) => {
      if (link !== made) return;
      link = null;
      clearTimeout(idle);
      hold.failed(trouble);
    });
    link = made;
    const session = await made.opened;
    hold.succeeded();
    return session;
  }

  function giveUp(): void {
    clearTimeout(idle);
    const made = link;
    link = null;
    made?.end();
  }

  async function ask<T>(question: Question<T>, by?: Session): Promise<T> {
    asked += 1;
    clearTimeout(idle);
    try {
      return await (by ?? (await connected())).ask(question);
    } finally {
      asked -= 1;
      if (asked === 0) idle = setTimeout(giveUp, timing.idleMs).unref();
    }
  }

  const lstat = async (path: string): Promise<SftpStats> => ask((sftp, done) => sftp.lstat(path, done));

  /** OpenSSH answers for a last part that is not there, and other servers follow no link at all: so every part is looked at. */
  async function realpath(path: string): Promise<string> {
    const real = await ask<string>((sftp, done) => sftp.realpath(path, done));
    if (!real.startsWith('/') || posix.normalize(real) !== real) throw failed('EINVAL', path);
    const parts = real.split('/').slice(1);
    const looked = await Promise.all(parts.map((_, at) => lstat(`/${parts.slice(0, at + 1).join('/')}`)));
    if (looked.some((part) => part.isSymbolicLink())) throw failed('ELOOP', path);
    return real;
  }

  async function* entries(path: string): AsyncGenerator<TreeEntry, void, undefined> {
    const by = await connected();
    const handle = await ask<Buffer>((sftp, done) => sftp.opendir(path, done), by);
    try {
      for (let empty = 0; empty < MOST_EMPTY_ANSWERS; ) {
        const some = await ask<readonly SftpEntry[]>((sftp, done) => sftp.readdir(handle, done), by);
        empty = some.length === 0 ? empty + 1 : 0;
        for (const { filename, attrs } of some) yield entryOf(filename, attrs);
      }
      throw failed('EIO', path);
    } catch (failure) {
      if (!isEnd(failure)) throw failure;
    } finally {
      await closeHandle(handle, by);
    }
  }

  /** A connection that is gone has closed it too. */
  async function closeHandle(handle: Buffer, by: Session): Promise<void> {
    await ask<void>((sftp, done) => sftp.close(handle, (error) => done(error, undefined)), by).catch(
      () => undefined,
    );
  }

  return {
    tree: {
      realpath,
      lstat: async (path) => statsOf(await lstat(path), path),
      opendir: (path) => Promise.resolve(entries(path)),
    },
    async open(path) {
      const by = await connected();
      const handle = await ask<Buffer>((sftp, done) => sftp.open(path, 'r', done), by);
      return {
        stat: async () => statsOf(await ask<SftpStats>((sftp, done) => sftp.fstat(handle, done), by), path),
        async read(position, length) {
          const buffer = Buffer.alloc(length);
          for (let got = 0; got < length; ) {
            const more = await ask<number>(
              (sftp, done) => sftp.read(handle, buffer, got, length - got, position + got, done),
              by,
            );
            if (more === 0) return buffer.subarray(0, got);
            got += more;
          }
          return buffer;
        },
        close: () => closeHandle(handle, by),
      };
    },
    trouble: hold.trouble,
    askAgain: hold.askAgain,
    close: giveUp,
  };
}
