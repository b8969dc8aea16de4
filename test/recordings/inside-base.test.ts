import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  locateRecording,
  lookAtRecording,
  openLocated,
  type RecordingBase,
} from '../../src/recordings/inside-base.ts';

let folder: string;
let base: RecordingBase;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'dutyline-base-'));
  mkdirSync(join(folder, 'monitor/2026/11/23'), { recursive: true });
  mkdirSync(join(folder, 'monitor-else'));
  mkdirSync(join(folder, 'elsewhere'));
  writeFileSync(join(folder, 'monitor/2026/11/23/a.wav'), 'sound');
  writeFileSync(join(folder, 'monitor/值班.wav'), 'sound');
  writeFileSync(join(folder, 'monitor-else/b.wav'), 'other');
  writeFileSync(join(folder, 'elsewhere/secret'), 'secret');
  symlinkSync(join(folder, 'elsewhere'), join(folder, 'monitor/link'));
  symlinkSync(join(folder, 'elsewhere/secret'), join(folder, 'monitor/secret.wav'));
  symlinkSync(join(folder, 'monitor/2026'), join(folder, 'monitor/today'));
  symlinkSync('/nowhere/at/all', join(folder, 'monitor/dangling.wav'));
  execFileSync('sh', ['-c', 'mkfifo "$0"', join(folder, 'monitor/pipe.wav')]);
  base = { onPbx: '/var/spool/asterisk/monitor', here: join(folder, 'monitor') };
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a path the PBX reports', () => {
  it.each([
    ['/var/spool/asterisk/monitor/2026/11/23/a.wav', false],
    ['/var/spool/asterisk/monitor//2026/./11/23/a.wav', false],
    ['2026/11/23/a.wav', false],
    ['/var/spool/asterisk/monitor/值班.wav', false],
    ['/var/spool/asterisk/monitor/today/11/23/a.wav', false],
    ['/var/spool/asterisk/monitor/2026/11/23/external-12/../a.wav', true],
    ['/var/spool/asterisk/monitor/x/../../monitor/2026/11/23/a.wav', true],
  ])('is found inside the base: %s', async (path, climbing) => {
    expect(await locateRecording(base, path)).toMatchObject({ kind: 'there', climbing });
    expect(await lookAtRecording(base, path)).toBe(5);
  });

  it.each([
    '',
    '/',
    '/etc/passwd',
    '..',
    '../monitor-else/b.wav',
    '/var/spool/asterisk/monitor/../monitor-else/b.wav',
    '/var/spool/asterisk/monitor-else/b.wav',
    '/var/spool/asterisk/monitor/external-1001-12/../../../../../../etc/passwd',
    '/var/spool/asterisk/monitor/link/secret',
    '/var/spool/asterisk/monitor/link/not-there-yet.wav',
    '/var/spool/asterisk/monitor/secret.wav',
    '/var/spool/asterisk/monitor/a\0.wav',
    '/var/spool/asterisk/monitor/a\r\n.wav',
    `/var/spool/asterisk/monitor/${'a/'.repeat(3_000)}`,
  ])('is refused: %j', async (path) => {
    expect(await locateRecording(base, path)).toEqual({ kind: 'outside' });
    expect(await lookAtRecording(base, path)).toBeNull();
  });

  it.each([
    '/var/spool/asterisk/monitor/2026/11/24/later.wav',
    '/var/spool/asterisk/monitor/2026/11/23/a.wav/b.wav',
    '/var/spool/asterisk/monitor/dangling.wav',
  ])('is waited for: %s', async (path) => {
    expect(await locateRecording(base, path)).toEqual({ kind: 'absent' });
    expect(await lookAtRecording(base, path)).toBeNull();
  });

  it('says that it cannot look when the base is not there', async () => {
    const gone = { ...base, here: join(folder, 'not-mounted') };
    expect(await locateRecording(gone, 'a.wav')).toEqual({ kind: 'cannot-look', detail: 'ENOENT' });
    expect(await lookAtRecording(gone, 'a.wav')).toBe('unreadable');
  });

  it('does not open folders, pipes or links', async () => {
    expect(await openLocated(join(folder, 'monitor/2026'))).toBeNull();
    expect(await openLocated(join(folder, 'monitor/pipe.wav'))).toBeNull();
    expect(await openLocated(join(folder, 'monitor/secret.wav'))).toBeNull();
    expect(await openLocated(join(folder, 'monitor/today/11/23/a.wav'))).toBeNull();
    const handle = await openLocated(join(folder, 'monitor/2026/11/23/a.wav'));
    expect(await handle?.readFile('utf8')).toBe('sound');
    await handle?.close();
  });
});
