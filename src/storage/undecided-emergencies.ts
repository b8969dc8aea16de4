/** 突发信息 of which nobody has decided yet: neither an incident nor said to need no report. */
import type { UndecidedEmergency } from '../duty/incident-view.ts';
import { among } from './among.ts';
import type { ReadDeps } from './read.ts';
import { shutAmong } from './shut-reads.ts';

/** What waits longer than this was waited for by nobody. */
const UNDECIDED_FOR_MS = 31 * 86_400_000;
const MOST_UNDECIDED = 200;
/** A form that stands and may be decided of. */
const STANDING = ['draft', 'registered', 'in-hand', 'done'] as const;
/** A draft merges into a draft that merges into … */
const LONGEST_CHAIN = 20;

interface StandingForm {
  readonly id: string;
  readonly opened_at: number;
  readonly number_text: string | null;
}

/** By when they came, at most 200 of the last 31 days before `at` (ms UTC). */
export async function undecidedEmergencies(
  deps: ReadDeps,
  room: string,
  at: number,
): Promise<readonly UndecidedEmergency[]> {
  const since = await deps.db
    .selectFrom('settings')
    .select('value')
    .where('key', '=', 'emergencies-since')
    .executeTakeFirst();
  const from = Math.max(Number(since?.value ?? 0), at - UNDECIDED_FOR_MS);
  const asked = await emergencies(deps.db, room, from)
    .select(['records.id', 'records.opened_at', 'records.number_text'])
    .where('records.state', 'in', STANDING)
    .orderBy('records.opened_at')
    .limit(MOST_UNDECIDED)
    .execute();
  const merged = await standingForMerged(deps, room, from);
  const rows = [...new Map([...asked, ...merged].map((row) => [row.id, row])).values()].toSorted(
    (one, other) => one.opened_at - other.opened_at,
  );
  const ids = rows.map(({ id }) => id);
  if (ids.length === 0) return [];
  const [shut, fields] = await Promise.all([
    shutAmong(deps, 'record_id', ids),
    deps.db
      .selectFrom('record_fields')
      .select(['record_id', 'field', 'value'])
      .where(among(deps.dialect, 'record_id', ids))
      .where('field', 'in', ['callerUnit', 'content', 'callTime'])
      .execute(),
  ]);
  const fieldOf = (id: string, name: string) =>
    fields.find((one) => one.record_id === id && one.field === name)?.value ?? '';
  return rows
    .filter(({ id }) => !shut.has(id))
    .map(({ id, opened_at, number_text: number }) => ({
      ...{ record: id, number, unit: fieldOf(id, 'callerUnit'), content: fieldOf(id, 'content') },
      receivedAt: Number(fieldOf(id, 'callTime')) || opened_at,
    }));
}

/** What was decided of these records; the others are left out. */
export async function emergencyDecisions(
  { db, dialect }: Pick<ReadDeps, 'db' | 'dialect'>,
  records: readonly string[],
): Promise<ReadonlyMap<string, { readonly incident: string | null }>> {
  if (records.length === 0) return new Map();
  const rows = await db
    .selectFrom('emergency_decisions')
    .select(['record_id', 'incident_id'])
    .where(among(dialect, 'record_id', records))
    .execute();
  return new Map(rows.map((row) => [row.record_id, { incident: row.incident_id }]));
}

/** Undecided forms of the category 突发信息, whatever became of them, opened since `since` (ms UTC). */
function emergencies(db: ReadDeps['db'], room: string, since: number) {
  return db
    .selectFrom('records')
    .innerJoin('record_fields', (join) =>
      join
        .onRef('record_fields.record_id', '=', 'records.id')
        .on('record_fields.field', '=', 'category')
        .on('record_fields.value', '=', 'incident'),
    )
    .leftJoin('emergency_decisions', 'emergency_decisions.record_id', 'records.id')
    .where('records.room', '=', room)
    .where('records.opened_at', '>=', since)
    .where('emergency_decisions.record_id', 'is', null);
}

/**
 * What was merged into another form before anybody decided: the form that stands, undecided, has to be decided of instead.
 */
async function standingForMerged(
  { db, dialect }: Pick<ReadDeps, 'db' | 'dialect'>,
  room: string,
  since: number,
): Promise<readonly StandingForm[]> {
  const merged = await emergencies(db, room, since)
    .select('records.merged_into')
    .where('records.state', '=', 'merged')
    .execute();
  const found = new Map<string, StandingForm>();
  let into = merged.flatMap((row) => row.merged_into ?? []);
  for (let turn = 0; turn < LONGEST_CHAIN && into.length > 0; turn += 1) {
    const rows = await db
      .selectFrom('records')
      .leftJoin('emergency_decisions', 'emergency_decisions.record_id', 'records.id')
      .select(['records.id', 'records.opened_at', 'records.number_text'])
      .select(['records.state', 'records.merged_into', 'emergency_decisions.decision'])
      .where(among(dialect, 'records.id', [...new Set(into)]))
      .execute();
    for (const { id, opened_at, number_text, state, decision } of rows)
      if (decision === null && STANDING.some((one) => one === state))
        found.set(id, { id, opened_at, number_text });
    into = rows.flatMap(({ state, merged_into }) => (state === 'merged' ? (merged_into ?? []) : []));
  }
  return [...found.values()];
}
