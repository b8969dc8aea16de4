/** 值班工作检查 as it is read. */

import type { ShutTexts } from '../duty/hand-written.ts';
import type { Inspection } from '../duty/inspection.ts';
import type { KnownItems } from '../duty/inspection-known.ts';
import { among } from './among.ts';
import { inspectionOf, knownOf } from './inspection-table.ts';
import { readableInspections } from './inspection-texts.ts';
import type { ReadDeps } from './read.ts';

/** An office is inspected some dozens of times a year. */
const MOST = 2_000;

/** Of these units, the latest first. */
export async function inspectionsOf(
  deps: Pick<ReadDeps, 'db' | 'dialect'>,
  units: readonly string[],
): Promise<readonly Inspection[]> {
  const { db, dialect } = deps;
  const rows = await db
    .selectFrom('inspections')
    .selectAll()
    .where(among(dialect, 'unit', units))
    .orderBy('inspected_at', 'desc')
    .orderBy('id', 'desc')
    .limit(MOST)
    .execute();
  const readable = await readableInspections(deps, rows.map(inspectionOf));
  return readable.map(({ inspection }) => inspection);
}

export interface KeptInspection {
  readonly inspection: Inspection;
  /** What stood beside the items when the inspector signed; null until then. */
  readonly known: KnownItems | null;
  /** What of its texts is shut away. */
  readonly shut: ShutTexts;
}

export async function keptInspection(
  { db }: Pick<ReadDeps, 'db'>,
  id: string,
): Promise<KeptInspection | undefined> {
  const row = await db.selectFrom('inspections').selectAll().where('id', '=', id).executeTakeFirst();
  if (row === undefined) return undefined;
  const [seen] = await readableInspections({ db }, [inspectionOf(row)]);
  return seen === undefined ? undefined : { ...seen, known: knownOf(row) };
}
