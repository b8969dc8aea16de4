/** 突发信息 that was merged into another form before anybody decided of it: the form that stands has to be decided instead. */
import { among } from './among.ts';
import type { ReadDeps } from './read.ts';

/** A form that stands and may be decided of. */
export const STANDING = ['draft', 'registered', 'in-hand', 'done'] as const;
/** A draft merges into a draft that merges into … */
const LONGEST_CHAIN = 20;

interface StandingForm {
  readonly id: string;
  readonly opened_at: number;
  readonly number_text: string | null;
}

/** Forms of a room that stand, undecided, for a 突发信息 that was opened since `since` (ms UTC) and merged. */
export async function standingForMerged(
  { db, dialect }: Pick<ReadDeps, 'db' | 'dialect'>,
  room: string,
  since: number,
): Promise<readonly StandingForm[]> {
  const merged = await db
    .selectFrom('records')
    .innerJoin('record_fields', (join) =>
      join
        .onRef('record_fields.record_id', '=', 'records.id')
        .on('record_fields.field', '=', 'category')
        .on('record_fields.value', '=', 'incident'),
    )
    .leftJoin('emergency_decisions', 'emergency_decisions.record_id', 'records.id')
    .select('records.merged_into')
    .where('records.room', '=', room)
    .where('records.state', '=', 'merged')
    .where('records.opened_at', '>=', since)
    .where('emergency_decisions.record_id', 'is', null)
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
