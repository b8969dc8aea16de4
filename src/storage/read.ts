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
