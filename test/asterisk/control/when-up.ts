import type { AmiManager } from '../../../src/asterisk/control/ami-manager.ts';
import { pause } from '../../bed/scenarios/story.ts';

/** Waits until the session is logged in; also outside the test runner. */
export async function whenUp(manager: AmiManager): Promise<void> {
  const deadline = performance.now() + 15_000;
  while (manager.state().state !== 'up') {
    if (performance.now() > deadline) throw new Error('the session did not come up');
    await pause(20);
  }
}
