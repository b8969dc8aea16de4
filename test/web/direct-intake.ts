/** The web side's view of the intake, straight on the store: commands and works, committed and published. */

import type { Store } from '../../src/storage/store.ts';
import type { PublishedChange, Work, WorkResult } from '../../src/storage/work.ts';
import type { WebDeps } from '../../src/web/web-options.ts';

export function createDirectIntake(store: Store): WebDeps['intake'] {
  const listeners = new Set<(changes: readonly PublishedChange[]) => void>();
  async function work(one: Work): Promise<WorkResult> {
    const [result] = await store.write([one]);
    if (result === undefined) throw new Error('the store answered nothing');
    if (result.ok) for (const listener of listeners) listener(result.changes);
    return result;
  }
  return {
    work,
    command: (command, asker) => work({ type: 'record-command', command, asker, at: Date.now() }),
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    health: () => ({ storeFailing: null, storeFailingSince: null, waiting: 0, dropped: 0, strange: 0 }),
  };
}
