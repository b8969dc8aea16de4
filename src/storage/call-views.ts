import { phaseOf, phonesOf } from '../calls/phase.ts';
import { summaryOf } from '../calls/summary.ts';
import type { Contact } from '../directory/contact.ts';
import { knownCaller } from '../directory/contact.ts';
import { readNumber } from '../directory/number.ts';
import type { SoundJudgement } from '../sound/judgement.ts';
import type { CallerView, CallView, RecordingState, RecordingView } from '../web/protocol/call-view.ts';
import { among } from './among.ts';
import { type CallEntry, entryOf } from './call-row.ts';
import type { CallTable, CallTextTable, RecordingTable } from './call-tables.ts';
import { callExtras } from './callback-views.ts';
import type { ReadDeps } from './read.ts';
import { shutAmong } from './shut-reads.ts';

/** Calls as the page sees them, in the order of the rows. Calls of no room are nobody's to see and are left out. */
export async function callViews(deps: ReadDeps, rows: readonly CallTable[]): Promise<readonly CallView[]> {
  if (rows.length === 0) return [];
  const { db, dialect } = deps;
  const ids = rows.map((row) => row.id);
  const keys = [...new Set(rows.flatMap((row) => row.caller_key ?? []))];
  const [names, recordings, records, contacts, shut] = await Promise.all([
    db
      .selectFrom('call_texts')
      .selectAll()
      .where(among(dialect, 'call_id', ids))
      .execute(),
    db
      .selectFrom('recordings')
      .selectAll()
      .where(among(dialect, 'call_id', ids))
      .orderBy('known_at')
      .execute(),
    db
      .selectFrom('records')
      .select(['id', 'call_id'])
      .where(among(dialect, 'call_id', ids))
      .execute(),
    keys.length === 0
      ? []
      : db
          .selectFrom('directory')
          .selectAll()
          .where(among(dialect, 'match_key', keys))
          .execute(),
    shutAmong(deps, 'call_id', ids),
  ]);
  const contactsByKey = Map.groupBy(contacts, (contact) => contact.match_key);
  const nameByCall = textsOf(names, 'caller-name');
  const extras = await callExtras(deps, ids, textsOf(names, 'callback-reason'));
  const recordByCall = new Map(records.map((record) => [record.call_id, record.id]));
  const recordingsByCall = Map.groupBy(recordings, (recording) => recording.call_id);
  return rows.flatMap((row) => {
    if (row.room === null) return [];
    const entry = entryOf(row);
    const isShut = shut.get(row.id) ?? null;
    const name = isShut === null ? (nameByCall.get(row.id) ?? null) : null;
    const known = row.caller_key === null ? [] : (contactsByKey.get(row.caller_key) ?? []);
    return [
      {
        ...telephoneView(entry),
        room: row.room,
        caller: callerView(deps, entry, name, known as readonly Contact[]),
        recordings: (recordingsByCall.get(row.id) ?? []).map(recordingView),
        record: recordByCall.get(row.id) ?? null,
        callback: isShut === null ? extras.callback(row.id) : null,
        notes: isShut === null ? extras.notes(row.id) : [],
        shut: isShut,
      },
    ];
  });
}

function textsOf(texts: readonly CallTextTable[], kind: CallTextTable['kind']): ReadonlyMap<string, string> {
  return new Map(texts.filter((row) => row.kind === kind).map((row) => [row.call_id, row.text]));
}

/** What the telephone says: the summary of the call, its times moved to our clock. */
function telephoneView(
  entry: CallEntry,
): Omit<CallView, 'room' | 'caller' | 'recordings' | 'record' | 'callback' | 'notes' | 'shut'> {
  const { call, offsetMs } = entry;
  const summary = summaryOf(call);
  const ours = (at: number | null) => (at === null ? null : at - offsetMs);
  return {
    id: entry.id,
    line: summary.line,
    direction: summary.direction,
    phase: phaseOf(call),
    dialled: summary.dialled,
    outcome: summary.outcome,
    startedAt: summary.startedAt - offsetMs,
    ringingAt: ours(summary.ringingAt),
    answeredAt: ours(summary.answeredAt),
    endedAt: ours(summary.endedAt),
    receivedAt: entry.receivedAt,
    phaseSince: entry.phaseSince,
    answeredBy: summary.answeredBy,
    phones: phonesOf(call),
    hungUpBy: summary.hungUpBy,
    transfers: summary.transfers,
    leftPremises: summary.leftPremises,
    leftTo: summary.leftTo,
    diverted: summary.diverted,
    preAnswerAudio: summary.preAnswerAudio,
    tampered: summary.tampered,
    needsAttention: call.attention.length > 0,
    complete: summary.complete,
    recovered: call.begin === 'history',
    course: entry.course,
    joinedTo: entry.joinedTo,
  };
}

function callerView(
  deps: ReadDeps,
  { call }: CallEntry,
  name: string | null,
  contacts: readonly Contact[],
): CallerView {
  const known = knownCaller(contacts);
  const read = readNumber(call.callerNumber, deps.rules.areaCode);
  return {
    number: read.kind === 'unreadable' ? null : call.callerNumber,
    shown: read.shown,
    name,
    unit: known?.unit ?? null,
    person: known?.person ?? null,
    class: known?.class ?? 'unknown',
  };
}

function recordingView(row: RecordingTable): RecordingView {
  return {
    id: row.id,
    part: row.part as RecordingView['part'],
    state: row.state as RecordingState,
    seconds: row.seconds,
    bytes: row.bytes,
    sha256: row.sha256,
    repaired: row.repaired === 1,
    ...judged(row),
    copy: row.copy_state as RecordingView['copy'],
    check: row.check_state as RecordingView['check'],
    foundBy: row.found_by,
  };
}

/** What the pipeline found, as far as the page shows it. */
function judged(row: RecordingTable): Pick<RecordingView, 'defects' | 'sides' | 'playable' | 'peaks'> {
  if (row.judgement_json === null) return { defects: null, sides: null, playable: false, peaks: false };
  const { defects, measure, playable, peaks } = JSON.parse(row.judgement_json) as SoundJudgement;
  return {
    defects,
    sides: measure?.sides.length ?? null,
    playable: playable !== null,
    peaks: peaks !== null,
  };
}
