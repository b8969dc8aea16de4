/** What people decide of a finding, and what settings, codes and probes say of a line. */
import { type FindingDecision, type FindingFact, mayFollow } from '../diagnosis/finding.ts';
import type { Suspicion } from '../diagnosis/suspicion.ts';
import type { LineCheck } from '../diagnosis/verdict.ts';
import type { Refusal } from '../records/command.ts';
import { objectionToReason } from '../records/field-text.ts';
import { appendFact, type Desk, noteChange } from './desk.ts';
import { keepChecks } from './line-checks.ts';
import { DONE, type Outcome } from './outcome.ts';
import { findingOf, foldFindingFact, writeSuspicion } from './write-suspicion.ts';

export type FindingWork =
  | {
      readonly type: 'finding-decide';
      /** Made by the page: the same decision a second time is the same decision. */
      readonly opId: string;
      readonly finding: string;
      readonly decision: FindingDecision;
      /** Why; only a confirmation may go without. */
      readonly reason: string;
      readonly account: string | null;
      readonly person: string | null;
      readonly name: string | null;
      readonly at: number;
    }
  /** One look at a line that was no call: its suspicions, and what may be concluded. */
  | {
      readonly type: 'line-looked-at';
      readonly line: string;
      readonly suspicions: readonly Suspicion[];
      readonly checks: readonly LineCheck[];
      readonly at: number;
    };

export async function writeFinding(desk: Desk, work: FindingWork): Promise<Outcome> {
  return work.type === 'finding-decide' ? decide(desk, work) : lookedAt(desk, work);
}

type DecideWork = Extract<FindingWork, { type: 'finding-decide' }>;

async function decide(desk: Desk, work: DecideWork): Promise<Outcome> {
  const known = await desk.db
    .selectFrom('finding_notes')
    .select('finding_id')
    .where('id', '=', work.opId)
    .executeTakeFirst();
  if (known !== undefined)
    return known.finding_id === work.finding ? DONE : { ok: false, refusal: noFinding };
  const row = await desk.db
    .selectFrom('findings')
    .selectAll()
    .where('id', '=', work.finding)
    .$if(desk.dialect === 'postgres', (query) => query.forUpdate())
    .executeTakeFirst();
  if (row === undefined) return { ok: false, refusal: noFinding };
  if (!mayFollow(findingOf(row).state, work.decision)) return { ok: false, refusal: alreadyDecided };
  const reason = work.reason.replaceAll('\0', '').toWellFormed().trim();
  const objection = work.decision === 'finding-confirmed' && reason === '' ? null : objectionToReason(reason);
  if (objection !== null) return { ok: false, refusal: objection };
  const { account, person, name, at, decision } = work;
  await desk.db
    .insertInto('finding_notes')
    .values({
      ...{ id: work.opId, finding_id: row.id, decision, text: reason },
      ...{ by_person: person, by_name: name, at },
    })
    .execute();
  const fact: FindingFact = { kind: decision, by: person ?? account, at };
  appendFact(desk, {
    fact_key: `finding:${row.id}:${work.opId}`,
    stream: 'finding',
    stream_id: row.id,
    kind: fact.kind,
    at,
    fact_json: JSON.stringify(fact),
    context_json: null,
  });
  await foldFindingFact(desk, row.id, fact, row.room);
  desk.audits.push({ at, account, person, kind: decision, subject: row.id, payload: { line: row.line } });
  // Whoever reads it reads it by its line, which may stand in another room than when it was suspected.
  const room = (await desk.office.lines()).find((line) => line.id === row.line)?.room;
  if (room !== undefined) noteChange(desk, 'room', room, room);
  return DONE;
}

async function lookedAt(
  desk: Desk,
  work: Extract<FindingWork, { type: 'line-looked-at' }>,
): Promise<Outcome> {
  const { line, at } = work;
  const known = (await desk.office.lines()).find((one) => one.id === line);
  // Taken out of the office while it was looked at: there is nobody to tell.
  if (known === undefined) return DONE;
  for (const suspicion of work.suspicions)
    await writeSuspicion(desk, suspicion, { line, room: known.room, call: null, probe: null, at });
  if (await keepChecks(desk, line, work.checks)) noteChange(desk, 'room', known.room, known.room);
  return DONE;
}

const noFinding: Refusal = {
  code: 'finding-unknown',
  zh: '找不到这一项检测发现。请刷新页面。',
  en: 'There is no such finding.',
};
const alreadyDecided: Refusal = {
  code: 'finding-decided',
  zh: '这一项刚才已有人处理。请看过处理结果再定。',
  en: 'Somebody has decided this already. Look at the decision first.',
};
