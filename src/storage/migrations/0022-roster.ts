/** 值班表: 身份 of people, the rules of a room's roster, its plan, what was published and reported, 换班, and every change. */
import type { Kysely } from 'kysely';

/** Adds six tables, and columns to two. */
export async function up(db: Kysely<unknown>, whole: 'integer' | 'bigint'): Promise<void> {
  await db.schema.alterTable('people').addColumn('standing', 'text').execute();
  await db.schema.alterTable('roster').addColumn('name', 'text').execute();
  await db.schema.alterTable('roster').addColumn('standby_json', 'text').execute();
  await db.schema.alterTable('roster').addColumn('posts_json', 'text').execute();
  await db.schema
    .createTable('roster_rules')
    .addColumn('room', 'text', (column) => column.notNull())
    .addColumn('version', whole, (column) => column.notNull())
    .addColumn('rules_json', 'text', (column) => column.notNull())
    .addColumn('at', whole, (column) => column.notNull())
    .addColumn('by_account', 'text')
    .addColumn('by_name', 'text')
    .addPrimaryKeyConstraint('roster_rules_one', ['room', 'version'])
    .execute();
  await db.schema
    .createTable('roster_plans')
    .addColumn('room', 'text', (column) => column.notNull())
    .addColumn('from_at', whole, (column) => column.notNull())
    .addColumn('to_at', whole, (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('posts_json', 'text', (column) => column.notNull())
    .addColumn('revision', whole, (column) => column.notNull())
    .addPrimaryKeyConstraint('roster_plans_one', ['room', 'from_at', 'to_at'])
    .execute();
  await db.schema
    .createTable('roster_changes')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('room', 'text', (column) => column.notNull())
    .addColumn('from_at', whole)
    .addColumn('to_at', whole)
    .addColumn('what', 'text', (column) => column.notNull())
    .addColumn('before_json', 'text')
    .addColumn('after_json', 'text')
    .addColumn('at', whole, (column) => column.notNull())
    .addColumn('by_account', 'text')
    .addColumn('by_name', 'text')
    .execute();
  await db.schema
    .createIndex('roster_changes_shift')
    .on('roster_changes')
    .columns(['room', 'from_at'])
    .execute();
  await db.schema
    .createTable('roster_publications')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('room', 'text', (column) => column.notNull())
    .addColumn('from_day', 'text', (column) => column.notNull())
    .addColumn('to_day', 'text', (column) => column.notNull())
    .addColumn('shifts_json', 'text', (column) => column.notNull())
    .addColumn('changed', whole, (column) => column.notNull())
    .addColumn('at', whole, (column) => column.notNull())
    .addColumn('by_account', 'text')
    .addColumn('by_name', 'text')
    .execute();
  await db.schema
    .createIndex('roster_publications_room')
    .on('roster_publications')
    .columns(['room', 'at'])
    .execute();
  await db.schema
    .createTable('roster_reports')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('room', 'text', (column) => column.notNull())
    .addColumn('from_day', 'text', (column) => column.notNull())
    .addColumn('to_day', 'text', (column) => column.notNull())
    .addColumn('reported_to', 'text', (column) => column.notNull())
    .addColumn('way', 'text', (column) => column.notNull())
    .addColumn('reported_at', whole, (column) => column.notNull())
    .addColumn('at', whole, (column) => column.notNull())
    .addColumn('by_account', 'text')
    .addColumn('by_name', 'text')
    .execute();
  await db.schema.createIndex('roster_reports_room').on('roster_reports').columns(['room', 'at']).execute();
  await db.schema
    .createTable('roster_swaps')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('room', 'text', (column) => column.notNull())
    .addColumn('from_at', whole, (column) => column.notNull())
    .addColumn('to_at', whole, (column) => column.notNull())
    .addColumn('giver', 'text', (column) => column.notNull())
    .addColumn('taker', 'text', (column) => column.notNull())
    .addColumn('back_from', whole)
    .addColumn('back_to', whole)
    .addColumn('reason', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('asked_at', whole, (column) => column.notNull())
    .addColumn('asked_by', 'text')
    .addColumn('answered_at', whole)
    .addColumn('answered_by', 'text')
    .addColumn('answer', 'text')
    .execute();
  await db.schema.createIndex('roster_swaps_room').on('roster_swaps').columns(['room', 'asked_at']).execute();
}
