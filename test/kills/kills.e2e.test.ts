/** Three blows of each kind with twenty calls standing; `npm run soak -- calls` strikes fifty times each. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seeded } from '../support/seeded.ts';
import { BLOWS, killRound } from './kill-round.ts';
import { openKillScene } from './kill-scene.ts';

let scene: Awaited<ReturnType<typeof openKillScene>>;
beforeAll(async () => {
  scene = await openKillScene();
});
afterAll(() => scene.close());

describe('a blow in mid-call', () => {
  let series = 0;
  for (const blow of BLOWS) {
    for (const seed of [1, 2, 3]) {
      it(`loses no call and no acknowledged text: ${blow}, seed ${seed}`, { timeout: 180_000 }, async () => {
        const report = await killRound(scene, blow, seeded(seed * 1_000 + BLOWS.indexOf(blow)), ++series);
        expect(report.losses).toEqual([]);
        expect(report.standing).toBeGreaterThanOrEqual(20);
        expect(report.cut).toBeGreaterThanOrEqual(blow === 'pbx' ? 15 : 0);
      });
    }
  }
});
