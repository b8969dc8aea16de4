/** The thread side of `sqlite-writer.ts`: one message, one transaction, in the order they come. */
import { parentPort } from 'node:worker_threads';
import type { Kysely } from 'kysely';
import { migrate } from './migrate.ts';
import { newId } from './new-id.ts';
import { fillEmptyIndex } from './search-index.ts';
import { isSqliteTrouble, openSqlite } from './sqlite.ts';
import type { FromThread, ToThread } from './sqlite-writer.ts';
import type { StoreOptions } from './store.ts';
import type { Tables } from './tables.ts';
import type { Work } from './work.ts';
import { createWriter } from './writer.ts';

interface OpenFile {
  readonly db: Kysely<Tables>;
  readonly write: ReturnType<typeof createWriter>;
}

function serve(): void {
  const port = parentPort;
  if (port === null) throw new Error('this file runs as a worker thread only');
  const tell = (message: FromThread) => port.postMessage(message);
  let file: OpenFile | null = null;
  let last: Promise<void> = Promise.resolve();

  async function take(message: ToThread): Promise<void> {
    switch (message.type) {
      case 'open':
        try {
          file = await open(message.options);
          tell({ type: 'ready' });
        } catch (error) {
          tell({ type: 'not-opened', message: error instanceof Error ? error.message : String(error) });
        }
        return;
      case 'write':
        return answer(message.id, message.works);
      case 'close':
        await file?.db.destroy();
        file = null;
        tell({ type: 'closed' });
    }
  }

  async function answer(id: number, works: readonly Work[]): Promise<void> {
    try {
      if (file === null) throw new Error('no file is open in this thread');
      tell({ type: 'written', id, results: await file.write(works) });
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      const code = error instanceof Error && 'code' in error ? String(error.code) : null;
      tell({ type: 'failed', id, message, code });
    }
  }

  port.on('message', (message: ToThread) => {
    last = last.then(() => take(message));
  });
}

async function open({ database, rules }: StoreOptions): Promise<OpenFile> {
  const db = openSqlite(database, 'write');
  try {
    await migrate(db, 'sqlite');
    await fillEmptyIndex({ db, dialect: 'sqlite', rules });
  } catch (error) {
    await db.destroy();
    throw error;
  }
  const write = createWriter({
    db,
    dialect: 'sqlite',
    rules,
    newId,
    isTrouble: isSqliteTrouble,
    isCollision: () => false,
  });
  return { db, write };
}

serve();
