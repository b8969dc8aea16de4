/** 公示屏: the links by which screens on a wall show who is on duty in a room. */
import type { Kysely } from 'kysely';

/** Adds one table. */
export async function up(db: Kysely<unknown>, whole: 'integer' | 'bigint'): Promise<void> {
  await db.schema
    .createTable('wall_links')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('room', 'text', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('token_digest', 'text', (column) => column.notNull().unique())
    .addColumn('made_at', whole, (column) => column.notNull())
    .addColumn('made_by', 'text')
    .addColumn('revoked_at', whole)
    .addColumn('seen_at', whole)
    .execute();
}
