import type { Kysely } from 'kysely';
import type { Dialect } from './dialect.ts';
import type { OfficeRules } from './store.ts';
import type { Tables } from './tables.ts';

/** What reading needs. On SQLite `db` is a connection of its own that cannot write and never waits for the writer. */
export interface ReadDeps {
  readonly db: Kysely<Tables>;
  readonly dialect: Dialect;
  readonly rules: OfficeRules;
}

/**
 * Everything that `read` asks for, as it stood at one moment: a view of several queries otherwise shows a shift that was sealed between
 * two of them as running and as sealed. `read` uses nothing but the deps it is given.
 * SQLite lends its one reading connection meanwhile (never for what lets others have their turn between its pages) and takes the snapshot
 * at the first query (WAL); both settings are PostgreSQL's.
 */
export function atOneMoment<Answer>(
  deps: ReadDeps,
  read: (deps: ReadDeps) => Promise<Answer>,
): Promise<Answer> {
  return deps.db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute((db) => read({ ...deps, db }));
}
