/** What people and the clock do with 待回拨: 我来回拨, 无法回拨 + reason, and how far it was told. */
import type { Refusal } from '../records/command.ts';
import { objectionToReason } from '../records/field-text.ts';
import { appendFact, type Desk, noteChange } from './desk.ts';
import { lockCall } from './lock-call.ts';
import { DONE, type Outcome } from './outcome.ts';
import { answerAgain, keepAnswer } from './record-operation.ts';
import { shutAmong } from './shut-reads.ts';

export type CallbackWork =
  | {
      readonly type: 'callback-claim';
      readonly opId: string;
      readonly call: string;
      readonly account: string | null;
      readonly person: string | null;
      readonly at: number;
    }
  | {
      readonly type: 'callback-give-up';
      readonly opId: string;
      readonly call: string;
      readonly account: string | null;
      readonly person: string | null;
      /** Free text: kept among the erasable texts of the call. */
      readonly reason: string;
      readonly at: number;
    }
  /** The clock's: nobody has touched it for so long. */
  | { readonly type: 'callback-told'; readonly call: string; readonly level: number; readonly at: number };

/** Ids and times only. */
export type CallbackFact =
  | { readonly kind: 'callback-claimed'; readonly by: string | null; readonly at: number }
  | { readonly kind: 'callback-given-up'; readonly by: string | null; readonly at: number }
  | { readonly kind: 'callback-told'; readonly level: number; readonly at: number };

/** Carries it out, or answers as the first time when its opId is known. */
export async function writeCallback(desk: Desk, work: CallbackWork): Promise<Outcome> {
  if (work.type === 'callback-told') return carryOut(desk, work);
  const earlier = await answerAgain(desk, work.opId);
  if (earlier !== undefined) return earlier;
  const outcome = await carryOut(desk, work);
  await keepAnswer(desk, { opId: work.opId, record: work.call, at: work.at }, outcome);
  return outcome;
}

async function carryOut(desk: Desk, work: CallbackWork): Promise<Outcome> {
  await lockCall(desk, work.call);
  const row = await desk.db
    .selectFrom('callbacks')
    .selectAll()
    .where('call_id', '=', work.call)
    .executeTakeFirst();
  const shut = await shutAmong(desk, 'call_id', [work.call]);
  if (row === undefined || shut.size > 0) return { ok: false, refusal: noCallback };
  if (row.closed_at !== null) return work.type === 'callback-told' ? DONE : { ok: false, refusal: closed };
  const fact = factOf(work);
  if (work.type === 'callback-told' && row.level >= work.level) return DONE;
  if (work.type === 'callback-give-up') {
    const objection = objectionToReason(work.reason);
    if (objection !== null) return { ok: false, refusal: objection };
    await keepReason(desk, work.call, work.reason.toWellFormed());
  }
  appendFact(desk, {
    fact_key: `callback:${work.call}:${desk.newId()}`,
    stream: 'callback',
    stream_id: work.call,
    kind: fact.kind,
    at: fact.at,
    fact_json: JSON.stringify(fact),
    context_json: null,
  });
  await foldCallback(desk, work.call, fact);
  if (work.type !== 'callback-told') {
    const { account, person, at } = work;
    desk.audits.push({ at, account, person, kind: fact.kind, subject: work.call, payload: {} });
  }
  noteChange(desk, 'call', work.call, row.room);
  return DONE;
}

/** The row after one of its facts. */
export async function foldCallback(desk: Pick<Desk, 'db'>, call: string, fact: CallbackFact): Promise<void> {
  const change =
    fact.kind === 'callback-told'
      ? { level: fact.level }
      : fact.kind === 'callback-claimed'
        ? { claimed_at: fact.at, claimed_by: fact.by }
        : { closed_at: fact.at, closed_how: 'given-up', closed_by: fact.by };
  await desk.db.updateTable('callbacks').set(change).where('call_id', '=', call).execute();
}

function factOf(work: CallbackWork): CallbackFact {
  const { at } = work;
  switch (work.type) {
    case 'callback-claim':
      return { kind: 'callback-claimed', by: work.person, at };
    case 'callback-give-up':
      return { kind: 'callback-given-up', by: work.person, at };
    case 'callback-told':
      return { kind: 'callback-told', level: work.level, at };
  }
}

async function keepReason(desk: Desk, call: string, text: string): Promise<void> {
  await desk.db
    .insertInto('call_texts')
    .values({ call_id: call, kind: 'callback-reason', text })
    .onConflict((clash) => clash.columns(['call_id', 'kind']).doUpdateSet({ text }))
    .execute();
}

const noCallback: Refusal = {
  code: 'callback-unknown',
  zh: '这通来电不在待回拨中。请刷新页面。',
  en: 'This call is not among those to be called back.',
};
const closed: Refusal = {
  code: 'callback-closed',
  zh: '这一项已经销号。',
  en: 'This is done already.',
};
