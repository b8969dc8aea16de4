import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  appendFileSync,
  chmodSync,
  constants,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { access as mayRun } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { attachRecording } from '../../src/recordings/attach.ts';
import { fetchFile } from '../../src/recordings/fetch-file.ts';
import { createRecordingLibrary } from '../../src/recordings/library.ts';
import { createScanMemory } from '../../src/recordings/matching/scan-memory.ts';
import { recordingIdOf } from '../../src/recordings/recording-id.ts';
import { createSftp, SFTP_TIMING } from '../../src/recordings/sftp.ts';
import type { SftpAccess } from '../../src/recordings/sftp-connection.ts';
import { createSftpPlace, type SftpPlace } from '../../src/recordings/sftp-place.ts';
import { type Sshd, startSshd, strangersKey } from '../bed/sshd.ts';
import { handOver } from '../bed/unprivileged.ts';
import { type FlakyProxy, startFlakyProxy } from '../kills/flaky-proxy.ts';
import { wavFile } from './wav-file.ts';

const ON_PBX = '/var/spool/asterisk/monitor';
const NAME = '1795452315.7-1.wav';
const ID = recordingIdOf('office', `${ON_PBX}/${NAME}`, '1795452315.7', 0);
/** Quick, so that a test need not wait out what an office would; what needs a person is held as long as there. */
const QUICK = { ...SFTP_TIMING, firstBackOffMs: 20, longestBackOffMs: 50 };

let sshd: Sshd;
let wire: FlakyProxy;
let folder: string;
let monitor: string;
let fetched: string;
const opened: { close(): void }[] = [];

beforeAll(async () => {
  sshd = await startSshd();
  wire = await startFlakyProxy(sshd);
});
afterAll(async () => {
  await wire.close();
  await sshd.dispose();
});
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dutyline-sftp-'));
  chmodSync(folder, 0o755);
  monitor = join(folder, 'monitor');
  fetched = join(folder, 'fetched');
  mkdirSync(monitor);
  handOver(monitor);
});
afterEach(() => {
  for (const one of opened.splice(0)) one.close();
  rmSync(folder, { recursive: true, force: true });
});

function access(changed: Partial<SftpAccess> = {}): SftpAccess {
  return {
    host: wire.host,
    port: wire.port,
    user: sshd.user,
    key: sshd.key,
    hostKey: sshd.hostKey,
    ...changed,
  };
}

function placeOf(changed: Partial<SftpAccess> = {}, here = monitor, timing = QUICK): SftpPlace {
  const place = createSftpPlace({
    access: access(changed),
    base: { onPbx: ON_PBX, here },
    fetched,
    timing,
  });
  opened.push(place);
  return place;
}

/** `meanwhile` is told the n-th wait of 250 ms, which takes no time here. */
function attach(
  place: SftpPlace,
  pbxPath = `${ON_PBX}/${NAME}`,
  meanwhile: (wait: number) => void = () => undefined,
) {
  let waits = 0;
  return attachRecording(
    { recording: ID, pbxPath, leastSeconds: 0 },
    {
      place,
      library: createRecordingLibrary(join(folder, 'recordings')),
      wait() {
        meanwhile(++waits);
        return Promise.resolve();
      },
    },
    { lookEveryMs: 250, missingAfterMs: 2_000, stillMs: 2_000 },
  );
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

describe('a recording on the machine of the PBX', () => {
  it('is fetched, kept with its digest, and nothing is left of the way here', async () => {
    const bytes = wavFile(480_000);
    writeFileSync(join(monitor, NAME), bytes);
    const before = statSync(join(monitor, NAME));
    expect(await attach(placeOf())).toMatchObject({
      state: 'attached',
      repaired: false,
      climbing: false,
      sound: { bytes: 480_044, seconds: 30, sha256: sha256(bytes) },
    });
    expect(readdirSync(fetched)).toEqual([]);
    expect(readFileSync(join(monitor, NAME))).toEqual(Buffer.from(bytes));
    expect(statSync(join(monitor, NAME)).mtimeMs).toBe(before.mtimeMs);
    expect(readdirSync(monitor)).toEqual([NAME]);
  });

  it('is not fetched a second time', async () => {
    writeFileSync(join(monitor, NAME), wavFile(16_000));
    const place = placeOf();
    const first = await attach(place);
    rmSync(fetched, { recursive: true });
    expect(await attach(place)).toEqual(first);
    expect(existsSync(fetched)).toBe(false);
  });

  it('is waited for while it grows, and its light shows that it does', async () => {
    const place = placeOf();
    expect(await place.look(NAME)).toBeNull();
    writeFileSync(join(monitor, NAME), wavFile(16_000, { riffSize: 0, dataSize: 0 }));
    expect(await place.look(NAME)).toBe(16_044);
    appendFileSync(join(monitor, NAME), new Uint8Array(16_000));
    expect(await place.look(NAME)).toBe(32_044);
    const outcome = await attach(place, NAME, (wait) => {
      if (wait === 5) writeFileSync(join(monitor, NAME), wavFile(48_000));
    });
    expect(outcome).toMatchObject({ state: 'attached', repaired: false, sound: { seconds: 3 } });
  });

  it('is mended in our copy alone when Asterisk was killed', async () => {
    const left = wavFile(32_768, { riffSize: 0, dataSize: 0 });
    writeFileSync(join(monitor, NAME), left);
    expect(await attach(placeOf())).toMatchObject({
      state: 'attached',
      repaired: true,
      sound: { seconds: 2.048 },
    });
    expect(readFileSync(join(monitor, NAME))).toEqual(Buffer.from(left));
  });

  it('holds no sound when it has 44 bytes or none, and is missing when it never comes', async () => {
    writeFileSync(join(monitor, NAME), wavFile(0));
    expect(await attach(placeOf())).toEqual({ state: 'no-sound' });
    writeFileSync(join(monitor, NAME), '');
    expect(await attach(placeOf())).toEqual({ state: 'no-sound' });
    expect(await attach(placeOf(), 'never.wav')).toEqual({ state: 'missing' });
  });

  it.each([
    ['`..` in the path', `${ON_PBX}/../../etc/passwd`],
    ['another folder', '/etc/passwd'],
    ['a link out of the folder', `${ON_PBX}/link.wav`],
    ['a folder that is a link', `${ON_PBX}/out/secret.wav`],
    ['a folder instead of a file', `${ON_PBX}/folder.wav`],
    ['a pipe, which would never answer', `${ON_PBX}/pipe.wav`],
    ['a control character', `${ON_PBX}/a\nb.wav`],
  ])('is refused: %s', async (_, path) => {
    writeFileSync(join(folder, 'secret.wav'), wavFile(16_000));
    symlinkSync(join(folder, 'secret.wav'), join(monitor, 'link.wav'));
    symlinkSync(folder, join(monitor, 'out'));
    mkdirSync(join(monitor, 'folder.wav'));
    execFileSync('sh', ['-c', 'mkfifo "$0"', join(monitor, 'pipe.wav')]);
    const place = placeOf();
    expect(await attach(place, path)).toEqual({ state: 'refused-path' });
    expect(await place.look(path)).not.toBe(16_044);
    expect(existsSync(fetched)).toBe(false);
  });

  it('is noted as climbing when `..` ended inside', async () => {
    writeFileSync(join(monitor, NAME), wavFile(16_000));
    expect(await attach(placeOf(), `${ON_PBX}/external-12/../${NAME}`)).toMatchObject({ climbing: true });
  });

  it('is not fetched when it is longer than a recording can be', async () => {
    writeFileSync(join(monitor, 'endless.gsm'), '');
    truncateSync(join(monitor, 'endless.gsm'), 5e9);
    expect(await attach(placeOf(), 'endless.gsm')).toEqual({
      state: 'cannot-check',
      detail: 'sftp-file-too-long',
    });
  });
});

describe('a transfer that breaks off', () => {
  const BYTES = 12_000_000;
  let path: string;
  beforeEach(() => {
    path = join(monitor, NAME);
    writeFileSync(path, wavFile(BYTES - 44));
  });

  async function fetchAll(whileOpen: () => void = () => undefined) {
    const sftp = createSftp(access(), QUICK);
    opened.push(sftp);
    const file = await sftp.open(path);
    const { size, mtimeMs } = await file.stat();
    whileOpen();
    return fetchFile({ file, path, bytes: size, mtimeMs }, fetched);
  }

  /** Cuts the wire when some of it is here; resolves with how much is. */
  async function breakOff(): Promise<number> {
    const cutting = setInterval(() => {
      if (partBytes() > 2_000_000) wire.reset();
    }, 2);
    try {
      await expect(fetchAll()).rejects.toMatchObject({ code: 'sftp-lost' });
    } finally {
      clearInterval(cutting);
    }
    expect(partBytes()).toBeLessThan(BYTES);
    return partBytes();
  }

  function partBytes(): number {
    if (!existsSync(fetched)) return 0;
    return Math.max(0, ...readdirSync(fetched).map((name) => statSync(join(fetched, name)).size));
  }

  async function end(got: Awaited<ReturnType<typeof fetchAll>>): Promise<Buffer> {
    const all = await got.handle.readFile();
    await got.handle.close();
    await got.remove();
    expect(readdirSync(fetched)).toEqual([]);
    return all;
  }

  it('goes on where it stopped, and its digest is that of the whole file', async () => {
    const here = await breakOff();
    const got = await fetchAll();
    expect(got.resumedAt).toBe(here);
    expect(got.sha256).toBe(sha256(readFileSync(path)));
    expect((await end(got)).equals(readFileSync(path))).toBe(true);
  });

  it('begins anew when the file has another time or length by now', async () => {
    await breakOff();
    utimesSync(path, 1_795_000_000, 1_795_000_000);
    const got = await fetchAll();
    expect(got.resumedAt).toBe(0);
    expect((await end(got)).equals(readFileSync(path))).toBe(true);
  });

  it('begins anew when what lies here is not what lies there', async () => {
    const here = await breakOff();
    const [part = ''] = readdirSync(fetched);
    truncateSync(join(fetched, part), here - 1_000);
    truncateSync(join(fetched, part), here);
    // The last thousand bytes are zeros, as a power cut leaves them; those of the file are not.
    const got = await fetchAll();
    expect(got.resumedAt).toBe(0);
    expect(got.sha256).toBe(sha256(readFileSync(path)));
    await end(got);
  });

  it('is not kept when the file changes on the way', async () => {
    await expect(fetchAll(() => appendFileSync(path, 'more'))).rejects.toMatchObject({
      code: 'sftp-file-changed',
    });
    await expect(fetchAll(() => truncateSync(path, 5_000_000))).rejects.toMatchObject({
      code: 'sftp-file-changed',
    });
    expect(readdirSync(fetched)).toEqual([]);
  });
});

describe('a PBX that cannot be asked', () => {
  const connections = () => sshd.log().split('Connection from').length - 1;
  /** Once sshd has told of one more connection: its log comes by another way than its answers. */
  async function oneMoreThan(known: number): Promise<number> {
    await expect.poll(connections).toBe(known + 1);
    return known + 1;
  }

  it('says so, leaves the recording to be tried again, and is found again when it is back', async () => {
    writeFileSync(join(monitor, NAME), wavFile(16_000));
    const place = placeOf({ port: sshd.port });
    await sshd.stop();
    expect(await place.look(NAME)).toBe('unreadable');
    expect(await attach(place)).toEqual({ state: 'cannot-check', detail: 'sftp-unreachable' });
    expect(place.trouble()?.en).toContain('cannot be reached');
    await sshd.start();
    await expect.poll(() => place.look(NAME), { interval: 20 }).toBe(16_044);
    expect(await attach(place)).toMatchObject({ state: 'attached' });
    expect(place.trouble()).toBeNull();
  });

  it('is given up after its deadline when it says nothing any more', async () => {
    const place = placeOf({}, monitor, { ...QUICK, answerWithinMs: 1_000 });
    expect(await place.check()).toBeNull();
    wire.swallow();
    expect(await place.look(NAME)).toBe('unreadable');
    expect(place.trouble()?.code).toBe('sftp-no-answer');
    wire.reset();
    await expect.poll(() => place.check(), { interval: 20 }).toBeNull();
  });

  it('is told nothing when it shows another host key, and is not knocked at again before a person asks', async () => {
    const place = placeOf({ hostKey: `SHA256:${'A'.repeat(43)}` });
    const [before, known] = [sshd.log().length, connections()];
    expect(await place.check()).toMatchObject({ code: 'sftp-host-key-changed' });
    expect(place.trouble()?.en).toContain(`(ssh-ed25519 ${sshd.hostKey})`);
    const asked = await oneMoreThan(known);
    for (let n = 0; n < 20; n += 1) expect(await place.look(NAME)).toBe('unreadable');
    expect(await attach(place)).toEqual({ state: 'cannot-check', detail: 'sftp-host-key-changed' });
    expect(connections()).toBe(asked);
    expect(sshd.log().slice(before)).not.toMatch(/publickey|Accepted|Invalid user/);
    place.askAgain();
    await place.check();
    await oneMoreThan(asked);
  });

  it('was exchanged for another machine in the middle of the night', async () => {
    const place = placeOf();
    expect(await place.check()).toBeNull();
    const pinned = sshd.hostKey;
    await sshd.reinstall();
    await expect
      .poll(async () => (await place.check())?.code, { interval: 20 })
      .toBe('sftp-host-key-changed');
    expect(sshd.hostKey).not.toBe(pinned);
  });

  it('is not plagued by a key that it refuses', async () => {
    const place = placeOf({ key: strangersKey() });
    const known = connections();
    expect(await place.check()).toMatchObject({ code: 'sftp-key-refused' });
    const asked = await oneMoreThan(known);
    for (let n = 0; n < 20; n += 1) await place.look(NAME);
    expect(connections()).toBe(asked);
  });

  it.each([
    ['a key with a passphrase', () => ({ key: strangersKey('secret') }), 'sftp-key-unusable'],
    ['no key at all', () => ({ key: 'nonsense' }), 'sftp-key-unusable'],
    ['a name nobody has', () => ({ user: 'dutyline-nobody-has-this' }), 'sftp-key-refused'],
  ])('for %s', async (_, changed, code) => {
    expect(await placeOf(changed()).check()).toMatchObject({ code });
  });

  it('for a port that speaks something else', async () => {
    const web = createServer((_, answer) => answer.end('no')).listen(0, '127.0.0.1');
    await new Promise((resolve) => web.once('listening', resolve));
    const at = web.address();
    const port = typeof at === 'object' && at !== null ? at.port : 0;
    expect((await placeOf({ port }).check())?.code).toMatch(/sftp-(not-agreed|lost)/);
    web.closeAllConnections();
    web.close();
  });

  it('for a folder that is not there, and one that may not be read', async () => {
    const gone = placeOf({}, join(monitor, 'gone'));
    expect(await gone.check()).toMatchObject({ code: 'sftp-folder-missing' });
    expect(await attach(gone)).toEqual({ state: 'cannot-check', detail: 'sftp-folder-missing' });
    expect(gone.trouble()?.zh).toContain('sftp.folder');
    const shut = placeOf();
    writeFileSync(join(monitor, NAME), wavFile(16_000));
    chmodSync(join(monitor, NAME), 0o000);
    handOver(monitor);
    expect(await attach(shut)).toEqual({ state: 'cannot-check', detail: 'sftp-folder-refused' });
    expect(shut.trouble()?.code).toBe('sftp-folder-refused');
    chmodSync(join(monitor, NAME), 0o644);
    expect(await attach(shut)).toMatchObject({ state: 'attached' });
    expect(shut.trouble()).toBeNull();
    chmodSync(monitor, 0o000);
    expect(await shut.check()).toMatchObject({ code: 'sftp-folder-refused' });
    chmodSync(monitor, 0o755);
  });
});

it('a right that is missing on this machine is not laid to the account on the PBX', async () => {
  writeFileSync(join(monitor, NAME), wavFile(16_000));
  const place = placeOf();
  const ours = join(folder, 'ours');
  writeFileSync(ours, '', { mode: 0o644 });
  const located = await place.locate(NAME);
  const path = located.kind === 'there' ? located.path : '';
  // What the system says of a folder of ours that may not be written: EACCES, to root too.
  const refused = place.read(path, () => mayRun(ours, constants.X_OK));
  await expect(refused).rejects.toMatchObject({ code: 'EACCES', syscall: 'access' });
  expect(place.trouble()).toBeNull();
});

describe('a walk of the distant folder', () => {
  it('finds what a walk of our own disk finds, remembers it, and follows no link', async () => {
    mkdirSync(join(monitor, '2026/11/23'), { recursive: true });
    for (let n = 0; n < 150; n += 1) writeFileSync(join(monitor, `2026/11/23/${n}.wav`), wavFile(n * 2));
    writeFileSync(join(monitor, '2026/notes.txt'), 'no sound');
    writeFileSync(join(monitor, 'a\nb.wav'), wavFile(2));
    symlinkSync('/etc', join(monitor, 'out'));
    for (const path of ['2026/11/23', '2026/11', '2026', ''])
      utimesSync(join(monitor, path), 1_795_000_000, 1_795_000_000);
    const memory = createScanMemory();
    const place = placeOf();
    const walk = async () => {
      const scan = place.walk({ memory, now: Date.now });
      const paths: string[] = [];
      for await (const file of scan.files()) paths.push(`${file.path} ${file.bytes}`);
      return { paths: paths.sort(), counts: scan.counts(), trouble: scan.trouble() };
    };
    const first = await walk();
    const names = Array.from({ length: 150 }, (_, n) => `2026/11/23/${n}.wav ${44 + n * 2}`).sort();
    expect(first).toMatchObject({
      paths: names,
      trouble: null,
      counts: { files: 150, folders: 4, remembered: 0, links: 1, badNames: 1, others: 1, unreadable: 0 },
    });
    expect(await walk()).toMatchObject({ paths: names, counts: { remembered: 4 } });
  });

  it('says why when the PBX is away', async () => {
    const scan = placeOf({ port: 1 }).walk({ now: Date.now });
    for await (const _ of scan.files()) throw new Error('found a file');
    expect(scan.trouble()).toBe('sftp-unreachable');
  });
});
