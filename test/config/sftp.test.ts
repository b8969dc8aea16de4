import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config/load-config.ts';
import { strangersKey } from '../bed/sshd.ts';

const KEY = strangersKey();
const HOST_KEY = `SHA256:${'Ab+/'.repeat(11).slice(0, 43)}`;
const WELL = `{ user: dutyline, keyFile: key, hostKey: "${HOST_KEY}" }`;

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'dutyline-sftp-config-'));
  writeFileSync(join(dir, 'key'), KEY);
  writeFileSync(join(dir, 'key.pub'), 'ssh-ed25519 AAAA dutyline');
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

function load(recordings: string) {
  const pbx = `{ id: main, host: 192.0.2.10, listen: { username: l, secretEnv: LISTEN }, trunks: [PJSIP/telco], recordings: ${recordings} }`;
  writeFileSync(join(dir, 'dutyline.yaml'), `pbxs:\n  - ${pbx}\n`);
  return loadConfig({ dir, env: { LISTEN: 'x', PBX_KEY: KEY.replaceAll('\n', '\\n'), EMPTY: '' } });
}

function loadWell(sftp: string) {
  const loaded = load(`{ base: /var/spool/asterisk/monitor, sftp: ${sftp} }`);
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  const recordings = loaded.config.pbxs[0]?.recordings;
  if (recordings?.kind !== 'sftp') throw new Error('is not fetched');
  return recordings;
}

describe('recordings that are fetched', () => {
  it('come from the PBX itself on port 22, from the folder as the PBX names it, and the key is shown nowhere', () => {
    const { base, sftp } = loadWell(WELL);
    expect([base, sftp.folder]).toEqual(['/var/spool/asterisk/monitor', '/var/spool/asterisk/monitor']);
    expect(sftp).toMatchObject({ host: '192.0.2.10', port: 22, user: 'dutyline', hostKey: HOST_KEY });
    expect(sftp.key.reveal()).toBe(KEY);
    expect(JSON.stringify(sftp)).not.toContain('PRIVATE');
  });

  it('come from elsewhere when that is said, by a key from the environment on one line', () => {
    const { sftp } = loadWell(
      `{ host: files.example, port: 2222, user: u, keyEnv: PBX_KEY, hostKey: "${HOST_KEY}", folder: /monitor }`,
    );
    expect(sftp).toMatchObject({ host: 'files.example', port: 2_222, folder: '/monitor' });
    expect(sftp.key.reveal()).toBe(KEY);
  });

  const AT = 'pbxs[0].recordings';
  it.each([
    [
      `{ base: /m, local: /m, sftp: ${WELL} }`,
      `${AT} | write exactly one of local (the PBX runs on this machine), mounted (its folder is shared by network) and sftp (files are fetched)`,
    ],
    [
      '{ base: /m }',
      `${AT} | write exactly one of local (the PBX runs on this machine), mounted (its folder is shared by network) and sftp (files are fetched)`,
    ],
    [`{ base: /m, sftp: { keyFile: key, hostKey: "${HOST_KEY}" } }`, `${AT}.sftp.user | is missing`],
    [`{ base: /m, sftp: { user: u, keyFile: key } }`, `${AT}.sftp.hostKey | is missing`],
    [
      '{ base: /m, sftp: { user: u, keyFile: key, hostKey: "MD5:00:11" } }',
      `${AT}.sftp.hostKey | write the fingerprint as ssh-keygen prints it, SHA256: and 43 characters (docs/guides/asterisk.md says how)`,
    ],
    [
      `{ base: /m, sftp: { user: u, hostKey: "${HOST_KEY}" } }`,
      `${AT}.sftp | write either keyFile (the file of the private key) or keyEnv (the environment variable that holds it)`,
    ],
    [
      `{ base: /m, sftp: { user: u, keyFile: gone, hostKey: "${HOST_KEY}" } }`,
      `${AT}.sftp.keyFile | the file cannot be read (ENOENT)`,
    ],
    [
      `{ base: /m, sftp: { user: u, keyFile: key.pub, hostKey: "${HOST_KEY}" } }`,
      `${AT}.sftp.keyFile | this is no private key; make one with ssh-keygen -t ed25519 -N "" and name the file without .pub`,
    ],
    [
      `{ base: /m, sftp: { user: u, keyEnv: EMPTY, hostKey: "${HOST_KEY}" } }`,
      `${AT}.sftp.keyEnv | the environment variable EMPTY is not set; set it for the service`,
    ],
    [
      `{ base: /m, sftp: { user: u, keyFile: key, hostKey: "${HOST_KEY}", folder: ../m } }`,
      `${AT}.sftp.folder | write the absolute folder on the PBX, such as /var/spool/asterisk/monitor`,
    ],
    [
      `{ base: /m, sftp: { user: "-oProxy", keyFile: key, hostKey: "${HOST_KEY}" } }`,
      `${AT}.sftp.user | write the name of the account on the PBX`,
    ],
    [
      `{ base: /m, sftp: { user: u, password: p, keyFile: key, hostKey: "${HOST_KEY}" } }`,
      `${AT}.sftp.password | no such key; config/README.md lists all keys`,
    ],
  ])('%s is refused with a sentence', (recordings, complaint) => {
    const loaded = load(recordings);
    if (loaded.ok) throw new Error('was accepted');
    expect(loaded.problems.map(({ key, message }) => `${key} | ${message}`)).toEqual([complaint]);
  });

  it('are told of with all other mistakes', () => {
    const loaded = load('{ base: m, sftp: { user: u, keyFile: gone, hostKey: x } }');
    expect(loaded.ok ? [] : loaded.problems.map(({ key }) => key)).toEqual([
      `${AT}.base`,
      `${AT}.sftp.hostKey`,
    ]);
  });
});
