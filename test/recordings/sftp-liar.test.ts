/** A machine that shows the right host key and then lies: no answer of it may hang, crash or lead out of the folder. */
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ssh2, { type SFTPWrapper } from 'ssh2';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { SFTP_TIMING } from '../../src/recordings/sftp.ts';
import { createSftpPlace, type SftpPlace } from '../../src/recordings/sftp-place.ts';
import { strangersKey } from '../bed/sshd.ts';

const { STATUS_CODE } = ssh2.utils.sftp;
const KEY = strangersKey();
const FILE = 0o100644;
const FOLDER = 0o40755;

type Attributes = { mode: number; uid: number; gid: number; size: number; atime: number; mtime: number };
const attrs = (mode: number, size = 1_000): Attributes => ({
  mode,
  size,
  uid: 1,
  gid: 1,
  atime: 1,
  mtime: 1_700_000_000,
});

/** What it says to each question; what is not told is what an honest machine with one file `/m/a.wav` of 1,000 bytes says. */
interface Lies {
  readonly realpath?: (path: string) => string;
  readonly size?: number;
  /** Null: that was all. */
  readonly names?: (asked: number) => readonly (readonly [name: string, mode: number])[] | null;
  readonly data?: (length: number) => Buffer | null;
  readonly silent?: boolean;
}

let lies: Lies;
let server: InstanceType<typeof ssh2.Server>;
let port: number;
let hostKey: string;
let folder: string;
let place: SftpPlace;

beforeAll(async () => {
  const parsed = ssh2.utils.parseKey(KEY);
  if (parsed instanceof Error) throw parsed;
  hostKey = `SHA256:${createHash('sha256').update(parsed.getPublicSSH()).digest('base64').replace(/=+$/, '')}`;
  server = new ssh2.Server({ hostKeys: [KEY] }, (client) => {
    // Missing from the types.
    (client as unknown as { setNoDelay(on: boolean): void }).setNoDelay(true);
    client.on('error', () => undefined);
    client.on('authentication', (asked) => asked.accept());
    client.on('session', (accept) => accept().on('sftp', (acceptSftp) => answer(acceptSftp())));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const at = server.address();
  port = typeof at === 'object' && at !== null ? at.port : 0;
});
afterAll(() => new Promise<void>((resolve) => server.close(() => resolve())));
beforeEach(() => {
  lies = {};
  folder = mkdtempSync(join(tmpdir(), 'dutyline-liar-'));
  place = placeOf(SFTP_TIMING);
});
afterEach(() => {
  place.close();
  rmSync(folder, { recursive: true, force: true });
});

function placeOf(timing: typeof SFTP_TIMING): SftpPlace {
  return createSftpPlace({
    access: { host: '127.0.0.1', port, user: 'u', key: KEY, hostKey },
    base: { onPbx: '/m', here: '/m' },
    fetched: join(folder, 'fetched'),
    timing,
  });
}

function answer(sftp: SFTPWrapper): void {
  let asked = 0;
  const isFile = (path: string) => path.endsWith('.wav');
  sftp.on('REALPATH', (id, path) => {
    const filename = lies.realpath?.(path) ?? path;
    sftp.name(id, [{ filename, longname: filename, attrs: attrs(FILE) }]);
  });
  sftp.on('LSTAT', (id, path) => sftp.attrs(id, isFile(path) ? attrs(FILE, lies.size) : attrs(FOLDER)));
  sftp.on('OPEN', (id) => sftp.handle(id, Buffer.from('file')));
  sftp.on('FSTAT', (id) => sftp.attrs(id, attrs(FILE, lies.size)));
  sftp.on('READ', (id, _handle, _offset, length) => {
    if (lies.silent === true) return;
    const data = lies.data === undefined ? Buffer.alloc(length) : lies.data(length);
    if (data === null) sftp.status(id, STATUS_CODE.EOF);
    else sftp.data(id, data);
  });
  sftp.on('OPENDIR', (id) => sftp.handle(id, Buffer.from('folder')));
  sftp.on('READDIR', (id) => {
    asked += 1;
    const names = lies.names?.(asked) ?? null;
    if (names === null) sftp.status(id, STATUS_CODE.EOF);
    else
      sftp.name(
        id,
        names.map(([filename, mode]) => ({ filename, longname: filename, attrs: attrs(mode) })),
      );
  });
  sftp.on('CLOSE', (id) => sftp.status(id, STATUS_CODE.OK));
}

/** Reads all of the one file. */
async function readAll(): Promise<number | null> {
  const located = await place.locate('a.wav');
  if (located.kind !== 'there') throw new Error(located.kind);
  return place.read(located.path, (file) => file.withContent(async (whole) => (await whole.stat()).size));
}

async function walked(limits: { mostFiles?: number; mostInFolder?: number; mostFolders?: number } = {}) {
  const scan = place.walk({ now: Date.now, ...limits });
  const paths: string[] = [];
  for await (const file of scan.files()) paths.push(file.path);
  return { paths, counts: scan.counts() };
}

it('is read when it does not lie', async () => {
  expect(await readAll()).toBe(1_000);
});

it.each([
  ['leads elsewhere', { realpath: (path: string) => (path === '/m' ? '/m' : '/etc/shadow.wav') }, 'outside'],
  [
    'answers a path that climbs',
    { realpath: (path: string) => (path === '/m' ? '/m' : '/m/../etc') },
    'cannot-look',
  ],
  ['answers no absolute path', { realpath: () => 'm' }, 'cannot-look'],
])('names a real path that %s: nothing is opened', async (_, told, kind) => {
  lies = told;
  expect((await place.locate('a.wav')).kind).toBe(kind);
});

it.each([
  ['is longer than any number', { size: 2 ** 60 }, 'EINVAL'],
  ['is longer than any recording', { size: 2 ** 40 }, 'sftp-file-too-long'],
  ['ends before its length', { data: () => null }, 'sftp-file-changed'],
])('has a file that %s: it is not kept', async (_, told, code) => {
  lies = told;
  await expect(readAll()).rejects.toMatchObject({ code });
});

it('never answers: it is given up', async () => {
  lies = { silent: true };
  place.close();
  place = placeOf({ ...SFTP_TIMING, answerWithinMs: 300 });
  await expect(readAll()).rejects.toMatchObject({ code: 'sftp-no-answer' });
});

it('gives more of a file than was asked for: what is too much is cut off', async () => {
  lies = { data: (length) => Buffer.alloc(length + 10) };
  expect(await readAll()).toBe(1_000);
});

it('lists names that lead out of the folder: they are counted and not given out', async () => {
  const names = ['../../etc/a.wav', '/etc/b.wav', 'c/d.wav', 'e\nf.wav', 'good.wav'];
  lies = { names: (asked) => (asked > 1 ? null : names.map((name) => [name, FILE] as const)) };
  const { paths, counts } = await walked();
  expect(paths).toEqual(['good.wav']);
  expect(counts).toMatchObject({ badNames: 4, unreadable: 0 });
});

it('lists nothing without end, files without end, and folders without end: the walk ends', async () => {
  lies = { names: () => [] };
  expect((await walked()).counts).toMatchObject({ files: 0, unreadable: 1, troubles: ['EIO'] });
  lies = { names: (asked) => [[`${asked}.wav`, FILE]] };
  expect((await walked({ mostInFolder: 50 })).counts).toMatchObject({ files: 50, truncated: true });
  lies = { names: (asked) => [[`${asked}`, FOLDER]] };
  expect((await walked({ mostInFolder: 3, mostFolders: 10 })).counts).toMatchObject({
    folders: 10,
    truncated: true,
  });
});
