/** The only user of pg. */
import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import type { Tables } from './tables.ts';

const INT8 = 20;

/**
 * Opens a pool on a PostgreSQL server. Connects at the first query; `onIdleError` hears of connections that break while
 * nobody uses them (pg would otherwise end the process).
 */
export function openPostgres(url: string, onIdleError: (error: Error) => void): Kysely<Tables> {
  const pool = new pg.Pool({
    connectionString: url,
    max: 8,
    connectionTimeoutMillis: 5_000,
    // Milliseconds UTC stay below 2^53; pg hands out int8 (and count(*)) as text otherwise.
    types: { getTypeParser: (oid, format) => (oid === INT8 ? Number : pg.types.getTypeParser(oid, format)) },
  });
  pool.on('error', onIdleError);
  return new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
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
