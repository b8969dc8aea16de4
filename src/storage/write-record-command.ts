/**
 * A person's command about a record, decided and written inside the transaction: what `decide` saw is what the row says at
 * the commit, so that numbers have no gap and no repeat and no hand overwrites another unseen.
 */

import { yearIn } from '../duty/time-zone.ts';
import type { RecordCommand, Refusal } from '../records/command.ts';
import { type Decision, decide, type LostText } from '../records/decide.ts';
import { numberText } from '../records/number.ts';
import type { PhoneRecord, RecordNumber } from '../records/record.ts';
import { refusals } from '../records/refusal.ts';
import { type Desk, noteChange } from './desk.ts';
import { fieldView } from './field-view.ts';
import type { Outcome } from './outcome.ts';
import { answerAgain, keepAnswer } from './record-operation.ts';
import { loadRecord } from './record-rows.ts';
import { shutAmong } from './shut-reads.ts';
import type { RecordCommandWork } from './work.ts';
import { keepLostText, type Origin, writeRecordFacts } from './write-record-facts.ts';

/** Carries a command out, or answers as the first time when its opId is known. */
export async function writeRecordCommand(desk: Desk, work: RecordCommandWork): Promise<Outcome> {
  const { command, asker, at } = work;
  if (command.opId === '' || command.opId.length > 100) return { ok: false, refusal: badOpId };
  const earlier = await answerAgain(desk, command.opId);
  if (earlier !== undefined) return earlier;
  if (command.type === 'open-by-hand' && !(await desk.office.roomExists(command.room))) {
    return { ok: false, refusal: refusals.noSuchRoom };
  }
  const record = await loadRecord(desk, command.record);
  const otherId = otherNamed(command);
  const named = otherId === null ? [command.record] : [command.record, otherId];
  const shut = await shutAmong(desk, 'record_id', named);
  if (shut.size > 0) return { ok: false, refusal: refusals.shut };
  const { origin, phone } = await originOf(desk, work);
  const by = origin.name === null ? null : { person: origin.person, name: origin.name };
  const other = otherId === null ? null : ((await loadRecord(desk, otherId)) ?? null);
  const context = { at, by, phone, number: null, other };
  if (command.type === 'add-entry' && !(await isCallOfRoom(desk, command.draft.call, record?.room))) {
    return { ok: false, refusal: refusals.noSuchCall };
  }
  let decision = decide(record, command, context);
  if (decision.kind === 'needs-number' && record !== undefined) {
    decision = decide(record, command, { ...context, number: await reserveNumber(desk, record.room, at) });
  }
  const outcome = await settle(desk, { record, command, decision, origin, at });
  await keepAnswer(desk, { opId: command.opId, record: command.record, at }, outcome);
  desk.audits.push({ at, account: asker.account, person: asker.person, ...auditOf(command, outcome) });
  return outcome;
}

const badOpId: Refusal = {
  code: 'operation-id-malformed',
  zh: '操作标识无效，请刷新页面。',
  en: 'The id of the operation is malformed; reload the page.',
};

interface Case {
  readonly record: PhoneRecord | undefined;
  readonly command: RecordCommand;
  readonly decision: Decision;
  readonly origin: Origin;
  readonly at: number;
}

async function settle(desk: Desk, { record, command, decision, origin, at }: Case): Promise<Outcome> {
  switch (decision.kind) {
    case 'needs-number':
      throw new Error('a number was given and asked for again');
    case 'refused':
    case 'conflict': {
      const client = command.type === 'patch-field' ? command.client : '';
      if (decision.lost !== null) await keepLostText(desk, command.record, decision.lost, client, at, origin);
      return decision.kind === 'refused'
        ? { ok: false, refusal: decision.refusal }
        : { ok: false, refusal: refusals.conflict, conflict: fieldView(decision.current) };
    }
    case 'set-aside':
      await keepGivenUp(desk, command.record, decision.text, at, origin);
      return { ok: true, version: null, numberText: null };
    case 'accepted': {
      const after = await writeRecordFacts(desk, record, decision.facts, origin);
      if (after?.call != null && after.state !== record?.state) await noteCallOf(desk, after);
      const field = command.type === 'patch-field' || command.type === 'correct' ? command.field : null;
      return {
        ok: true,
        version: field === null ? null : (after?.fields[field].version ?? null),
        numberText: command.type === 'register' ? (after?.number?.text ?? null) : null,
      };
    }
  }
}

/** Once: what lost its conflict as it was sent stands there already. */
async function keepGivenUp(
  desk: Desk,
  record: string,
  text: LostText,
  at: number,
  origin: Origin,
): Promise<void> {
  const known = await desk.db
    .selectFrom('record_revisions')
    .select('id')
    .where('record_id', '=', record)
    .where('field', '=', text.field)
    .where('value', '=', text.text)
    .limit(1)
    .executeTakeFirst();
  if (known === undefined) await keepLostText(desk, record, text, '', at, origin);
}

/** The other record a command names. */
function otherNamed(command: RecordCommand): string | null {
  if (command.type === 'merge') return command.into;
  return command.type === 'link' ? command.to : null;
}

/** What proves an instruction must be a call of the same room. */
async function isCallOfRoom(desk: Desk, call: string | null, room: string | undefined): Promise<boolean> {
  if (call === null) return true;
  const row = await desk.db.selectFrom('calls').select('room').where('id', '=', call).executeTakeFirst();
  return row !== undefined && row.room === room;
}

async function noteCallOf(desk: Desk, record: PhoneRecord): Promise<void> {
  if (record.call !== null) noteChange(desk, 'call', record.call, record.room);
}

/** The row of the counter stays locked until the commit: the next registration waits, and a rollback gives back. */
async function reserveNumber(desk: Desk, room: string, at: number): Promise<RecordNumber> {
  const year = yearIn(desk.rules.timeZone, at);
  const { last: serial } = await desk.db
    .insertInto('numbering')
    .values({ room, year, last: 1 })
    .onConflict((clash) =>
      clash.columns(['room', 'year']).doUpdateSet((row) => ({ last: row('numbering.last', '+', 1) })),
    )
    .returning('last')
    .executeTakeFirstOrThrow();
  return { year, serial, text: numberText(desk.rules.numberPattern, year, serial) };
}

async function originOf(desk: Desk, { command, asker }: RecordCommandWork) {
  const people = asker.person === null ? [] : await desk.office.people();
  const person = people.find((row) => row.id === asker.person);
  const account =
    person !== undefined || asker.account === null
      ? undefined
      : await desk.db
          .selectFrom('accounts')
          .select('name')
          .where('id', '=', asker.account)
          .executeTakeFirst();
  const origin: Origin = {
    opId: command.opId,
    account: asker.account,
    seat: asker.seat,
    person: asker.person,
    name: person?.name ?? account?.name ?? asker.account,
  };
  return { origin, phone: person?.phone ?? '' };
}

function auditOf(command: RecordCommand, outcome: Outcome) {
  const field = 'field' in command ? command.field : null;
  return outcome.ok
    ? {
        kind: `record-${command.type}`,
        subject: command.record,
        payload: { opId: command.opId, field, version: outcome.version, number: outcome.numberText },
      }
    : {
        kind: 'record-refused',
        subject: command.record,
        payload: { opId: command.opId, asked: command.type, field, code: outcome.refusal.code },
      };
}
