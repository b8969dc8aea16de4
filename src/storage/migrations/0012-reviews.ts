/** 评议: every mark that was set on a call, and the latest of them as a filter of 记录查询. */
import type { Kysely } from 'kysely';

/** Adds one table and one column. */
export async function up(db: Kysely<unknown>, whole: 'integer' | 'bigint'): Promise<void> {
  await db.schema
    .createTable('call_reviews')
    .addColumn('id', 'text', (column) => column.notNull().primaryKey())
    .addColumn('call_id', 'text', (column) => column.notNull())
    .addColumn('turn', whole, (column) => column.notNull())
    .addColumn('verdict', 'text', (column) => column.notNull())
    .addColumn('reasons_json', 'text', (column) => column.notNull())
    .addColumn('remark', 'text', (column) => column.notNull())
    .addColumn('by_person', 'text')
    .addColumn('by_name', 'text')
    .addColumn('at', whole, (column) => column.notNull())
    .execute();
  await db.schema
    .createIndex('call_reviews_call_id')
    .on('call_reviews')
    .columns(['call_id', 'turn'])
    .unique()
    .execute();
  await db.schema
    .alterTable('search_docs')
    .addColumn('review', 'text', (column) => column.notNull().defaultTo('none'))
    .execute();
  await db.schema
    .createIndex('search_docs_room_review_doc')
    .on('search_docs')
    .columns(['room', 'review', 'doc'])
    .execute();
}
