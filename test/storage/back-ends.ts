import { mkdtempSync, rmSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, afterEach, describe } from 'vitest';
import { openStore } from '../../src/storage/open-store.ts';
import { openPostgres } from '../../src/storage/postgres.ts';
import { openSqlite } from '../../src/storage/sqlite.ts';
import type { Store } from '../../src/storage/store.ts';
import type { Work } from '../../src/storage/work.ts';
import { type PostgresServer, startPostgres } from '../bed/postgres.ts';
import { OFFICE, RULES } from './office.ts';

export interface BackEnd {
  readonly name: 'sqlite' | 'postgres';
  /** Where a fresh, empty database of this kind will be. */
  freshDatabase(): Promise<string>;
  /** Where a fresh database with the test's office in it is. */
  freshOffice(): Promise<string>;
  /** A store on such a one; closed after the test. */
  freshStore(): Promise<Store>;
  /** A store on a given database, as another process would open it; closed after the test. */
  open(database: string): Promise<Store>;
  /** Runs SQL past the store: what somebody with the file or the password can do. */
  run(database: string, text: string): Promise<readonly unknown[]>;
}

/** Runs one suite over both databases. */
export function onBothBackEnds(suite: (backEnd: BackEnd) => void): void {
  describe('on SQLite', () => {
    suite(sqlite());
  });
  describe('on PostgreSQL', () => {
    suite(postgres());
  });
}

function sqlite(): BackEnd {
  const folder = mkdtempSync(join(tmpdir(), 'dutyline-store-'));
  let count = 0;
  return withStores('sqlite', {
    freshDatabase: (name = String(count++)) => Promise.resolve(join(folder, `store-${name}.db`)),
    copyOf: async (database) => {
      const copy = join(folder, `store-${count++}.db`);
      await copyFile(database, copy);
      return copy;
    },
    cleanUp: () => Promise.resolve(rmSync(folder, { recursive: true, force: true })),
  });
}

function postgres(): BackEnd {
  let server: Promise<PostgresServer> | undefined;
  let count = 0;
  const running = async () => {
    server ??= startPostgres({ fsync: false });
    return server;
  };
  return withStores('postgres', {
    freshDatabase: async (name = String(count++)) => (await running()).createDatabase(`store_${name}`),
    copyOf: async () => (await running()).createDatabase(`store_${count++}`, 'store_office'),
    cleanUp: async () => (await server)?.stop(),
  });
}

interface Databases {
  /** Empty. */
  freshDatabase(name?: string): Promise<string>;
  /** Of the one named `office`, which nobody has open. */
  copyOf(database: string): Promise<string>;
  cleanUp(): Promise<void>;
}

function withStores(name: BackEnd['name'], { freshDatabase, copyOf, cleanUp }: Databases): BackEnd {
  const stores: Store[] = [];
  let office: Promise<string> | undefined;
  afterEach(async () => {
    await Promise.all(stores.splice(0).map((store) => store.close()));
  });
  afterAll(cleanUp);
  const open = async (database: string) => {
    const store = await openStore({ database, rules: RULES });
    stores.push(store);
    return store;
  };
  const freshOffice = async () => {
    // Migrations take longer than most tests: they run once a file, and each test has a copy.
    office ??= freshDatabase('office').then(withOffice);
    return copyOf(await office);
  };
  return {
    name,
    freshDatabase: () => freshDatabase(),
    freshOffice,
    open,
    async run(database, text) {
      const db = name === 'sqlite' ? openSqlite(database, 'write') : openPostgres(database, () => {});
      try {
        return (await sql.raw(text).execute(db)).rows;
      } finally {
        await db.destroy();
      }
    },
    freshStore: async () => open(await freshOffice()),
  };
}

async function withOffice(database: string): Promise<string> {
  const store = await openStore({ database, rules: RULES });
  try {
    await done(store, { type: 'office-import', office: OFFICE, at: 0 });
  } finally {
    await store.close();
  }
  return database;
}

/** Writes one work and insists that it was accepted. */
export async function done(store: Store, work: Work) {
  const [result] = await store.write([work]);
  if (result?.ok !== true) throw new Error(`not written: ${JSON.stringify(result)}`);
  return result;
}
