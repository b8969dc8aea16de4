/**
 * Folds the tables people query anew from what is written once: facts, and the texts of forms among the revisions. The
 * same functions fold here and in the live path, so that a rebuilt table equals the live one.
 */
import type { CallFact, PbxFact } from '../calls/fact.ts';
import type { RecordingReport } from '../calls/recording-report.ts';
import type { FindingFact } from '../diagnosis/finding.ts';
import type { ProbeFact } from '../diagnosis/probe.ts';
import type { IncidentFact } from '../duty/incident.ts';
import { evolve, type PhoneRecord, type RecordFact } from '../records/record.ts';
import { among } from './among.ts';
import { type CallShelf, createCallShelf } from './call-shelf.ts';
import type { Desk } from './desk.ts';
import { upsertEntries } from './entry-rows.ts';
import { foldCallbackOfRecord, foldCallbacks } from './fold-callbacks.ts';
import { loadRecord, upsertFields, upsertRecord } from './record-rows.ts';
import { rebuildIndex } from './search-index.ts';
import type { FactTable } from './tables.ts';
import { touch } from './write-attachment.ts';
import { type ArrivalContext, arrived, joinCalls, next } from './write-call-step.ts';
import { type CallbackFact, foldCallback } from './write-callback.ts';
import { foldGap } from './write-gap.ts';
import { type EmergencyFact, foldEmergencyFact, foldIncidentFact } from './write-incident.ts';
import { foldProbeFact } from './write-probe.ts';
import { entriesIn, entryTextsOf, writtenBy } from './write-record-facts.ts';
import { callOfLinkedid, recordingAfter, recordingOf } from './write-recording.ts';
import { foldShutting, type ShutFact } from './write-shut.ts';
import { ATTACHED_BY_HAND } from './write-stray.ts';
import { foldFindingFact, foldSeenAgain } from './write-suspicion.ts';

const PAGE = 1_000;
const FOLDED = [
  'emergency_decisions',
  'incidents',
  'finding_evidence',
  'findings',
  'probes',
  'callbacks',
  'legs',
  'calls',
  'gaps',
  'recordings',
  'shut',
  'record_entries',
  'record_fields',
  'records',
] as const;

/** Empties and refills the folded tables inside the desk's transaction. */
export async function rebuild(desk: Desk): Promise<void> {
  for (const table of FOLDED) await desk.db.deleteFrom(table).execute();
  let position = 0;
  for (;;) {
    const rows = await desk.db
      .selectFrom('facts')
      .selectAll()
      .where('position', '>', position)
      .orderBy('position')
      .limit(PAGE)
      .execute();
    const calls = createCallShelf(desk);
    for (const run of runsOf(rows)) {
      // Only facts of calls gather on the shelf; the others look calls up in their table.
      if (run[0].stream !== 'call') await calls.flush();
      await foldRun({ ...desk, calls }, run);
    }
    position = rows.at(-1)?.position ?? position;
    await calls.flush();
    if (rows.length < PAGE) break;
  }
  await foldSeenAgain(desk);
  await rebuildIndex(desk);
}

type Run = readonly [FactTable, ...FactTable[]];

/** Facts of one record and one moment, as they were written together, are folded together; every other one by itself. */
function runsOf(rows: readonly FactTable[]): readonly Run[] {
  const runs: [FactTable, ...FactTable[]][] = [];
  for (const row of rows) {
    const run = runs.at(-1);
    const [first] = run ?? [];
    if (row.stream === 'record' && first?.stream_id === row.stream_id && first.at === row.at) run?.push(row);
    else runs.push([row]);
  }
  return runs;
}

async function foldRun(desk: Desk & { readonly calls: CallShelf }, run: Run): Promise<void> {
  const [row] = run;
  switch (row.stream) {
    case 'call':
      return foldCallFact(desk, row);
    case 'gap':
      return foldGap(desk, row.stream_id, JSON.parse(row.fact_json) as PbxFact);
    case 'recording':
      // Who attached a file says nothing about the recording that the report beside it does not.
      if (row.kind === ATTACHED_BY_HAND) return;
      return foldReport(desk, JSON.parse(row.fact_json) as RecordingReport);
    case 'shutting':
      return foldShutting(desk, JSON.parse(row.fact_json) as ShutFact);
    case 'record':
      return foldRecordFacts(desk, run);
    case 'callback':
      return foldCallback(desk, row.stream_id, JSON.parse(row.fact_json) as CallbackFact);
    case 'note':
      // The note itself is an erasable text and no fold.
      return;
    case 'review':
      // As is a mark with its remark; what 记录查询 shows of it is read from there.
      return;
    case 'finding': {
      const room = (JSON.parse(row.context_json ?? '{}') as { readonly room?: string }).room ?? null;
      return foldFindingFact(desk, row.stream_id, JSON.parse(row.fact_json) as FindingFact, room);
    }
    case 'probe': {
      const { room = null } = JSON.parse(row.context_json ?? '{}') as { readonly room?: string | null };
      return foldProbeFact(desk, row.stream_id, JSON.parse(row.fact_json) as ProbeFact, room);
    }
    case 'incident':
      return foldIncidentFact(desk, row.stream_id, JSON.parse(row.fact_json) as IncidentFact);
    case 'emergency':
      return foldEmergencyFact(desk, row.stream_id, JSON.parse(row.fact_json) as EmergencyFact);
    case 'attachment':
      // So is the attachment; that a record has one is not.
      return touch(desk, (JSON.parse(row.fact_json) as { readonly record: string }).record);
  }
}

async function foldCallFact(desk: Desk, row: FactTable): Promise<void> {
  const fact = JSON.parse(row.fact_json) as CallFact;
  const before = await desk.calls.get(fact);
  if (before !== undefined) {
    const after = next(desk, before, fact);
    desk.calls.put(fact, after);
    await foldCallbacks(desk, after, fact);
    if (fact.kind === 'calls-joined') {
      await desk.calls.flush();
      await joinCalls(desk, after, fact);
    }
    return;
  }
  if (fact.kind !== 'call-arrived' || row.context_json === null) {
    throw new Error(`fact ${row.position}: ${fact.kind} of a call that never arrived`);
  }
  const context = JSON.parse(row.context_json) as ArrivalContext;
  desk.calls.put(fact, arrived(desk, fact, { id: row.stream_id, ...context }));
}

async function foldReport(desk: Desk, report: RecordingReport): Promise<void> {
  if (report.type === 'recording-known') {
    const call = await callOfLinkedid(desk, report.pbx, report.linkedid, report.generation);
    const row = { ...recordingOf(report), call_id: call?.id ?? null, room: call?.room ?? null };
    await desk.db.insertInto('recordings').values(row).execute();
    return;
  }
  const before = await desk.db
    .selectFrom('recordings')
    .selectAll()
    .where('id', '=', report.recording)
    .executeTakeFirstOrThrow();
  const { id, ...columns } = recordingAfter(before, report);
  await desk.db.updateTable('recordings').set(columns).where('id', '=', id).execute();
}

async function foldRecordFacts(desk: Desk, run: Run): Promise<void> {
  const [{ stream_id: record }] = run;
  const facts = await withTexts(desk, run);
  const before = await loadRecord(desk, record);
  const after = facts.reduce<PhoneRecord | undefined>(evolve, before);
  if (after === undefined) return;
  await upsertRecord(desk, after);
  await upsertFields(desk, after, writtenBy(facts));
  await upsertEntries(desk, after, entriesIn(facts));
  await foldCallbackOfRecord(desk, before, after);
}

/** Facts with their texts and the names of their writers from the revisions that hold them; an erased text is empty. */
async function withTexts({ db, dialect }: Desk, rows: Run): Promise<readonly RecordFact[]> {
  const kept = rows.map((row) => JSON.parse(row.fact_json) as Record<string, unknown>);
  const revisions = kept.flatMap(({ revision }) => (typeof revision === 'string' ? revision : []));
  const held =
    revisions.length === 0
      ? []
      : await db
          .selectFrom('record_revisions')
          .select(['id', 'value', 'reason', 'by_person', 'by_name'])
          .where(among(dialect, 'id', revisions))
          .execute();
  const heldBy = new Map(held.map((row) => [row.id, row]));
  return kept.map(({ revision, digest: _digest, ...fact }) => {
    if (typeof revision !== 'string') return fact as RecordFact;
    const { value = null, reason = null, by_name = null, by_person = null } = heldBy.get(revision) ?? {};
    const by = by_name === null ? null : { person: by_person, name: by_name };
    if (fact.kind === 'entry-added') return { ...fact, by, ...entryTextsOf(value) } as RecordFact;
    return { ...fact, by, text: value ?? '', reason } as RecordFact;
  });
}
