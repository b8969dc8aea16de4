/** The only user of pg. */
import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import type { Tables } from './tables.ts';

const INT8 = 20;
/** SQLSTATE undefined_table. */
const NO_TABLE = '42P01';

/**
 * Opens a pool on a PostgreSQL server. Connects at the first query; `onIdleError` hears of connections that break while
 * nobody uses them (pg would otherwise end the process); whoever uses one hears of it from the query.
 */
export function openPostgres(url: string, onIdleError: (error: Error) => void): Kysely<Tables> {
  const pool = new pg.Pool({
    connectionString: url,
    max: 8,
    connectionTimeoutMillis: 5_000,
    onConnect: withSettings,
    // Milliseconds UTC stay below 2^53; pg hands out int8 (and count(*)) as text otherwise.
    types: { getTypeParser: (oid, format) => (oid === INT8 ? Number : pg.types.getTypeParser(oid, format)) },
  });
  pool.on('error', onIdleError);
  // The pool does not listen to a connection that is lent: one that breaks between two queries of a transaction would end the
  // process (pg 8.23, at every restart of the server under load). The next query on it says what happened.
  pool.on('connect', (client) => client.on('error', () => {}));
  return new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
}

/**
 * What the server should think of our queries. They are short, and compiling them or starting workers for them takes longer
 * than carrying them out. What people look at is in memory: with pages as dear as on a disk the planner walks through
 * sixty thousand neighbouring rows of the list instead of fetching the four thousand that an index names.
 */
const SETTINGS = `set jit = off; set max_parallel_workers_per_gather = 0;
  set seq_page_cost = 0.1; set random_page_cost = 0.1`;

/** The pool (pg-pool 3.14) waits for what this answers, though its types do not say so. */
function withSettings(client: pg.ClientBase): unknown {
  return client.query(SETTINGS);
}

/** Two transactions stood in each other's way: the same work may succeed when tried again. */
export function isPostgresCollision(error: unknown): boolean {
  return sqlState(error).startsWith('40');
}

/**
 * Whether an error means that the server or the network is in trouble, as opposed to a mistake in one piece of work.
 * Classes 08 connection, 53 resources, 57 operator intervention, 58 system; no SQLSTATE at all: the socket broke.
 */
export function isPostgresTrouble(error: unknown): boolean {
  if (/^(08|53|57|58|25006)/.test(sqlState(error))) return true;
  return error instanceof Error && !(error instanceof pg.DatabaseError) && isNetworkError(error);
}

function isNetworkError(error: Error): boolean {
  const code = 'code' in error ? String(error.code) : '';
  return /^E[A-Z]+$/.test(code) || /connection|timeout/i.test(error.message);
}

function sqlState(error: unknown): string {
  return error instanceof pg.DatabaseError ? (error.code ?? '') : '';
}

/** What one question came to; every column is text as PostgreSQL writes it, or null. */
export type PostgresAnswer =
  | { readonly ok: true; readonly rows: readonly Readonly<Record<string, unknown>>[] }
  /** `noTable`: the server answers, and the question names a table that it has not. */
  | { readonly ok: false; readonly reason: string; readonly noTable?: boolean };

/**
 * Asks somebody else's database (the history of a PBX) one question on a connection of its own that may only read.
 * Trouble of server, network or table comes back as its reason.
 */
export async function askPostgres(
  url: string,
  sql: string,
  values: readonly string[],
): Promise<PostgresAnswer> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: 10_000,
    query_timeout: 120_000,
    // Times as text: the driver would read them in this machine's zone.
    types: { getTypeParser: () => (text: string) => text },
    options: '-c default_transaction_read_only=on',
  });
  // A connection that breaks between two questions says so here too; unheard it would end the process.
  const unheard = () => undefined;
  client.on('error', unheard);
  try {
    await client.connect();
    const { rows } = await client.query<Record<string, unknown>>(sql, [...values]);
    return { ok: true, rows };
  } catch (failure) {
    if (!(failure instanceof pg.DatabaseError) && !isPostgresTrouble(failure)) throw failure;
    const reason = failure instanceof Error ? failure.message : '';
    return { ok: false, reason, ...(sqlState(failure) === NO_TABLE ? { noTable: true } : {}) };
  } finally {
    await client.end();
  }
}
