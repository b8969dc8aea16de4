import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FAULT_POINTS } from './kills/fault-points.ts';
import { runSound } from './kills/run-sound.ts';
import { copyScene, faultsIn, makeScene } from './kills/sound-scene.ts';

const root = mkdtempSync(join(tmpdir(), 'dutyline-sound-kill-'));
const scene = join(root, 'scene');
beforeAll(() => makeScene(scene), 60_000);
afterAll(() => rmSync(root, { recursive: true, force: true }));

const VICTIM = join(import.meta.dirname, 'kills/victim.ts');

function killedAt(point: string, folder: string): Promise<string | null> {
  const victim = spawn(process.execPath, [VICTIM, folder, point], { stdio: ['ignore', 'ignore', 'inherit'] });
  return new Promise((resolve) => victim.once('exit', (_code, signal) => resolve(signal)));
}

describe.concurrent('kill -9 of the service while it looks after sound', () => {
  it.each(FAULT_POINTS)(
    'leaves at “%s” nothing half done: the next run ends with everything, once',
    async (point) => {
      const folder = mkdtempSync(join(root, `${point}-`));
      copyScene(scene, folder);
      expect(await killedAt(point, folder)).toBe('SIGKILL');
      await runSound(folder, () => undefined);
      expect(await faultsIn(folder)).toEqual([]);
    },
    120_000,
  );
});
