/**
 * The certificate of the page (D11): the office's own when configured, else one we make and keep. Only user of
 * `selfsigned`. Officers compare the printed fingerprint once when the browser warns.
 */
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { isIP } from 'node:net';
import { hostname, networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { generate } from 'selfsigned';

export interface TlsChoice {
  /** PEM files of the office's own certificate; null makes and keeps one. */
  readonly own: { readonly certFile: string; readonly keyFile: string } | null;
  /** Where the generated one is kept. */
  readonly folder: string;
  /** Further names or addresses by which browsers reach this machine. */
  readonly names: readonly string[];
}

export interface Certificate {
  readonly cert: string;
  readonly key: string;
  /** SHA-256, upper-case pairs with colons, as browsers show it. */
  readonly fingerprint: string;
  readonly generated: boolean;
  readonly validTo: number;
}

/** Chrome refuses certificates that last longer than 825 days even when a person trusts them. */
const DAYS = 800;
/** A generated one is made anew this long before it ends. */
const RENEW_MS = 30 * 86_400_000;

/**
 * Reads or makes the certificate. `now` is ms UTC. Throws with a sentence when the office's own files cannot be read
 * or do not belong together: the service must not start with another certificate than the one asked for.
 */
export async function loadCertificate(choice: TlsChoice, now: number): Promise<Certificate> {
  if (choice.own !== null) return loadOwn(choice.own.certFile, choice.own.keyFile);
  const names = wantedNames(choice.names);
  const kept = await loadKept(choice.folder);
  if (kept !== null && kept.validTo - now > RENEW_MS && covers(kept.cert, names)) return kept;
  return makeAndKeep(choice.folder, names, now);
}

async function loadOwn(certFile: string, keyFile: string): Promise<Certificate> {
  const [cert, key] = await Promise.all([readPem(certFile), readPem(keyFile)]);
  if (!belongTogether(cert, key, certFile)) {
    throw new Error(`the certificate ${certFile} and the key ${keyFile} do not belong together`);
  }
  return describe(cert, key, false);
}

function belongTogether(cert: string, key: string, certFile: string): boolean {
  try {
    return new X509Certificate(cert).checkPrivateKey(createPrivateKey(key));
  } catch (cause) {
    throw new Error(`the certificate ${certFile} or its key is not PEM text that can be read`, { cause });
  }
}

async function readPem(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw new Error(`the certificate file ${file} cannot be read`, { cause });
  }
}

async function loadKept(folder: string): Promise<Certificate | null> {
  try {
    const pem = await readFile(keptFile(folder), 'utf8');
    const end = pem.indexOf('-----BEGIN CERTIFICATE-----');
    return end < 0 ? null : describe(pem.slice(end), pem.slice(0, end), true);
  } catch {
    // Missing, unreadable or damaged: a new one is made, and its fingerprint is printed again.
    return null;
  }
}

async function makeAndKeep(folder: string, names: readonly string[], now: number): Promise<Certificate> {
  const made = await generate([{ name: 'commonName', value: 'DutyLine' }], {
    keyType: 'ec',
    curve: 'P-256',
    algorithm: 'sha256',
    notBeforeDate: new Date(now - 86_400_000),
    notAfterDate: new Date(now + DAYS * 86_400_000),
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: names.map((name) => (isIP(name) ? { type: 7, ip: name } : { type: 2, value: name })),
      },
    ],
  });
  await mkdir(folder, { recursive: true, mode: 0o700 });
  // Key and certificate in one file, put in place by rename: a crash leaves the old pair or the new one, never a mix.
  const half = `${keptFile(folder)}.new`;
  const file = await open(half, 'w', 0o600);
  try {
    await file.chmod(0o600);
    await file.writeFile(`${made.private.trim()}\n${made.cert}`);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(half, keptFile(folder));
  return describe(made.cert, made.private, true);
}

function describe(cert: string, key: string, generated: boolean): Certificate {
  const parsed = new X509Certificate(cert);
  return {
    cert,
    key,
    generated,
    fingerprint: parsed.fingerprint256,
    validTo: Date.parse(parsed.validTo),
  };
}

function keptFile(folder: string): string {
  return join(folder, 'page-certificate.pem');
}

function covers(cert: string, names: readonly string[]): boolean {
  const parsed = new X509Certificate(cert);
  return names.every((name) => (isIP(name) ? parsed.checkIP(name) : parsed.checkHost(name)) !== undefined);
}

function wantedNames(configured: readonly string[]): readonly string[] {
  const addresses = Object.values(networkInterfaces())
    .flatMap((entries) => entries ?? [])
    .map((entry) => entry.address.replace(/%.*$/, ''))
    .filter((address) => !address.toLowerCase().startsWith('fe80:'));
  const host = hostname().toLowerCase();
  const all = ['localhost', '127.0.0.1', '::1', host, ...addresses, ...configured];
  return [...new Set(all)].filter((name) => isIP(name) !== 0 || isHostName(name));
}

function isHostName(name: string): boolean {
  return /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$/i.test(
    name,
  );
}
