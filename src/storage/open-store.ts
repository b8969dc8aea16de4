import type { Kysely } from 'kysely';
import type { HandWritten } from '../duty/hand-written.ts';
import type { ShiftEnds } from '../duty/swap.ts';
import { alertLog, channelStanding, nextAlert } from './alert-reads.ts';
import { among } from './among.ts';
import { assessmentReads } from './assessment-reads.ts';
import { attachment, attachmentOfOperation, keptAttachments } from './attachment-reads.ts';
import { auditOf, verifyAudit } from './audit-chain.ts';
import { callViews } from './call-views.ts';
import { allOpenCallbacks } from './callback-views.ts';
import { roomSpan } from './day-reads.ts';
import { dialectOf } from './dialect.ts';
import { dutyNotes, roomRoster } from './duty-notes.ts';
import { dueEffects, effectCounts, effectStanding, failedEffects, pendingEffects } from './effect-reads.ts';
import { findingsOfLines, findingView, lineWatch } from './finding-reads.ts';
import { gapView, openGaps, recentGaps } from './gap-reads.ts';
import { gapReports } from './gap-report.ts';
import { handOverState } from './hand-over-reads.ts';
import { handOverChain } from './hand-over-seal.ts';
import { roomOfWritten } from './hand-written.ts';
import { heardByTrunks } from './heard-by-trunks.ts';
import { clockOffset, knownChannels, recoveredCalls } from './history-reads.ts';
import { incidentsOf, incidentView, roomLimits, runningClocks } from './incident-reads.ts';
import { inspectionsOf, keptInspection } from './inspection-reads.ts';
import { unconfirmedInstructions } from './instruction-reads.ts';
import { copyCounts, hasKeptSound, keptSounds } from './kept-sound-reads.ts';
import { lockNotesOf } from './lock-notes.ts';
import { mattersOf } from './matters.ts';
import { migrate } from './migrate.ts';
import { newId } from './new-id.ts';
import { isPostgresCollision, isPostgresTrouble, openPostgres } from './postgres.ts';
import {
  askerOfRound,
  openProbes,
  probedElsewhere,
  probeRow,
  probesOfLines,
  probesOfRound,
  probesPlaced,
  probeTally,
  probeView,
} from './probe-reads.ts';
import { keptProbeSounds } from './probe-sound-reads.ts';
import { atOneMoment, type ReadDeps } from './read.ts';
import { recordHistory } from './record-history.ts';
import { recordViews } from './record-views.ts';
import { superiorOffices } from './reporting-calls.ts';
import { latestReviews, reviewsOfCall } from './review-reads.ts';
import { answerLimits, roomHistory } from './room-history.ts';
import { personRow, roomView, seatRow, shiftSince } from './room-views.ts';
import { lastPublishedChange, rosterChanges, rosterState } from './roster-reads.ts';
import { sealVerdicts } from './seal-verdicts.ts';
import { type SearchQuery, searchRecords } from './search.ts';
import { fillEmptyIndex } from './search-index.ts';
import {
  accountRow,
  keptForRestore,
  readContacts,
  readOffice,
  recordingRows,
  sessionRow,
} from './service-reads.ts';
import { shiftLog } from './shift-log-reads.ts';
import { shiftLogChain } from './shift-log-seal.ts';
import { shiftLogShifts } from './shift-log-shifts.ts';
import { shiftSummary } from './shift-summary.ts';
import { shutAmong } from './shut-reads.ts';
import { changesSince, lastPosition, snapshot } from './snapshot.ts';
import { callsWithoutSound, knownSound, soundTrail, soundTrails } from './sound-reads.ts';
import { openSqlite } from './sqlite.ts';
import { startWriterThread } from './sqlite-writer.ts';
import type { Store, StoreOptions, StrayCursor } from './store.ts';
import { stray, strayPaths, strays } from './stray-reads.ts';
import type { StrayState } from './stray-table.ts';
import type { Tables } from './tables.ts';
import { tasksAmong } from './tasks.ts';
import { undecidedEmergencies } from './undecided-emergencies.ts';
import { wallLinkOf, wallLinks, wallRoom } from './wall-links.ts';
import { createWriter } from './writer.ts';

/** Hears of trouble that no caller is waiting for: a pooled connection that broke while idle. */
export type OnTrouble = (error: Error) => void;

/**
 * Opens (and migrates) the store. Rejects when the file or the server cannot be reached or migrated.
 */
export async function openStore(options: StoreOptions, onTrouble: OnTrouble = () => {}): Promise<Store> {
  return dialectOf(options.database) === 'postgres'
    ? openOnPostgres(options, onTrouble)
    : openOnSqlite(options);
}

async function openOnSqlite({ database, rules }: StoreOptions): Promise<Store> {
  const writer = await startWriterThread({ database, rules });
  const db = openSqlite(database, 'read');
  return storeOf({ db, dialect: 'sqlite', rules }, writer.write, async () => {
    await writer.close();
    await db.destroy();
  });
}

async function openOnPostgres({ database, rules }: StoreOptions, onTrouble: OnTrouble): Promise<Store> {
  const db = openPostgres(database, onTrouble);
  try {
    await migrate(db, 'postgres');
    await fillEmptyIndex({ db, dialect: 'postgres', rules });
  } catch (error) {
    await db.destroy();
    throw error;
  }
  const write = createWriter({
    db,
    dialect: 'postgres',
    rules,
    newId,
    isTrouble: isPostgresTrouble,
    isCollision: isPostgresCollision,
  });
  return storeOf({ db, dialect: 'postgres', rules }, write, () => db.destroy());
}

function storeOf(deps: ReadDeps, write: Store['write'], close: () => Promise<void>): Store {
  const { db } = deps;
  return {
    write: (work) => (work.length === 0 ? Promise.resolve([]) : write(work)),
    close,
    ...viewsOf(deps),
    keptForRestore: (pbx, at) => keptForRestore(deps, pbx, at),
    recording: async (id) => (await recordingRows(deps, { id }))[0],
    recordingsOfCall: (call) => recordingRows(deps, { call }),
    shutOfCall: async (call) => (await shutAmong(deps, 'call_id', [call])).get(call) ?? null,
    unfinishedRecordings: () => recordingRows(deps, 'unfinished'),
    pendingEffects: () => pendingEffects(deps),
    dueEffects: (at, limit) => dueEffects(deps, at, limit),
    effectStanding: (id) => effectStanding(deps, id),
    failedEffects: () => failedEffects(deps),
    effectCounts: (at) => effectCounts(deps, at),
    keptSounds: (after, limit) => keptSounds(deps, after, limit),
    copyCounts: () => copyCounts(deps),
    hasKeptSound: () => hasKeptSound(deps),
    recentGaps: (since) => recentGaps(deps, since),
    openGaps: () => openGaps(deps),
    assessmentReads: (room, asked) => assessmentReads(deps, room, asked),
    reviewsOfCall: (call) => reviewsOfCall(deps, call),
    latestReviews: (calls) => latestReviews(deps, calls),
    lineWatch: (lines, at) => lineWatch(deps, lines, at),
    findingsOfLines: (lines, limit) => findingsOfLines(deps, lines, limit),
    findingView: (id) => findingView(deps, id),
    nextAlert: (channel, since) => nextAlert(deps, channel, since),
    channelStanding: (channel, since) => channelStanding(deps, channel, since),
    alertLog: (rooms, all, limit) => alertLog(deps, rooms, all, limit),
    probesOfLines: (lines, limit, outlines) => probesOfLines(deps, lines, limit, outlines),
    probeView: (id) => probeView(deps, id),
    probesOfRound: (round) => probesOfRound(deps, round),
    askerOfRound: (round) => askerOfRound(deps, round),
    probe: (id) => probeRow(deps, id),
    openProbes: () => openProbes(deps),
    probesPlaced: (from, to) => probesPlaced(deps, from, to),
    heardByTrunks: (since) => heardByTrunks(deps, since),
    keptProbeSounds: (after, limit) => keptProbeSounds(deps, after, limit),
    probeTally: (since) => probeTally(deps, since),
    probedElsewhere: (since) => probedElsewhere(deps, since),
    async setting(key) {
      return (await db.selectFrom('settings').select('value').where('key', '=', key).executeTakeFirst())
        ?.value;
    },
    ...soundOf(deps),
    ...peopleOf(deps, db),
    auditOf: (subject) => auditOf(db, subject),
    verifyAudit: () => verifyAudit(db),
  };
}

function soundOf(deps: ReadDeps) {
  return {
    soundTrails: (pbx: string, from: number, to: number) => soundTrails(deps, pbx, from, to),
    soundTrail: (call: string) => soundTrail(deps, call),
    knownSound: (pbx: string, since: number) => knownSound(deps, pbx, since),
    stray: (id: string) => stray(deps, id),
    strays: (state: StrayState, limit: number, after: StrayCursor | null) =>
      strays(deps, state, limit, after),
    strayPaths: (pbx: string) => strayPaths(deps, pbx),
    attachment: (id: string) => attachment(deps, id),
    attachmentOfOperation: (opId: string) => attachmentOfOperation(deps, opId),
    keptAttachments: (after: string | null, limit: number) => keptAttachments(deps, after, limit),
    callsWithoutSound: (from: number, to: number) => callsWithoutSound(deps, from, to),
  };
}

function viewsOf(deps: ReadDeps) {
  const { db } = deps;
  const callsOf = async (ids: readonly string[]) => {
    if (ids.length === 0) return [];
    const rows = await db
      .selectFrom('calls')
      .selectAll()
      .where(among(deps.dialect, 'id', ids))
      .execute();
    return callViews(deps, rows);
  };
  const recordsOf = async (ids: readonly string[]) => {
    if (ids.length === 0) return [];
    const rows = await db
      .selectFrom('records')
      .selectAll()
      .where(among(deps.dialect, 'id', ids))
      .execute();
    return recordViews(deps, rows);
  };
  return {
    callView: async (id: string) => (await callsOf([id]))[0],
    recordView: async (id: string) => (await recordsOf([id]))[0],
    callViews: callsOf,
    recordViews: recordsOf,
    livingCalls: async (room: string) => {
      const rows = await db
        .selectFrom('calls')
        .selectAll()
        .where('ended_at', 'is', null)
        .where('room', '=', room)
        .orderBy('started_at', 'desc')
        .execute();
      return callViews(deps, rows);
    },
    allOpenCallbacks: () => allOpenCallbacks(deps),
    recordHistory: (id: string) => recordHistory(deps, id),
    searchRecords: (query: SearchQuery, before: number | null, limit: number) =>
      searchRecords(deps, query, before, limit),
    mattersOf: (rooms: readonly string[], number: string) => mattersOf(deps, rooms, number),
    unconfirmedInstructions: (rooms: readonly string[]) => unconfirmedInstructions(deps, rooms),
    roomView: (id: string, at: number) => roomView(deps, id, at),
    shiftSince: (room: string, at: number) => shiftSince(deps, room, at),
    gapReports: (limit: number) => gapReports(deps, limit),
    knownChannels: (pbx: string, ids: readonly string[]) => knownChannels(deps, pbx, ids),
    clockOffset: (pbx: string, at: number) => clockOffset(deps, pbx, at),
    recoveredCalls: (pbx: string, linkedids: readonly string[]) => recoveredCalls(deps, pbx, linkedids),
    gapView: (id: string) => gapView(deps, id),
    snapshot: (room: string, at: number) => snapshot(deps, room, at),
    roomSpan: (room: string, from: number, to: number) => roomSpan(deps, room, from, to),
    changesSince: (room: string, position: number) => changesSince(deps, room, position),
    lastPosition: () => lastPosition(deps),
  };
}

function peopleOf(deps: ReadDeps, db: Kysely<Tables>) {
  return {
    async officeIsEmpty() {
      return (await db.selectFrom('rooms').select('id').limit(1).executeTakeFirst()) === undefined;
    },
    office: () => readOffice(deps),
    contacts: () => readContacts(deps),
    dutyNotes: (room: string, limit: number) => dutyNotes(deps, room, limit),
    wallLinkOf: (tokenDigest: string) => wallLinkOf(deps, tokenDigest),
    wallLinks: () => wallLinks(deps),
    wallRoom: (id: string) => atOneMoment(deps, (moment) => wallRoom(moment, id)),
    roomRoster: (room: string) => atOneMoment(deps, (moment) => roomRoster(moment, room)),
    handOverState: (room: string, at: number) =>
      atOneMoment(deps, (moment) => handOverState(moment, room, at)),
    handOverChain: (room: string) => atOneMoment(deps, (moment) => handOverChain(moment, room)),
    roomOfWritten: (written: HandWritten) => roomOfWritten(deps, written),
    tasks: (ids: readonly string[]) => tasksAmong(deps, ids),
    shiftSummary: (room: string, from: number, to: number) =>
      atOneMoment(deps, (moment) => shiftSummary(moment, room, { from, to })),
    incidents: (room: string, at: number) => atOneMoment(deps, (moment) => incidentsOf(moment, room, at)),
    incident: (id: string, at: number) => atOneMoment(deps, (moment) => incidentView(moment, id, at)),
    undecidedEmergencies: (room: string, at: number) =>
      atOneMoment(deps, (moment) => undecidedEmergencies(moment, room, at)),
    reportLimits: (room: string) => roomLimits(deps, room),
    answerLimits: () => answerLimits(deps),
    superiorOffices: () => superiorOffices(deps),
    runningClocks: (at: number) => atOneMoment(deps, (moment) => runningClocks(moment, at)),
    inspectionsOf: (units: readonly string[]) => atOneMoment(deps, (moment) => inspectionsOf(moment, units)),
    inspection: (id: string) => atOneMoment(deps, (moment) => keptInspection(moment, id)),
    roomHistory: (room: string, span: ShiftEnds) => roomHistory(deps, room, span),
    shiftLogShifts: (room: string, before: number | null, now: number) =>
      atOneMoment(deps, (moment) => shiftLogShifts(moment, room, before, now)),
    shiftLog: (room: string, from: number, now: number) =>
      atOneMoment(deps, (moment) => shiftLog(moment, room, from, now)),
    shiftLogChain: (room: string, latest?: number) =>
      atOneMoment(deps, (moment) => shiftLogChain(moment, room, latest)),
    verifySeals: () => sealVerdicts(deps),
    rosterState: (room: string, span: ShiftEnds) =>
      atOneMoment(deps, (moment) => rosterState(moment, room, span)),
    rosterChanges: (room: string, shift: ShiftEnds) =>
      atOneMoment(deps, (moment) => rosterChanges(moment, room, shift)),
    lastPublishedChange: (room: string, span: ShiftEnds) => lastPublishedChange(deps, room, span),
    async roomIds() {
      return (await db.selectFrom('rooms').select('id').orderBy('id').execute()).map((room) => room.id);
    },
    person: (id: string) => personRow(deps, id),
    seat: (id: string) => seatRow(deps, id),
    async account(id: string) {
      const row = await db.selectFrom('accounts').selectAll().where('id', '=', id).executeTakeFirst();
      return row === undefined ? undefined : accountRow(row);
    },
    async accountByLogin(login: string) {
      const key = login.toLowerCase();
      const row = await db.selectFrom('accounts').selectAll().where('login_key', '=', key).executeTakeFirst();
      return row === undefined ? undefined : accountRow(row);
    },
    async accounts() {
      return (await db.selectFrom('accounts').selectAll().orderBy('login_key').execute()).map(accountRow);
    },
    async session(id: string) {
      const row = await db.selectFrom('sessions').selectAll().where('id', '=', id).executeTakeFirst();
      return row === undefined ? undefined : sessionRow(row);
    },
    async sessionsOf(account: string) {
      const rows = await db.selectFrom('sessions').select('id').where('account', '=', account).execute();
      return rows.map(({ id }) => id);
    },
    lockNotes: (seat: string, session: string) => lockNotesOf(deps, seat, session),
  };
}
