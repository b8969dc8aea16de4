/** Which sound no policy may delete, in one place: a row for each kind of thing that rests on it. */
import type { FindingState } from '../diagnosis/finding.ts';
import type { Protection } from '../sound/protection.ts';
import { padded } from './bulk.ts';
import { groupsOf } from './call-group.ts';
import type { ReadDeps } from './read.ts';

type Db = Pick<ReadDeps, 'db'>;

/** Given calls, the ones that this kind of thing stands at. */
const MARKS: Readonly<
  Record<Protection, (deps: Db, calls: readonly string[]) => Promise<readonly string[]>>
> = { record: callsWithNumber, finding: callsOfOpenFindings };

/** What protects the sound of each of these calls, those joined with it looked at too; unprotected ones are left out. */
export async function protectionsOf(
  deps: Db,
  calls: readonly string[],
): Promise<ReadonlyMap<string, Protection>> {
  if (calls.length === 0) return new Map();
  const groups = await groupsOf(deps, calls);
  const all = [...new Set([...groups.values()].flat())];
  const found = new Map<string, Protection>();
  for (const [kind, marked] of Object.entries(MARKS) as readonly (readonly [
    Protection,
    (typeof MARKS)[Protection],
  ])[]) {
    const marks = new Set(await marked(deps, all));
    for (const [call, group] of groups) {
      if (group.some((member) => marks.has(member))) found.set(call, kind);
    }
  }
  return found;
}

/**
 * The calls of numbered records (作废 too: its number is given for ever, and so is what it rests on), of drafts that went
 * into one (并入), and those that prove what stands on one's timeline.
 */
async function callsWithNumber({ db }: Db, calls: readonly string[]): Promise<readonly string[]> {
  const wanted = [...padded(calls)];
  const [own, merged, proving] = await Promise.all([
    db
      .selectFrom('records')
      .select('call_id')
      .where('call_id', 'in', wanted)
      .where('serial', 'is not', null)
      .execute(),
    db
      .selectFrom('records as draft')
      .innerJoin('records as numbered', 'numbered.id', 'draft.merged_into')
      .select('draft.call_id')
      .where('draft.call_id', 'in', wanted)
      .where('draft.state', '=', 'merged')
      .where('numbered.serial', 'is not', null)
      .execute(),
    db
      .selectFrom('record_entries')
      .innerJoin('records', 'records.id', 'record_entries.record_id')
      .select('record_entries.call_id')
      .where('record_entries.call_id', 'in', wanted)
      .where('records.serial', 'is not', null)
      .execute(),
  ]);
  return [...own, ...merged, ...proving].flatMap(({ call_id }) => call_id ?? []);
}

/** 疑似 and 问题: until a person has dismissed it, or it is mended, its sound is wanted. */
export const OPEN_FINDING = ['suspect', 'confirmed'] as const satisfies readonly FindingState[];

async function callsOfOpenFindings({ db }: Db, calls: readonly string[]): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('finding_evidence')
    .innerJoin('findings', 'findings.id', 'finding_evidence.finding_id')
    .select('finding_evidence.call_id')
    .where('finding_evidence.call_id', 'in', [...padded(calls)])
    .where('findings.state', 'in', OPEN_FINDING)
    .execute();
  return rows.flatMap(({ call_id }) => call_id ?? []);
}
