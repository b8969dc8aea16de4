import { expect } from 'vitest';
import type { AmiManager } from '../../../src/asterisk/control/ami-manager.ts';

/** Resolves when the session has logged in. */
export async function whenUp(manager: AmiManager): Promise<void> {
  await expect.poll(() => manager.state().state, { timeout: 15_000, interval: 20 }).toBe('up');
}
