import { X509Certificate } from 'node:crypto';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { loadCertificate } from '../../src/web/tls.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dutyline-tls-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const choice = (name: string, names: readonly string[] = []) => ({
  own: null,
  folder: join(folder, name),
  names,
});
const DAY = 86_400_000;

it('makes a certificate for every name of the machine and those configured', async () => {
  const made = await loadCertificate(choice('a', ['duty.example', '10.11.12.13', 'not a name']), Date.now());
  const parsed = new X509Certificate(made.cert);
  for (const host of ['localhost', hostname().toLowerCase(), 'duty.example']) {
    expect(parsed.checkHost(host)).toBe(host);
  }
  for (const address of ['127.0.0.1', '::1', '10.11.12.13']) expect(parsed.checkIP(address)).toBe(address);
  expect(made.fingerprint).toMatch(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/);
  expect(made.generated).toBe(true);
});

it('keeps it for the owner alone, and the same after a restart', async () => {
  const first = await loadCertificate(choice('b'), Date.now());
  expect((await stat(join(folder, 'b', 'page-certificate.pem'))).mode & 0o777).toBe(0o600);
  expect((await loadCertificate(choice('b'), Date.now())).fingerprint).toBe(first.fingerprint);
});

it('makes another when it ends soon, misses a name or is damaged', async () => {
  const first = await loadCertificate(choice('c'), Date.now());
  const later = await loadCertificate(choice('c'), Date.now() + 780 * DAY);
  expect(later.fingerprint).not.toBe(first.fingerprint);
  const named = await loadCertificate(choice('c', ['other.example']), Date.now());
  expect(named.fingerprint).not.toBe(later.fingerprint);
  await writeFile(join(folder, 'c', 'page-certificate.pem'), '-----BEGIN CERTIFICATE-----\nhalf');
  expect((await loadCertificate(choice('c'), Date.now())).fingerprint).not.toBe(named.fingerprint);
});

it("takes the office's own, and says so when it cannot", async () => {
  const made = await loadCertificate(choice('d'), Date.now());
  const certFile = join(folder, 'own.crt');
  const keyFile = join(folder, 'own.key');
  await writeFile(certFile, made.cert);
  await writeFile(keyFile, made.key);
  const own = await loadCertificate({ ...choice('e'), own: { certFile, keyFile } }, Date.now());
  expect(own).toMatchObject({ fingerprint: made.fingerprint, generated: false });
  const stranger = await loadCertificate(choice('f'), Date.now());
  await writeFile(keyFile, stranger.key);
  await expect(loadCertificate({ ...choice('e'), own: { certFile, keyFile } }, Date.now())).rejects.toThrow(
    /do not belong together/,
  );
  await rm(keyFile);
  await expect(loadCertificate({ ...choice('e'), own: { certFile, keyFile } }, Date.now())).rejects.toThrow(
    /own\.key/,
  );
  await writeFile(certFile, 'no certificate');
  await writeFile(keyFile, made.key);
  await expect(loadCertificate({ ...choice('e'), own: { certFile, keyFile } }, Date.now())).rejects.toThrow(
    /own\.crt/,
  );
});
