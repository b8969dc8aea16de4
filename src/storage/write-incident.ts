/** 突发事件: each step decided inside the transaction, its fact for ever, its words where they can be erased. */
import { evolveIncident, type Incident, type IncidentFact } from '../duty/incident.ts';
import { openClocks, type ReportingCall } from '../duty/incident-clock.ts';
import { decideIncident, type IncidentAsk, objectionToReason } from '../duty/incident-decide.ts';
import { INCIDENT_REFUSALS, type IncidentFault } from '../duty/incident-refusal.ts';
import { limitsOf, USUAL_LIMITS } from '../duty/report-limits.ts';
import { refusals } from '../records/refusal.ts';
import { appendFact, type Desk, noteChange } from './desk.ts';
import { clean, type IncidentTexts, keepTexts, textsOf } from './incident-texts.ts';
import type { IncidentStepWork, IncidentWork, TelephoneReport } from './incident-work.ts';
import { linkableCalls } from './linkable-calls.ts';
import { DONE, type Outcome } from './outcome.ts';
import { answerAgain, keepAnswer } from './record-operation.ts';
import { callsToSuperiors } from './reporting-calls.ts';
import { shutAmong, shutIncidents } from './shut-reads.ts';

/** 不需上报, said of a record: ids and times only. */
export interface EmergencyFact {
  readonly kind: 'not-reportable';
  readonly by: string | null;
  readonly at: number;
}

/** Carries it out, or answers as the first time when its opId is known. */
export async function writeIncident(desk: Desk, work: IncidentWork): Promise<Outcome> {
  if (!(await desk.office.roomExists(work.room))) return { ok: false, refusal: refusals.noSuchRoom };
  const earlier = await answerAgain(desk, work.opId);
  if (earlier !== undefined) return earlier;
  const outcome = work.type === 'incident-step' ? await step(desk, work) : await sayNotReportable(desk, work);
  const subject = work.type === 'incident-step' ? work.incident : work.record;
  await keepAnswer(desk, { opId: work.opId, record: subject, at: work.at }, outcome);
  return outcome;
}

async function step(desk: Desk, work: IncidentStepWork): Promise<Outcome> {
  const { room, at } = work;
  const incident = await loadIncident(desk, work.incident);
  if (incident !== undefined && incident.room !== room) return refused('unknown');
  // Nobody reads or reports what is shut away; that it ends somebody must be able to say.
  const ends = work.ask.type === 'close' || work.ask.type === 'acknowledge';
  if (!ends && incident !== undefined && (await shutIncidents(desk, [incident])).size > 0)
    return refused(incident.record === null ? 'shut' : 'record-unknown');
  const ask = await asTold(desk, incident, work.ask);
  if (typeof ask === 'string') return refused(ask);
  const fault = await objectionToTies(desk, room, incident, ask);
  if (fault !== null) return refused(fault);
  const by = work.person ?? work.account;
  const signedBy = ask.type === 'report' ? await personNamed(desk, room, ask.signer) : null;
  const limits = limitsOf(desk.rules.reportLimits ?? USUAL_LIMITS, room);
  const facts = decideIncident(incident, ask, { at, by, signedBy, limits });
  if (typeof facts === 'string') return refused(facts);
  for (const [turn, fact] of facts.entries())
    await keepFact(desk, work, fact, turn === 0 ? textsOf(ask) : {});
  if (facts.length > 0) noteChange(desk, 'room', room, room);
  if (ask.type === 'open' && ask.record !== null) noteChange(desk, 'record', ask.record, room);
  return DONE;
}

/** A 电话报告 of which the telephone itself knows has its time, however it was entered. */
async function asTold(
  desk: Desk,
  incident: Incident | undefined,
  ask: IncidentStepWork['ask'],
): Promise<IncidentAsk | IncidentFault> {
  if (ask.type === 'telephone') return byTelephone(desk, incident, ask);
  if (ask.type !== 'report' || ask.channel !== 'telephone' || ask.call === null) return ask;
  const { channel: _typed, sentAt: _too, call, ...said } = ask;
  return byTelephone(desk, incident, { ...said, type: 'telephone', call });
}

/** The talk itself says when it was, and whether it can be a report at all. */
async function byTelephone(
  desk: Desk,
  incident: Incident | undefined,
  { type: _type, ...said }: TelephoneReport,
): Promise<Extract<IncidentAsk, { type: 'report' }> | IncidentFault> {
  if (incident === undefined) return 'unknown';
  const sentAt = await byTelephoneAt(desk, incident, said.call);
  if (sentAt === null) return 'call-unfit';
  return { ...said, type: 'report', channel: 'telephone', sentAt };
}

/** What a step names must be there: a record of this room that may become an incident, a call of this room. */
async function objectionToTies(
  desk: Desk,
  room: string,
  incident: Incident | undefined,
  ask: IncidentAsk,
): Promise<IncidentFault | null> {
  if (ask.type === 'open') {
    if (incident !== undefined || ask.record === null) return null;
    if (!(await mayBecomeOne(desk, room, ask.record))) return 'record-unknown';
    return (await decisionOf(desk, ask.record)) === 'incident' ? 'record-decided' : null;
  }
  const call = ask.type === 'report' || ask.type === 'link-call' ? ask.call : null;
  if (call === null) return null;
  const row = await desk.db.selectFrom('calls').select('room').where('id', '=', call).executeTakeFirst();
  const shut = await shutAmong(desk, 'call_id', [call]);
  if (row?.room !== room || shut.size > 0) return 'call-unknown';
  return incident === undefined ? null : objectionToCall(desk, incident, ask, call);
}

/** A 电话报告 is a talk with a superior office; a report on paper may be confirmed by others, when somebody says so. */
async function objectionToCall(
  desk: Desk,
  incident: Incident,
  ask: IncidentAsk,
  call: string,
): Promise<IncidentFault | null> {
  if (ask.type === 'link-call') {
    const report = incident.reports.find(({ id }) => id === ask.report);
    if (report?.channel === 'telephone')
      return (await byTelephoneAt(desk, incident, call)) === null ? 'call-unfit' : null;
  }
  // A 电话报告 with its call was looked at when its time was taken from it.
  if (ask.type === 'report' && ask.channel === 'telephone') return null;
  const [talk] = await linkableCalls(desk, incident, call);
  if (talk === undefined) return 'call-untimely';
  const isMeant = (ask.type === 'report' || ask.type === 'link-call') && ask.confirmed === true;
  return talk.superior || isMeant ? null : 'call-stranger';
}

/** When the superior office took it up, ms UTC; null: it did not, or before 接报. */
async function byTelephoneAt(
  desk: Desk,
  { room, receivedAt }: Incident,
  call: string,
): Promise<number | null> {
  const talks: readonly ReportingCall[] = await callsToSuperiors(desk, room, receivedAt);
  return talks.find((talk) => talk.call === call)?.answeredAt ?? null;
}

async function sayNotReportable(
  desk: Desk,
  work: Extract<IncidentWork, { type: 'emergency-not-reportable' }>,
): Promise<Outcome> {
  const { room, record, at, account, person } = work;
  const reason = clean(work.reason);
  const asked = clean(work.asked);
  if (!(await mayBecomeOne(desk, room, record))) return refused('record-unknown');
  if ((await decisionOf(desk, record)) === 'incident') return refused('record-decided');
  const fault = objectionToReason(reason);
  if (fault !== null) return refused(fault);
  if (asked === '' || [...asked].length > 50) return refused('asked-whom');
  const fact: EmergencyFact = { kind: 'not-reportable', by: person ?? account, at };
  const name = await nameOf(desk, work);
  const texts: IncidentTexts = { reason, asked };
  const kept = await keepTexts(desk, {
    subject: record,
    kind: fact.kind,
    ref: null,
    texts,
    person,
    name,
    at,
  });
  appendFact(desk, {
    fact_key: `emergency:${record}:${kept.text}`,
    stream: 'emergency',
    stream_id: record,
    kind: fact.kind,
    at,
    fact_json: JSON.stringify({ ...fact, ...kept }),
    context_json: null,
  });
  await foldEmergencyFact(desk, record, fact);
  desk.audits.push({ at, account, person, kind: 'emergency-not-reportable', subject: record, payload: {} });
  noteChange(desk, 'record', record, room);
  noteChange(desk, 'room', room, room);
  return DONE;
}

async function keepFact(
  desk: Desk,
  work: IncidentStepWork,
  fact: IncidentFact,
  texts: IncidentTexts,
): Promise<void> {
  const { incident: id, account, person, at } = work;
  const name = await nameOf(desk, work);
  const written = { subject: id, kind: fact.kind, ref: refOf(fact), texts, person, name, at };
  const kept = await keepTexts(desk, written);
  appendFact(desk, {
    fact_key: `incident:${id}:${kept.text}`,
    stream: 'incident',
    stream_id: id,
    kind: fact.kind,
    at,
    fact_json: JSON.stringify({ ...fact, ...kept }),
    context_json: null,
  });
  await foldIncidentFact(desk, id, fact);
  desk.audits.push({ at, account, person, kind: fact.kind, subject: id, payload: { ref: refOf(fact) } });
}

function refOf(fact: IncidentFact): string | null {
  if ('report' in fact) return fact.report;
  if ('inquiry' in fact) return fact.inquiry;
  return 'clock' in fact ? fact.clock : null;
}

/** The row after one of its facts; live and when everything is folded anew. */
export async function foldIncidentFact(
  { db }: Pick<Desk, 'db'>,
  id: string,
  fact: IncidentFact,
): Promise<void> {
  const row = await db.selectFrom('incidents').selectAll().where('id', '=', id).executeTakeFirst();
  const before = row === undefined ? undefined : (JSON.parse(row.incident_json) as Incident);
  const after = evolveIncident(id, before, fact);
  if (after === undefined) return;
  // Whether a clock is still to be kept depends on no limit and no moment.
  const running = openClocks(after, USUAL_LIMITS.usual, 0).length > 0 ? 1 : 0;
  const columns = { closed_at: after.closedAt, running, incident_json: JSON.stringify(after) };
  if (row !== undefined) {
    await db.updateTable('incidents').set(columns).where('id', '=', id).execute();
    return;
  }
  const { room, record, openedAt: opened_at } = after;
  await db
    .insertInto('incidents')
    .values({ id, room, record_id: record, opened_at, ...columns })
    .execute();
  if (record !== null) await putDecision(db, record, { decision: 'incident', incident_id: id, at: fact.at });
}

export async function foldEmergencyFact(
  { db }: Pick<Desk, 'db'>,
  record: string,
  { at }: EmergencyFact,
): Promise<void> {
  await putDecision(db, record, { decision: 'not-reportable', incident_id: null, at });
}

async function putDecision(
  db: Desk['db'],
  record_id: string,
  columns: { readonly decision: string; readonly incident_id: string | null; readonly at: number },
): Promise<void> {
  await db
    .insertInto('emergency_decisions')
    .values({ record_id, ...columns })
    .onConflict((clash) => clash.column('record_id').doUpdateSet(columns))
    .execute();
}

async function loadIncident(desk: Desk, id: string): Promise<Incident | undefined> {
  const row = await desk.db
    .selectFrom('incidents')
    .select('incident_json')
    .where('id', '=', id)
    .$if(desk.dialect === 'postgres', (query) => query.forUpdate())
    .executeTakeFirst();
  return row === undefined ? undefined : (JSON.parse(row.incident_json) as Incident);
}

async function mayBecomeOne(desk: Desk, room: string, id: string): Promise<boolean> {
  const row = await desk.db
    .selectFrom('records')
    .select(['room', 'state'])
    .where('id', '=', id)
    .$if(desk.dialect === 'postgres', (query) => query.forUpdate())
    .executeTakeFirst();
  if (row?.room !== room || ['no-record', 'void', 'merged'].includes(row.state)) return false;
  return (await shutAmong(desk, 'record_id', [id])).size === 0;
}

async function decisionOf({ db }: Desk, record: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('emergency_decisions')
    .select('decision')
    .where('record_id', '=', record)
    .executeTakeFirst();
  return row?.decision;
}

async function personNamed(desk: Desk, room: string, name: string): Promise<string | null> {
  const people = await desk.office.people();
  return people.find((person) => person.room === room && person.name === clean(name))?.id ?? null;
}

/** At that moment: who is taken out of the office later keeps his name here. */
async function nameOf(
  desk: Desk,
  { person, account }: Pick<IncidentWork, 'person' | 'account'>,
): Promise<string | null> {
  const known = (await desk.office.people()).find(({ id }) => id === person);
  if (known !== undefined || account === null) return known?.name ?? null;
  const row = await desk.db
    .selectFrom('accounts')
    .select('name')
    .where('id', '=', account)
    .executeTakeFirst();
  return row?.name ?? null;
}

function refused(fault: IncidentFault): Outcome {
  return { ok: false, refusal: INCIDENT_REFUSALS[fault] };
}
