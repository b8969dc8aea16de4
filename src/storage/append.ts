import { sql } from 'kysely';
import { appendAudit } from './audit-chain.ts';
import type { Desk } from './desk.ts';
import { insertRows } from './insert-rows.ts';

/** Any fixed number: the lock under which positions are given on PostgreSQL. */
const POSITION_LOCK = 7_302_114_995;

/** Changes kept for clients that come back; who missed more gets a snapshot. */
const KEPT_CHANGES = 50_000;

/** Another process wrote the same fact meanwhile: the transaction must be tried again. */
export class FactRace extends Error {
  override readonly name = 'FactRace';
}

/**
 * Appends all that the desk gathered and gives it positions; the last thing before the commit. Returns the last position
 * and the position of each change by its key. Throws `FactRace` when a fact turned up meanwhile.
 */
export async function appendGathered(
  desk: Desk,
): Promise<{ readonly last: number; readonly positions: ReadonlyMap<string, number> }> {
  if (desk.facts.length + desk.changes.size + desk.audits.length === 0) {
    return { last: await lastPosition(desk), positions: new Map() };
  }
  if (desk.dialect === 'postgres')
    await sql`select pg_advisory_xact_lock(${sql.lit(POSITION_LOCK)})`.execute(desk.db);
  await appendFacts(desk);
  await appendAudit(desk, desk.audits);
  return appendChanges(desk);
}

async function appendFacts(desk: Desk): Promise<void> {
  if (desk.facts.length === 0) return;
  const before = await desk.db
    .selectFrom('facts')
    .select((of) => of.fn.max('position').as('last'))
    .executeTakeFirst();
  const first = (before?.last ?? 0) + 1;
  const rows = desk.facts.map((fact, index) => ({ position: first + index, ...fact }));
  const written = await insertRows(desk, 'facts', rows, { key: ['fact_key'], update: [] });
  if (written !== rows.length) throw new FactRace();
}

async function appendChanges(desk: Desk) {
  const before = await lastPosition(desk);
  const positions = new Map<string, number>();
  const rows = [...desk.changes].map(([key, change], index) => {
    positions.set(key, before + 1 + index);
    return { position: before + 1 + index, room: change.room, entity: change.entity, entity_id: change.id };
  });
  await insertRows(desk, 'changes', rows);
  const last = before + rows.length;
  if (Math.floor(before / 1_000) !== Math.floor(last / 1_000)) {
    await desk.db
      .deleteFrom('changes')
      .where('position', '<=', last - KEPT_CHANGES)
      .execute();
  }
  return { last, positions };
}

async function lastPosition(desk: Desk): Promise<number> {
  const row = await desk.db
    .selectFrom('changes')
    .select((of) => of.fn.max('position').as('last'))
    .executeTakeFirst();
  return row?.last ?? 0;
}
