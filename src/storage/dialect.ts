/** The two databases one schema serves. */
export type Dialect = 'sqlite' | 'postgres';

/** `postgres://` and `postgresql://` mean a server; everything else is the path of a SQLite file. */
export function dialectOf(database: string): Dialect {
  return /^postgres(ql)?:\/\//.test(database) ? 'postgres' : 'sqlite';
}
