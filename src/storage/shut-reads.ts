import { type HandWritten, nameOfWritten, type ShutState, type ShutTexts } from '../duty/hand-written.ts';
import type { Incident } from '../duty/incident.ts';
import { among } from './among.ts';
import type { ReadDeps } from './read.ts';

/** What of a call or record may be seen: all of it, nothing for now, nothing ever again. */
export type Shut = ShutState | null;

/** The state of each of these calls, or records, that is shut; the others are left out. Ids may repeat. */
export async function shutAmong(
  { db, dialect }: Pick<ReadDeps, 'db' | 'dialect'>,
  column: 'call_id' | 'record_id',
  ids: readonly string[],
): Promise<ReadonlyMap<string, Shut>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('shut')
    .select(['call_id', 'record_id', 'destroyed_at'])
    .where(among(dialect, column, ids))
    .execute();
  return new Map(rows.map((row) => [row[column] ?? '', stateOf(row)]));
}

/** Of what was written by hand. */
export async function shutTexts(
  { db, dialect }: Pick<ReadDeps, 'db' | 'dialect'>,
  written: readonly HandWritten[],
): Promise<ShutTexts> {
  if (written.length === 0) return {};
  const rows = await db
    .selectFrom('shut')
    .select(['id', 'destroyed_at'])
    .where(among(dialect, 'id', written.map(nameOfWritten)))
    .execute();
  return Object.fromEntries(rows.map((row) => [row.id, stateOf(row)]));
}

/** Of all that was written by hand and is shut: seldom more than a few, while a page may hold texts by the thousand. */
export async function allShutTexts({ db }: Pick<ReadDeps, 'db'>): Promise<ShutTexts> {
  const rows = await db
    .selectFrom('shut')
    .select(['id', 'destroyed_at'])
    .where('call_id', 'is', null)
    .where('record_id', 'is', null)
    .execute();
  return Object.fromEntries(rows.map((row) => [row.id, stateOf(row)]));
}

/** Of 突发事件: shut with the record they came from, or by themselves. By their ids; the others are left out. */
export async function shutIncidents(
  deps: Pick<ReadDeps, 'db' | 'dialect'>,
  incidents: readonly Pick<Incident, 'id' | 'record'>[],
): Promise<ReadonlyMap<string, ShutState>> {
  const nameOf = ({ id }: Pick<Incident, 'id'>) => nameOfWritten({ kind: 'incident', id });
  const [records, own] = await Promise.all([
    shutAmong(
      deps,
      'record_id',
      incidents.flatMap(({ record }) => record ?? []),
    ),
    shutTexts(
      deps,
      incidents.map(({ id }) => ({ kind: 'incident', id })),
    ),
  ]);
  return new Map(
    incidents.flatMap((one) => {
      const state = records.get(one.record ?? '') ?? own[nameOf(one)];
      return state == null ? [] : [[one.id, state] as const];
    }),
  );
}

function stateOf({ destroyed_at }: { readonly destroyed_at: number | null }): ShutState {
  return destroyed_at === null ? 'isolated' : 'destroyed';
}
