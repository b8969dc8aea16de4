/**
 * The way to the machine of a PBX whose folder is not shared: one SSH connection, made when something is asked and given up
 * when nothing is. Only user of `ssh2`. It lists, looks and reads; nothing here can write. The other side is hostile until
 * its pinned host key is seen, and its answers are after that too: every one has a deadline and a shape.
 */
import { createHash } from 'node:crypto';
import { posix } from 'node:path';
import ssh2, { type Client, type FileEntryWithStats, type SFTPWrapper, type Stats } from 'ssh2';
import type { FileTree, TreeEntry, TreeStats } from './file-tree.ts';
import { entryOf, failed, failureOf, isEnd, keyTypeOf, statsOf } from './sftp-answers.ts';
import { createHold, type HoldTiming } from './sftp-hold.ts';
import { SftpFailure, type SftpTrouble, sftpTrouble } from './sftp-trouble.ts';

export interface SftpAccess {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  /** The private key (PEM or OpenSSH), without a passphrase. */
  readonly key: string;
  /** `SHA256:…` of the one host key that is accepted. */
  readonly hostKey: string;
}

export interface SftpTiming extends HoldTiming {
  readonly connectWithinMs: number;
  /** When questions wait and none has been answered for so long, the connection counts as dead. */
  readonly answerWithinMs: number;
  /** A connection nobody uses is closed after so long. */
  readonly idleMs: number;
}

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

/** Sends a question by way of a connection; `done` is a callback as ssh2 wants it. */
type Question<T> = (sftp: SFTPWrapper, done: (error: Error | null | undefined, value: T) => void) => void;

interface Session {
  ask<T>(question: Question<T>): Promise<T>;
}

/** A connection from its first packet on. */
interface Link {
  /** Rejects with `SftpFailure`. */
  readonly opened: Promise<Session>;
  /** Gives it up; whoever waits for an answer is told. */
  end(): void;
}

/** SHA-1 signatures (`ssh-rsa`) and DSA are left out: the pin would rest on them. Which key is shown follows this order. */
const HOST_KEYS = [
  'ssh-ed25519',
  'ecdsa-sha2-nistp256',
  'ecdsa-sha2-nistp384',
  'ecdsa-sha2-nistp521',
  'rsa-sha2-512',
  'rsa-sha2-256',
] as const;

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

  const lstat = async (path: string): Promise<Stats> => ask((sftp, done) => sftp.lstat(path, done));

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
        const some = await ask<readonly FileEntryWithStats[]>((sftp, done) => sftp.readdir(handle, done), by);
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
        stat: async () => statsOf(await ask<Stats>((sftp, done) => sftp.fstat(handle, done), by), path),
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

/** Logs in by key and opens the one channel. `onEnd` is told once, and never at once, why there is no connection any more. */
function connect(access: SftpAccess, timing: SftpTiming, onEnd: (trouble: SftpTrouble) => void): Link {
  const { promise, resolve, reject } = Promise.withResolvers<Session>();
  const client: Client = new ssh2.Client();
  const waiting = new Set<(failure: SftpFailure) => void>();
  let ended = false;
  let shown: string | null = null;

  function end(trouble: SftpTrouble): void {
    if (ended) return;
    ended = true;
    clearTimeout(late);
    clearInterval(overdue);
    client.destroy();
    onEnd(trouble);
    const failure = new SftpFailure(trouble);
    reject(failure);
    for (const fail of waiting) fail(failure);
  }

  function ask<T>(sftp: SFTPWrapper, question: Question<T>): Promise<T> {
    return new Promise((answer, fail) => {
      if (ended) {
        fail(new SftpFailure(sftpTrouble('sftp-lost')));
        return;
      }
      const settle = () => {
        waiting.delete(lost);
        // Any answer shows that the other side lives: over a slow line the last of many pieces takes its time.
        overdue.refresh();
      };
      const lost = (failure: SftpFailure) => {
        settle();
        fail(failure);
      };
      if (waiting.size === 0) overdue.refresh();
      waiting.add(lost);
      try {
        question(sftp, (error, value) => {
          settle();
          if (error == null) answer(value);
          else fail(failureOf(error));
        });
      } catch (error) {
        end(sftpTrouble('sftp-lost', error instanceof Error ? error.message : ''));
      }
    });
  }

  const overdue = setInterval(() => {
    if (waiting.size > 0) end(sftpTrouble('sftp-no-answer'));
  }, timing.answerWithinMs);
  const late = setTimeout(() => end(sftpTrouble('sftp-no-answer')), timing.connectWithinMs);
  // Small questions one after the other: each would wait 40 ms for the acknowledgement of the one before.
  client.on('connect', () => client.setNoDelay(true));
  client.on('ready', () => {
    client.sftp((error, sftp) => {
      if (error !== undefined) {
        end(sftpTrouble('sftp-not-offered'));
        return;
      }
      clearTimeout(late);
      sftp.on('error', (failure: Error) => end(sftpTrouble('sftp-lost', failure.message)));
      sftp.on('close', () => end(sftpTrouble('sftp-lost')));
      resolve({ ask: (question) => ask(sftp, question) });
    });
  });
  // Stays to the end: an error nobody listens to would end the process.
  client.on('error', (error) => end(shown === null ? endOf(error) : hostKeyTrouble(shown)));
  client.on('close', () => end(sftpTrouble('sftp-lost')));
  try {
    client.connect({
      host: access.host,
      port: access.port,
      username: access.user,
      privateKey: access.key,
      authHandler: ['publickey'],
      algorithms: { serverHostKey: [...HOST_KEYS] },
      hostVerifier: (key: Buffer) => {
        const fingerprint = `SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/, '')}`;
        if (fingerprint === access.hostKey) return true;
        shown = `${keyTypeOf(key)} ${fingerprint}`;
        return false;
      },
      // Ours, above, is over the opening of the channel too.
      readyTimeout: 0,
      keepaliveInterval: 10_000,
      keepaliveCountMax: 3,
    });
  } catch (error) {
    // Thrown before anything is sent: ssh2 reads the key first.
    const why = error instanceof Error ? error.message : '';
    queueMicrotask(() => end(sftpTrouble('sftp-key-unusable', why)));
  }
  return { opened: promise, end: () => end(sftpTrouble('sftp-lost')) };
}

function hostKeyTrouble(shown: string): SftpTrouble {
  return sftpTrouble('sftp-host-key-changed', shown);
}

/** Why ssh2 gave up, from what it says of itself. */
function endOf(error: Error & { readonly level?: string; readonly code?: string | number }): SftpTrouble {
  switch (error.level) {
    case 'client-authentication':
      return sftpTrouble('sftp-key-refused');
    case 'client-timeout':
      return sftpTrouble('sftp-no-answer');
    case 'handshake':
      return sftpTrouble('sftp-not-agreed', error.message);
    case 'client-socket':
    case 'client-dns':
      return error.code === 'ECONNRESET' || error.code === 'EPIPE'
        ? sftpTrouble('sftp-lost', String(error.code))
        : sftpTrouble('sftp-unreachable', String(error.code ?? ''));
    default:
      return sftpTrouble('sftp-lost', error.message);
  }
}
