/**
 * Answers already given, by opId: a client that lost the network repeats what it sent and hears the same again. The
 * stored answer holds no text of a form (D11); a conflict names the version that stood, and its text is looked up.
 */
import type { Refusal } from '../records/command.ts';
import type { Desk } from './desk.ts';
import type { Outcome } from './outcome.ts';

interface StoredAnswer {
  readonly ok: boolean;
  readonly version: number | null;
  readonly numberText: string | null;
  readonly refusal: Refusal | null;
  readonly conflict: { readonly version: number; readonly by: string | null; readonly at: number } | null;
}

/** The answer of the first time; undefined when this operation is new. */
export async function answerAgain(desk: Desk, opId: string): Promise<Outcome | undefined> {
  const row = await desk.db
    .selectFrom('record_operations')
    .selectAll()
    .where('op_id', '=', opId)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const answer = JSON.parse(row.answer_json) as StoredAnswer;
  if (answer.refusal === null) {
    return { ok: true, version: answer.version, numberText: answer.numberText };
  }
  if (answer.conflict === null) return { ok: false, refusal: answer.refusal };
  const { version, by, at } = answer.conflict;
  const value = await lookUpValue(desk, opId, row.record_id, version);
  return { ok: false, refusal: answer.refusal, conflict: { value, version, by, at } };
}

/** What stood in the field the lost value of this operation was meant for. */
async function lookUpValue(desk: Desk, opId: string, record: string, version: number): Promise<string> {
  const winner = await desk.db
    .selectFrom('record_revisions as lost')
    .innerJoin('record_revisions as won', (join) =>
      join.onRef('won.record_id', '=', 'lost.record_id').onRef('won.field', '=', 'lost.field'),
    )
    .select('won.value')
    .where('lost.record_id', '=', record)
    .where('lost.op_id', '=', opId)
    .where('lost.kind', '=', 'lost')
    .where('won.version', '=', version)
    .executeTakeFirst();
  return winner?.value ?? '';
}

/** Keeps an answer. Refusals about records that do not exist are not kept: nothing ties them to anything. */
export async function keepAnswer(
  desk: Desk,
  of: { readonly opId: string; readonly record: string; readonly at: number },
  outcome: Outcome,
): Promise<void> {
  if (!outcome.ok && outcome.refusal.code === 'record-unknown') return;
  const conflict = outcome.ok ? undefined : outcome.conflict;
  const answer: StoredAnswer = {
    ok: outcome.ok,
    version: outcome.ok ? outcome.version : null,
    numberText: outcome.ok ? outcome.numberText : null,
    refusal: outcome.ok ? null : outcome.refusal,
    conflict: conflict === undefined ? null : { version: conflict.version, by: conflict.by, at: conflict.at },
  };
  await desk.db
    .insertInto('record_operations')
    .values({ op_id: of.opId, record_id: of.record, answer_json: JSON.stringify(answer), at: of.at })
    .execute();
}
