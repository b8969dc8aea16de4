import { describe, expect, it } from 'vitest';
import { onBothBackEnds } from './back-ends.ts';

const COLUMNS = {
  sqlite: `select m.name as "table", c.name as "column", c."notnull" as required, c.type
    from sqlite_master m join pragma_table_info(m.name) c where m.type = 'table'`,
  postgres: `select table_name as "table", column_name as "column",
    case is_nullable when 'NO' then 1 else 0 end as required, data_type as type
    from information_schema.columns where table_schema = 'public'`,
};

/** The two names of one type. */
const SAME: Readonly<Record<string, string>> = {
  integer: 'whole',
  bigint: 'whole',
  text: 'text',
  'double precision': 'real',
};

const schemas = new Map<string, unknown>();

describe('the schema', () => {
  onBothBackEnds((backEnd) => {
    it('is migrated', async () => {
      const database = await backEnd.freshDatabase();
      await backEnd.open(database);
      const rows = (await backEnd.run(database, COLUMNS[backEnd.name])) as {
        readonly table: string;
        readonly column: string;
        readonly required: number;
        readonly type: string;
      }[];
      const ours = rows
        // The words of 记录查询 lie in FTS5 here and in an array with a GIN index there (docs/decisions/0011).
        .filter((row) => !/^(kysely_|record_words)/.test(row.table))
        .map(
          (row) => `${row.table}.${row.column} ${row.required} ${SAME[row.type.toLowerCase()] ?? row.type}`,
        );
      expect(ours.length).toBeGreaterThan(150);
      schemas.set(backEnd.name, ours.sort());
    });
  });

  it('has the same tables, columns and types on both databases', () => {
    expect(schemas.get('postgres')).toEqual(schemas.get('sqlite'));
  });
});
