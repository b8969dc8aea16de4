/** `column in (…)` whatever the number of values: one parameter, so that one text serves every length. */
import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Dialect } from './dialect.ts';

/**
 * True where the column has one of the values; none: nowhere. A list of a thousand holders takes the query builder, the
 * parser and the planner longer than what it asks for takes to be found.
 */
export function among(
  dialect: Dialect,
  column: string,
  values: readonly string[] | readonly number[],
): RawBuilder<SqlBool> {
  return dialect === 'postgres'
    ? sql<SqlBool>`${sql.ref(column)} = any(${[...values]})`
    : sql<SqlBool>`${sql.ref(column)} in (select value from json_each(${JSON.stringify(values)}))`;
}
