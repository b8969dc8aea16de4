import type { PbxFact } from '../calls/fact.ts';
import { appendFact, type Desk, noteChange } from './desk.ts';

/** A stretch in which nobody listened to a PBX: opened by one fact, closed by another. */
export async function writeGapFact(desk: Desk, fact: PbxFact): Promise<void> {
  if (desk.knownFacts.has(fact.factKey)) return;
  const open = await desk.db
    .selectFrom('gaps')
    .select('id')
    .where('pbx', '=', fact.pbx)
    .where('to_at', 'is', null)
    .orderBy('from_at', 'desc')
    .executeTakeFirst();
  const id = open?.id ?? desk.newId();
  appendFact(desk, {
    fact_key: fact.factKey,
    stream: 'gap',
    stream_id: id,
    kind: fact.kind,
    at: fact.at,
    fact_json: JSON.stringify(fact),
    context_json: null,
  });
  await foldGap(desk, id, fact);
  if (fact.kind === 'gap-closed') {
    const { pbx, from, to } = fact;
    desk.effects.push({ id: desk.newId(), kind: 'recover-gap', gap: id, pbx, from, to });
  }
  noteChange(desk, 'gap', id, null);
}

/** The row of a gap after one of its facts. A gap that is open already is not opened a second time. */
export async function foldGap(desk: Pick<Desk, 'db'>, id: string, fact: PbxFact): Promise<void> {
  const row =
    fact.kind === 'gap-opened'
      ? { id, pbx: fact.pbx, from_at: fact.at, to_at: null, missed: null, cause: fact.reason as string }
      : {
          id,
          pbx: fact.pbx,
          from_at: fact.from,
          to_at: fact.to,
          missed: fact.missedCalls,
          cause: fact.pbxRestarted ? 'pbx-restarted' : 'link-down',
        };
  await desk.db
    .insertInto('gaps')
    .values(row)
    .onConflict((clash) =>
      fact.kind === 'gap-opened'
        ? clash.column('id').doNothing()
        : clash.column('id').doUpdateSet({
            to_at: fact.to,
            missed: fact.missedCalls,
            ...(fact.pbxRestarted ? { cause: 'pbx-restarted' } : {}),
          }),
    )
    .execute();
}
