/**
 * A way for asterisk-manager, which speaks no TLS, to reach a PBX by TLS: a unix socket in a folder only we can enter,
 * whose one connection is carried to the PBX encrypted. Asterisk's TLS is TLS 1.3 (22 and 16), its certificate as a rule
 * self-signed: then the fingerprint decides.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectTls, type TlsTrust } from '../tls-connection.ts';

export interface TlsRelay {
  /** Path of the unix socket to connect to, once. */
  readonly path: string;
  close(): Promise<void>;
}

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
