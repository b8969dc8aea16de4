import type { Refusal } from '../records/command.ts';
import type { CallTable } from './call-tables.ts';
import { appendFact, type Desk } from './desk.ts';
import { insertRows, type OnClash } from './insert-rows.ts';
import { DONE, type Outcome } from './outcome.ts';
import type { StrayRecordingTable } from './stray-table.ts';
import type { StrayWork } from './stray-work.ts';
import { writeRecordingReport } from './write-recording.ts';

/** Kind of the fact that says which person attached a file. */
export const ATTACHED_BY_HAND = 'recording-attached-by-hand';

const LONGEST_REASON = 200;

const REFUSALS = {
  noStray: { code: 'stray-unknown', zh: '找不到这段无主录音。', en: 'There is no such stray recording.' },
  decided: {
    code: 'stray-decided',
    zh: '这段录音已有人处理，请刷新后查看。',
    en: 'Somebody has decided about this recording already.',
  },
  gone: {
    code: 'stray-gone',
    zh: '录音文件已不在交换机上，或已由系统归入通话。',
    en: 'The file is not on the PBX any more, or has found its call.',
  },
  noCall: { code: 'call-unknown', zh: '找不到该通话。', en: 'There is no such call.' },
  otherPbx: {
    code: 'stray-other-pbx',
    zh: '录音与通话不属于同一台交换机。',
    en: 'The recording and the call are of different PBXs.',
  },
  noReason: {
    code: 'stray-reason-missing',
    zh: `请填写不归入通话的原因（不超过 ${LONGEST_REASON} 字）。`,
    en: `Say why it belongs to no call, in at most ${LONGEST_REASON} characters.`,
  },
} as const satisfies Record<string, Refusal>;

/** Writes one look at a folder, or what a person decided. Repeats are harmless; a decision is not changed by a look. */
export async function writeStray(desk: Desk, work: StrayWork): Promise<Outcome> {
  switch (work.type) {
    case 'strays-seen':
      return writeSeen(desk, work);
    case 'stray-attach':
      return attach(desk, work);
    case 'stray-ignore':
      return ignore(desk, work);
  }
}

const SEEN_AGAIN: OnClash<StrayRecordingTable> = {
  key: ['pbx', 'path'],
  update: ['bytes', 'modified_at', 'last_seen_at', 'suggestion_json'],
};

async function writeSeen(desk: Desk, work: Extract<StrayWork, { type: 'strays-seen' }>): Promise<Outcome> {
  const { pbx, at, seen, gone } = work;
  const rows = seen.map(
    ({ id, path, bytes, modifiedAt, suggestions }): StrayRecordingTable => ({
      id,
      pbx,
      path: path.replaceAll('\0', '\ufffd'),
      bytes,
      modified_at: modifiedAt,
      first_seen_at: at,
      last_seen_at: at,
      state: 'open',
      recording: null,
      by_person: null,
      decided_at: null,
      reason: null,
      suggestion_json: JSON.stringify(suggestions),
    }),
  );
  // One statement may not touch a row twice on PostgreSQL.
  const byPath = new Map(rows.map((row) => [row.path, row]));
  await insertRows(desk, 'stray_recordings', [...byPath.values()], SEEN_AGAIN);
  // Back again, as a share that was away: by the look and not by the id, which a known path keeps.
  await desk.db
    .updateTable('stray_recordings')
    .set({ state: 'open' })
    .where('pbx', '=', pbx)
    .where('state', '=', 'gone')
    .where('last_seen_at', '=', at)
    .execute();
  for (let from = 0; from < gone.length; from += 500) {
    await desk.db
      .updateTable('stray_recordings')
      .set({ state: 'gone' })
      .where('id', 'in', gone.slice(from, from + 500))
      .where('pbx', '=', pbx)
      .where('state', '=', 'open')
      .execute();
  }
  return DONE;
}

async function attach(desk: Desk, work: Extract<StrayWork, { type: 'stray-attach' }>): Promise<Outcome> {
  const stray = await strayOf(desk, work.stray);
  if (stray === undefined) return refused(REFUSALS.noStray);
  const call = await survivorOf(desk, work.call);
  if (call === undefined) return refused(REFUSALS.noCall);
  if (stray.state === 'attached') return isRepeat(desk, stray, call);
  if (stray.state === 'gone') return refused(REFUSALS.gone);
  if (stray.pbx !== call.pbx) return refused(REFUSALS.otherPbx);
  const { person, account, at } = work;
  // A file that was given up for missing has a recording of this id: what it says stays as it was said.
  const recording = (await hasRecording(desk, stray.id)) ? desk.newId() : stray.id;
  await desk.db
    .updateTable('stray_recordings')
    .set({ state: 'attached', recording, by_person: person, decided_at: at, reason: null })
    .where('id', '=', stray.id)
    .execute();
  const { pbx, linkedid, generation } = call;
  await writeRecordingReport(desk, {
    type: 'recording-known',
    recording,
    pbx,
    linkedid,
    generation,
    uniqueid: linkedid,
    part: 'talk',
    mode: await modeOf(desk, call),
    pbxPath: stray.path,
    foundBy: `by-hand:${person}`,
    at,
  });
  const fact = { type: ATTACHED_BY_HAND, recording, stray: stray.id, call: call.id, person, account, at };
  appendFact(desk, {
    fact_key: `recording:${recording}:${ATTACHED_BY_HAND}:${at}`,
    stream: 'recording',
    stream_id: recording,
    kind: ATTACHED_BY_HAND,
    at,
    fact_json: JSON.stringify(fact),
    context_json: null,
  });
  desk.audits.push({
    at,
    account,
    person,
    kind: ATTACHED_BY_HAND,
    subject: recording,
    payload: { call: call.id, stray: stray.id, path: stray.path },
  });
  desk.effects.push({
    id: desk.newId(),
    kind: 'attach-recordings',
    call: call.id,
    pbx,
    linkedid,
    generation,
  });
  return DONE;
}

async function ignore(desk: Desk, work: Extract<StrayWork, { type: 'stray-ignore' }>): Promise<Outcome> {
  const reason = work.reason.replaceAll('\0', '').trim();
  if (reason === '' || reason.length > LONGEST_REASON) return refused(REFUSALS.noReason);
  const stray = await strayOf(desk, work.stray);
  if (stray === undefined) return refused(REFUSALS.noStray);
  if (stray.state === 'attached') return refused(REFUSALS.decided);
  if (stray.state === 'gone') return refused(REFUSALS.gone);
  if (stray.state === 'ignored' && stray.reason === reason) return DONE;
  const { person, account, at } = work;
  await desk.db
    .updateTable('stray_recordings')
    .set({ state: 'ignored', by_person: person, decided_at: at, reason })
    .where('id', '=', stray.id)
    .execute();
  const payload = { path: stray.path, reason };
  desk.audits.push({ at, account, person, kind: 'stray-ignored', subject: stray.id, payload });
  return DONE;
}

function strayOf(desk: Desk, id: string): Promise<StrayRecordingTable | undefined> {
  return desk.db
    .selectFrom('stray_recordings')
    .selectAll()
    .where('id', '=', id)
    .$if(desk.dialect === 'postgres', (query) => query.forUpdate())
    .executeTakeFirst();
}

type CallKey = Pick<CallTable, 'id' | 'pbx' | 'linkedid' | 'generation' | 'line' | 'joined_to'>;

async function survivorOf(desk: Desk, id: string): Promise<CallKey | undefined> {
  const call = await desk.db
    .selectFrom('calls')
    .select(['id', 'pbx', 'linkedid', 'generation', 'line', 'joined_to'])
    .where('id', '=', id)
    .executeTakeFirst();
  return call?.joined_to == null ? call : survivorOf(desk, call.joined_to);
}

/** The same decision told again is done; another one comes too late. */
async function isRepeat(desk: Desk, stray: StrayRecordingTable, call: CallKey): Promise<Outcome> {
  const row = await desk.db
    .selectFrom('recordings')
    .select('call_id')
    .where('id', '=', stray.recording ?? '')
    .executeTakeFirst();
  return row?.call_id === call.id ? DONE : refused(REFUSALS.decided);
}

async function hasRecording(desk: Desk, id: string): Promise<boolean> {
  const row = await desk.db.selectFrom('recordings').select('id').where('id', '=', id).executeTakeFirst();
  return row !== undefined;
}

async function modeOf(desk: Desk, call: CallKey): Promise<'pbx' | 'snippet'> {
  const line = (await desk.office.lines()).find((row) => row.id === call.line);
  return line?.recording === 'snippet' ? 'snippet' : 'pbx';
}

function refused(refusal: Refusal): Outcome {
  return { ok: false, refusal };
}
