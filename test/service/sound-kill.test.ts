import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FAULT_POINTS } from './kills/fault-points.ts';
import { killVictim } from './kills/kill-victim.ts';
import { runSound } from './kills/run-sound.ts';
import { copyScene, faultsIn, makeScene } from './kills/sound-scene.ts';

const root = mkdtempSync(join(tmpdir(), 'dutyline-sound-kill-'));
const scene = join(root, 'scene');
beforeAll(() => makeScene(scene), 60_000);
afterAll(() => rmSync(root, { recursive: true, force: true }));

describe.concurrent('kill -9 of the service while it looks after sound', () => {
  it.each(FAULT_POINTS)(
    'leaves at “%s” nothing half done: the next run ends with everything, once',
    async (point) => {
      const folder = mkdtempSync(join(root, `${point}-`));
      copyScene(scene, folder);
      expect(await killVictim(folder, { at: point })).toBe(true);
      await runSound(folder, () => undefined);
      expect(await faultsIn(folder)).toEqual([]);
    },
    120_000,
  );
});
