/** What the service reads for itself: to stand up again after a kill, and to know accounts, sessions and the office. */
import type { CallFact, CallText } from '../calls/fact.ts';
import type { Contact } from '../directory/contact.ts';
import type { Office, OfficeLine } from '../duty/office.ts';
import type { Standing } from '../duty/standing.ts';
import type { MadeFile, SoundJudgement } from '../sound/judgement.ts';
import { pieces } from './bulk.ts';
import type { RecordingTable } from './call-tables.ts';
import type { ReadDeps } from './read.ts';
import { readKeys } from './room-views.ts';
import { shiftOf } from './shift-row.ts';
import type { AccountRow, SessionRow } from './store/accounts.ts';
import type { RecordingRow } from './store/recordings.ts';
import type { AccountTable, SessionTable } from './tables.ts';

const AN_HOUR = 60 * 60 * 1_000;

/** What a tracker must know again: the calls that stand, and those that ended within the last hour. */
export async function keptForRestore(
  { db }: ReadDeps,
  pbx: string,
  at: number,
): Promise<{ readonly facts: readonly CallFact[]; readonly texts: readonly CallText[] }> {
  // Of all PBXs, so that SQLite takes the index of ends; with `pbx = …` it walks every call there ever was.
  const recent = await db
    .selectFrom('calls')
    .select(['id', 'pbx', 'linkedid', 'generation'])
    .where((row) => row.or([row('ended_at', 'is', null), row('ended_at', '>=', at - AN_HOUR)]))
    .execute();
  const calls = recent.filter((call) => call.pbx === pbx);
  const facts: { readonly position: number; readonly fact_json: string }[] = [];
  const names = new Map<string, string>();
  for (const piece of pieces(calls)) {
    const ids = piece.map((call) => call.id);
    const rows = await db
      .selectFrom('facts')
      .select(['position', 'fact_json'])
      .where('stream_id', 'in', ids)
      .where('stream', '=', 'call')
      .execute();
    facts.push(...rows);
    const texts = await db
      .selectFrom('call_texts')
      .select(['call_id', 'text'])
      .where('call_id', 'in', ids)
      .where('kind', '=', 'caller-name')
      .execute();
    for (const { call_id, text } of texts) names.set(call_id, text);
  }
  facts.sort((one, other) => one.position - other.position);
  return {
    facts: facts.map((row) => JSON.parse(row.fact_json) as CallFact),
    texts: calls.flatMap(({ id, linkedid, generation }) => {
      const callerName = names.get(id);
      return callerName === undefined ? [] : [{ pbx, linkedid, generation, callerName }];
    }),
  };
}

export async function recordingRows(
  deps: ReadDeps,
  where: { readonly id: string } | { readonly call: string } | 'unfinished',
): Promise<readonly RecordingRow[]> {
  let query = deps.db.selectFrom('recordings').selectAll();
  if (where === 'unfinished') {
    query = query.where('state', 'in', ['starting', 'recording', 'no-growth', 'cannot-check']);
  } else if ('id' in where) {
    query = query.where('id', '=', where.id);
  } else {
    query = query.where('call_id', '=', where.call);
  }
  return (await query.orderBy('known_at').execute()).map(recordingRow);
}

export function recordingRow(row: RecordingTable): RecordingRow {
  return {
    id: row.id,
    call: row.call_id,
    room: row.room,
    pbx: row.pbx,
    linkedid: row.linkedid,
    uniqueid: row.uniqueid,
    part: row.part as RecordingRow['part'],
    mode: row.mode as RecordingRow['mode'],
    pbxPath: row.pbx_path,
    state: row.state as RecordingRow['state'],
    file: row.file,
    bytes: row.bytes,
    seconds: row.seconds,
    sha256: row.sha256,
    sides: row.sides_json === null ? [] : (JSON.parse(row.sides_json) as readonly MadeFile[]),
    repaired: row.repaired === 1,
    knownAt: row.known_at,
    orderedAt: row.ordered_at,
    judgement: row.judgement_json === null ? null : (JSON.parse(row.judgement_json) as SoundJudgement),
    copyState: row.copy_state as RecordingRow['copyState'],
    copiedAt: row.copied_at,
    checkState: row.check_state as RecordingRow['checkState'],
    checkedAt: row.checked_at,
    foundBy: row.found_by,
  };
}

export function accountRow(row: AccountTable): AccountRow {
  return {
    id: row.id,
    login: row.login,
    name: row.name,
    role: row.role as AccountRow['role'],
    unit: row.unit,
    person: row.person,
    passwordHash: row.password_hash,
    totpSecret: row.totp_secret,
    failures: row.failures,
    lockedUntil: row.locked_until,
    disabled: row.disabled === 1,
    keys: readKeys(row),
  };
}

export function sessionRow(row: SessionTable): SessionRow {
  const { id, account, seat, opened_at: openedAt, seen_at: seenAt, expires_at: expiresAt } = row;
  return { id, account, seat, openedAt, seenAt, expiresAt, lockedAt: row.locked_at, activeAt: row.active_at };
}

/** The telephone book, in the order of its ids. */
export async function readContacts({ db }: Pick<ReadDeps, 'db'>): Promise<readonly Contact[]> {
  const rows = await db
    .selectFrom('directory')
    .select(['id', 'number', 'unit', 'person', 'title', 'class'])
    .orderBy('id')
    .execute();
  return rows as readonly Contact[];
}

/** The whole office as `office export` writes it. */
export async function readOffice({ db }: ReadDeps): Promise<Office> {
  const [units, rooms, lines, seats, people, directory, roster] = await Promise.all([
    db.selectFrom('units').selectAll().orderBy('id').execute(),
    db.selectFrom('rooms').selectAll().orderBy('id').execute(),
    db.selectFrom('lines').selectAll().orderBy('id').execute(),
    db.selectFrom('seats').select(['id', 'room', 'name', 'phone']).orderBy('id').execute(),
    db
      .selectFrom('people')
      .select(['id', 'room', 'name', 'title', 'phone', 'standing'])
      .orderBy('id')
      .execute(),
    readContacts({ db }),
    db.selectFrom('roster').selectAll().orderBy('id').execute(),
  ]);
  return {
    units,
    rooms: rooms.map(({ id, unit, name, form_title: formTitle }) => ({ id, unit, name, formTitle })),
    lines: lines.map((line) => ({
      id: line.id,
      room: line.room,
      pbx: line.pbx,
      number: line.number,
      dids: JSON.parse(line.dids_json) as readonly string[],
      trunks: JSON.parse(line.trunks_json) as readonly string[],
      phones: JSON.parse(line.phones_json) as readonly string[],
      recording: line.recording as OfficeLine['recording'],
    })),
    seats,
    people: people.map(({ standing, ...person }) =>
      standing === null ? person : { ...person, standing: standing as Standing },
    ),
    directory,
    shifts: roster.map(shiftOf),
  };
}
