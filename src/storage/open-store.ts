import { dialectOf } from './dialect.ts';
import { migrate } from './migrate.ts';
import { newId } from './new-id.ts';
import { isPostgresCollision, isPostgresTrouble, openPostgres } from './postgres.ts';
import type { ReadDeps } from './read.ts';
import { fillEmptyIndex } from './search-index.ts';
import { openSqlite } from './sqlite.ts';
import { startWriterThread } from './sqlite-writer.ts';
import { storedAccounts } from './store/accounts.ts';
import { storedAlerts } from './store/alerts.ts';
import { storedAudit } from './store/audit.ts';
import { storedCalls } from './store/calls.ts';
import { storedDuty } from './store/duty.ts';
import { storedEffects } from './store/effects.ts';
import { storedIncidents } from './store/incidents.ts';
import { storedInspections } from './store/inspections.ts';
import { storedLineWatch } from './store/line-watch.ts';
import { storedOffice } from './store/office.ts';
import { storedPbxSight } from './store/pbx-sight.ts';
import { storedRecordings } from './store/recordings.ts';
import { storedRecords } from './store/records.ts';
import { storedRooms } from './store/rooms.ts';
import { storedStrays } from './store/strays.ts';
import type { Store, StoreOptions } from './store.ts';
import { createWriter } from './writer.ts';

/** Hears of trouble that no caller is waiting for: a pooled connection that broke while idle. */
export type OnTrouble = (error: Error) => void;

/**
 * Opens (and migrates) the store. Rejects when the file or the server cannot be reached or migrated.
 */
export async function openStore(options: StoreOptions, onTrouble: OnTrouble = () => {}): Promise<Store> {
  return dialectOf(options.database) === 'postgres'
    ? openOnPostgres(options, onTrouble)
    : openOnSqlite(options);
}

async function openOnSqlite({ database, rules }: StoreOptions): Promise<Store> {
  const writer = await startWriterThread({ database, rules });
  const db = openSqlite(database, 'read');
  return storeOf({ db, dialect: 'sqlite', rules }, writer.write, async () => {
    await writer.close();
    await db.destroy();
  });
}

async function openOnPostgres({ database, rules }: StoreOptions, onTrouble: OnTrouble): Promise<Store> {
  const db = openPostgres(database, onTrouble);
  try {
    await migrate(db, 'postgres');
    await fillEmptyIndex({ db, dialect: 'postgres', rules });
  } catch (error) {
    await db.destroy();
    throw error;
  }
  const write = createWriter({
    db,
    dialect: 'postgres',
    rules,
    newId,
    isTrouble: isPostgresTrouble,
    isCollision: isPostgresCollision,
  });
  return storeOf({ db, dialect: 'postgres', rules }, write, () => db.destroy());
}

function storeOf(deps: ReadDeps, write: Store['write'], close: () => Promise<void>): Store {
  return {
    write: (work) => (work.length === 0 ? Promise.resolve([]) : write(work)),
    close,
    ...storedRooms(deps),
    ...storedCalls(deps),
    ...storedRecords(deps),
    ...storedRecordings(deps),
    ...storedStrays(deps),
    ...storedPbxSight(deps),
    ...storedLineWatch(deps),
    ...storedAlerts(deps),
    ...storedDuty(deps),
    ...storedIncidents(deps),
    ...storedInspections(deps),
    ...storedOffice(deps),
    ...storedAccounts(deps),
    ...storedAudit(deps),
    ...storedEffects(deps),
  };
}
