import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, expect, it } from 'vitest';

const VANISHED = fileURLToPath(new URL('./vanished-library.ts', import.meta.url));
const STRANGE = fileURLToPath(new URL('./strange-files.ts', import.meta.url));
const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

async function toldBy(script: string): Promise<unknown> {
  const folder = mkdtempSync(join(tmpdir(), 'dutyline-library-disk-'));
  folders.push(folder);
  const { stdout } = await promisify(execFile)('unshare', ['-Urm', process.execPath, script, folder]);
  return JSON.parse(stdout);
}

it('a disk of the recordings that goes away takes nothing, destroys nothing and lets nothing go until it is back', async () => {
  expect(await toldBy(VANISHED)).toEqual({
    before: ['attached', 'attached', true],
    away: {
      takenOver: 'cannot-check',
      letGo: 0,
      old: 'attached',
      erased: [],
      waiting: ['erase-recordings'],
      underneath: [],
      trouble: 'library-missing-marker',
    },
    back: {
      takenOver: 'attached',
      erased: ['recording-erased'],
      left: [],
      // The old one and the new one: their days are over.
      letGo: 2,
      old: 'expired',
      waiting: [],
      lying: [],
    },
  });
}, 60_000);

it('a sparse file of 4 GB and random bytes are taken over or put off, told, and hold up nobody’s sound', async () => {
  const { grownMb, ...told } = (await toldBy(STRANGE)) as { readonly grownMb: number };
  expect(grownMb).toBeLessThan(200);
  expect(told).toEqual({
    sparse: ['cannot-check', null],
    random: ['attached', ['wrong-format']],
    sound: ['attached', expect.any(Array)],
    half: [],
    givenUp: 0,
    later: ['attached', expect.any(Array)],
    sparseAgain: ['cannot-check', null],
  });
}, 60_000);
