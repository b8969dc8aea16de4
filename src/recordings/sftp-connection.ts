/**
 * One SSH connection to the machine of a PBX, from its first packet to the reason of its end. Only user of `ssh2`. The other
 * side is hostile until its pinned host key is seen, and after that its silence is: every answer has a deadline.
 */
import { createHash } from 'node:crypto';
import ssh2, { type Client, type FileEntryWithStats, type SFTPWrapper, type Stats } from 'ssh2';
import { failureOf, keyTypeOf } from './sftp-answers.ts';
import type { HoldTiming } from './sftp-hold.ts';
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

/** What is answered of a file, and of an entry of a folder, as it came. */
export type SftpStats = Stats;
export type SftpEntry = FileEntryWithStats;

/** Sends a question by way of a connection; `done` is a callback as ssh2 wants it. */
export type Question<T> = (
  sftp: SFTPWrapper,
  done: (error: Error | null | undefined, value: T) => void,
) => void;

export interface Session {
  ask<T>(question: Question<T>): Promise<T>;
}

/** A connection from its first packet on. */
export interface Link {
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

/** Logs in by key and opens the one channel. `onEnd` is told once, and never at once, why there is no connection any more. */
export function connect(access: SftpAccess, timing: SftpTiming, onEnd: (trouble: SftpTrouble) => void): Link {
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
