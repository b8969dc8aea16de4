import type { Kysely } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';
import type { Dialect } from './dialect.ts';
import * as firstTables from './migrations/0001-first-tables.ts';
import type { Tables } from './tables.ts';

/**
 * Brings the database to the newest schema. Kysely locks on PostgreSQL by an advisory lock and on SQLite by the single
 * connection, so two processes may start at once. Throws the database's error when a step fails.
 */
export async function migrate(db: Kysely<Tables>, dialect: Dialect): Promise<void> {
  const whole = dialect === 'postgres' ? 'bigint' : 'integer';
  const migrations: Record<string, Migration> = {
    '0001-first-tables': { up: (schema) => firstTables.up(schema, whole) },
  };
  const migrator = new Migrator({ db, provider: { getMigrations: () => Promise.resolve(migrations) } });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) throw new Error('the database could not be migrated', { cause: error });
}
