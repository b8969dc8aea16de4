/**
 * A suspicion joins the open finding of its line and kind, or opens one. One that was noticed in the same call before says
 * nothing new; a standing setting that a person has dismissed stays dismissed until it changes. A line is told outside once of a
 * question until a person has decided, and again when it has moved to another room.
 */
import type { Finding, FindingFact } from '../diagnosis/finding.ts';
import { foldFinding, isOpen, OPEN_STATES, opensFinding, standingKey } from '../diagnosis/finding.ts';
import { suspectAlert } from '../diagnosis/suspect-alert.ts';
import { kindsOf, type Suspicion, TOPIC_OF } from '../diagnosis/suspicion.ts';
import { appendFact, type Desk, noteChange } from './desk.ts';
import type { FindingTable } from './finding-table.ts';
import { raiseAlert } from './write-alert.ts';

export interface Noticed {
  readonly line: string;
  readonly room: string | null;
  readonly call: string | null;
  readonly probe: string | null;
  /** Integer ms UTC by our clock. */
  readonly at: number;
}

/** Evidence rows a finding keeps; a line that is forwarded for a week is noticed at every call. */
const MOST_EVIDENCE = 200;
const UNDECIDED: Finding['state'] = 'suspect';

/** Whether anything new was written. */
export async function writeSuspicion(desk: Desk, suspicion: Suspicion, noticed: Noticed): Promise<boolean> {
  await lockLine(desk, noticed.line);
  if (noticed.call !== null && (await wasNoticedIn(desk, noticed.call, suspicion))) return false;
  const standing = standingKey(suspicion);
  const last = await desk.db
    .selectFrom('findings')
    .selectAll()
    .where('line', '=', noticed.line)
    .where('kind', '=', suspicion.kind)
    // A call that is told late may be older than what was decided since: whatever is open comes first.
    .orderBy((row) => row.case().when('state', 'in', OPEN_STATES).then(0).else(1).end())
    .orderBy('opened_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  const lastIsOpen = last !== undefined && isOpen(last.state as Finding['state']);
  if (!lastIsOpen && !opensFinding(suspicion)) return false;
  const hasMoved = lastIsOpen && noticed.room !== null && last.room !== noticed.room;
  if (
    last !== undefined &&
    standing !== null &&
    !hasMoved &&
    (await isKnownStanding(desk, last, standing, noticed.at))
  )
    return false;
  const id = lastIsOpen ? last.id : desk.newId();
  const fact: FindingFact = {
    ...{ kind: 'finding-suspected', line: noticed.line, suspicion },
    ...{ call: noticed.call, probe: noticed.probe, at: noticed.at },
  };
  appendFact(desk, {
    fact_key: `finding:${id}:${desk.newId()}`,
    stream: 'finding',
    stream_id: id,
    kind: fact.kind,
    at: noticed.at,
    fact_json: JSON.stringify(fact),
    context_json: JSON.stringify({ room: noticed.room }),
  });
  await foldFindingFact(desk, id, fact, noticed.room);
  if ((!lastIsOpen || hasMoved) && !(await isAsked(desk, suspicion, noticed, id)))
    await alertOf(desk, suspicion, noticed);
  if (noticed.room !== null) noteChange(desk, 'room', noticed.room, noticed.room);
  return true;
}

/**
 * Whether the room has been asked the same already and has not answered: a phone that is forwarded shows in its setting, in the
 * dialplan and in every call, and each would be told in the same words.
 */
async function isAsked(
  { db }: Desk,
  { kind }: Suspicion,
  { line, room }: Noticed,
  finding: string,
): Promise<boolean> {
  const row = await db
    .selectFrom('findings')
    .select('id')
    .where('line', '=', line)
    .where('room', '=', room)
    .where('state', '=', UNDECIDED)
    .where('kind', 'in', kindsOf(TOPIC_OF[kind]))
    .where('id', '<>', finding)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** In the same transaction: a 疑似 that is kept is told outside, whatever happens to us next. */
async function alertOf(desk: Desk, { kind }: Suspicion, { line, room, at }: Noticed): Promise<void> {
  if (room === null) return;
  const number = (await desk.office.lines()).find((one) => one.id === line)?.number;
  const name = await desk.db.selectFrom('rooms').select('name').where('id', '=', room).executeTakeFirst();
  if (number === undefined || name === undefined) return;
  const said = suspectAlert(kind, { number, room: name.name });
  if (said === null) return;
  await raiseAlert(desk, { id: desk.newId(), kind: 'line-suspect', pbx: null, since: at, at, ...said }, room);
}

/** On PostgreSQL two processes that notice the same at once take turns. */
async function lockLine({ db, dialect }: Desk, line: string): Promise<void> {
  if (dialect !== 'postgres') return;
  await db.selectFrom('lines').select('id').where('id', '=', line).forUpdate().execute();
}

async function wasNoticedIn(desk: Desk, call: string, suspicion: Suspicion): Promise<boolean> {
  const row = await desk.db
    .selectFrom('finding_evidence')
    .innerJoin('findings', 'findings.id', 'finding_evidence.finding_id')
    .select('findings.id')
    .where('finding_evidence.call_id', '=', call)
    .where('findings.kind', '=', suspicion.kind)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** The same at the same place: while it is open it is only seen again, after it was dismissed it stays so. */
async function isKnownStanding(desk: Desk, last: FindingTable, key: string, at: number): Promise<boolean> {
  if (last.state === 'closed') return false;
  const known = await desk.db
    .selectFrom('finding_evidence')
    .select('turn')
    .where('finding_id', '=', last.id)
    .where('standing_key', '=', key)
    .limit(1)
    .executeTakeFirst();
  if (known === undefined) return false;
  if (isOpen(last.state as Finding['state'])) await seeAgain(desk, last, at);
  return true;
}

/** Kept beside the fold: a fact at every look would be one every half hour. */
async function seeAgain({ db }: Pick<Desk, 'db'>, { id, last_at }: FindingTable, at: number): Promise<void> {
  if (at <= last_at) return;
  await db
    .insertInto('finding_seen')
    .values({ finding_id: id, at })
    .onConflict((clash) => clash.column('finding_id').doUpdateSet({ at }))
    .execute();
  await db.updateTable('findings').set({ last_at: at }).where('id', '=', id).execute();
}

/** After everything was folded anew. */
export async function foldSeenAgain({ db }: Pick<Desk, 'db'>): Promise<void> {
  const seen = await db
    .selectFrom('finding_seen')
    .innerJoin('findings', 'findings.id', 'finding_seen.finding_id')
    .select(['findings.id', 'finding_seen.at'])
    .whereRef('finding_seen.at', '>', 'findings.last_at')
    .execute();
  for (const { id, at } of seen)
    await db.updateTable('findings').set({ last_at: at }).where('id', '=', id).execute();
}

/** The rows after one fact of a finding; live and when everything is folded anew. */
export async function foldFindingFact(
  { db }: Pick<Desk, 'db'>,
  id: string,
  fact: FindingFact,
  room: string | null,
): Promise<void> {
  const row = await db.selectFrom('findings').selectAll().where('id', '=', id).executeTakeFirst();
  const after = foldFinding(id, row === undefined ? undefined : findingOf(row), fact);
  if (after === undefined) return;
  const columns = {
    state: after.state,
    last_at: after.lastAt,
    times: after.times,
    decided_by: after.decided?.by ?? null,
    decided_at: after.decided?.at ?? null,
  };
  if (row === undefined) {
    const { line, kind, openedAt: opened_at } = after;
    await db
      .insertInto('findings')
      .values({ id, room, line, kind, opened_at, ...columns })
      .execute();
  } else {
    // Whose it is now: the room that was told of it last.
    const told = fact.kind === 'finding-suspected' && room !== null ? { room } : {};
    await db
      .updateTable('findings')
      .set({ ...columns, ...told })
      .where('id', '=', id)
      .execute();
  }
  if (fact.kind !== 'finding-suspected') return;
  const { suspicion, call, probe, at } = fact;
  await db
    .insertInto('finding_evidence')
    .values({
      finding_id: id,
      turn: after.times,
      at,
      scope: suspicion.scope,
      call_id: call,
      probe_id: suspicion.evidence.by === 'probe' ? suspicion.evidence.probe : (probe ?? null),
      standing_key: standingKey(suspicion),
      evidence_json: JSON.stringify(suspicion.evidence),
    })
    .execute();
  // The first stays: it says when and how it began.
  await db
    .deleteFrom('finding_evidence')
    .where('finding_id', '=', id)
    .where('turn', '>', 1)
    .where('turn', '<=', after.times - MOST_EVIDENCE)
    .execute();
}

export function findingOf(row: FindingTable): Finding {
  const { id, line, decided_at: at, decided_by: by } = row;
  return {
    id,
    line,
    kind: row.kind as Finding['kind'],
    state: row.state as Finding['state'],
    openedAt: row.opened_at,
    lastAt: row.last_at,
    times: row.times,
    decided: at === null ? null : { by, at },
  };
}
