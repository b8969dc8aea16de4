/**
 * A way for asterisk-manager, which speaks no TLS, to reach a PBX by TLS: a unix socket in a folder only we can enter,
 * whose one connection is carried to the PBX encrypted. Asterisk's TLS is TLS 1.3 (22 and 16), its certificate as a rule
 * self-signed: then the fingerprint decides.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, type TLSSocket } from 'node:tls';

/** How we know the PBX: by a certificate authority (a PEM file), by SHA-256 of its certificate, or by the system's list. */
export interface TlsTrust {
  readonly caFile: string | null;
  /** Hex, with or without colons. */
  readonly fingerprint256: string | null;
}

export interface TlsRelay {
  /** Path of the unix socket to connect to, once. */
  readonly path: string;
  close(): Promise<void>;
}

const CONNECT_WITHIN_MS = 10_000;

/**
 * Connects to the PBX by TLS, checks who it is, and only then opens the local socket.
 * Throws the TLS or network error, or an Error whose message names a wrong fingerprint.
 */
export async function openTlsRelay(host: string, port: number, trust: TlsTrust): Promise<TlsRelay> {
  const outer = await connectTls(host, port, trust);
  const folder = await mkdtemp(join(tmpdir(), 'dutyline-ami-'));
  const path = join(folder, 'ami');
  const server = createServer((inner) => {
    server.close();
    inner.pipe(outer).pipe(inner);
    inner.on('error', () => outer.destroy());
    inner.on('close', () => outer.destroy());
    outer.on('error', () => inner.destroy());
    outer.on('close', () => inner.destroy());
  });
  const close = async () => {
    outer.destroy();
    server.close();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(path, resolve);
    });
  } catch (failure) {
    await close();
    throw failure;
  }
  return { path, close };
}

async function connectTls(host: string, port: number, trust: TlsTrust): Promise<TLSSocket> {
  const ca = trust.caFile ? await readFile(trust.caFile) : undefined;
  const pinned = trust.fingerprint256;
  return new Promise((resolve, reject) => {
    const socket = connect({
      host,
      port,
      ...(ca ? { ca } : {}),
      // A pinned certificate needs no authority behind it: the fingerprint is compared below, before a byte is sent.
      rejectUnauthorized: pinned === null,
      timeout: CONNECT_WITHIN_MS,
    });
    const fail = (failure: Error) => {
      socket.destroy();
      reject(failure);
    };
    socket.once('error', fail);
    socket.once('timeout', () => fail(new Error('TLS hand-shake timed out')));
    socket.once('secureConnect', () => {
      if (pinned !== null && hex(socket.getPeerCertificate().fingerprint256 ?? '') !== hex(pinned)) {
        fail(new Error('the certificate has another SHA-256 fingerprint'));
        return;
      }
      socket.removeListener('error', fail);
      socket.setTimeout(0);
      // Until the relay's own listeners are there, an error would end the process.
      socket.on('error', () => socket.destroy());
      resolve(socket);
    });
  });
}

function hex(fingerprint: string): string {
  return fingerprint.replaceAll(':', '').toLowerCase();
}
