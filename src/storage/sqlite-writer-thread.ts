/** The thread side of `sqlite-writer.ts`: one message, one transaction, in the order they come. */
import { parentPort, workerData } from 'node:worker_threads';
import { migrate } from './migrate.ts';
import { newId } from './new-id.ts';
import { fillEmptyIndex } from './search-index.ts';
import { isSqliteTrouble, openSqlite } from './sqlite.ts';
import type { FromThread, ToThread } from './sqlite-writer.ts';
import type { StoreOptions } from './store.ts';
import type { Work } from './work.ts';
import { createWriter } from './writer.ts';

async function serve(): Promise<void> {
  const port = parentPort;
  if (port === null) throw new Error('this file runs as a worker thread only');
  const { database, rules } = workerData as StoreOptions;
  const tell = (message: FromThread) => port.postMessage(message);
  const db = openSqlite(database, 'write');
  await migrate(db, 'sqlite');
  await fillEmptyIndex({ db, dialect: 'sqlite', rules });
  const write = createWriter({
    db,
    dialect: 'sqlite',
    rules,
    newId,
    isTrouble: isSqliteTrouble,
    isCollision: () => false,
  });
  let last: Promise<void> = Promise.resolve();

  async function answer(id: number, works: readonly Work[]): Promise<void> {
    try {
      tell({ type: 'written', id, results: await write(works) });
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      const code = error instanceof Error && 'code' in error ? String(error.code) : null;
      tell({ type: 'failed', id, message, code });
    }
  }

  port.on('message', (message: ToThread) => {
    last = last.then(async () => {
      if (message.type === 'write') return answer(message.id, message.works);
      await db.destroy();
      port.close();
    });
  });
  tell({ type: 'ready' });
}

serve().catch((error: unknown) => {
  const message = error instanceof Error ? error.message : String(error);
  parentPort?.postMessage({ type: 'not-opened', message } satisfies FromThread);
  parentPort?.close();
});
