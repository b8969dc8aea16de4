import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, expect, it } from 'vitest';

const run = promisify(execFile);
const REAL_DISKS = fileURLToPath(new URL('./mounted-on-real-disks.ts', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'dutyline-mounted-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('a mounted folder: green while the file grows, not to be checked while the share is away, taken over when it is back', async () => {
  const { stdout } = await run('unshare', ['-Urm', process.execPath, REAL_DISKS, folder]);
  const known = ['recording-known', 'recording-growth recording', 'recording-growth cannot-check'];
  expect(JSON.parse(stdout)).toEqual({
    whileAway: known,
    after: [...known, 'recording-attached'],
    isWhole: true,
    seconds: 10,
  });
}, 60_000);
