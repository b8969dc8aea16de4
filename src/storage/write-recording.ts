import type { RecordingReport } from '../calls/recording-report.ts';
import type { RecordingTable } from './call-tables.ts';
import { appendFact, type Desk, noteChange } from './desk.ts';
import { DONE, type Outcome } from './outcome.ts';
import { indexCall } from './search-index.ts';
import { isDestroyed } from './write-shut.ts';

const FINAL = ['attached', 'no-sound', 'missing', 'refused-path', 'expired'];

/** Writes what the recording side reports. Reports may repeat and overtake each other; a finished file stays finished. */
export async function writeRecordingReport(desk: Desk, report: RecordingReport): Promise<Outcome> {
  const row = await desk.db
    .selectFrom('recordings')
    .selectAll()
    .where('id', '=', report.recording)
    .$if(desk.dialect === 'postgres', (query) => query.forUpdate())
    .executeTakeFirst();
  if (report.type === 'recording-known') return row === undefined ? known(desk, report) : DONE;
  if (row === undefined) return { ok: false, refusal: unknownRecording };
  const after = recordingAfter(row, report);
  if (after === row) return DONE;
  const { id, ...columns } = after;
  await desk.db.updateTable('recordings').set(columns).where('id', '=', id).execute();
  if (after.call_id !== null && after.state !== row.state) indexCall(desk, after.call_id);
  keepFact(desk, report, after.state);
  const next = nextStage(report);
  if (next !== null) desk.effects.push({ id: desk.newId(), kind: next, recording: row.id });
  // It was on its way while its call was destroyed.
  if (next !== null && row.call_id !== null && (await isDestroyed(desk, row.call_id))) {
    desk.effects.push({ id: desk.newId(), kind: 'erase-recordings', call: row.call_id });
  }
  if (after.call_id !== null) noteChange(desk, 'call', after.call_id, after.room);
  return DONE;
}

/** Each stage of the pipeline is asked for in the transaction that says the one before it is done. */
function nextStage(report: RecordingReport): 'process-recording' | 'copy-recording' | null {
  if (report.type === 'recording-attached') return 'process-recording';
  return report.type === 'recording-processed' ? 'copy-recording' : null;
}

const unknownRecording = {
  code: 'recording-unknown',
  zh: '找不到这段录音。',
  en: 'There is no such recording.',
};

async function known(
  desk: Desk,
  report: Extract<RecordingReport, { type: 'recording-known' }>,
): Promise<Outcome> {
  const call = await callOfLinkedid(desk, report.pbx, report.linkedid, report.generation);
  const row = { ...recordingOf(report), call_id: call?.id ?? null, room: call?.room ?? null };
  await desk.db.insertInto('recordings').values(row).execute();
  keepFact(desk, report, row.state);
  if (call !== undefined) noteChange(desk, 'call', call.id, call.room);
  return DONE;
}

/** The newest call of that Linkedid, or the one of that generation; for a joined call the one it became part of. */
export async function callOfLinkedid(
  desk: Pick<Desk, 'db'>,
  pbx: string,
  linkedid: string,
  generation?: number,
) {
  const calls = desk.db.selectFrom('calls').select(['id', 'room', 'joined_to']);
  let call = await calls
    .where('pbx', '=', pbx)
    .where('linkedid', '=', linkedid)
    .$if(generation !== undefined, (query) => query.where('generation', '=', generation ?? 1))
    .orderBy('generation', 'desc')
    .executeTakeFirst();
  // A call may have become part of one that became part of another.
  while (call?.joined_to != null) call = await calls.where('id', '=', call.joined_to).executeTakeFirst();
  return call;
}

/** The row of a recording at its first report. */
export function recordingOf(report: Extract<RecordingReport, { type: 'recording-known' }>): RecordingTable {
  return {
    id: report.recording,
    call_id: null,
    room: null,
    pbx: report.pbx,
    linkedid: report.linkedid,
    uniqueid: report.uniqueid,
    part: report.part,
    mode: report.mode,
    pbx_path: report.pbxPath.replaceAll('\0', '�'),
    state: 'starting',
    file: null,
    bytes: null,
    seconds: null,
    sha256: null,
    repaired: 0,
    known_at: report.at,
    judgement_json: null,
    check_state: null,
    checked_at: null,
    copy_state: null,
    copied_at: null,
    found_by: report.foundBy ?? null,
    sides_json: null,
    ordered_at: null,
  };
}

/** The row after a later report; the same row when nothing is new. */
export function recordingAfter(
  row: RecordingTable,
  report: Exclude<RecordingReport, { type: 'recording-known' }>,
): RecordingTable {
  switch (report.type) {
    case 'recording-ordered':
      return row.ordered_at === report.at ? row : { ...row, ordered_at: report.at };
    case 'recording-growth':
      if (FINAL.includes(row.state) || row.state === report.state) return row;
      return { ...row, state: report.state };
    case 'recording-failed':
      if (row.state === 'attached' || row.state === 'expired' || row.state === report.state) return row;
      return { ...row, state: report.state };
    case 'recording-attached': {
      if (row.state === 'expired') return row;
      // A repeat that knows of no sides takes none away.
      const sides_json = report.sides?.length ? JSON.stringify(report.sides) : row.sides_json;
      if (row.state === 'attached' && row.sha256 === report.sha256 && row.sides_json === sides_json)
        return row;
      const { file, bytes, seconds, sha256 } = report;
      const repaired = report.repaired ? 1 : 0;
      return { ...row, state: 'attached', file, bytes, seconds, sha256, sides_json, repaired };
    }
    case 'recording-processed': {
      const judgement_json = JSON.stringify(report.judgement);
      return row.judgement_json === judgement_json ? row : { ...row, judgement_json };
    }
    case 'recording-expired':
      return row.state === 'expired' ? row : { ...row, state: 'expired', file: null };
    case 'recording-copied':
      return { ...row, copy_state: report.state, copied_at: report.at };
    case 'recording-verified':
      return { ...row, check_state: report.state, checked_at: report.at };
  }
}

function keepFact(desk: Desk, report: RecordingReport, state: string): void {
  appendFact(desk, {
    fact_key: `recording:${report.recording}:${report.type}:${state}:${report.at}`,
    stream: 'recording',
    stream_id: report.recording,
    kind: report.type,
    at: report.at,
    fact_json: JSON.stringify(report),
    context_json: null,
  });
}
