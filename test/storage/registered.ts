import type { RecordCommand } from '../../src/records/command.ts';
import { newId } from '../../src/storage/new-id.ts';
import type { Store } from '../../src/storage/store.ts';
import { done } from './back-ends.ts';
import { NOON } from './telling.ts';

/** Fills in the draft of a call, so that a person has touched it; the answer gives it its number. */
export async function registered(store: Store, call: string): Promise<() => Promise<void>> {
  const record = (await store.callView(call))?.record ?? '';
  const ask = (command: RecordCommand) =>
    done(store, {
      type: 'record-command',
      command,
      asker: { account: null, person: 'zhang', seat: 'seat-1' },
      at: NOON,
    });
  for (const field of ['callerUnit', 'callerName', 'recorder', 'content'] as const) {
    const base = (await store.recordView(record))?.fields[field]?.version ?? 0;
    await ask({
      type: 'patch-field',
      opId: newId(),
      record,
      field,
      base,
      value: `${field} 已填`,
      client: 't',
    });
  }
  return async () => {
    await ask({ type: 'register', opId: newId(), record });
  };
}
