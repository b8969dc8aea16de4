import { execFile } from 'node:child_process';
import { chmodSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { handOver, serverUser } from '../../bed/unprivileged.ts';
import { temporaryFolder } from './temporary-folder.ts';

const run = promisify(execFile);
const REAL_DISKS = fileURLToPath(new URL('./on-real-disks.ts', import.meta.url));
const AS_ANYBODY = fileURLToPath(new URL('./as-anybody.ts', import.meta.url));

it('a full disk, a vanished mount and a read-only mount are told, leave nothing half, and hold up nothing', async () => {
  const { stdout } = await run('unshare', ['-Urm', process.execPath, REAL_DISKS, temporaryFolder()]);
  expect(JSON.parse(stdout)).toEqual({
    small: 'kept',
    tooLarge: 'sound-disk-full',
    leftByTooLarge: 1,
    smallAfterwards: 'kept',
    totalBytes: 1_048_576,
    copied: { state: 'verified', files: 1, isSameDisk: false },
    copyFull: 'sound-disk-full',
    leftOnFullCopy: 0,
    unmounted: 'copy-missing-marker',
    erasedUnmounted: 'unreachable',
    onMountPoint: [],
    standsReadOnly: { state: 'verified', files: 1, isSameDisk: false },
    readOnly: 'sound-read-only',
    erasedReadOnly: 'sound-read-only',
  });
});

it('a folder without the right to write is told', async () => {
  const folder = temporaryFolder();
  handOver(folder);
  chmodSync(folder, 0o500);
  const { stdout } = await run(process.execPath, [AS_ANYBODY, folder], serverUser());
  expect(stdout).toBe('sound-read-only');
});
