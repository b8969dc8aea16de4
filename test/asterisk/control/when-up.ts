import { vi } from 'vitest';
import type { AmiManager } from '../../../src/asterisk/control/ami-manager.ts';

/** Resolves when the session has logged in. */
export async function whenUp(manager: AmiManager): Promise<void> {
  await vi.waitUntil(() => manager.state().state === 'up', { timeout: 15_000, interval: 20 });
}
