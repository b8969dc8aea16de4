/** 值班工作检查 as it is read. */
import type { Inspection } from '../duty/inspection.ts';
import type { KnownItems } from '../duty/inspection-known.ts';
import { among } from './among.ts';
import { inspectionOf, knownOf } from './inspection-table.ts';
import type { ReadDeps } from './read.ts';

/** An office is inspected some dozens of times a year. */
const MOST = 2_000;

/** Of these units, the latest first. */
export async function inspectionsOf(
  { db, dialect }: ReadDeps,
  units: readonly string[],
): Promise<readonly Inspection[]> {
  const rows = await db
    .selectFrom('inspections')
    .selectAll()
    .where(among(dialect, 'unit', units))
    .orderBy('inspected_at', 'desc')
    .orderBy('id', 'desc')
    .limit(MOST)
    .execute();
  return rows.map(inspectionOf);
}

export interface KeptInspection {
  readonly inspection: Inspection;
  /** What stood beside the items when the inspector signed; null until then. */
  readonly known: KnownItems | null;
}

export async function keptInspection({ db }: ReadDeps, id: string): Promise<KeptInspection | undefined> {
  const row = await db.selectFrom('inspections').selectAll().where('id', '=', id).executeTakeFirst();
  return row === undefined ? undefined : { inspection: inspectionOf(row), known: knownOf(row) };
}
