import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, expect, it } from 'vitest';

const run = promisify(execFile);
const REAL_DISKS = fileURLToPath(new URL('./jobs-on-real-disks.ts', import.meta.url));
const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** Taken over and waiting for better times, however often it was tried; nothing of ffmpeg is left behind. */
const WAITS = { state: 'attached', judged: null, givenUp: 0, ffmpegs: 0, waiting: ['process-recording'] };
const DONE = { state: 'attached', judged: [], copy: 'verified', givenUp: 0, ffmpegs: 0, waiting: [] };
const COPY_WAITS = { ...DONE, copy: 'unreachable', waiting: ['copy-recording'] };

it('a full, read-only or vanished disk puts off the jobs of sound, and they are done when it is back', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'dutyline-jobs-disk-'));
  folders.push(folder);
  const { stdout } = await run('unshare', ['-Urm', process.execPath, REAL_DISKS, folder]);
  expect(JSON.parse(stdout)).toMatchObject({
    full: WAITS,
    roomAgain: DONE,
    readOnly: WAITS,
    writable: DONE,
    gone: WAITS,
    mounted: DONE,
    copyFull: COPY_WAITS,
    copyRoom: DONE,
    copyGone: COPY_WAITS,
    copyMounted: DONE,
    // A single file that is gone is told to a person: nothing brings it back by waiting.
    deleted: { judged: null, waiting: [], givenUp: 1 },
  });
}, 60_000);
