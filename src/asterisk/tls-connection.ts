import { readFile } from 'node:fs/promises';
import { connect, type TLSSocket } from 'node:tls';

/** How we know the PBX: by a certificate authority (a PEM file), by SHA-256 of its certificate, or by the system's list. */
export interface TlsTrust {
  readonly caFile: string | null;
  /** Hex, with or without colons. */
  readonly fingerprint256: string | null;
}

const CONNECT_WITHIN_MS = 10_000;

/**
 * Connects to the PBX by TLS and checks who it is before a byte is sent.
 * Rejects with the TLS or network error, or an Error whose message names a wrong fingerprint.
 */
export async function connectTls(host: string, port: number, trust: TlsTrust): Promise<TLSSocket> {
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
